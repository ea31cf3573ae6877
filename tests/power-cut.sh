#!/usr/bin/env bash
# 断电 — what is said to be done is on the disk. A workspace lies on an ext4 in a file; after each command that says it is done the file is
# copied, as the disk would be found after a power cut, and what the copy holds must be what was said.
#
#   tests/power-cut.sh [PROGRAM]     needs root, mkfs.ext4 and a loop device; says so and passes where it has none
#
# With HONGTOU_UNSAFE=1 it spoils what it watches: a file is written without being brought to the disk, and the copy must lack it.
set -euo pipefail
program=$(realpath "${1:-$(dirname "$0")/../target/debug/hongtou}")
repository=$(realpath "$(dirname "$0")/..")
room=$(mktemp -d)
trap 'umount "$room/disk" "$room/cut" 2>/dev/null || true; rm -rf "$room"' EXIT
mkdir "$room/disk" "$room/cut"
truncate -s 1G "$room/image"
if ! { mkfs.ext4 -q "$room/image" && mount -o loop,commit=300 "$room/image" "$room/disk"; } 2>/dev/null; then
    echo "不能在这台机器上挂载 ext4，没有试断电"
    exit 0
fi

# The disk as it would be found: the journal is played back when it is mounted.
cut() {
    umount "$room/cut" 2>/dev/null || true
    cp --sparse=always "$room/image" "$room/copy"
    mount -o loop "$room/copy" "$room/cut"
}
same() {
    diff -r "$room/disk/$1" "$room/cut/$1" >/dev/null || { echo "断电后 $1 不是说好的样子（$2）"; diff -rq "$room/disk/$1" "$room/cut/$1" | head; exit 1; }
    echo "断电后完好：$2"
}

work="$room/disk/w"
mkdir -p "$work/data"
cp -r "$repository/tests/workspaces/云川市/data/." "$work/data"
cp -r "$repository/data/calendar" "$work/data"
sync -f "$work"
if [ "${HONGTOU_UNSAFE:-}" = 1 ]; then
    cut
    echo 写了没有落盘 > "$work/data/unsafe.txt"
    cut
    if [ -e "$room/cut/w/data/unsafe.txt" ] && [ -s "$room/cut/w/data/unsafe.txt" ]; then echo "没有落盘的也在：这里试不出断电"; exit 1; fi
    echo "没有落盘的不在：试得出断电"
    exit 0
fi
run() { "$program" --root "$work" --quiet "$@"; }
run new 公示 gongshi --奖励 2022 --on 2024-05-06
cut; same w/data new
sed -i 's/状态: 草稿/状态: 定稿/' "$work/data/notices/gongshi.md"
run issue gongshi --on 2024-05-06
cut; same w/data issue
run number --on 2024-05-06 || true
cut; same w/data number
run build --on 2024-05-06
cut; same w/output build
run publish --to "$room/disk/www" --yes
cut; same www publish
run new 通知 tongzhi --奖励 2022 --on 2024-05-13
sed -i 's/状态: 草稿/状态: 定稿/' "$work/data/notices/tongzhi.md"
run issue tongzhi --on 2024-05-14
run grant --year 2022 --notice tongzhi --on 2024-05-14
cut; same w/data grant
run withdraw tongzhi --reason 试验 --on 2024-05-14
cut; same w/data withdraw
run build --on 2024-05-15
run publish --to "$room/disk/www" --yes
cut; same www 再次发布
run publish --to "$room/disk/www" --rollback
cut; same www 退回
