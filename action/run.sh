#!/usr/bin/env bash
# Runs the suites, or goes on with what earlier attempts of the same workflow run have left: what is on record is not paid for
# again. Ends with 0 whatever the verdict is, which is an output, so that the steps after it upload and comment.
#
# Takes from the environment, all of it data and none of it ever read as shell text:
#   ASSAY_SUITES    suite files, or globs of them, one a line
#   ASSAY_ARGS      more arguments of `assay run`, parted by white space; there are no quotes
#   ASSAY_BASELINE  of `--baseline`, or empty
#   ASSAY_MAX_COST  USD for all suites together, or empty
#   ASSAY_EARLIER   folder with the artifacts of earlier attempts, one folder each, or none
set -uo pipefail

# A cancelled job has 7.5 s, then 2.5 more, before everything is killed: calls in flight may take the first of them.
export ASSAY_GRACE_MS=${ASSAY_GRACE_MS:-5000}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/assay-XXXXXX")
annotations=$work/annotations
: >"$annotations"
child=
cancelled=0
codes=()
comments=()

# The job may be cancelled, and its record is to be whole: a signal is handed on.
trap 'cancelled=$((cancelled + 1)); if [ -n "$child" ]; then kill -TERM "$child" 2>/dev/null; fi' INT TERM

output() { # name value: what ends the value is a word that it does not hold
  local end=ASSAY
  while [[ $2 == *"$end"* ]]; do end+=_; done
  if [ -n "${GITHUB_OUTPUT:-}" ]; then printf '%s<<%s\n%s\n%s\n' "$1" "$end" "$2" "$end" >>"$GITHUB_OUTPUT"; fi
}

worst() { # the exit code that stands for several
  local code one
  for code in 130 2 3 1 4 0; do
    for one in "$@"; do
      if [ "$one" = "$code" ]; then
        echo "$code"
        return
      fi
    done
  done
  echo 2
}

conclude() {
  printf '::%s::\n' "$token"
  cat "$annotations"
  output comments "$(printf '%s\n' "${comments[@]+"${comments[@]}"}")"
  output exit-code "$(worst "${codes[@]+"${codes[@]}"}")"
  rm -rf "$work"
  exit 0
}

# The nearest installation above, else the one that this file belongs to.
find_assay() {
  local dir=$PWD
  while :; do
    if [ -x "$dir/node_modules/.bin/assay" ]; then
      assay=("$dir/node_modules/.bin/assay")
      return
    fi
    if [ "$dir" = / ]; then break; fi
    dir=$(dirname "$dir")
  done
  assay=(node "$here/../bin/assay.mjs")
  if [ ! -d "$here/../node_modules" ]; then
    echo 'error: assay is not installed: npm install --save-dev assay promptfoo, and commit package-lock.json' >&2
    codes+=(2)
    conclude
  fi
}

# Runs assay, and waits for what it leaves: a signal ends the waiting alone.
call() {
  local code signals=-1
  "${assay[@]}" "$@" --reporter default &
  child=$!
  while [ "$signals" != "$cancelled" ]; do
    signals=$cancelled
    wait "$child"
    code=$?
  done
  child=
  # It was killed, as by a machine without memory left: its run is incomplete.
  if [ "$code" -gt 4 ] && [ "$code" != 130 ]; then code=3; fi
  codes+=("$code")
}

# The same, and the job is told what it came to.
call_and_tell() {
  local comment said=$work/output
  : >"$said"
  GITHUB_OUTPUT=$said call "$@" --reporter junit --reporter "github=$work/told"
  if [ -f "$work/told" ]; then
    cat "$work/told" >>"$annotations"
    rm "$work/told"
  fi
  comment=$(sed -n '/^comment<</{n;p;}' "$said" | tail -n 1)
  if [ -n "$comment" ]; then comments+=("$comment"); fi
  if [ -n "${GITHUB_OUTPUT:-}" ]; then cat "$said" >>"$GITHUB_OUTPUT"; fi
}

# What models and datasets say is printed: from here on the runner takes no line of it for a command.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '::stop-commands::%s\n' "$token"
find_assay

suites=()
while IFS= read -r line || [ -n "$line" ]; do
  read -r line <<<"$line"
  if [ -z "$line" ]; then continue; fi
  matches=()
  while IFS= read -r match; do matches+=("$match"); done < <(compgen -G "$line" | sort)
  # A file that is not there is for assay to tell.
  if [ "${#matches[@]}" -eq 0 ]; then matches=("$line"); fi
  suites+=("${matches[@]}")
done <<<"${ASSAY_SUITES:-}"
if [ "${#suites[@]}" -eq 0 ]; then
  echo 'error: the input "suites" names no suite' >&2
  codes+=(2)
  conclude
fi

read -r -d '' -a args <<<"${ASSAY_ARGS:-}"
if [ -n "${ASSAY_BASELINE:-}" ]; then args+=(--baseline "$ASSAY_BASELINE"); fi

# Attempts in their order: a later one has all that it found of those before it.
if [ -d "${ASSAY_EARLIER:-}" ]; then
  while IFS= read -r attempt; do
    mkdir -p runs
    cp -R "$attempt/." runs/
  done < <(find "$ASSAY_EARLIER" -mindepth 1 -maxdepth 1 -type d -name '*-attempt-*' | sort -V)
  # Whoever held them has ended, on a machine that is gone.
  if [ -d runs ]; then find runs -name run.lock -type f -delete; fi
fi

# What one call does of several suites is told by it; what several do, by a roll-up at the end.
tell=call_and_tell
recorded=()
if [ -d "${ASSAY_EARLIER:-}" ]; then
  while IFS= read -r line; do recorded+=("$line"); done < <(node "$here/recorded-runs.mjs" "${suites[@]}")
fi

if [ "${#recorded[@]}" -gt 0 ] && [ "${#suites[@]}" -gt 1 ]; then tell=call; fi
left=("${suites[@]}")
for line in "${recorded[@]+"${recorded[@]}"}"; do
  if [ "$cancelled" != 0 ]; then break; fi
  suite=${line%%$'\t'*}
  dir=${line#*$'\t'}
  echo "An earlier attempt has left $dir: it is gone on with."
  budget=()
  # Of several, each keeps the budget it had: what was left of the whole.
  if [ -n "${ASSAY_MAX_COST:-}" ] && [ "${#suites[@]}" -eq 1 ]; then budget=(--max-cost "$ASSAY_MAX_COST"); fi
  "$tell" resume "$dir" --errors "${budget[@]+"${budget[@]}"}"
  rest=()
  for one in "${left[@]}"; do if [ "$one" != "$suite" ]; then rest+=("$one"); fi; done
  left=("${rest[@]+"${rest[@]}"}")
done

if [ "${#left[@]}" -gt 0 ] && [ "$cancelled" = 0 ]; then
  budget=()
  if [ -n "${ASSAY_MAX_COST:-}" ]; then
    cost=$ASSAY_MAX_COST
    if [ "${#recorded[@]}" -gt 0 ]; then
      spent=$(node "$here/recorded-runs.mjs" --spent "${suites[@]}")
      cost=$(node -p 'Math.max(0, Number(process.argv[1]) - Number(process.argv[2]))' "$cost" "$spent")
    fi
    budget=(--max-cost "$cost")
  fi
  "$tell" run "${left[@]}" "${args[@]+"${args[@]}"}" "${budget[@]+"${budget[@]}"}"
fi

if [ "$tell" = call ] && [ "$cancelled" = 0 ]; then
  runs=()
  while IFS= read -r line; do runs+=("${line#*$'\t'}"); done < <(node "$here/recorded-runs.mjs" "${suites[@]}")
  call_and_tell roll-up "${runs[@]}"
fi
conclude
