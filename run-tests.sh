#!/usr/bin/env bash
# Builds everything and runs every test, from nothing: installs the Debian packages that the tests need (as root), and
# ends with one line, "N passed, N failed, N skipped". Exit code 0 only if something ran and nothing failed; in CI
# (CI=true) a skipped test is a failure too, because there everything that a test needs is to be had.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source .ci/machine.sh

# Real programs that tests run, and the C compiler that checks our interop structs against the system's headers.
readonly PACKAGES=(iproute2 util-linux procps nftables ethtool tcpdump conntrack iputils-ping iputils-tracepath
  traceroute curl iperf3 socat bind9-dnsutils coturn chromium fonts-dejavu-core
  python3-jsonschema gcc libc6-dev iptables)

# A test that hangs is ended, and its project counted as failed.
readonly HANG_TIMEOUT=${HANG_TIMEOUT:-8m}

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1

usage() {
  cat <<'USAGE'
Usage: ./run-tests.sh [options]
  --filter EXPRESSION  run only tests that match, as for 'dotnet test --filter' (DisplayName~refuses, FullyQualifiedName~Udp)
  --project NAME       run only test projects whose name contains NAME; may be given several times
  --build-only         install packages and build, run nothing
  --no-build           run what was built before
  --help               show this

Environment:
  HANG_TIMEOUT=8m            ends a project whose tests hang, after so long
  NATENGINE_LANES=2          run natengine with so many lanes wherever an end-to-end test gives no rules; those that count on
                             a port being preserved fail then, because a lane preserves only its own
  NATENGINE_RULE_CASES=150   how many generated rule sets RuleDifferentialTests holds against iptables
  NATENGINE_RULE_FIRST=1     the number of the first, which its rules and packets follow from: to see one again, or others
USAGE
}

build() {
  require_dotnet 1
  # No compiler server: it would outlive this script.
  dotnet build NatEngine.sln -c Release -warnaserror -p:UseSharedCompilation=false --nologo -v quiet
}

# Prints the value of a counter in a test result file.
counter() {
  sed -n "s/.*<Counters[^>]* $2=\"\([0-9]*\)\".*/\1/p" "$1"
}

# Runs the tests of a project: execute PROJECT. As a job in the background it would ignore SIGINT, and so would the
# programs that its tests interrupt.
execute() {
  local arguments=()
  [[ -n $filter ]] && arguments+=(--filter "$filter")
  echo "== $1"
  env --default-signal=INT \
    dotnet test "tests/$1/bin/Release/net10.0/$1.dll" --nologo ${arguments[@]+"${arguments[@]}"} \
    --logger "trx;LogFileName=$RESULTS/$1.trx" --logger "console;verbosity=minimal" \
    --blame-hang --blame-hang-timeout "$HANG_TIMEOUT" --blame-hang-dump-type none --results-directory "$RESULTS"
}

# Adds up what came of a project that has been run: tally PROJECT OK, which says whether it ended well.
tally() {
  local project=$1 ok=$2 trx="$RESULTS/$1.trx" total executed unsuccessful
  if [[ ! -f $trx ]]; then
    echo "$project gave no results." >&2
    failed=$((failed + 1))
    return
  fi
  total=$(counter "$trx" total)
  executed=$(counter "$trx" executed)
  passed=$((passed + $(counter "$trx" passed)))
  skipped=$((skipped + total - executed))
  unsuccessful=$((executed - $(counter "$trx" passed)))
  if [[ $ok == false ]] && ((unsuccessful == 0)); then
    echo "$project failed outside of a test." >&2
    unsuccessful=1
  fi
  if ((total == 0)) && [[ -z $filter ]]; then
    echo "$project has no test." >&2
    unsuccessful=1
  fi
  failed=$((failed + unsuccessful))
}

run_project() {
  local ended_well=true
  execute "$1" || ended_well=false
  tally "$1" "$ended_well"
}

filter='' projects=() run=true build=true
while (($#)); do
  case $1 in
    --filter) filter=${2:?--filter needs an expression} && shift 2 ;;
    --project) projects+=("${2:?--project needs a name}") && shift 2 ;;
    --build-only) run=false && shift ;;
    --no-build) build=false && shift ;;
    --help | -h) usage && exit 0 ;;
    *) echo "Unknown option: $1" >&2 && usage >&2 && exit 2 ;;
  esac
done

install_packages 0 "${PACKAGES[@]}"
[[ $build == true ]] && build
[[ $run == true ]] || exit 0

RESULTS=$PWD/TestResults
rm -rf "$RESULTS"
mkdir "$RESULTS"
passed=0 failed=0 skipped=0 chosen=()
# Those with real traffic last: what they need works, or it has failed by then.
for directory in tests/NatEngine.*.Tests; do
  project=${directory#tests/}
  [[ $project == NatEngine.EndToEnd.Tests ]] && continue
  all+=("$project")
done
[[ -d tests/NatEngine.EndToEnd.Tests ]] && all+=(NatEngine.EndToEnd.Tests)
for project in "${all[@]}"; do
  wanted=$((${#projects[@]} == 0))
  for part in ${projects[@]+"${projects[@]}"}; do
    [[ $project == *"$part"* ]] && wanted=1
  done
  ((wanted)) && chosen+=("$project")
done

# The one that waits while those compute that need no network; then the others, one after the other.
waiting='' beside=() alone=()
for project in ${chosen[@]+"${chosen[@]}"}; do
  case $project in
    NatEngine.Conformance.Tests) waiting=$project ;;
    *.Architecture.Tests | *.Benchmarks.Tests | *.Packets.Tests | *.Rules.Tests | *.Translation.Tests)
      beside+=("$project")
      ;;
    *) alone+=("$project") ;;
  esac
done
if [[ -n $waiting ]] && ((${#beside[@]})); then
  execute "$waiting" >"$RESULTS/$waiting.output" 2>&1 &
  job=$!
  for project in "${beside[@]}"; do
    run_project "$project"
  done
  ended_well=true
  wait "$job" || ended_well=false
  cat "$RESULTS/$waiting.output"
  tally "$waiting" "$ended_well"
else
  alone=(${waiting:+"$waiting"} ${beside[@]+"${beside[@]}"} ${alone[@]+"${alone[@]}"})
fi
for project in ${alone[@]+"${alone[@]}"}; do
  run_project "$project"
done

code=0
((failed == 0)) || code=1
if ((passed + failed == 0)); then
  echo "No test ran." >&2
  code=1
fi
if [[ ${CI:-} == true ]] && ((skipped > 0)); then
  echo "$skipped skipped: in CI that is a failure." >&2
  code=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit $code
