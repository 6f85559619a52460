#!/bin/sh
# Makes the pointer's graphs in src/attribution/network, the given names in src/attribution/lexicon, and what
# src/attribution/speakers/linker.json holds.
# usage: training/link/learn.sh DATA_FOLDER WORK_FOLDER
# DATA_FOLDER holds NAME.jsonl with who each source is, in coref/ GAP and GUM, and in ask/ the libraries that
# marked/sources.jsonl is about; everything in between goes to WORK_FOLDER. A step whose result is there is skipped, but the
# linker is always weighed anew: empty the folder when the network that finds reports has changed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../steps.sh"
export PYTHONPATH="$here/..:$here/../reports"
data=$1
work=$2
network=$root/src/attribution/network

mkdir -p "$work/marked" "$work/features" "$work/reports" "$work/options"
"$python" "$here/../bases.py" "$work/published" reports
"$python" "$here/../given_names.py" "$work/published"
once "$work/reports.pt" "$python" "$here/../reports/thaw.py" "$work/reports.pt"
once "$work/corpora/gum.jsonl" "$python" "$here/corpora.py" "$data/coref" "$work/corpora"
names="pieces harder-pieces whom referents strangers ordinary described briefs plain-briefs abc.train odd.train odd.train-3 odd.train-4 abc.dev odd.dev wikinews-dev"
for name in $names; do
  marked=$here/../marked/$name.jsonl
  [ -e "$marked" ] || marked=$data/$name.jsonl
  cp "$marked" "$work/marked/$name.jsonl"
done
sources=$here/../marked/sources.jsonl
once "$work/marked/sources.jsonl" "$node" "$here/found.ts" "$sources" "$work/marked/sources.jsonl" "$data/ask"
for name in $names sources; do
  once "$work/features/$name.jsonl" "$node" "$here/../reports/features.ts" "$work/marked/$name.jsonl" "$work/features/$name.jsonl"
done
for name in gap gum; do
  once "$work/features/$name.jsonl" "$node" "$here/../reports/features.ts" "$work/corpora/$name.jsonl" "$work/features/$name.jsonl"
done
once "$work/pointer/pointer.pt" "$python" "$here/learn_pointer.py" --reports "$work/reports.pt" \
  --features "$work/features" --marked "$work/marked" --corpora "$work/corpora" --out "$work/pointer"
"$python" "$here/export_pointer.py" "$work/pointer/pointer.pt" "$work/reports.pt" "$work/published" "$network" \
  "$root"/playground/articles/*.txt "$root"/seeds/*.txt
"$node" "$here/../reports/features.ts" "$here/../reports/fixture-articles.jsonl" "$work/features/fixture.jsonl"
"$python" "$here/fixture.py" "$work/pointer/pointer.pt" "$work/reports.pt" "$work/features/fixture.jsonl" \
  "$root/test/attribution/network/fixture.json"
for name in $names; do
  "$node" "$here/prepare.ts" "$work/marked/$name.jsonl" "$work/reports/$name" "$work/options/$name.jsonl" "$data/ask"
done
"$node" "$here/prepare.ts" "$sources" "$work/reports/sources" "$work/options/sources.jsonl" "$data/ask"
"$python" "$here/weigh.py" "$work/options" "$root/src/attribution/speakers/linker.json"
