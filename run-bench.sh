#!/usr/bin/env bash
# Answers the lecture's five claims on this machine, in minutes: installs what is missing (as root), builds, makes a
# network that exists only in the kernel, puts NatEngine, the kernel's own NAT and plain forwarding into it one after the
# other, and writes a page with what was measured. Nothing but the results outlives the script, however the script ends.
# docs/benchmarking.md says what the figures mean.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source .ci/machine.sh

# What natload runs, beside the .NET SDK.
readonly PACKAGES=(iproute2 util-linux nftables ethtool conntrack iputils-ping iperf3 git)

readonly NATLOAD=loadtest/NatEngine.LoadTest/bin/Release/net10.0/natload
readonly NBOMBER=loadtest/NatEngine.LoadTest.NBomber/bin/Release/net10.0/NatEngine.LoadTest.NBomber
readonly BENCHMARKS=benchmarks/NatEngine.Benchmarks/bin/Release/net10.0/NatEngine.Benchmarks.dll

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1

usage() {
  cat <<'USAGE'
Usage: ./run-bench.sh [options]
  (none)              the lecture's page: clients, ports, connection rate and forwarding, on natengine, nft masquerade
                      and plain forwarding, once: minutes
  --full              the same ten times, with the durations that the methods prescribe: hours
  --systems A,B…      which of natengine[:PRESET], netfilter[:FLAG], forward, wire
  --system "L=K …"    one more system, such as "v3=natengine --ring v3"; may be repeated
  --external IF IF    a NAT of somebody else's, cabled to these two interfaces (inside, outside), beside natengine and
                      netfilter
  --layouts           natengine with every layout of its pipeline that is worth it, beside the systems
  --metrics A,B…      which measurements; 'lecture', or names from 'natload compare --help'
  --repeats N         how often to measure everything (1)
  --duration SECONDS  how long a stream lasts (2)
  --natengine-options "…"  further options of 'natengine run'
  --cores G,S,K       processors of generator, system under test and sink
  --engine-cores A,B… processors that natengine may use (the system's)
  --receive PLACE     who hands frames to natengine: 'sender' (a processor of the sender's), 'system' (its own one),
                      'thread' (a thread of the kernel's on its own one)
  --seed N            what random numbers are made from (1)
  --out DIR           folder for the results (results/TIME-compare)
  --nbomber [ARGS…]   the clients' scenarios on NBomber instead, where that package can be had
  --micro [ARGS…]     the micro-benchmarks instead (BenchmarkDotNet): all of them in some 23 minutes, or those of
                      --filter '*Session*'; --full takes its time; other ARGS go to it. Results in results/TIME-micro
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
  with_services_again
  exit "$1"
}
trap 'stop 130' INT
trap 'stop 143' TERM HUP

# Waits, in a session of its own that no signal to ours reaches, until this script and all that it started are gone (the
# pipe that they hold open is closed), and then removes what a killed run left behind.
watch_over() {
  exec 9> >(exec setsid bash -c 'trap "" INT TERM HUP; cat >/dev/null; exec "$0" clean' "$PWD/$NATLOAD" 1>&2)
}

# No compiler server and no second build node: they would outlive this script, the node if it is interrupted.
build() {
  supervise dotnet "$@" -c Release -m:1 -p:UseSharedCompilation=false --nologo -v quiet
}

micro() {
  require_dotnet 3
  [[ $build == false ]] || build build benchmarks/NatEngine.Benchmarks
  local arguments=("$@")
  [[ " $* " =~ ' '(-f|--filter|--list|--help|--info)' ' ]] || arguments+=(--filter '*')
  [[ " $* " =~ ' '(-a|--artifacts)' ' ]] || arguments+=(--artifacts "results/$(date -u +%Y%m%d-%H%M%S)-micro")
  supervise dotnet "$BENCHMARKS" "${arguments[@]}"
}

nbomber() {
  prepare
  [[ $build == false ]] || build build loadtest/NatEngine.LoadTest.NBomber -p:UseNBomber=true
  watch_over
  supervise "$NATLOAD" clients --nbomber "$NBOMBER" --natengine out/natengine "$@"
}

compare() {
  prepare
  watch_over
  supervise "$NATLOAD" compare --natengine out/natengine "$@"
}

# Packages, the SDK and the two programs. A signal to this script ends an installation or a build too, not only the
# waiting for it.
prepare() {
  if ((EUID != 0)); then
    echo "The measurements need network namespaces and raw sockets: run this as root." >&2
    exit 3
  fi
  APT_RUNNER=supervise install_packages 3 "${PACKAGES[@]}"
  if [[ $build == true ]]; then
    require_dotnet 3
    echo "Building"
    build publish src/NatEngine.Host -o out
    build build loadtest/NatEngine.LoadTest
  fi
}

build=true mode=compare arguments=() metrics=lecture repeats=1 systems=natengine,netfilter,forward
while (($#)); do
  case $1 in
    --metrics | --repeats | --systems)
      (($# > 1)) || { echo "$1 needs a value" >&2 && exit 2; }
      declare "${1#--}=$2" && shift 2
      ;;
    --system | --duration | --natengine-options | --cores | --engine-cores | --receive | --seed | --out)
      (($# > 1)) || { echo "$1 needs a value" >&2 && exit 2; }
      arguments+=("$1" "$2") && shift 2
      ;;
    --external)
      (($# > 2)) || { echo "$1 needs two interfaces: the inside's and the outside's" >&2 && exit 2; }
      systems=external,natengine,netfilter
      arguments+=(--internal-interface "$2" --external-interface "$3") && shift 3
      ;;
    --layouts) arguments+=(--layouts) && shift ;;
    --full) arguments+=(--full) repeats=10 && shift ;;
    --nbomber) mode=nbomber && shift && arguments=("$@") && break ;;
    --micro) mode=micro && shift && arguments=("$@") && break ;;
    --no-build) build=false && shift ;;
    --help | -h) usage && exit 0 ;;
    *) echo "Unknown option: $1" >&2 && usage >&2 && exit 2 ;;
  esac
done

if [[ $mode == compare ]]; then
  arguments+=(--systems "$systems" --metrics "$metrics" --repeats "$repeats")
fi
"$mode" ${arguments[@]+"${arguments[@]}"}
