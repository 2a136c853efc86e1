#!/bin/sh
# usage: run.sh BUILD VENV [--stay]: the demonstration with the package of a build folder and a Python that has the plugins' hosts.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
build=$(cd "$1" && pwd)
python=$2/bin/python
shift 2
"$python" "$root/tests/plugins/metadata.py" "$build/plugins-metadata"
LLM_USER_PATH=$build/demo-llm PYTHONDONTWRITEBYTECODE=1 \
PYTHONPATH=$build/python:$build/plugins-metadata:$root/plugins/datasette-agent-hermetic:$root/plugins/llm-tools-hermetic \
    exec "$python" "$here/demo.py" "$@"
