#!/bin/sh
# Makes encoder.onnx and judge.onnx in src/answering/networks, judge-weights.json and the fixtures of their tests, from the published weights.
# usage: training/ask/learn.sh DATA_FOLDER WORDS_FOLDER WORK_FOLDER
# DATA_FOLDER holds library-NAME.jsonl and questions-NAME.jsonl, WORDS_FOLDER questions with the words that answer them;
# everything in between goes to WORK_FOLDER. Interrupted, learning goes on from its last checkpoint. A step whose result
# is there is skipped: empty the folder when the data or the scripts have changed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../steps.sh"
data=$1
words=$2
work=$3
published=$work/published
networks=$root/src/answering/networks
# The judge's choice is weighed on questions that neither it nor the encoder has seen: dev, and twins held out.
for_encoder="train0 train1 train2 train3 train4 train5 train6 train7"
others="train8 train9 train10 train11 train12"
twins="train0=train13 train3=train14 train6=train15 train9=train16 train12=train17"
# Libraries that questions of our own are about, in written/.
written="train0 train1 train2 train3 train4 train5 train6 train7 train8 train9 train10 train11 train12"
joined() { echo "$*" | tr ' ' ','; }

mkdir -p "$work/passages"
"$python" "$here/../bases.py" "$published" encoder judge
for name in $for_encoder $others dev; do
  once "$work/passages/$name.jsonl" "$node" "$here/passages.ts" "$data/library-$name.jsonl" "$work/passages/$name.jsonl"
done
learn_encoder() {
  out=$1
  shift
  once "$out/encoder.pt" "$python" "$here/learn.py" --published "$published" --questions "$data" \
    --passages "$work/passages" --out "$out" "$@"
}
learn_encoder "$work/first" --learn "$(joined $for_encoder)" --passes 2.25
learn_encoder "$work/second" --learn "$(joined $for_encoder $others)" --start "$work/first/encoder.pt" --negatives 3 \
  --rate 2.5e-5 --passes 1 --seed 2

export_graph() {
  once "$work/$1.onnx" "$python" "$here/export.py" "$1" "$2" "$published" "$work/$1.onnx" \
    "$root"/playground/articles/*.txt "$root"/seeds/*.txt
  cp "$work/$1.onnx" "$networks"
}
export_graph encoder "$work/second/encoder.pt"
"$python" "$here/fixture.py" "$published" "$work/second/encoder.pt" \
  "$root/test/pieces/word-pieces.json" "$root/test/answering/networks/vectors.json"

candidates() {
  folder=$1
  shift
  "$python" "$here/candidates.py" "$networks/encoder.onnx" "$published" "$folder" "$work/passages" "$work/candidates" "$@"
}
# shellcheck disable=SC2046,SC2086
candidates "$data" $(for name in $for_encoder $others dev; do echo "$name=$name"; done) $twins
# shellcheck disable=SC2046
candidates "$here/written" $(for name in $written; do echo "$name=written-$name"; done)
twins_of_others="train13 train14 train15 train16 train17"
asked=$(for name in $for_encoder $others $twins_of_others $(for each in $written; do echo "written-$each"; done); do echo "$work/candidates/$name.jsonl"; done)
learn_judge() {
  out=$1
  shift
  # shellcheck disable=SC2086
  once "$out/judge.pt" "$python" "$here/learn_judge.py" --published "$published" --encoder "$work/second/encoder.pt" \
    --words "$words"/*.jsonl --asked $asked --out "$out" "$@"
}
learn_judge "$work/first-judge" --passes-of-words 0.4 --passes-of-asked 0.95
learn_judge "$work/judge" --start "$work/first-judge/judge.pt" --passes-of-words 0.6 --passes-of-asked 1.6 --rate 5e-5 \
  --seed 4
export_graph judge "$work/judge/judge.pt"
"$python" "$here/weigh.py" "$work/judge/judge.pt" "$published" "$root/src/answering/judge-weights.json" \
  "$work/candidates/dev.jsonl" \
  "$(for name in $twins_of_others; do printf '%s,' "$work/candidates/$name.jsonl"; done | sed 's/,$//')"
