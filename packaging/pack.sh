#!/bin/sh
# 打包：packaging/pack.sh [文件夹]。Builds the program and packs it, with what a desktop and a server need, as tar.gz and as .deb into the folder
# (target/package where none is named). Needs cargo, tar and dpkg-deb; without dpkg-deb there is no .deb, and it says so.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
out=${1:-$root/target/package}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/Cargo.toml" | head -n 1)
case $(uname -m) in x86_64) arch=amd64 ;; aarch64) arch=arm64 ;; loongarch64) arch=loong64 ;; *) arch=$(uname -m) ;; esac

cargo build --release --locked --manifest-path "$root/Cargo.toml"
program=$root/target/release/hongtou
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

put() { install -D -m "$1" "$2" "$tree/$3"; }
put 755 "$program" usr/bin/hongtou
put 644 "$here/desktop/hongtou.desktop" usr/share/applications/hongtou.desktop
put 644 "$root/templates/workbench/icon.svg" usr/share/icons/hicolor/scalable/apps/hongtou.svg
put 644 "$here/hongtou.service" usr/lib/systemd/system/hongtou.service
put 644 "$root/LICENSE" usr/share/doc/hongtou/copyright
put 644 "$root/README.md" usr/share/doc/hongtou/README.md
for licence in "$root"/fonts/licenses/*; do put 644 "$licence" "usr/share/doc/hongtou/fonts/$(basename "$licence")"; done
mkdir -p "$tree/usr/share/man/man1" "$tree/usr/share/bash-completion/completions" "$tree/usr/share/zsh/vendor-completions" "$tree/usr/share/fish/vendor_completions.d"
"$program" man | gzip -9n > "$tree/usr/share/man/man1/hongtou.1.gz"
"$program" completions bash > "$tree/usr/share/bash-completion/completions/hongtou"
"$program" completions zsh > "$tree/usr/share/zsh/vendor-completions/_hongtou"
"$program" completions fish > "$tree/usr/share/fish/vendor_completions.d/hongtou.fish"

mkdir -p "$out"
tar -C "$tree" --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -czf "$out/hongtou-$version-$arch.tar.gz" usr
echo "写入 $out/hongtou-$version-$arch.tar.gz"
if ! command -v dpkg-deb >/dev/null; then
    echo "没有 dpkg-deb，没有打 .deb" >&2
    exit 0
fi
mkdir -p "$tree/DEBIAN"
cat > "$tree/DEBIAN/control" <<CONTROL
Package: hongtou
Version: $version
Architecture: $arch
Maintainer: hongtou
Section: editors
Priority: optional
Installed-Size: $(du -sk "$tree/usr" | cut -f 1)
Depends: libc6
Description: 红头：公文生成与公示发布工具
 由政策和申报数据计算奖励，生成公文、公示和目录（PDF、Word 和网页）；工作台在浏览器里用。
CONTROL
SOURCE_DATE_EPOCH=0 dpkg-deb --root-owner-group -Zxz --build "$tree" "$out/hongtou_${version}_$arch.deb" >/dev/null
echo "写入 $out/hongtou_${version}_$arch.deb"
