"""Writes what an installer would write about the plugins, so that their hosts find them where they lie: metadata.py FOLDER.

The folder goes on the module search path beside the plugins' own.
"""

import pathlib
import sys

try:
    import tomllib
except ModuleNotFoundError:  # before Python 3.11
    from pip._vendor import tomli as tomllib

PLUGINS = pathlib.Path(__file__).resolve().parents[2] / "plugins"


def main():
    for path in sorted(PLUGINS.glob("*/pyproject.toml")):
        with open(path, "rb") as file:
            project = tomllib.load(file)["project"]
        folder = pathlib.Path(sys.argv[1]) / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
        )
        lines = []
        for group, entries in project["entry-points"].items():
            lines.append(f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items()))
        (folder / "entry_points.txt").write_text("\n".join(lines))


if __name__ == "__main__":
    main()
