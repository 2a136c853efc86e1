#!/usr/bin/env python3
"""Build plain.wasm: MicroPython and the port in guest/, compiled for wasm32 with zig cc.

The steps are those of upstream's py/py.mk and py/mkrules.mk, with upstream's own generator scripts: copy the source
tree, apply guest/patches, collect interned strings and modules from the preprocessed sources, freeze guest/stdlib,
compile, link. The result depends on the sources, the tool and the variant only, not on the folder or the day.
"""

import argparse
import concurrent.futures
import hashlib
import html.entities
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
GUEST = ROOT / "guest"
TOOLS = ROOT / "tools"

# The parts of the MicroPython tree that the port uses.
UPSTREAM = ["py", "extmod", "shared", "lib/uzlib", "tools", "mpy-cross"]

# Core files that do not apply: native code, setjmp, threads, files; or that a file of the port's own replaces.
PY_SKIP = re.compile(
    r"(asm|emitn|emitinline|nlr|nativeglue|modthread|repl|runtime_utils|persistentcode|profile|showbc|"
    r"objint_longlong|stackctrl|objstrunicode|modio|objstringio)"
)

EXTMOD = """
    modheapq modos modplatform modrandom modtime
""".split()

# What makes the cross compiler read the language that the guest reads, and write code for it.
CROSS_PATCHES = ["0100-lexer-interface.patch", "0101-grammar.patch", "0102-compiler.patch", "0122-exact-constants.patch",
                 "0401-loops-that-own-generators.patch"]
CROSS_FILES = ["fstring.c", "functions.h", "lexing.h", "py/bignat.h", "py/emit_names.h", "py/floattext.h",
               "py/formatfloat.c", "py/lexer.c", "py/parsefloat.c", *[
    f"py/compile_{part}.h" for part in ("annotations", "async", "calls", "match", "names", "types")]]

# Libraries that are fetched (pins.toml): the C files that are used, and their flags.
LIBRARIES = {
    "bzip2": ("blocksort bzlib compress crctable decompress huffman randtable",
              ["-DBZ_NO_STDIO", "-Wno-implicit-fallthrough", "-Wno-unused-variable", "-Wno-unused-but-set-variable",
               "-Wno-unused-parameter"]),
    "zlib": ("adler32 deflate inffast inflate inftrees trees zutil", ["-DZ_SOLO"]),
    "sqlite3": ("sqlite3", [f"-DSQLITE_{option}" for option in """
        THREADSAFE=0 OS_OTHER=1 TEMP_STORE=3 ZERO_MALLOC=1 DEFAULT_MEMSTATUS=0 MAX_MMAP_SIZE=0 UNTESTABLE=1
        OMIT_COMPILEOPTION_DIAGS OMIT_DEPRECATED OMIT_GET_TABLE OMIT_LOAD_EXTENSION OMIT_SHARED_CACHE OMIT_TCL_VARIABLE
        OMIT_UTF16 OMIT_WAL
        ENABLE_MATH_FUNCTIONS LIKE_DOESNT_MATCH_BLOBS MAX_LIKE_PATTERN_LENGTH=10000 MAX_VARIABLE_NUMBER=250000 SOUNDEX
    """.split()] + ["-DHAVE_ISNAN=1", "-DHAVE_LOCALTIME_R=1", "-Dlocaltime_r=gmtime_r", "-Wno-unused-variable", "-mllvm", "-inline-threshold=-10"]),
}

# Those that a build may leave out. What uses them is guest/modules/NAME and guest/stdlib/NAME.
OPTIONAL = {"sqlite3"}

# Linear memory starts with the C stack, so that an overflow traps at address 0 and cannot reach data.
STACK_SIZE = 448 << 10

TARGET = ["-target", "wasm32-wasi", "-mcpu=mvp+sign_ext+nontrapping_fptoint+bulk_memory+mutable_globals"]

CFLAGS = [
    "-std=gnu11", "-DNDEBUG", "-fno-strict-aliasing", "-ffp-contract=off",
    "-Wall", "-Wextra", "-Wno-unused-parameter", "-Wno-sign-compare",
    "-Wno-missing-field-initializers", "-fno-exceptions", "-fno-sanitize=all", "-fno-stack-protector",
    "-DFFCONF_H=\"lib/oofatfs/ffconf.h\"",
]

# -O3 where upstream's py.mk has it.
HOT = {"vm", "vm_call", "vm_unwind", "vm_iter", "gc", "mpz", "map", "runtime", "obj", "objfun", "objint", "objint_mpz", "objlist", "objtype", "bc", "qstr"}

LDFLAGS = [
    "--no-entry", "--stack-first", f"-z", f"stack-size={STACK_SIZE}", "--export-memory", "--export-table",
    "--export=boot", "--export=run", "--export=__stack_pointer", "--strip-debug", "--build-id=none", "--error-limit=0",
]


class BuildError(Exception):
    pass


def run(command, **kwargs):
    done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **kwargs)
    if done.returncode:
        raise BuildError(f"{' '.join(map(str, command[:3]))} ...:\n" + done.stderr.decode(errors="replace"))
    if done.stderr.strip() and kwargs.get("env") is None:
        sys.stderr.write(done.stderr.decode(errors="replace"))
    return done.stdout


def write_if_changed(path, data):
    if not path.exists() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def read_patch(path):
    """The hunks of a unified diff without context lines: (file, index of the first line, removed lines, added lines)."""
    hunks, name, hunk, left = [], None, None, (0, 0)
    for line in path.read_text().split("\n"):
        if left == (0, 0) and line.startswith("+++ "):
            name = line[4:].split("\t")[0].removeprefix("b/")
        elif left == (0, 0) and (match := re.match(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", line)):
            start, removed, _, added = (int(group) if group else 1 for group in match.groups())
            left = removed, added
            # A hunk that only adds names the line before it.
            hunk = name, start - (removed > 0), [], []
            hunks.append(hunk)
        elif left[0] and line.startswith("-"):
            hunk[2].append(line[1:])
            left = left[0] - 1, left[1]
        elif left[1] and line.startswith("+"):
            hunk[3].append(line[1:])
            left = left[0], left[1] - 1
        elif left != (0, 0):
            raise BuildError(f"{path.name}: a hunk of {name} is short, or has context lines: {line!r}")
    return hunks


def apply_patches(patches, load):
    """The files that the patches change, as a map of name to text.

    Every patch is a change of upstream's own text, whatever the others do: two may add lines at one place, in the order
    of their numbers, and none may remove a line that another removes.
    """
    files = {}
    for patch in patches:
        for name, at, removed, added in read_patch(patch):
            files.setdefault(name, []).append((at, bool(removed), patch.name, removed, added))
    for name, hunks in files.items():
        lines, out, done = load(name).split("\n"), [], 0
        for at, _, patch, removed, added in sorted(hunks, key=lambda hunk: hunk[:2]):
            if at < done:
                raise BuildError(f"{patch}: {name}:{at + 1}: another patch changes this line too")
            if lines[at:at + len(removed)] != removed:
                raise BuildError(f"{patch}: {name}:{at + 1}: not what upstream has there: {removed[0]!r}")
            out += lines[done:at] + added
            done = at + len(removed)
        files[name] = "\n".join(out + lines[done:])
    return files


def prepare_source(source, out):
    """Copy the upstream tree and apply the patches, unless that was done from the same input."""
    tree = out / "src"
    patches = sorted((GUEST / "patches").glob("*.patch"))
    stamp = out / "src.stamp"
    digest = hashlib.sha256()
    for part in [source / "py/mpconfig.h", pathlib.Path(__file__), *patches]:
        digest.update(part.read_bytes())
    digest.update(str(source.resolve()).encode())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return tree
    shutil.rmtree(tree, ignore_errors=True)
    for part in UPSTREAM:
        shutil.copytree(source / part, tree / part)
    for path, text in apply_patches(patches, lambda name: (source / name).read_text()).items():
        (tree / path).write_text(text)
    stamp.write_text(digest.hexdigest())
    return tree


def source_files(tree, libraries):
    """The C files of the guest."""
    files = []
    own = {p.name for p in (GUEST / "py").glob("*.c")}
    for path in sorted((tree / "py").glob("*.c")):
        if not PY_SKIP.match(path.stem) and path.name not in own:
            files.append(path)
    files += [tree / "extmod" / f"{name}.c" for name in EXTMOD]
    files += sorted(GUEST.glob("*.c")) + sorted((GUEST / "py").glob("*.c")) + sorted((GUEST / "modules").glob("*.c"))
    for name in OPTIONAL & libraries.keys():
        files += sorted((GUEST / "modules" / name).glob("*.c"))
    # Data is laid out in this order: the buffer in stdio.c comes after all that a short run writes.
    files.sort(key=lambda path: path == GUEST / "stdio.c")
    return files


def generate_headers(tree, genhdr, sources, preprocess, qstr_defs, env):
    """Write genhdr/: version, interned strings, modules and root pointers of `sources`.

    `preprocess(flags, path)` returns the preprocessed text of a file.
    """
    def script(name, *arguments):
        return run([sys.executable, tree / name, *arguments], env=env)

    genhdr.mkdir(parents=True, exist_ok=True)
    script("py/makeversionhdr.py", genhdr / "mpversion.h")
    text = b"".join(preprocess(["-DNO_QSTR"], sources))
    last = genhdr / "qstr.i.last"
    done = genhdr / "done"
    if not done.exists() or not last.exists() or last.read_bytes() != text:
        done.unlink(missing_ok=True)
        last.write_bytes(text)
        for mode, folder, generator, header in (
            ("qstr", "qstr", None, None),
            ("module", "module", "py/makemoduledefs.py", "moduledefs.h"),
            ("root_pointer", "root_pointer", "py/make_root_pointers.py", "root_pointers.h"),
        ):
            split = genhdr / folder
            shutil.rmtree(split, ignore_errors=True)
            split.mkdir()
            collected = genhdr / f"{mode}.collected"
            collected.unlink(missing_ok=True)
            script("py/makeqstrdefs.py", "split", mode, last, split, "_")
            script("py/makeqstrdefs.py", "cat", mode, "_", split, collected)
            if generator:
                write_if_changed(genhdr / header, script(generator, collected))
        done.touch()
    # The interned strings' own text must pass the preprocessor unchanged, hence the quotes.
    definitions = b"\n".join(path.read_bytes() for path in [*qstr_defs, genhdr / "qstr.collected"])
    quoted = genhdr / "qstrdefs.c"
    quoted.write_bytes(re.sub(rb"^(Q\(.*)", rb'"\1"', definitions, flags=re.M))
    text = b"".join(preprocess([f"-I{tree}/py"], [quoted]))
    preprocessed = genhdr / "qstrdefs.preprocessed.h"
    preprocessed.write_bytes(re.sub(rb'^"(Q\(.*\))"', rb"\1", text, flags=re.M))
    write_if_changed(genhdr / "qstrdefs.generated.h", script("py/makeqstrdata.py", preprocessed))


class Compiler:
    """zig cc, which does not do again what it did: the same command, on files of the same contents."""

    def __init__(self, zig):
        self.zig = str(zig)
        self.digests = {}
        # A new header may take the place of one further down the search path.
        self.headers = "\n".join(sorted(map(str, GUEST.rglob("*.h"))))

    def digest(self, path):
        if path not in self.digests:
            self.digests[path] = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
        return self.digests[path]

    def stamp(self, command, depfile):
        """What the output depends on, or None when one of the files is gone."""
        text = depfile.read_text().partition(": ")[2].replace("\\\n", " ")
        paths = re.findall(r"(?:\\.|[^\s\\])+", text)
        try:
            parts = [self.digest(path.replace("\\ ", " ")) for path in paths]
        except FileNotFoundError:
            return None
        return hashlib.sha256("\n".join([*map(str, command), self.headers, *parts]).encode()).hexdigest()

    def run(self, arguments, source, target):
        """Compile `source` to `target`; returns the target."""
        command = [self.zig, "cc", *arguments, source, "-o", target]
        depfile, stamp = target.with_suffix(".d"), target.with_suffix(".stamp")
        if not (target.exists() and depfile.exists() and stamp.exists()
                and stamp.read_text() == self.stamp(command, depfile)):
            stamp.unlink(missing_ok=True)
            run([*command, "-MD", "-MF", depfile])
            stamp.write_text(self.stamp(command, depfile) or "")
        return target


class Build:
    def __init__(self, args):
        self.args = args
        self.out = args.out.resolve()
        self.out.mkdir(parents=True, exist_ok=True)
        self.zig = str(args.zig)
        self.compiler = Compiler(args.zig)
        self.upstream = args.source.resolve()
        self.libraries = {name: pathlib.Path(folder).resolve() for name, _, folder in
                          (library.partition("=") for library in args.library)}
        left_out = LIBRARIES.keys() - self.libraries.keys()
        if not self.libraries.keys() <= LIBRARIES.keys() or not left_out <= OPTIONAL:
            raise BuildError(f"--library: wants {' '.join(LIBRARIES)}")
        self.tree = prepare_source(args.source, self.out)
        self.sources = source_files(self.tree, self.libraries)
        stdlib = GUEST / "stdlib"
        self.frozen = [path for path in sorted(stdlib.rglob("*.py")) if path.relative_to(stdlib).parts[0] not in left_out]
        self.frozen += self.generated_modules()
        variant = GUEST / "variants" / args.variant
        self.cflags = [
            *TARGET, *CFLAGS, f"-I{variant}", f"-I{GUEST}", f"-I{GUEST}/modules",
            *[f"-I{folder}" for folder in self.libraries.values()], f"-I{self.tree}", f"-I{self.out}",
            f"-ffile-prefix-map={self.tree}/=", f"-ffile-prefix-map={GUEST}/=guest/", f"-ffile-prefix-map={self.out}/=",
        ]
        if self.frozen:
            self.cflags += ["-DMICROPY_QSTR_EXTRA_POOL=mp_qstr_frozen_const_pool", "-DMICROPY_MODULE_FROZEN_MPY=1",
                            "-DMICROPY_EMIT_BYTECODE_USES_QSTR_TABLE=0"]
        self.cflags += [f"-DHERMETIC_{name.upper()}=1" for name in OPTIONAL & self.libraries.keys()]
        self.env = dict(os.environ, SOURCE_DATE_EPOCH="0", MICROPY_GIT_TAG="v1.25.0", MICROPY_GIT_HASH="")

    def parallel(self, function, items):
        with concurrent.futures.ThreadPoolExecutor(self.args.jobs) as pool:
            return list(pool.map(function, items))

    def name_of(self, path):
        """The name of a source file's object, without its ending."""
        base = next(base for base in (self.tree, self.upstream, self.out, GUEST.parent) if path.is_relative_to(base))
        return path.relative_to(base).as_posix().replace("/", "__")

    def preprocessor(self, cflags, out):
        def preprocess(flags, paths):
            out.mkdir(parents=True, exist_ok=True)
            return self.parallel(lambda path: self.compiler.run(["-E", *flags, *cflags], path,
                                                                out / (self.name_of(path) + ".i")).read_bytes(), paths)
        return preprocess

    def headers(self):
        for name in ("unicode_tables", "unicodedata_tables"):
            tables, script = self.out / f"genhdr/{name}.h", TOOLS / f"{name}.py"
            if not tables.exists() or tables.stat().st_mtime < script.stat().st_mtime:
                tables.parent.mkdir(parents=True, exist_ok=True)
                run([sys.executable, script, tables])
        generate_headers(self.tree, self.out / "genhdr", self.sources, self.preprocessor(self.cflags, self.out / "i"),
                         [self.tree / "py/qstrdefs.h", GUEST / "qstrdefsport.h"], self.env)

    def cross_source(self, tree):
        """A copy of the upstream tree with the guest's compiler in it."""
        patches = [GUEST / "patches" / name for name in CROSS_PATCHES]
        changed = {path: text.encode() for path, text in
                   apply_patches(patches, lambda name: (self.upstream / name).read_text()).items()}
        changed |= {f"py/{pathlib.PurePath(name).name}": (GUEST / name).read_bytes() for name in CROSS_FILES}
        for part in ("py", "shared", "extmod", "mpy-cross"):
            for path in (self.upstream / part).rglob("*.[chp]*"):
                name = path.relative_to(self.upstream).as_posix()
                if path.is_file() and name not in changed:
                    write_if_changed(tree / name, path.read_bytes())
        for name, data in changed.items():
            write_if_changed(tree / name, data)
        return tree

    def generated_modules(self):
        """Modules that are tables, which the Python at hand has: the names of characters in HTML, fixed by the standard."""
        path = self.out / "stdlib" / "html" / "_names.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        names = sorted((name.removesuffix(";"), text) for name, text in html.entities.html5.items() if name.endswith(";"))
        bare = sorted(name for name in html.entities.html5 if not name.endswith(";"))
        table = "\0".join(name + "\0" + text for name, text in names)
        head = "# Made by tools/build_guest.py: what the names that end in a semicolon stand for, and the names that need none."
        write_if_changed(path, f"{head}\nTABLE = {ascii(table)}\nBARE = {' '.join(bare)!r}\n".encode())
        return [path]

    def mpy_cross(self):
        """Upstream's cross compiler, for this machine: it makes the bytecode of guest/stdlib. See freeze.py."""
        if self.args.mpy_cross:
            return self.args.mpy_cross.resolve()
        out = self.out / "mpy-cross"
        top = self.cross_source(out / "src")
        cflags = ["-std=gnu99", "-O1", "-DNDEBUG", "-fno-sanitize=all", "-w",
                  "-DMICROPY_NLR_SETJMP=1", "-DMICROPY_GCREGS_SETJMP=1",
                  "-DMICROPY_LEXER_BRACKETS_MAX=200", f"-I{top}/mpy-cross", f"-I{out}", f"-I{top}"]
        core = [path for path in sorted((top / "py").glob("*.c"))]
        extra = [top / "mpy-cross/main.c", top / "mpy-cross/gccollect.c", top / "shared/runtime/gchelper_generic.c",
                 TOOLS / "freeze_qstr.c"]
        scanned = [path for path in core if not path.stem.startswith("nlr")] + extra
        generate_headers(top, out / "genhdr", scanned, self.preprocessor(cflags, out / "i"),
                         [top / "py/qstrdefs.h", top / "mpy-cross/qstrdefsport.h", GUEST / "qstrdefsport.h"], self.env)

        def one(path):
            rename = ["-Dmp_emit_common_use_qstr=use_qstr"] if path.stem == "emitcommon" else []
            return self.compiler.run(["-c", *rename, *cflags], path, out / (path.stem + ".o"))

        program = out / "mpy-cross"
        run([self.zig, "cc", *self.parallel(one, core + extra), "-o", program, "-lm"])
        return program

    def freeze(self):
        """Add guest/stdlib to the sources, as bytecode in C."""
        if not self.frozen:
            return
        compiler = self.mpy_cross()
        modules = self.out / "frozen"
        shutil.rmtree(modules, ignore_errors=True)

        def one(path):
            name = path.relative_to(self.out / "stdlib" if path.is_relative_to(self.out) else GUEST / "stdlib")
            target = (modules / name).with_suffix(".mpy")
            target.parent.mkdir(parents=True, exist_ok=True)
            run([compiler, "-msmall-int-bits=47", "-s", name.as_posix(), "-o", target, path])
            return target

        content = run([sys.executable, TOOLS / "freeze.py", "--tool", self.tree / "tools/mpy-tool.py",
                       "--qstrs", self.out / "genhdr/qstrdefs.preprocessed.h",
                       *[path.relative_to(modules) for path in self.parallel(one, self.frozen)]], cwd=modules)
        target = self.out / "frozen_content.c"
        write_if_changed(target, content)
        self.sources.insert(0, target)

    def compile(self):
        objects = self.out / "obj"
        objects.mkdir(exist_ok=True)
        self.compiler.digests.clear()  # headers were written since

        def one(path):
            optimise = "-O3" if path.stem in HOT else "-O2"
            return self.compiler.run(["-c", optimise, *self.cflags], path, objects / (self.name_of(path) + ".o"))

        def of_library(file):
            name, stem, flags = file
            folder = self.libraries[name]
            return self.compiler.run(["-c", "-Os", *TARGET, *CFLAGS, *flags, f"-ffile-prefix-map={folder}/={name}/"],
                                     folder / f"{stem}.c", objects / f"{name}__{stem}.o")

        files = [(name, stem, flags) for name, (stems, flags) in LIBRARIES.items() if name in self.libraries
                 for stem in stems.split()]
        return self.parallel(one, self.sources) + self.parallel(of_library, files)

    def libc(self):
        """Paths of zig's libc and compiler runtime for the target.

        zig cc itself would link start files and export _initialize, so ask it which archives it uses.
        """
        probe = self.out / "probe.c"
        probe.write_text("int probe(void) { return 0; }\n")
        done = subprocess.run(
            [self.zig, "cc", *TARGET, "-O2", "-mexec-model=reactor", probe, "-o", self.out / "probe.wasm",
             "-Wl,--no-entry"],
            env=dict(os.environ, ZIG_VERBOSE_LINK="1"), capture_output=True, text=True)
        for line in done.stderr.splitlines():
            if line.startswith("wasm-ld "):
                return [word for word in line.split() if word.endswith(".a")]
        raise BuildError("cannot find zig's libc:\n" + done.stderr)

    def link(self, objects):
        target = self.out / "plain.wasm"
        # The name section records the file's name, so it has its final one from the start.
        partial = self.out / "link" / target.name
        partial.parent.mkdir(exist_ok=True)
        run([self.zig, "wasm-ld", *LDFLAGS, "-o", partial, *objects, *self.libc()])
        os.replace(partial, target)
        return target


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=pathlib.Path, required=True, help="unpacked MicroPython source tree")
    parser.add_argument("--library", action="append", default=[], metavar="NAME=FOLDER", help="source of a library")
    parser.add_argument("--zig", type=pathlib.Path, required=True, help="the zig executable")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="folder to build in; plain.wasm goes there")
    parser.add_argument("--variant", choices=("standard", "stress"), default="standard")
    parser.add_argument("--mpy-cross", type=pathlib.Path, help="the cross compiler of another build of the same source")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count())
    args = parser.parse_args()
    try:
        build = Build(args)
        build.headers()
        build.freeze()
        print(build.link(build.compile()))
    except BuildError as error:
        sys.exit(f"build_guest: {error}")


if __name__ == "__main__":
    main()
