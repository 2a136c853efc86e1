"""Functions of the host, as the guest is shown them: by name, with signature and docstring."""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing costs more than all of this package
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

DOC_MOST = 4000  # characters of a docstring that the guest is shown


class Exposed:
    """Chosen methods of an object, for `functions=`: see expose."""

    __slots__ = ("methods", "target")

    def __init__(self, target: object, methods: Iterable[str]) -> None:
        if isinstance(methods, str):
            raise TypeError("expose: expected a list of method names, not a str")
        self.target = target
        self.methods = tuple(methods)
        for name in self.methods:
            if not name.isidentifier():
                raise ValueError(f"expose: {name!r} is no name")
            if not callable(getattr(target, name)):
                raise TypeError(f"expose: {name!r} is not a method")

    def __repr__(self) -> str:
        return f"expose({self.target!r}, {list(self.methods)!r})"


def expose(target: object, methods: Iterable[str]) -> Exposed:
    """Grant methods of an object, and nothing else of it.

    >>> import hermetic
    >>> class Store:
    ...     def query(self, key):
    ...         return {"tea": 2.5}.get(key)
    >>> hermetic.run("db.query('tea')", functions={"db": hermetic.expose(Store(), ["query"])}).value
    2.5
    """
    return Exposed(target, methods)


def _default(value: Any) -> str:
    if value is None or isinstance(value, (bool, int, float, str)):
        text = repr(value)
        return text if len(text) <= 60 else "..."
    return "..."


def _annotation(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, type) and value.__module__ == "builtins" and "[" not in repr(value):
        return value.__qualname__
    return repr(value).replace("typing.", "")


def signature(function: Callable[..., Any]) -> str:
    """The signature of a function in Python, without the cost of importing inspect; else what inspect says, or ""."""
    skip = 0
    plain: Any = function
    if hasattr(plain, "__func__") and hasattr(plain, "__self__"):
        plain, skip = plain.__func__, 1
    code = getattr(plain, "__code__", None)
    if code is None or not hasattr(code, "co_varnames") or hasattr(plain, "__wrapped__"):
        try:
            import inspect

            return str(inspect.signature(function))
        except (TypeError, ValueError):
            return ""
    names = code.co_varnames
    count, keyword_only = code.co_argcount, code.co_kwonlyargcount
    defaults = getattr(plain, "__defaults__", None) or ()
    keyword_defaults: dict[str, Any] = getattr(plain, "__kwdefaults__", None) or {}
    annotations: dict[str, Any] = getattr(plain, "__annotations__", None) or {}
    parts: list[str] = []

    def add(name: str, prefix: str = "", default: str | None = None) -> None:
        text = prefix + name
        if name in annotations:
            text += f": {_annotation(annotations[name])}"
            text += "" if default is None else f" = {default}"
        else:
            text += "" if default is None else f"={default}"
        parts.append(text)

    for index, name in enumerate(names[:count]):
        if index >= skip:
            at = index - (count - len(defaults))
            add(name, default=_default(defaults[at]) if at >= 0 else None)
        if index + 1 == code.co_posonlyargcount and parts:
            parts.append("/")
    at = count + keyword_only
    if code.co_flags & 0x04:  # CO_VARARGS
        add(names[at], "*")
        at += 1
    elif keyword_only:
        parts.append("*")
    for name in names[count : count + keyword_only]:
        add(name, default=_default(keyword_defaults[name]) if name in keyword_defaults else None)
    if code.co_flags & 0x08:  # CO_VARKEYWORDS
        add(names[at], "**")
    text = f"({', '.join(parts)})"
    return f"{text} -> {_annotation(annotations['return'])}" if "return" in annotations else text


def _described(name: str, function: Callable[..., Any]) -> list[str]:
    doc = getattr(function, "__doc__", None)
    shown = signature(function)
    if not isinstance(doc, str):
        doc = ""
    return [name, _plain(shown), _plain(doc[:DOC_MOST])]


def _plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def prepare(functions: Mapping[str, Any]) -> tuple[dict[str, Callable[..., Any]], list[list[str]], str | None]:
    """(callables by the name in calls, descriptions for the guest, guest code that makes objects of exposed methods)."""
    flat: dict[str, Callable[..., Any]] = {}
    descriptions: list[list[str]] = []
    prelude: list[str] = []
    name: Any  # of a caller who checks no types
    for name, function in functions.items():
        if not isinstance(name, str) or not name.isidentifier():
            raise ValueError(f"functions: {name!r} is no name")
        if isinstance(function, Exposed):
            prelude.append(f"class {name}: pass\n")
            for method in function.methods:
                bound = getattr(function.target, method)
                flat[f"{name}.{method}"] = bound
                descriptions.append(_described(f"{name}.{method}", bound))
                prelude.append(f"setattr({name}, {method!r}, globals().pop({f'{name}.{method}'!r}))\n")
            prelude.append(f"{name} = {name}()\n")
        elif callable(function):
            flat[name] = function
            descriptions.append(_described(name, function))
        else:
            raise TypeError(f"functions[{name!r}]: expected a callable, not {type(function).__name__}")
    return flat, descriptions, "".join(prelude) or None
