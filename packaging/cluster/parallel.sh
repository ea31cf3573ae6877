#!/usr/bin/env bash
# All parts on one machine or on several (a file with one name a line), through GNU parallel. What is in the log as done is not done again.
set -euo pipefail
workspace=$1 store=$2 count=$3 on=$4 machines=${5:-}
program=${HONGTOU:-hongtou}
mkdir -p "$store"
where=()
[ -n "$machines" ] && where=(--sshloginfile "$machines")
seq "$count" | parallel "${where[@]}" --joblog "$store/joblog" --resume-failed --retries 3 --halt soon,fail=20% \
    "$program" build --root "$workspace" --shard "{}/$count" --store "$store" --on "$on" --jobs 1 --quiet
"$program" merge --root "$workspace" --store "$store" --on "$on" --quiet
