# What run-tests.sh and run-bench.sh ask of the machine; sourced by both.

# Installs those Debian packages that are missing, for their programs: no service of theirs starts.
# APT_RUNNER may name a command to run apt-get with.
# install_packages STATUS PACKAGE… returns STATUS if some are missing and this is not root, having said which.
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
  ${APT_RUNNER:-} apt-get update -qq
  without_services ${APT_RUNNER:-} apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Runs a command while Debian's packages may start no service (invoke-rc.d(8)): without_services COMMAND…
without_services() {
  local policy=/usr/sbin/policy-rc.d status=0
  if [[ ! -e $policy ]]; then
    policy_made=$policy
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi
  "$@" || status=$?
  with_services_again
  return "$status"
}

# Undoes what without_services made; for whoever ends it half-way.
policy_made=''
with_services_again() {
  [[ -z $policy_made ]] || rm -f "$policy_made"
  policy_made=''
}

# Says that the .NET SDK is missing, if it is, and returns STATUS: require_dotnet STATUS
require_dotnet() {
  command -v dotnet >/dev/null && return
  echo "The .NET SDK is missing (global.json says which): https://dotnet.microsoft.com/download" >&2
  return "$1"
}
