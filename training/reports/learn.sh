#!/bin/sh
# Makes what src/attribution/network has learned, and the fixture of its test, from the published weights.
# usage: training/reports/learn.sh DATA_FOLDER WORK_FOLDER
# DATA_FOLDER holds NAME.jsonl; everything in between goes to WORK_FOLDER. Interrupted, it goes on from the last pass. A
# step whose result is there is skipped: empty the folder when the data or the scripts have changed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../steps.sh"
data=$1
work=$2
network=$root/src/attribution/network
learned=$work/network/network.pt

mkdir -p "$work/features"
"$python" "$here/../bases.py" "$work/published" reports
for name in polnear.train abc.train odd.train; do
  once "$work/features/$name.jsonl" "$node" "$here/features.ts" "$data/$name.jsonl" "$work/features/$name.jsonl"
done
once "$learned" "$python" "$here/learn.py" --published "$work/published" --features "$work/features" --out "$work/network"
once "$work/graphs/chain.json" "$python" "$here/export.py" "$learned" "$work/published" "$work/graphs" \
  "$root"/playground/articles/*.txt "$root"/seeds/*.txt
cp "$work"/graphs/* "$network"
"$node" "$here/weigh.ts" "$work/network/held-out.txt" "$data/polnear.train.jsonl" "$data/abc.train.jsonl" "$data/odd.train.jsonl"

"$node" "$here/features.ts" "$here/fixture-articles.jsonl" "$work/features/fixture.jsonl"
"$python" "$here/fixture.py" "$learned" "$work/features/fixture.jsonl" "$here/fixture-articles.jsonl" \
  "$root/test/attribution/network/fixture.json"
