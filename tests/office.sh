#!/bin/sh
# Word 文件和 PDF 对照：十件样例各印一份 PDF、一份 docx，docx 由 LibreOffice 打开成 PDF，逐页数行，列出相差几行。
# 要 LibreOffice（没有就用 apt 装）、poppler-utils。用法：tests/office.sh [程序]，程序不写就是 target/release/hongtou。
set -eu
program=$(realpath "${1:-target/release/hongtou}")
for tool in soffice:libreoffice-writer-nogui pdftotext:poppler-utils; do
    command -v "${tool%%:*}" >/dev/null || apt-get install -y -qq "${tool#*:}" >/dev/null
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" init "$work/工作区" -q
cd "$work/工作区"
# 已印发的印的是定本；这里两样都照今天的版式。
rm -rf data/issued
names="baogao-2023 lianhe-tongzhi han-xinyong-hecha qingshi-2024 hengbiao-2024 jiyao-2024-06 jueding-2024 zuotan-2024 miji-tongzhi jiangli-2023"
for name in $names; do
    "$program" render "$name" -q -o "$work/$name.docx" || true
    "$program" render "$name" -q -o "$work/$name.印.pdf" || true
done
soffice --headless --convert-to pdf --outdir "$work" "$work"/*.docx >/dev/null 2>&1
pages() { pdfinfo "$1" 2>/dev/null | sed -n 's/^Pages: *//p'; }
lines() { pdftotext -f "$2" -l "$2" -layout "$1" - 2>/dev/null | grep -c '[^[:space:]]' || true; }
for name in $names; do
    printf '%-18s %s/%s 页' "$name" "$(pages "$work/$name.pdf")" "$(pages "$work/$name.印.pdf")"
    page=1
    while [ "$page" -le "$(pages "$work/$name.印.pdf")" ]; do
        printf '  %s/%s' "$(lines "$work/$name.pdf" "$page")" "$(lines "$work/$name.印.pdf" "$page")"
        page=$((page + 1))
    done
    echo
done
