# What run-tests.sh and run-bench.sh ask of the machine; sourced by both.

# Installs those Debian packages that are missing: install_packages STATUS PACKAGE…
# STATUS is what it returns if some are and this is not root, having said which.
install_packages() {
  local without_root=$1 package missing=()
  shift
  for package in "$@"; do
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  if ((EUID != 0)); then
    echo "Not installed, and only root can: apt-get install ${missing[*]}" >&2
    return "$without_root"
  fi
  echo "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Says that the .NET SDK is missing, if it is, and returns STATUS: require_dotnet STATUS
require_dotnet() {
  command -v dotnet >/dev/null && return
  echo "The .NET SDK is missing (global.json says which): https://dotnet.microsoft.com/download" >&2
  return "$1"
}
