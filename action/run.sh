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

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/assay-XXXXXX")
annotations=$work/annotations
: >"$annotations"
codes=()
comments=()

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
  echo "${1:-2}"
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

# Runs assay. A signal is handed on, and what it leaves is waited for: the job may be cancelled, and its record is to be whole.
call() {
  local child code signalled said=$work/output
  : >"$said"
  GITHUB_OUTPUT=$said "${assay[@]}" "$@" --reporter default --reporter junit --reporter "github=$work/told" &
  child=$!
  trap 'signalled=1; kill -TERM "$child" 2>/dev/null' INT TERM
  signalled=1
  while [ "$signalled" = 1 ]; do
    signalled=0
    wait "$child"
    code=$?
  done
  trap - INT TERM
  codes+=("$code")
  if [ -f "$work/told" ]; then
    cat "$work/told" >>"$annotations"
    rm "$work/told"
  fi
  local comment
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

recorded=()
if [ -d "${ASSAY_EARLIER:-}" ]; then
  while IFS= read -r line; do recorded+=("$line"); done < <(node "$here/recorded-runs.mjs" "${suites[@]}")
fi

left=("${suites[@]}")
for line in "${recorded[@]+"${recorded[@]}"}"; do
  suite=${line%%$'\t'*}
  dir=${line#*$'\t'}
  echo "An earlier attempt has left $dir: it is gone on with."
  budget=()
  # Of several, each keeps the budget it had: what was left of the whole.
  if [ -n "${ASSAY_MAX_COST:-}" ] && [ "${#suites[@]}" -eq 1 ]; then budget=(--max-cost "$ASSAY_MAX_COST"); fi
  call resume "$dir" --errors "${budget[@]+"${budget[@]}"}"
  rest=()
  for one in "${left[@]}"; do if [ "$one" != "$suite" ]; then rest+=("$one"); fi; done
  left=("${rest[@]+"${rest[@]}"}")
done

if [ "${#left[@]}" -gt 0 ]; then
  budget=()
  if [ -n "${ASSAY_MAX_COST:-}" ]; then
    cost=$ASSAY_MAX_COST
    if [ "${#recorded[@]}" -gt 0 ]; then
      spent=$(node "$here/recorded-runs.mjs" --spent "${suites[@]}")
      cost=$(node -p 'Math.max(0, Number(process.argv[1]) - Number(process.argv[2]))' "$cost" "$spent")
    fi
    budget=(--max-cost "$cost")
  fi
  call run "${left[@]}" "${args[@]+"${args[@]}"}" "${budget[@]+"${budget[@]}"}"
fi
conclude
