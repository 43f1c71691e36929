#!/usr/bin/env bash
# Keeps one comment on the pull request for each file: found by the marker in its first line, and replaced.
#
# Takes from the environment:
#   ASSAY_COMMENTS     files, one a line
#   HEAD_REPOSITORY    where the pull request comes from; a fork's has no right to comment, and is left without
#   PULL_REQUEST       its number
#   GITHUB_REPOSITORY, GH_TOKEN
set -euo pipefail

if [ "${HEAD_REPOSITORY:-}" != "$GITHUB_REPOSITORY" ]; then
  echo 'The pull request comes from a fork: no comment is posted. The summary of the job has the same text.'
  exit 0
fi
if ! [[ ${PULL_REQUEST:-} =~ ^[0-9]+$ ]]; then
  echo 'This is no pull request: no comment is posted.'
  exit 0
fi

if [ "${GITHUB_SERVER_URL:-https://github.com}" != https://github.com ]; then
  export GH_HOST=${GITHUB_SERVER_URL#*://} GH_ENTERPRISE_TOKEN=${GH_TOKEN:-}
fi

of_pull_request=repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments
# Only those of bots: anybody may write a comment that begins like ours.
known=$(gh api --paginate "$of_pull_request?per_page=100" \
  --jq '.[] | select(.user.type == "Bot") | "\(.id) \(.body | split("\n")[0] | rtrimstr("\r"))"')

while IFS= read -r file; do
  if [ ! -f "$file" ]; then continue; fi
  marker=$(head -n 1 "$file")
  id=
  while read -r number first; do
    if [ "$first" = "$marker" ]; then
      id=$number
      break
    fi
  done <<<"$known"
  if [ -n "$id" ]; then
    gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$file"
  else
    gh api --silent --method POST "$of_pull_request" --field "body=@$file"
  fi
done <<<"${ASSAY_COMMENTS:-}"
