#!/bin/sh
# Makes what src/attribution/speakers/linker.json holds.
# usage: training/link/learn.sh DATA_FOLDER WORK_FOLDER
# DATA_FOLDER holds NAME.jsonl with who each source is, and in ask/ the libraries that marked/sources.jsonl is about;
# everything in between goes to WORK_FOLDER. The reports found in an article are kept there, so another run takes a few
# minutes. Empty the folder when the network has changed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../steps.sh"
data=$1
work=$2

mkdir -p "$work/reports" "$work/options"
for name in pieces harder-pieces sources abc.train odd.train odd.train-3 odd.train-4 abc.dev odd.dev wikinews-dev; do
  marked=$here/../marked/$name.jsonl
  [ -e "$marked" ] || marked=$data/$name.jsonl
  "$node" "$here/prepare.ts" "$marked" "$work/reports/$name" "$work/options/$name.jsonl" "$data/ask"
done
"$python" "$here/weigh.py" "$work/options" "$root/src/attribution/speakers/linker.json"
