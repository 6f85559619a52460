# What every learn.sh begins with; `here` is its folder.
root=$here/../..
python=${PYTHON:-python3}
node=$root/node_modules/.bin/node
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}" ORT_DISABLE_TELEMETRY=1
export PYTHONPATH="$here/.."

# Runs the command of a step unless its result is there, which it must write whole: once RESULT COMMAND…
once() {
  result=$1
  shift
  [ -e "$result" ] || "$@"
}
