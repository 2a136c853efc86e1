# Names for the types of the language's own objects.

import sys


def _plain():
    pass


def _generator():
    yield


async def _coroutine():
    pass


class _Class:
    def method(self):
        pass


FunctionType = LambdaType = type(_plain)
GeneratorType = type(_generator())
_c = _coroutine()
CoroutineType = type(_c)
try:
    _c.close()
except AttributeError:
    pass
MethodType = type(_Class().method)
BuiltinFunctionType = type(len)
BuiltinMethodType = type([].append)
ModuleType = type(sys)
NoneType = type(None)
EllipsisType = type(...)
NotImplementedType = type(NotImplemented)
MethodDescriptorType = type(str.join)
WrapperDescriptorType = type(object.__init__) if hasattr(object, "__init__") else MethodDescriptorType
CodeType = type(getattr(_generator, "__code__", compile("0", "", "eval")))
CellType = type((lambda x: lambda: x)(0).__closure__[0])
FrameType = type(sys._getframe())
try:
    raise ValueError
except ValueError as _e:
    TracebackType = type(getattr(_e, "__traceback__", None))
    if TracebackType is NoneType:
        TracebackType = type("traceback", (), {})


async def _async_generator():
    yield


AsyncGeneratorType = type(_async_generator())


class SimpleNamespace:
    def __init__(self, **keywords):
        for name, value in keywords.items():
            setattr(self, name, value)

    def __repr__(self):
        kind = type(self)
        return "%s(%s)" % ("namespace" if kind is SimpleNamespace else kind.__name__,
                           ", ".join(["%s=%r" % item for item in self.__dict__.items()]))

    def __eq__(self, other):
        if isinstance(self, SimpleNamespace) and isinstance(other, SimpleNamespace):
            return self.__dict__ == other.__dict__
        return NotImplemented

    __hash__ = None


class mappingproxy:
    # Reads through to a mapping.
    __slots__ = ("_m",)

    def __init__(self, mapping):
        if not hasattr(mapping, "keys") or isinstance(mapping, (list, tuple)):
            raise TypeError("mappingproxy() argument must be a mapping, not %s" % type(mapping).__name__)
        self._m = mapping

    def __getitem__(self, key):
        return self._m[key]

    def __contains__(self, key):
        return key in self._m

    def __len__(self):
        return len(self._m)

    def __iter__(self):
        return iter(self._m)

    def __reversed__(self):
        return reversed(self._m)

    def get(self, key, default=None):
        return self._m.get(key, default)

    def keys(self):
        return self._m.keys()

    def values(self):
        return self._m.values()

    def items(self):
        return self._m.items()

    def copy(self):
        return self._m.copy()

    def __eq__(self, other):
        return self._m == (other._m if isinstance(other, mappingproxy) else other)

    __hash__ = None

    def __or__(self, other):
        return self._m | (other._m if isinstance(other, mappingproxy) else other)

    def __ror__(self, other):
        return other | self._m

    def __repr__(self):
        return "mappingproxy(%r)" % (self._m,)

    def __str__(self):
        return str(self._m)


class GenericAlias:
    def __init__(self, origin, args):
        self.__origin__ = origin
        self.__args__ = args if isinstance(args, tuple) else (args,)

    @property
    def __parameters__(self):
        from typing import _parameters
        return _parameters(self.__args__)

    def __call__(self, *args, **keywords):
        return self.__origin__(*args, **keywords)

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __getitem__(self, item):
        from typing import _substitute
        return GenericAlias(self.__origin__, _substitute(self, item))

    def __mro_entries__(self, bases):
        return (self.__origin__,)

    def __repr__(self):
        from typing import _name_of
        return "%s[%s]" % (_name_of(self.__origin__), ", ".join([_name_of(a) for a in self.__args__]) or "()")

    def __eq__(self, other):
        if not isinstance(other, GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __or__(self, other):
        from typing import Union
        return Union[self, other]

    def __ror__(self, other):
        from typing import Union
        return Union[other, self]

    def __instancecheck__(self, instance):
        raise TypeError("isinstance() argument 2 cannot be a parameterized generic")

    def __subclasscheck__(self, cls):
        raise TypeError("issubclass() argument 2 cannot be a parameterized generic")

    def __iter__(self):
        yield self  # for *tuple[int]


MappingProxyType = mappingproxy

# The language has these itself, where it has them at all.
if type(type.__dict__) is not dict and not isinstance(type.__dict__, MappingProxyType):
    MappingProxyType = type(type.__dict__)
try:
    GenericAlias = type(list[int])
except (TypeError, AttributeError):
    pass
try:
    UnionType = type(int | str)
except TypeError:
    class UnionType:
        pass


def new_class(name, bases=(), kwds=None, exec_body=None):
    bases = resolve_bases(bases)
    meta, namespace, keywords = prepare_class(name, bases, kwds)
    if exec_body is not None:
        exec_body(namespace)
    return meta(name, bases, namespace, **keywords)


def resolve_bases(bases):
    resolved = []
    for base in bases:
        if not isinstance(base, type) and hasattr(base, "__mro_entries__"):
            resolved.extend(base.__mro_entries__(bases))
        else:
            resolved.append(base)
    return tuple(resolved)


def prepare_class(name, bases=(), kwds=None):
    keywords = dict(kwds or {})
    meta = keywords.pop("metaclass", type(bases[0]) if bases else type)
    for base in bases:
        if issubclass(type(base), meta):
            meta = type(base)
    prepare = getattr(meta, "__prepare__", None)
    return meta, prepare(name, bases, **keywords) if prepare else {}, keywords


def get_original_bases(cls):
    return cls.__dict__.get("__orig_bases__", cls.__bases__)


def coroutine(function):
    return function


class DynamicClassAttribute(property):
    def __get__(self, instance, owner=None):
        if instance is None:
            raise AttributeError()
        return super().__get__(instance, owner)
