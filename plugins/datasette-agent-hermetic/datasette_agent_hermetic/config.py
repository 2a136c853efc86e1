"""Plugin configuration: read once a Datasette, checked, finite by default. A value that makes no sense stops the start
of the server, rather than be replaced by something that the administrator did not ask for.
"""

from dataclasses import dataclass, fields, replace

PLUGIN = "datasette-agent-hermetic"
MICROPYTHON_PLUGIN = "datasette-agent-micropython"
MICROPYTHON_FUEL = 30  # hermetic's units of fuel for one of Wasmtime's, about


class ConfigError(ValueError):
    """The plugin's configuration is not usable."""


@dataclass(frozen=True)
class Config:
    max_sessions: int = 500
    max_total_bytes: int = 1 << 30
    wall_clock_timeout_seconds: float = 10.0
    total_timeout_seconds: float = 60.0
    memory_bytes: int = 64 << 20
    fuel: int = 300_000_000_000
    max_output_chars: int = 10_000
    page_rows: int = 1000
    threads: int = 4
    persist: bool = True
    max_snapshot_bytes: int = 8 << 20
    snapshot_days: float = 30.0
    audit: bool = True
    audit_days: float = 90.0
    allow_write_sql: bool | tuple[str, ...] = False
    compat: str = ""

    @property
    def micropython(self):
        return self.compat == "micropython"

    def may_write(self, database):
        return self.allow_write_sql is True or (
            isinstance(self.allow_write_sql, tuple) and database in self.allow_write_sql
        )


# Smallest and largest value that makes sense.
_RANGES = {
    "max_sessions": (1, 1_000_000),
    "max_total_bytes": (16 << 20, 1 << 50),
    "wall_clock_timeout_seconds": (0.01, 3600),
    "total_timeout_seconds": (0.01, 86_400),
    "memory_bytes": (1 << 20, 2 << 30),
    "fuel": (1, 1 << 62),
    "max_output_chars": (1000, 10_000_000),
    "page_rows": (1, 100_000),
    "threads": (1, 256),
    "max_snapshot_bytes": (0, 1 << 30),
    "snapshot_days": (0, 36_500),
    "audit_days": (0, 36_500),
}

# The defaults of datasette-agent-micropython 0.1a0, for who swaps it for this plugin.
_MICROPYTHON = Config(
    max_sessions=16, wall_clock_timeout_seconds=5.0, memory_bytes=16 << 20, fuel=10_000_000, compat="micropython"
)


def config_of(datasette):
    """The checked configuration of a Datasette. Raises ConfigError."""
    given = _block(datasette, PLUGIN)
    config = Config()
    compat = given.get("compat", "")
    if compat not in ("", None, "micropython"):
        raise ConfigError(f"{PLUGIN}: compat: there is only 'micropython', not {compat!r}")
    if compat:
        given = {**_block(datasette, MICROPYTHON_PLUGIN), **given}
        config = _MICROPYTHON
    known = {field.name for field in fields(Config)}
    unknown = sorted(set(given) - known)
    if unknown:
        raise ConfigError(f"{PLUGIN}: no such setting: {', '.join(map(str, unknown))}")
    values = {name: _checked(name, value) for name, value in given.items() if name != "compat"}
    return replace(config, **values)


def _block(datasette, plugin):
    given = datasette.plugin_config(plugin)
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise ConfigError(f"{plugin}: the configuration must be a mapping")
    return given


def _checked(name, value):
    if name == "allow_write_sql":
        if isinstance(value, bool):
            return value
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise ConfigError(f"{PLUGIN}: allow_write_sql: true, false, or a list of databases")
    kind = type(getattr(Config(), name))
    if kind is bool:
        if not isinstance(value, bool):
            raise ConfigError(f"{PLUGIN}: {name}: true or false, not {value!r}")
        return value
    try:
        value = kind(value)
    except (TypeError, ValueError):
        raise ConfigError(f"{PLUGIN}: {name}: a number, not {value!r}") from None
    low, high = _RANGES[name]
    if not low <= value <= high:
        raise ConfigError(f"{PLUGIN}: {name}: {low} to {high}, not {value}")
    return value
