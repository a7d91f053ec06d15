#!/bin/bash
# slurm_test.sh SOURCE_FOLDER PROGRAM: a study on a Slurm cluster of one node, by scenarios/studies/slurm-array.sh, gives
# the table of one process, although one of its eight tasks is killed half way. munged, slurmctld and slurmd run in a
# scratch folder, on free ports, beside whatever else the machine has, and end with the test.
set -uo pipefail
source_folder=$1 program=$2
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
python=/usr/bin/python3
readonly shards=8 killed=5

for tool in munged slurmctld slurmd sbatch "$python"; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed: skipped" && exit 0; }
done
((EUID == 0)) || { echo "slurmd needs root: skipped" && exit 0; }

work=$(mktemp -d)
daemons=()
stop() {
  if [[ -n ${SLURM_CONF-} ]]; then
    scancel --signal=KILL --full --user=root 2>/dev/null
    scancel --user=root 2>/dev/null
    for _ in {1..50}; do
      [[ -n $(squeue --noheader 2>/dev/null) ]] || break
      sleep 0.2
    done
  fi
  ((${#daemons[@]} == 0)) || kill "${daemons[@]}" 2>/dev/null
  wait
  rm -rf -- "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

fault() {
  printf 'line %s: %s\n' "${BASH_LINENO[0]}" "$1"
  tail -n 20 "$work"/*.log "$work"/study/*.log 2>/dev/null
  exit 1
}

# daemon COMMAND...: in the background, what it says in a log.
daemon() {
  "$@" >"$work/$1.log" 2>&1 &
  daemons+=($!)
}

start_slurm() {
  local host ports
  host=$(hostname -s)
  mapfile -t ports < <("$python" -c '
import socket
sockets = [socket.socket() for _ in range(2)]
for each in sockets: each.bind(("127.0.0.1", 0))
for each in sockets: print(each.getsockname()[1])')
  mkdir "$work/munge" "$work/state" "$work/spool"
  (umask 077 && head --bytes=128 /dev/urandom >"$work/munge/key")
  cat >"$work/slurm.conf" <<CONF
ClusterName=chokepoint
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=${ports[0]}
SlurmdPort=${ports[1]}
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
KillWait=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=2
PartitionName=all Nodes=$host Default=YES
CONF
  echo CgroupPlugin=cgroup/v1 >"$work/cgroup.conf"
  export SLURM_CONF=$work/slurm.conf
  daemon munged --foreground --force --num-threads=2 --key-file="$work/munge/key" --socket="$work/munge/socket" \
    --pid-file="$work/munge/pid" --log-file="$work/munge/munged.log" --seed-file="$work/munge/seed"
  for _ in {1..50}; do
    [[ ! -S $work/munge/socket ]] || break
    sleep 0.1
  done
  daemon slurmctld -D -f "$SLURM_CONF"
  daemon slurmd -D -f "$SLURM_CONF"
  for _ in {1..150}; do
    [[ $(sinfo --noheader --format=%t 2>/dev/null) == idle ]] && return
    sleep 0.2
  done
  fault "expected a node that is idle, found \"$(sinfo 2>&1)\""
}

# state_of JOB: as Slurm says it, such as RUNNING; and once it is at its end.
state_of() { scontrol --oneliner show job "$1" 2>/dev/null | sed -n '1s/.* JobState=\([A-Z_]*\).*/\1/p'; }
end_of() {
  local state
  for _ in {1..600}; do
    state=$(state_of "$1")
    [[ $state =~ ^(COMPLETED|FAILED|CANCELLED|TIMEOUT|NODE_FAIL|OUT_OF_MEMORY)$ ]] && echo "$state" && return
    sleep 0.2
  done
  echo "$state after two minutes"
}

submit() { bash "$source_folder/scenarios/studies/slurm-array.sh" "$study" "$shards" || fault "not submitted"; }
rows_in() { "$python" "$here/runs_table.py" count "$1" 2>/dev/null || echo 0; }

mkdir "$work/study" && cd "$work/study" || exit 1
study=$here/load-by-limit.json
export CHOKEPOINT_PROGRAM=$program
start_slurm

merge=$(submit) || exit 1
array=$((merge - 1)) part=load-by-limit.parts/$killed.sqlite
for _ in {1..600}; do
  (($(rows_in "$part") > 0)) && break
  sleep 0.1
done
scancel --signal=KILL --full "${array}_$killed"
[[ $(end_of "$merge") == CANCELLED ]] || fault "expected that the merge is given up once a shard is killed"
[[ ! -e load-by-limit.sqlite ]] || fault "expected no merged study without the killed shard"
for ((shard = 1; shard <= shards; ++shard)); do
  state=$(end_of "${array}_$shard")
  [[ $state == COMPLETED || $shard == "$killed" ]] || fault "task $shard: $state"
done
written=$(rows_in "$part")

merge=$(submit) || exit 1
state=$(end_of "$merge")
[[ $state == COMPLETED ]] || fault "merge: $state"
whole=$(rows_in "$part")
((0 < written && written < whole)) || fault "expected a kill half way, found $written of $whole runs written"

"$program" sweep "$study" --out alone.sqlite --workers 2 2>alone.log || fault "not run by one process"
"$python" "$here/runs_table.py" compare alone.sqlite load-by-limit.sqlite || fault "the tables differ"
echo "task $killed was killed after $written of its $whole runs"
