#!/bin/sh
# For `meson dist`: put the generated C into the source archive, so that the Python package can be built from it with a C
# compiler alone. $1: the build directory that has it.
set -eu
to=$MESON_DIST_ROOT/generated
mkdir -p "$to/guest" "$to/tools/image"
cp "$1"/guest/guest_*.c "$1"/guest/guest*.h "$1"/guest/guest.wasm "$to/guest/"
cp "$1"/tools/image/image.c "$to/tools/image/"
cp "$1"/NOTICES "$to/"
echo "notices_text = files('NOTICES')" >"$to/meson.build"
