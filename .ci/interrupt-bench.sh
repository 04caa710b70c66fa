#!/usr/bin/env bash
# Interrupts run-bench.sh in each of its phases, as a terminal does (SIGINT to all of it), as a service manager does
# (SIGTERM to the script), and as nothing should (SIGKILL to the script), and checks that nothing is left: no process,
# network namespace, record of one, nft table, temporary folder or policy-rc.d. Minutes; needs root, and packages to be
# had for the phase 'install', which installs and removes the package that is named second.
# Usage: .ci/interrupt-bench.sh [PHASE… ]   (install update build udp-200 clients-web connection-rate ports)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly PACKAGE=${INTERRUPT_PACKAGE:-tree}
readonly PATIENCE=60
work=$(mktemp -d)
tidy() { rm -rf "$work" .run-bench-interrupted.sh; }
trap tidy EXIT
failures=0

# The processes of a session, and of those in networks that it has made.
members() {
  ps -eo pid=,sess=,args= | awk -v session="$1" '$2 == session { print }'
}

# Waits until the output says TEXT, or the session has a process whose command line does.
await() {
  local session=$1 text=$2 waited
  for ((waited = 0; waited < PATIENCE * 20; waited++)); do
    grep -qF -- "$text" "$work/output" && return
    members "$session" | grep -qF -- "$text" && return
    kill -0 "$session" 2>/dev/null || break
    sleep 0.05
  done
  echo "  never came to '$text':" && tail -n 3 "$work/output" && return 1
}

# What of the machine's own a run could change: nft's tables, and whether packages may start services.
outside() {
  nft list tables
  ls -l --time-style=full-iso /usr/sbin/policy-rc.d 2>/dev/null || true
}

# What a run has left; nothing if it is as it was.
left_by() {
  local session=$1 natload each
  members "$session"
  for natload in $2; do
    ip netns list 2>/dev/null | grep -F "nel-$natload." || true
    ls -A /run/nel 2>/dev/null | grep -F "$natload" || true
    ls -d /tmp/natload-"$natload"-* 2>/dev/null || true
  done
  outside | diff "$work/outside" - || true
  dpkg --audit
}

# interrupt PHASE SIGNAL TEXT DELAY COMMAND…: starts it, and when TEXT was seen, DELAY later, interrupts it.
interrupt() {
  local phase=$1 signal=$2 text=$3 delay=$4 session natload='' status=0 left waited began took
  shift 4
  outside >"$work/outside"
  : >"$work/output"
  env --default-signal=INT,TERM setsid "$@" >"$work/output" 2>&1 &
  session=$!
  if ! await "$session" "$text"; then
    failures=$((failures + 1))
  fi
  sleep "$delay"
  natload=$(members "$session" | awk '$3 ~ /natload$/ { print $1 }')
  if [[ -z $natload && $phase != @(update|install|build) ]]; then
    echo "  no natload was running" && failures=$((failures + 1))
  fi
  began=$EPOCHREALTIME
  case $signal in
    INT) kill -INT -- "-$session" ;;
    *) kill -"$signal" "$session" ;;
  esac || true
  wait "$session" 2>/dev/null || status=$?
  took=$(awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }')

  # A killed script's watcher has its work to do first.
  left=''
  for ((waited = 0; waited < 100; waited++)); do
    left=$(left_by "$session" "$natload")
    [[ -n $left ]] || break
    [[ $signal == KILL || $waited -lt 20 ]] || break
    sleep 0.1
  done
  local expected
  case $signal in INT) expected=130 ;; TERM) expected=143 ;; KILL) expected=137 ;; esac
  if [[ -z $left && $status == "$expected" ]]; then
    echo "ok    $phase, SIG$signal: nothing left after $took s"
  else
    echo "FAIL  $phase, SIG$signal: status $status after $took s; left: ${left:-nothing}"
    failures=$((failures + 1))
  fi
}

phase() {
  local signal=$2
  case $1 in
    update | install)
      apt-get remove -y -qq "$PACKAGE" >/dev/null 2>&1 || true
      sed "s/^readonly PACKAGES=(/&$PACKAGE /" run-bench.sh >.run-bench-interrupted.sh
      local text="apt-get update"
      [[ $1 == update ]] || text="apt-get install"
      interrupt "$1" "$signal" "$text" 0.3 bash .run-bench-interrupted.sh --out "$work/results"
      apt-get remove -y -qq "$PACKAGE" >/dev/null 2>&1 || true
      ;;
    build) interrupt build "$signal" Building 4 ./run-bench.sh --out "$work/results" ;;
    *)
      interrupt "$1" "$signal" "natengine (1 of 1)" 2.5 \
        ./run-bench.sh --no-build --systems natengine --metrics "$1" --out "$work/results"
      ;;
  esac
}

(($#)) || set -- update install build udp-200 clients-web connection-rate ports
# A container's image may have one of its own: ours would not show.
policy=/usr/sbin/policy-rc.d
[[ ! -e $policy ]] || { mv "$policy" "$work/policy-rc.d" && trap 'mv "$work/policy-rc.d" "$policy"; tidy' EXIT; }
for each in "$@"; do
  for signal in INT TERM KILL; do
    # An installation that is killed is dpkg's to finish.
    [[ $signal == KILL && $each == @(update|install) ]] || phase "$each" "$signal"
  done
done
((failures == 0)) && echo "Nothing was left behind."
