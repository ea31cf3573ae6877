#!/bin/bash
# 几台机器分着印：GNU parallel 和真的 Slurm（一台机器上两个节点），片数不同、随机杀掉、缺片、换数据，结果是不是同一个 output。
# 缺的工具（parallel、slurm-wlm、munge、kubernetes-validate）用 apt 和 pip 装；装不上的那一段说明跳过。
# 用法：tests/cluster/run.sh [程序] [家数]，程序不写就是 target/release/hongtou，家数不写就是 3000。
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
packaging=$here/../../packaging/cluster
HONGTOU=$(realpath "${1:-target/release/hongtou}")
export HONGTOU
count=${2:-3000}
on=2024-07-01
work=$(mktemp -d)
trap 'pkill -f "slurmctld -f $work" || true; pkill -f "slurmd -f $work" || true; rm -rf "$work"' EXIT
need() { command -v "$1" >/dev/null || apt-get install -y -qq "$2" >/dev/null 2>&1 || true; command -v "$1" >/dev/null; }
tree() { (cd "$1/output" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16); }
fresh() { rm -rf "$work/$1"; mkdir "$work/$1"; cp -r "$work/w/data" "$work/$1/"; }
is() { if [ "$2" = "$3" ]; then echo "  $1：同一个 output（$2）"; else echo "  $1：不同（$2，应为 $3）"; exit 1; fi; }
refused() { if "$HONGTOU" merge --root "$1" --store "$2" --on $on >"$work/said" 2>&1; then echo "  $3：没有拒绝"; exit 1; fi
    grep -q "$4" "$work/said" || { echo "  $3：拒绝了，但没有说“$4”"; cat "$work/said"; exit 1; }; echo "  $3：拒绝"; }

"$here/workspace.sh" "$HONGTOU" "$work/w" "$count"
echo "一次印完，${count}家"
"$HONGTOU" build --root "$work/w" --on $on --no-cache --quiet
whole=$(tree "$work/w")
rm -rf "$work/w/output" "$work/w/.hongtou"

need parallel parallel || { echo "没有 GNU parallel，装不上"; exit 1; }
for parts in 1 8; do
    fresh p$parts
    "$packaging/parallel.sh" "$work/p$parts" "$work/store-$parts" $parts $on >/dev/null
    is "GNU parallel，${parts}片" "$(tree "$work/p$parts")" "$whole"
done

echo "随机杀掉20次"
fresh killed
for round in $(seq 20); do
    part=$((RANDOM % 8 + 1))
    bash -c '"$@"; true' _ timeout -s KILL "0.$((RANDOM % 50 + 10))" "$HONGTOU" build --root "$work/killed" --shard $part/8 \
        --store "$work/store-k" --on $on --jobs 1 --quiet >/dev/null 2>&1
done
for part in 1 2 3 4 5 6 8; do
    "$HONGTOU" build --root "$work/killed" --shard $part/8 --store "$work/store-k" --on $on --quiet
done
rm -f "$work"/store-k/shards/*-8-7.json
refused "$work/killed" "$work/store-k" "缺一片" "缺7/8片"
sed -i 's/示例第0号/示例第零号/' "$work/killed/data/enterprises/all.yaml"
refused "$work/killed" "$work/store-k" "换了数据" "按别的数据印的"
sed -i 's/示例第零号/示例第0号/' "$work/killed/data/enterprises/all.yaml"
sed -i 's/"程序": "[0-9a-f]*"/"程序": "另一个"/' "$work"/store-k/shards/*.json
refused "$work/killed" "$work/store-k" "换了程序" "另一个版本的程序"
for part in $(seq 8); do
    "$HONGTOU" build --root "$work/killed" --shard $part/8 --store "$work/store-k" --on $on --quiet
done
"$HONGTOU" merge --root "$work/killed" --store "$work/store-k" --on $on --quiet
is "杀掉以后接着印" "$(tree "$work/killed")" "$whole"

if need sbatch slurm-wlm && need munged munge; then
    echo "Slurm，两个节点"
    pgrep -x munged >/dev/null || { install -d -o munge /run/munge; [ -f /etc/munge/munge.key ] || mungekey -c 2>/dev/null || true
        runuser -u munge -- /usr/sbin/munged || true; }
    host=$(hostname -s)
    cat >"$work/slurm.conf" <<CONF
ClusterName=hongtou
SlurmctldHost=$host
SlurmUser=root
SlurmctldPort=16817
AuthType=auth/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SchedulerType=sched/backfill
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool-%n
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd-%n.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd-%n.log
NodeName=n1 NodeHostname=$host Port=17001 CPUs=1 RealMemory=4000
NodeName=n2 NodeHostname=$host Port=17002 CPUs=1 RealMemory=4000
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
CONF
    mkdir -p "$work/state" "$work/spool-n1" "$work/spool-n2"
    export SLURM_CONF=$work/slurm.conf
    slurmctld -f "$work/slurm.conf" || true
    slurmd -f "$work/slurm.conf" -N n1 || true
    slurmd -f "$work/slurm.conf" -N n2 || true
    for try in $(seq 20); do sinfo -h -o %t 2>/dev/null | grep -q idle && break; sleep 1; done
    if sinfo -h -o %t 2>/dev/null | grep -q idle; then
        fresh slurm
        merge=$("$packaging/slurm.sh" "$work/slurm" "$work/store-s" 8 $on)
        while squeue -h 2>/dev/null | grep -q .; do sleep 1; done
        [ -d "$work/slurm/output" ] || { echo "  作业 $merge 没有合并成"; cat "$work"/store-s/log/*; exit 1; }
        is "Slurm，8片" "$(tree "$work/slurm")" "$whole"
    else
        echo "  Slurm 在这台机器上起不来，跳过："; tail -q -n 5 "$work"/slurm*.log || true
    fi
else
    echo "没有 Slurm，装不上，跳过"
fi

if command -v kubernetes-validate >/dev/null || pip install --quiet --break-system-packages kubernetes-validate 2>/dev/null; then
    kubernetes-validate --strict "$packaging/kubernetes.yaml" && echo "kubernetes.yaml：合格"
else
    echo "没有 kubernetes-validate，装不上，跳过"
fi
