# Classes made from annotated fields.
#
# The methods that run often are generated as source text, so that they are as fast, and complain about their arguments
# in the same words, as methods written by hand. Values never go into the text, only names that are identifiers.

import sys
from types import GenericAlias, MappingProxyType

__all__ = ["dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict",
           "astuple", "make_dataclass", "replace", "is_dataclass"]

_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"
_FIELD, _CLASSVAR, _INITVAR = range(3)


class FrozenInstanceError(AttributeError):
    pass


class _Marker:
    def __init__(self, text):
        self._text = text

    def __repr__(self):
        return self._text


class _MISSING_TYPE:
    pass


MISSING = _MISSING_TYPE()
KW_ONLY = _Marker("dataclasses.KW_ONLY")
_FACTORY = _Marker("<factory>")


class InitVar:
    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        name = self.type.__name__ if type(self.type) is type else repr(self.type)
        return "dataclasses.InitVar[%s]" % name

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    __slots__ = ("name", "type", "default", "default_factory", "repr", "hash", "init", "compare", "metadata", "kw_only",
                 "_kind")

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = MappingProxyType({} if metadata is None else metadata)
        self.kw_only = kw_only
        self._kind = _FIELD

    def __repr__(self):
        return ("Field(name=%r,type=%r,default=%r,default_factory=%r,init=%r,repr=%r,hash=%r,compare=%r,metadata=%r,"
                "kw_only=%r,_field_type=%s)" % (
                    self.name, self.type, self.default, self.default_factory, self.init, self.repr, self.hash,
                    self.compare, self.metadata, self.kw_only,
                    ("_FIELD", "_FIELD_CLASSVAR", "_FIELD_INITVAR")[self._kind]))

    def __set_name__(self, owner, name):
        hook = getattr(type(self.default), "__set_name__", None)
        if hook:
            hook(self.default, owner, name)


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


class _Params:
    def __init__(self, **options):
        for name, value in options.items():
            setattr(self, name, value)
        self._names = list(options)

    def __repr__(self):
        return "_DataclassParams(%s)" % ",".join(["%s=%r" % (name, getattr(self, name)) for name in self._names])


def _kind_of(annotation):
    if isinstance(annotation, str):
        text = annotation.split("[")[0].split(".")[-1].strip()
        return {"ClassVar": _CLASSVAR, "InitVar": _INITVAR}.get(text, _FIELD)
    if annotation is InitVar or type(annotation) is InitVar:
        return _INITVAR
    typing = sys.modules.get("typing")
    if typing and (annotation is typing.ClassVar or getattr(annotation, "__origin__", None) is typing.ClassVar):
        return _CLASSVAR
    return _FIELD


def _is_kw_only(annotation):
    if isinstance(annotation, str):
        return annotation.split(".")[-1].strip() == "KW_ONLY"
    return annotation is KW_ONLY


def _collect(cls, kw_only):
    found = {}
    own = []
    seen_marker = False
    annotations = cls.__dict__.get("__annotations__", {})
    for base in reversed(cls.__mro__[1:]):
        for f in getattr(base, _FIELDS, {}).values():
            found[f.name] = f
    for name, annotation in annotations.items():
        if _is_kw_only(annotation):
            if seen_marker:
                raise TypeError("%r is KW_ONLY, but KW_ONLY has already been specified" % name)
            seen_marker = kw_only = True
            continue
        default = getattr(cls, name, MISSING)
        if isinstance(default, Field):
            f = default
        else:
            if type(default).__name__ == "member_descriptor":
                default = MISSING  # of __slots__
            f = field(default=default)
        f.name = name
        f.type = annotation
        f._kind = _kind_of(annotation)
        if f._kind != _FIELD and f.default_factory is not MISSING:
            raise TypeError("field %s cannot have a default factory" % name)
        if f._kind == _CLASSVAR:
            if f.kw_only is not MISSING:
                raise TypeError("field %s is a ClassVar but specifies kw_only" % name)
        elif f.kw_only is MISSING:
            f.kw_only = kw_only
        if f._kind == _FIELD and f.default is not MISSING and (
                isinstance(f.default, (list, dict, set, bytearray)) or getattr(type(f.default), "__hash__", None) is None):
            raise ValueError("mutable default %s for field %s is not allowed: use default_factory"
                             % (type(f.default), name))
        own.append(f)
        found[name] = f
    for f in own:
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError("%r is a field but has no type annotation" % name)
    return found


def _init_source(all_fields, frozen, post_init, names):
    arguments, keyword_only, body = [], [], []
    with_default = False
    for f in all_fields:
        if f._kind == _CLASSVAR:
            continue
        value = f.name
        default = ""
        if f.default is not MISSING:
            names["_d_" + f.name] = f.default
            default = "=_d_" + f.name
        elif f.default_factory is not MISSING:
            names["_f_" + f.name] = f.default_factory
            default = "=_FACTORY"
            value = "_f_%s() if %s is _FACTORY else %s" % (f.name, f.name, f.name)
        if f.init:
            if f.kw_only:
                keyword_only.append(f.name + default)
            else:
                if default:
                    with_default = True
                elif with_default:
                    raise TypeError("non-default argument %r follows default argument" % f.name)
                arguments.append(f.name + default)
        elif f.default_factory is not MISSING:
            value = "_f_%s()" % f.name
        elif f.default is not MISSING and "__slots__" in names:
            value = "_d_" + f.name
        else:
            continue
        if f._kind == _FIELD:
            me = "_self" if "self" in [g.name for g in all_fields] else "self"
            body.append("  _set(%s, %r, %s)" % (me, f.name, value) if frozen else "  %s.%s = %s" % (me, f.name, value))
    me = "_self" if "self" in [g.name for g in all_fields] else "self"
    if post_init:
        body.append("  %s.__post_init__(%s)" % (me, ", ".join([f.name for f in all_fields if f._kind == _INITVAR])))
    if keyword_only:
        arguments.append("*")
    return " def __init__(%s):\n%s\n" % (", ".join([me] + arguments + keyword_only), "\n".join(body or ["  pass"]))


def _tuple_of(who, names):
    return "(%s)" % "".join(["%s.%s, " % (who, name) for name in names])


def _compare_source(method, operator, names):
    return (" def %s(self, other):\n  if other.__class__ is self.__class__:\n   return %s %s %s\n  return NotImplemented\n"
            % (method, _tuple_of("self", names), operator, _tuple_of("other", names)))


def _define(cls, name, method):
    if name in cls.__dict__:
        return True
    try:
        method.__qualname__ = "%s.%s" % (cls.__qualname__, name)
        method.__module__ = cls.__module__
    except AttributeError:
        pass
    setattr(cls, name, method)
    return False


def _make_repr(names):
    active = []

    def __repr__(self):
        if id(self) in active:
            return "..."
        active.append(id(self))
        try:
            return "%s(%s)" % (type(self).__qualname__,
                               ", ".join(["%s=%r" % (name, getattr(self, name)) for name in names]))
        finally:
            active.remove(id(self))

    return __repr__


def _make_hash(names):
    def __hash__(self):
        return hash(tuple([getattr(self, name) for name in names]))

    return __hash__


def _make_frozen(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError("cannot assign to field %r" % name)
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError("cannot delete field %r" % name)
        super(cls, self).__delattr__(name)

    return __setattr__, __delattr__


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    for base in cls.__mro__[1:]:
        params = base.__dict__.get(_PARAMS)
        if params is not None and hasattr(base, _FIELDS):
            if frozen and not params.frozen:
                raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
            if params.frozen and not frozen:
                raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
    if order and not eq:
        raise ValueError("eq must be true if order is true")
    if weakref_slot and not slots:
        raise TypeError("weakref_slot is True but slots is False")
    found = _collect(cls, kw_only)
    setattr(cls, _FIELDS, found)
    setattr(cls, _PARAMS, _Params(init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen))
    all_fields = list(found.values())
    instance = [f for f in all_fields if f._kind == _FIELD]
    compared = [f.name for f in instance if f.compare]

    names = {"_FACTORY": _FACTORY, "_set": object.__setattr__, "__name__": cls.__module__}
    if slots:
        names["__slots__"] = True
    source = []
    if init:
        source.append(_init_source(all_fields, frozen, hasattr(cls, "__post_init__"), names))
    if eq and "__eq__" not in cls.__dict__:
        source.append(_compare_source("__eq__", "==", compared))
    if order:
        for method, operator in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
            source.append(_compare_source(method, operator, compared))
    own_hash = cls.__dict__.get("__hash__", MISSING)
    has_hash = own_hash is not MISSING and not (own_hash is None and "__eq__" in cls.__dict__)
    if source:
        label = cls.__name__ if cls.__name__.isidentifier() else "_"
        exec("class %s:\n%s" % (label, "".join(source)), names)
        made = names[label].__dict__
        if init:
            method = made["__init__"]
            try:
                method.__annotations__ = dict([(f.name, f.type) for f in all_fields if f.init and f._kind != _CLASSVAR],
                                              **{"return": None})
            except AttributeError:
                pass
            _define(cls, "__init__", method)
        for name in ("__eq__", "__lt__", "__le__", "__gt__", "__ge__"):
            if name in made and _define(cls, name, made[name]):
                raise TypeError("Cannot overwrite attribute %s in class %s. Consider using functools.total_ordering"
                                % (name, cls.__name__))
    if repr:
        _define(cls, "__repr__", _make_repr([f.name for f in instance if f.repr]))
    if frozen:
        for name, method in zip(("__setattr__", "__delattr__"), _make_frozen(cls, [f.name for f in instance])):
            if _define(cls, name, method):
                raise TypeError("Cannot overwrite attribute %s in class %s" % (name, cls.__name__))
    hashed = [f.name for f in instance if (f.compare if f.hash is None else f.hash)]
    if unsafe_hash:
        if has_hash:
            raise TypeError("Cannot overwrite attribute __hash__ in class %s" % cls.__name__)
        cls.__hash__ = _make_hash(hashed)
    elif eq and not has_hash:
        cls.__hash__ = _make_hash(hashed) if frozen else None
    if match_args and "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple([f.name for f in all_fields if f.init and not f.kw_only and f._kind != _CLASSVAR])
    if not getattr(cls, "__doc__", None):
        try:
            cls.__doc__ = cls.__name__ + _signature(all_fields)
        except (AttributeError, TypeError, RecursionError):
            pass
    if slots:
        cls = _with_slots(cls, frozen, [f.name for f in instance], weakref_slot)
    if hasattr(cls, "__abstractmethods__"):
        from abc import update_abstractmethods
        update_abstractmethods(cls)
    return cls


def _signature(all_fields):
    parts = []
    for only in (False, True):
        group = [f for f in all_fields if f.init and f._kind != _CLASSVAR and bool(f.kw_only) is only]
        if only and group:
            parts.append("*")
        for f in group:
            kind = repr(f.type)
            if isinstance(f.type, type):
                kind = f.type.__qualname__
                if f.type.__module__ != "builtins":
                    kind = "%s.%s" % (f.type.__module__, kind)
            elif kind[:7] == "typing.":
                kind = kind.replace("typing.", "")
            text = "%s: %s" % (f.name, kind)
            if f.default is not MISSING:
                text += " = %r" % (f.default,)
            elif f.default_factory is not MISSING:
                text += " = <factory>"
            parts.append(text)
    return "(%s)" % ", ".join(parts)


def _with_slots(cls, frozen, names, weakref_slot):
    if "__slots__" in cls.__dict__:
        raise TypeError("%s already specifies __slots__" % cls.__name__)
    inherited = set()
    for base in cls.__mro__[1:-1]:
        slots = base.__dict__.get("__slots__", ())
        inherited.update((slots,) if isinstance(slots, str) else slots)
    namespace = dict(cls.__dict__)
    namespace["__slots__"] = tuple([name for name in names + (["__weakref__"] if weakref_slot else [])
                                    if name not in inherited])
    for name in names:
        namespace.pop(name, None)
    namespace.pop("__dict__", None)
    namespace.pop("__weakref__", None)
    qualname = getattr(cls, "__qualname__", None)
    new = type(cls)(cls.__name__, cls.__bases__, namespace)
    if qualname is not None:
        new.__qualname__ = qualname
    if frozen:
        new.__setattr__, new.__delattr__ = _make_frozen(new, names)
        new.__getstate__ = lambda self: [getattr(self, f.name) for f in fields(self)]

        def __setstate__(self, state):
            for f, value in zip(fields(self), state):
                object.__setattr__(self, f.name, value)
        new.__setstate__ = __setstate__
    return new


def dataclass(cls=None, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)

    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    try:
        found = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple([f for f in found.values() if f._kind == _FIELD])


def is_dataclass(obj):
    cls = obj if isinstance(obj, type) and not isinstance(obj, GenericAlias) else type(obj)
    return hasattr(cls, _FIELDS)


def _check_instance(obj, name):
    if not hasattr(type(obj), _FIELDS):
        raise TypeError("%s() should be called on dataclass instances" % name)


def asdict(obj, *, dict_factory=dict):
    _check_instance(obj, "asdict")
    return _convert(obj, lambda o, convert: dict_factory([(f.name, convert(getattr(o, f.name))) for f in fields(o)]),
                    dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    _check_instance(obj, "astuple")
    return _convert(obj, lambda o, convert: tuple_factory([convert(getattr(o, f.name)) for f in fields(o)]), None)


def _convert(obj, whole, dict_factory):
    def convert(value):
        kind = type(value)
        if value is None or kind in (int, str, float, bool):
            return value
        if hasattr(kind, _FIELDS):
            return whole(value, convert)
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return kind(*[convert(item) for item in value])
        if isinstance(value, (list, tuple)):
            return kind([convert(item) for item in value])
        if isinstance(value, dict):
            items = [(convert(k), convert(v)) for k, v in value.items()]
            if hasattr(kind, "default_factory"):
                return kind(value.default_factory, items)
            return kind(items)
        from copy import deepcopy
        return deepcopy(value)

    return convert(obj)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    body = {} if namespace is None else dict(namespace)
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            name, kind = item, "typing.Any"
        elif len(item) == 2:
            name, kind = item
        elif len(item) == 3:
            name, kind, body[item[0]] = item
        else:
            raise TypeError("Invalid field: %r" % (item,))
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError("Field names must be valid identifiers: %r" % (name,))
        from keyword import iskeyword
        if iskeyword(name):
            raise TypeError("Field names must not be keywords: %r" % name)
        if name in annotations:
            raise TypeError("Field name duplicated: %r" % name)
        annotations[name] = kind
    body["__annotations__"] = annotations
    body.setdefault("__module__", "types")
    kind = type(bases[0]) if bases else type
    return dataclass(kind(cls_name, tuple(bases), body), **options)


def replace(*args, **changes):
    (obj,) = args
    _check_instance(obj, "replace")
    for f in getattr(obj, _FIELDS).values():
        if f._kind == _CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError("field %s is declared with init=False, it cannot be specified with replace()" % f.name)
        elif f.name not in changes:
            if f._kind == _INITVAR and f.default is MISSING:
                raise ValueError("InitVar %r must be specified with replace()" % f.name)
            changes[f.name] = getattr(obj, f.name)
    return type(obj)(**changes)
