#!/usr/bin/env bash
# 变异测试 — do the tests notice when the logic is changed? cargo-mutants changes one thing at a time in what decides about money and
# about what is told of it, and the fast tests (those beside the code, and tests/law) must fail each time.
#
#   tests/mutants.sh [EACH [FIRST]]     one of EACH mutants (20), beginning with number FIRST (any); each costs a build
#
# It works in a copy under target/mutants that has neither typst nor the commands: what is judged does not need them, and a build
# is a third as dear. What lived and what was caught stands in target/mutants/mutants.out.
set -euo pipefail
cd "$(dirname "$0")/.."
each=${1:-20}
first=${2:-$((RANDOM % each))}
copy=target/mutants

mkdir -p "$copy"
rm -rf "$copy"/{src,tests,data,templates,fonts}
cp -r Cargo.toml Cargo.lock build.rs src tests data templates fonts "$copy"
cd "$copy"

# Without the printing and the commands: their modules, targets and dependencies.
rm -rf src/main.rs src/pdf src/build src/cli
sed -i -E '/^pub mod (build|cli);/d' src/lib.rs
cat > src/pdf.rs <<'RUST'
//! Stands in for the printing: what it is set to is read and not looked at.
/// Any faces.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(transparent)]
pub struct Faces(serde_json::Value);
/// Any settings.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(transparent)]
pub struct Settings(serde_json::Value);
RUST
awk '
    function flush() { if (block != "" && keep) printf "%s", block; block = ""; keep = 1 }
    /^\[/ { flush() }
    { block = block $0 "\n" }
    /^\[\[(bin|bench)\]\]/ || /^\[profile\.dev\.package/ || /^path = "tests\/main.rs"/ { keep = 0 }
    BEGIN { keep = 1 }
    END { flush() }
' Cargo.toml > reduced.toml
mv reduced.toml Cargo.toml
for unused in typst typst-layout typst-pdf comemo hayro image zune-jpeg jieba-rs clap clap_complete clap_mangen indicatif annotate-snippets mimalloc; do
    sed -i -E "/^$unused = /d" Cargo.toml
done
sed -i '/global_allocator/,/;$/d' src/lib.rs
printf '\n[workspace]\n' >> Cargo.toml

export CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR="$PWD/target" PROPTEST_CASES=8
exec cargo mutants --in-place --shard "$first/$each" --sharding round-robin --timeout 180 --minimum-test-timeout 60 \
    --file 'src/award/**' --file 'src/policy/**' --file 'src/register/**' --file 'src/calendar/**' --file 'src/review/**' \
    --file 'src/trace/**' --file 'src/document/number.rs' \
    --file 'src/site/markup/**' --file 'src/site/structured.rs' --file 'src/draft/escape.rs' --file 'src/csv.rs' \
    "${@:3}" -- --lib --test law
