#!/bin/sh
# A workspace with so many invented enterprises, each of which gets a letter: the sample's policy, catalogues and calendar, and one notice.
# Usage: workspace.sh 程序 文件夹 家数
set -eu
program=$1 folder=$2 count=$3
sample=$(mktemp -d)
"$program" init "$sample/w" -q
mkdir -p "$folder/data/notices" "$folder/data/enterprises" "$folder/data/declarations"
for part in calendar catalogues policies office.yaml; do cp -r "$sample/w/data/$part" "$folder/data/"; done
cp "$sample/w/data/notices/gaozhishu-2023.md" "$folder/data/notices/"
rm -rf "$sample"
# The last character of a code is its check character (GB 32100—2015).
awk -v count="$count" -v enterprises="$folder/data/enterprises/all.yaml" -v declared="$folder/data/declarations/2023.yaml" '
BEGIN {
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    print "年度: 2023\n申报:" > declared
    for (i = 0; i < count; i++) {
        body = sprintf("91410181MA%07d", i); sum = 0; weight = 1
        for (k = 1; k <= 17; k++) { sum += (index(letters, substr(body, k, 1)) - 1) * weight; weight = weight * 3 % 31 }
        code = body substr(letters, (31 - sum % 31) % 31 + 1, 1)
        printf "- 名称: 示例第%d号铝业有限公司\n  统一社会信用代码: %s\n  区县: 巩义市\n  行业: [新材料, 铝加工]\n  规模以上: 是\n", i, code > enterprises
        printf "  - 企业: %s\n    主营业务收入: { 2022: %d万元, 2023: %d万元 }\n", code, 6000 + i, 7300 + i * 2 > declared
    }
}'
