#!/bin/sh
# Makes what src/attribution/network has learned, and the fixture of its test, from the published weights.
# usage: training/reports/learn.sh DATA_FOLDER WORK_FOLDER [further]
# With `further`, only the last pass, from the weights in the repository in place of those after five others.
# DATA_FOLDER holds NAME.jsonl, and in ask/ the libraries that marked/news.jsonl is about; everything in between goes to
# WORK_FOLDER. Interrupted, it goes on from the last pass. A step whose result is there is skipped: empty the folder when
# the data or the scripts have changed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../steps.sh"
data=$1
work=$2
network=$root/src/attribution/network
learned=$work/network/network.pt

mkdir -p "$work/features"
"$python" "$here/../bases.py" "$work/published" reports
golds=
for name in polnear.train abc.train odd.train odd.train-3 odd.train-4 pieces harder-pieces news constructions referents; do
  marked=$here/../marked/$name.jsonl
  [ -e "$marked" ] || marked=$data/$name.jsonl
  once "$work/features/$name.jsonl" "$node" "$here/features.ts" "$marked" "$work/features/$name.jsonl" "$data/ask"
  golds="$golds $marked"
done
learn() {
  "$python" "$here/learn.py" --published "$work/published" --features "$work/features" "$@"
}
if [ "${3:-}" = further ]; then
  start=$work/start.pt
  once "$start" "$python" "$here/thaw.py" "$start"
  # So that the pointer still fits.
  kept="--keep 3"
else
  start=$work/first/network.pt
  once "$start" learn --out "$work/first"
  kept=
fi
# shellcheck disable=SC2086
once "$learned" learn --out "$work/network" --start "$start" --rate 5e-5 --head-rate 5e-4 --passes 1 --polnear 1 $kept
once "$work/graphs/chain.json" "$python" "$here/export.py" "$learned" "$work/published" "$work/graphs" \
  "$root"/playground/articles/*.txt "$root"/seeds/*.txt
cp "$work"/graphs/* "$network"
# shellcheck disable=SC2086
"$node" "$here/weigh.ts" "$work/network/held-out.txt" "$data/ask" $golds

"$node" "$here/features.ts" "$here/fixture-articles.jsonl" "$work/features/fixture.jsonl"
"$python" "$here/fixture.py" "$learned" "$work/features/fixture.jsonl" "$here/fixture-articles.jsonl" \
  "$root/test/attribution/network/fixture.json"
