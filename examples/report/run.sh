#!/bin/sh
# usage: run.sh HERMETIC VENV: summarises a data set that the vega-datasets package ships, under tight limits.
set -eu
here=$(dirname "$0")
data=$("$2/bin/python" -c 'import importlib.util as u, os; print(os.path.join(os.path.dirname(u.find_spec("vega_datasets").origin), "_data", "cars.json"))')
exec "$1" --memory 8M --fuel 2G --timeout 2s --output 64K --input "cars=@$data" "$here/report.py"
