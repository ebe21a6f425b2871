# Shared by submit, status, resubmit and job: what a submission is made of, kept in DIR/slurm.env.

fail() { # message, what to do next
  echo "${0##*/}: $1" >&2
  [[ -z "${2:-}" ]] || echo "  $2" >&2
  exit 2
}

# Reads DIR/slurm.env: root command shards limits array_limits merge_limits jobs scratch
load_submission() {
  [[ -f "$1/slurm.env" ]] || fail "$1 is no folder of a submission" "tools/slurm/submit makes one"
  # shellcheck disable=SC1091
  source "$1/slurm.env"
}

# The folders of shards that have begun.
begun_shards() { # DIR
  local manifest
  for manifest in "$1"/shards/*/shard.json; do
    [[ ! -e "$manifest" ]] || dirname "$manifest"
  done
}

# Numbers of the shards that are not complete, separated by commas; empty when all are.
missing_shards() { # DIR
  local folders
  mapfile -t folders < <(begun_shards "$1")
  if ((${#folders[@]} == 0)); then
    seq -s, 1 "$shards"
  else
    "$root/build/release/bin/hybugs" merge --missing "${folders[@]}"
  fi
}

# Prints the id of the new job. Slurm's own message says what it doesn't like.
submit_job() { # what, then arguments of sbatch
  local what=$1 answer
  shift
  if ! answer=$(sbatch --parsable --kill-on-invalid-dep=yes "$@" 2>&1); then
    echo "$answer" >&2
    fail "Slurm refused the $what job; its message is above" "check --partition, --account, --time, --mem, --cpus"
  fi
  echo "${answer%%;*}"
}

# Submits the job that joins the shards.
submit_merge() { # DIR, arguments that make it wait for other jobs
  local dir=$1 merge
  shift
  merge=$(submit_job merge --job-name=hybugs-merge --output="$dir/log/merge.%j.log" "${merge_limits[@]}" "$@" \
    "$root/tools/slurm/job" merge "$dir")
  echo "merge: job $merge"
  echo "jobs+=($merge)" >>"$dir/slurm.env"
}

# Submits the array for some shards, then what joins them; prints how to watch.
submit_array() { # DIR, list of shards, arguments that make it wait for another job
  local dir=$1 list=$2 array
  shift 2
  array=$(submit_job array --job-name=hybugs-shards --array="$list${throttle:+%$throttle}" \
    --output="$dir/log/shard-%a.%A.log" --requeue --open-mode=append --signal=B:TERM@60 "${array_limits[@]}" "$@" \
    "$root/tools/slurm/job" shard "$dir")
  echo "shards $list: job $array"
  echo "jobs+=($array)" >>"$dir/slurm.env"
  submit_merge "$dir" --dependency="afterany:$array"
  echo "watch: tools/slurm/status $dir        the report: $dir/whole/report.md or report.json"
}
