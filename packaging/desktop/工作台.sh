#!/bin/sh
# 双击打开工作台（麒麟、统信、Debian）：程序 hongtou 放在同一个文件夹，工作区是里面的“公文”。
cd "$(dirname "$0")" || exit 2
exec ./hongtou --root 公文 serve --open
