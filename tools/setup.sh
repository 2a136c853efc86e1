#!/bin/sh
# Install what a build needs on Debian or Ubuntu, or what a target of the Makefile needs besides: setup.sh [TARGET...].
# Does nothing where all of it is there already; elsewhere it says what is missing. The build itself downloads only what
# pins.toml names.
set -eu

packages=
need() { # need PACKAGE COMMAND...: the package is wanted when the command fails
    package=$1
    shift
    "$@" >/dev/null 2>&1 || packages="$packages $package"
}

need python3 python3 -c 'import sys; assert sys.version_info >= (3, 9)'
need python3-venv python3 -c 'import venv, ensurepip'
need python3-pip python3 -m pip --version
need gcc sh -c 'command -v gcc || command -v cc || command -v clang'
need python3-dev sh -c 'ls "$(python3 -c "import sysconfig; print(sysconfig.get_path(\"include\"))")/Python.h"'
need libc6-dev sh -c 'echo "#include <stdio.h>" | cc -E -'
need patch patch --version
need xz-utils xz --version
need pkg-config pkg-config --version
need libedit-dev pkg-config --exists libedit
need ca-certificates test -e /etc/ssl/certs/ca-certificates.crt
for target; do
    case $target in
    clang) # sanitizers, fuzzers, and one of the compilers that the library is tested with
        need clang-19 sh -c 'command -v "${CLANG:-clang-19}"'
        [ -n "${CLANG:-}" ] || need libclang-rt-19-dev sh -c \
            'test -e "$(clang-19 -print-runtime-dir)/libclang_rt.fuzzer.a" || test -e "$(clang-19 -print-resource-dir)"/lib/linux/libclang_rt.fuzzer-"$(uname -m)".a'
        [ -n "${CLANG:-}" ] || need llvm-19 sh -c 'command -v llvm-symbolizer-19'
        ;;
    valgrind) need valgrind test -e /usr/include/valgrind/valgrind.h ;;
    browser) # the pages of the plugins are tested in one
        need chromium-headless-shell sh -c 'command -v chromium-headless-shell || command -v chromium'
        ;;
    debug-python) # the package's tests in a CPython that checks its objects and counts all references
        need python3.11-dbg sh -c 'command -v python3.11-dbg'
        ;;
    qemu) need qemu-user sh -c 'command -v qemu-aarch64' ;;
    *) echo "setup: no target named $target" >&2 && exit 2 ;;
    esac
done

[ -n "$packages" ] || exit 0
if ! command -v apt-get >/dev/null; then
    echo "setup: please install:$packages" >&2
    exit 1
fi
as_root=
if [ "$(id -u)" != 0 ]; then
    as_root=sudo
    command -v sudo >/dev/null || { echo "setup: as root: apt-get install$packages" >&2; exit 1; }
fi
echo "setup: installing$packages" >&2
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of names
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
