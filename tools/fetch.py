#!/usr/bin/env python3
"""Fetch what pins.toml names: the only thing in the project that downloads.

    fetch.py source NAME               unpacks the source, prints its folder
    fetch.py sdist NAME                the same for a source distribution of a Python package
    fetch.py venv DIR GROUP [GROUP..]  makes a virtual environment with the wheels of these groups,
                                       prints its site-packages

Files are kept in $HERMETIC_CACHE (default: build-cache/ at the root) and used again when their SHA-256 is right;
anything else is refused. Needs Python 3.9 and pip; apt only where a source is not in the cache.
"""

import argparse
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.error
import urllib.request

try:
    import tomllib
except ModuleNotFoundError:  # before Python 3.11; pip brings the same parser
    from pip._vendor import tomli as tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("HERMETIC_CACHE") or ROOT / "build-cache")


def fail(message):
    sys.exit(f"fetch: {message}")


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def apt_bases():
    """Base addresses of the archives that this machine's apt is configured with, in apt's order."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI)"]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        return []
    return list(dict.fromkeys(base for base in listed if base.startswith(("http://", "https://"))))


def tarball(name, pin):
    """Path of the source's verified tarball: from the pin's environment variable, the cache, or apt's archive."""
    given = os.environ.get(pin["variable"])
    kept = CACHE / pathlib.PurePosixPath(pin["paths"][0]).name
    if given:
        if sha256(given) != pin["sha256"]:
            fail(f"{pin['variable']}: SHA-256 is {sha256(given)}, pins.toml says {pin['sha256']}")
        return pathlib.Path(given)
    if kept.exists() and sha256(kept) == pin["sha256"]:
        return kept
    CACHE.mkdir(parents=True, exist_ok=True)
    tried = []
    for base in apt_bases():
        for path in pin["paths"]:
            address = base.rstrip("/") + "/" + path
            part = kept.with_name(kept.name + ".part")
            try:
                with urllib.request.urlopen(address, timeout=120) as reply, open(part, "wb") as file:
                    shutil.copyfileobj(reply, file)
            except (urllib.error.URLError, OSError) as error:
                tried.append(f"  {address}: {error}")
                continue
            if sha256(part) == pin["sha256"]:
                part.replace(kept)
                return kept
            tried.append(f"  {address}: SHA-256 is {sha256(part)}")
            part.unlink()
    fail(f"{name} {pin['version']}: not found; set {pin['variable']} to its tarball\n" + "\n".join(tried))


def sdist(name, pin):
    """Path of a Python package's verified source distribution, by pip."""
    folder = CACHE / "sdists"
    kept = folder / f"{name.replace('-', '_')}-{pin['version']}.tar.gz"
    if not kept.exists() or sha256(kept) != pin["sha256"]:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as temporary:
            requirements = pathlib.Path(temporary) / "requirements.txt"
            requirements.write_text(f"{name}=={pin['version']} --hash=sha256:{pin['sha256']}\n")
            subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "download", "--no-deps",
                            "--no-binary=:all:", "--require-hashes", "-d", str(folder), "-r", str(requirements)], check=True)
        if not kept.exists() or sha256(kept) != pin["sha256"]:
            fail(f"{name} {pin['version']}: pip brought no {kept.name}")
    return kept


def source(name, pin, tarball=tarball):
    """Folder with the unpacked source; unpacked once, under a name that holds the pin."""
    folder = CACHE / f"{name}-{pin['version']}-{pin['sha256'][:12]}"
    if not folder.exists():
        archive = tarball(name, pin)
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as temporary:
            with tarfile.open(archive) as tar:
                if hasattr(tarfile, "data_filter"):
                    tar.extractall(temporary, filter="data")
                else:
                    tar.extractall(temporary)
            (top,) = pathlib.Path(temporary).iterdir()
            top.rename(folder)
    return folder


def venv(folder, groups, pins):
    """Virtual environment with exactly the pinned wheels of these groups, made anew when the pins change.

    Returns its site-packages folder.
    """
    chosen = {name: pin for name, pin in pins["wheel"].items() if set(groups) & set(pin["groups"])}
    if not chosen:
        fail(f"no wheel in pins.toml is in group {' '.join(groups)}")
    lines = []
    for name, pin in sorted(chosen.items()):
        hashes = " ".join(f"--hash=sha256:{value}" for value in pin["sha256"])
        lines.append(f"{name}=={pin['version']} {hashes}\n")
    wanted = "".join(lines)
    stamp = folder / "pins.txt"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if stamp.exists() and stamp.read_text() == wanted:
        return site_packages(python)
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    wheels = CACHE / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    requirements = folder / "requirements.txt"
    requirements.write_text(wanted)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "-q"]
    common = ["--no-deps", "--only-binary=:all:", "--require-hashes", "-r", str(requirements)]
    if subprocess.run([*pip, "install", "--no-index", f"--find-links={wheels}", *common],
                      stderr=subprocess.DEVNULL, check=False).returncode:
        subprocess.run([*pip, "download", "-d", str(wheels), *common], check=True)
        subprocess.run([*pip, "install", "--no-index", f"--find-links={wheels}", *common], check=True)
    stamp.write_text(wanted)
    return site_packages(python)


def site_packages(python):
    command = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    for kind in ("source", "sdist"):
        verb = verbs.add_parser(kind)
        verb.add_argument("name")
    verb = verbs.add_parser("venv")
    verb.add_argument("folder", type=pathlib.Path)
    verb.add_argument("groups", nargs="+")
    options = parser.parse_args()
    with open(ROOT / "pins.toml", "rb") as file:
        pins = tomllib.load(file)
    if options.verb in ("source", "sdist"):
        if options.name not in pins[options.verb]:
            fail(f"pins.toml has no {options.verb} named {options.name}")
        how = {"source": tarball, "sdist": sdist}[options.verb]
        print(source(options.name, pins[options.verb][options.name], how))
    else:
        print(venv(options.folder.resolve(), options.groups, pins))


if __name__ == "__main__":
    main()
