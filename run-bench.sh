#!/usr/bin/env bash
# Measures NatEngine beside the kernel's own NAT and plain forwarding, on this machine, in minutes: installs what is
# missing (as root), builds, makes a network that exists only in the kernel, runs the same traffic through each system,
# and prints a table. Nothing of it outlives the script, however the script ends. docs/benchmarking.md says what the
# figures mean.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source .ci/machine.sh

# What natload runs, beside the .NET SDK.
readonly PACKAGES=(iproute2 util-linux nftables ethtool conntrack iputils-ping iperf3 git)

readonly NATLOAD=loadtest/NatEngine.LoadTest/bin/Release/net10.0/natload
readonly BENCHMARKS=benchmarks/NatEngine.Benchmarks/bin/Release/net10.0/NatEngine.Benchmarks.dll

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1

usage() {
  cat <<'USAGE'
Usage: ./run-bench.sh [options]
  (none)              natengine, nft masquerade and plain forwarding side by side: about three minutes
  --systems A,B…      which of natengine, netfilter, forward, wire
  --metrics A,B…      which of udp-200, udp-10000, tcp, ping
  --repeats N         how often to measure everything (3)
  --duration SECONDS  how long a stream lasts (2)
  --natengine-options "…"  further options of 'natengine run'
  --cores G,S,K       processors of generator, system under test and sink
  --receive PLACE     who hands frames to natengine: 'sender' (a processor of the sender's), 'system' (its own one),
                      'thread' (a thread of the kernel's on its own one)
  --out DIR           folder for the results (results/TIME-compare)
  --micro [ARGS…]     the micro-benchmarks instead (BenchmarkDotNet); ARGS go to it, all of them by default
  --no-build          measure what was built before
  --help              show this
Exit code: 0 everything was measured, 1 something was not (the results say what), 2 an option is wrong,
3 this machine cannot, 130 or 143 interrupted.
USAGE
}

# Runs a program so that it ends when this script does, even when the script is killed; and so that a signal to the
# script is passed on at once rather than when the program has ended.
child=''
supervise() {
  setpriv --pdeathsig TERM -- "$@" &
  child=$!
  local code=0
  wait "$child" || code=$?
  child=''
  return "$code"
}

stop() {
  trap '' INT TERM HUP
  if [[ -n $child ]]; then
    kill -TERM "$child" 2>/dev/null || true
    wait "$child" || true
  fi
  exit "$1"
}
trap 'stop 130' INT
trap 'stop 143' TERM HUP

# Waits, in a session of its own that no signal to ours reaches, until this script and all that it started are gone (the
# pipe that they hold open is closed), and then removes what a killed run left behind.
watch_over() {
  exec 9> >(exec setsid bash -c 'trap "" INT TERM HUP; cat >/dev/null; exec "$0" clean' "$PWD/$NATLOAD" 1>&2)
}

# No compiler server: it would outlive this script.
build() {
  supervise dotnet "$@" -c Release -p:UseSharedCompilation=false --nologo -v quiet
}

micro() {
  require_dotnet 3
  [[ $build == false ]] || build build benchmarks/NatEngine.Benchmarks
  local arguments=("$@")
  ((${#arguments[@]})) || arguments=(--filter '*')
  supervise dotnet "$BENCHMARKS" "${arguments[@]}"
}

compare() {
  if ((EUID != 0)); then
    echo "The measurements need network namespaces and raw sockets: run this as root." >&2
    exit 3
  fi
  install_packages 3 "${PACKAGES[@]}"
  if [[ $build == true ]]; then
    require_dotnet 3
    echo "Building"
    build publish src/NatEngine.Host -o out
    build build loadtest/NatEngine.LoadTest
  fi
  watch_over
  supervise "$NATLOAD" compare --natengine out/natengine "$@"
}

build=true mode=compare arguments=()
while (($#)); do
  case $1 in
    --systems | --metrics | --repeats | --duration | --natengine-options | --cores | --receive | --out)
      (($# > 1)) || { echo "$1 needs a value" >&2 && exit 2; }
      arguments+=("$1" "$2") && shift 2
      ;;
    --micro) mode=micro && shift && arguments=("$@") && break ;;
    --no-build) build=false && shift ;;
    --help | -h) usage && exit 0 ;;
    *) echo "Unknown option: $1" >&2 && usage >&2 && exit 2 ;;
  esac
done

"$mode" ${arguments[@]+"${arguments[@]}"}
