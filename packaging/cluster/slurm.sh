#!/usr/bin/env bash
# All parts as an array of jobs, and the merge as a job that waits for all of them. A part whose node fails is queued again.
set -euo pipefail
workspace=$1 store=$2 count=$3 on=$4
program=${HONGTOU:-hongtou}
mkdir -p "$store/log"
array=$(sbatch --parsable --requeue --job-name=hongtou --array="1-$count" --cpus-per-task=1 --mem="${HONGTOU_MEMORY:-2G}" \
    --output="$store/log/%A-%a.txt" \
    --wrap="'$program' build --root '$workspace' --shard \$SLURM_ARRAY_TASK_ID/$count --store '$store' --on '$on' --jobs 1 --quiet")
sbatch --parsable --job-name=hongtou-merge --dependency="afterok:$array" --kill-on-invalid-dep=yes --output="$store/log/merge.txt" \
    --wrap="'$program' merge --root '$workspace' --store '$store' --on '$on'"
