#!/bin/bash
# A study on a Slurm cluster, typed on a login node in a folder that all nodes share:
#
#   bash slurm-array.sh STUDY.json SHARDS [OPTION OF SBATCH]...
#
# An array of SHARDS tasks writes NAME.parts/1.sqlite and so on, NAME being the study's file without its ending; a job
# that waits for all of them merges these into NAME.sqlite. After a task failed, was killed or ran out of time, type the
# same line again: each shard goes on where it was, those that are done end at once, and the merge follows. A task whose
# node fails is requeued by Slurm and goes on in the same way. Options go to the array alone, such as
# --cpus-per-task=16 (a run a core), --time=4:00:00, --partition=long.
#
# The program is $CHOKEPOINT_PROGRAM, else the `chokepoint` of the repository that this file stands in. Prints the number
# of the merging job, on which others may depend.
set -euo pipefail

run_shard() {
  local program=$1 study=$2 parts=$3 shard=$SLURM_ARRAY_TASK_ID shards=$4 resume=()
  local part=$parts/$shard.sqlite
  mkdir -p -- "$parts"
  [[ ! -e $part ]] || resume=(--resume)
  exec "$program" sweep "$study" --out "$part" "${resume[@]}" --shard "$shard/$shards" \
    --workers "${SLURM_CPUS_PER_TASK:-1}"
}

merge_shards() {
  local program=$1 merged=$2 parts=$3 shards=$4 files
  mapfile -t files < <(seq --format="$parts/%.0f.sqlite" "$shards")
  rm -f -- "$merged"
  exec "$program" merge "$merged" "${files[@]}"
}

submit() {
  local study shards=$2 name array self program parts
  study=$(realpath -e -- "$1")
  self=$(realpath -e -- "${BASH_SOURCE[0]}")
  name=$(basename -- "${study%.json}")
  parts=$PWD/$name.parts
  shift 2
  program=${CHOKEPOINT_PROGRAM:-${self%/scenarios/*}/chokepoint}
  "$program" --version >/dev/null # here, once: the launcher builds where a source has changed
  array=$(sbatch --parsable --job-name="$name" --array="1-$shards" --requeue --open-mode=append \
    --output="$name.%a.log" "$@" "$self" run_shard "$program" "$study" "$parts" "$shards")
  sbatch --parsable --job-name="$name-merge" --dependency="afterok:${array%%;*}" --kill-on-invalid-dep=yes \
    --output="$name.merge.log" "$self" merge_shards "$program" "$PWD/$name.sqlite" "$parts" "$shards"
}

case ${1-} in
  run_shard | merge_shards) "$@" ;;
  *)
    if (($# < 2)) || [[ ! $2 =~ ^[1-9][0-9]*$ ]]; then
      echo "expected a study and a number of shards: bash slurm-array.sh STUDY.json SHARDS [OPTION OF SBATCH]..." >&2
      exit 2
    fi
    submit "$@"
    ;;
esac
