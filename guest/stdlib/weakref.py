# Weak references, by the cells of guest/modules/modweakref.c: an object that nothing else refers to is found to be gone when
# somebody asks, or at a `del`.

from _weakref import cell as _cell, owners as _owners, peek as _peek, poll as _poll
from collections.abc import MutableMapping, MutableSet

__all__ = ["ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
           "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize"]


def _call_back(reference):
    reference.__callback__(reference)


class ref:
    __slots__ = ("_cell", "__callback__", "_hash", "_key", "__weakref__")

    def __new__(cls, obj, callback=None, *rest):
        if callback is None and cls is ref:
            for owner in _owners(obj):
                if type(owner) is ref and owner.__callback__ is None:
                    return owner
        self = object.__new__(cls)
        self._cell = _cell(obj, self, None if callback is None else _call_back)
        self.__callback__ = callback
        return self

    def __init__(self, obj, callback=None):
        pass

    def __call__(self):
        return self._cell()

    def __eq__(self, other):
        if not isinstance(other, ref):
            return NotImplemented
        mine, others = _peek(self._cell), _peek(other._cell)
        if mine is None or others is None:
            return self is other
        return mine == others

    def __hash__(self):
        try:
            return self._hash
        except AttributeError:
            obj = _peek(self._cell)
            if obj is None:
                raise TypeError("weak object has gone away") from None
            self._hash = hash(obj)
            return self._hash

    def __repr__(self):
        obj = self()
        if obj is None:
            return "<weakref at %#x; dead>" % id(self)
        name = getattr(obj, "__name__", None)
        return "<weakref at %#x; to '%s' at %#x%s>" % (
            id(self), type(obj).__name__, id(obj), " (%s)" % name if isinstance(name, str) else "")


ReferenceType = ref


class KeyedRef(ref):
    __slots__ = ()

    def __new__(cls, obj, callback, key):
        self = ref.__new__(cls, obj, callback)
        self._key = key
        return self

    def __init__(self, obj, callback, key):
        pass

    key = property(lambda self: self._key)


class WeakMethod(ref):
    __slots__ = ("_function", "_type")

    def __new__(cls, meth, callback=None):
        try:
            obj, function = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError("argument should be a bound method, not %s" % type(meth)) from None
        self = ref.__new__(cls, obj, callback)
        self._function = ref(function)
        self._type = type(meth)
        return self

    def __call__(self):
        obj = self._cell()
        function = _peek(self._function._cell)
        if obj is not None and function is not None:
            return self._type(function, obj)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if _peek(self._cell) is None or _peek(other._cell) is None:
            return self is other
        return _peek(self._cell) is _peek(other._cell) and self._function == other._function

    __hash__ = ref.__hash__


class _ProxyRef(ref):
    __slots__ = ()


class ProxyType:
    __slots__ = ("_ref", "__weakref__")

    def __init__(self, obj, callback=None):
        object.__setattr__(self, "_ref", _ProxyRef(obj, None if callback is None else lambda _: callback(self)))

    @property
    def __class__(self):
        return type(_target(self))

    def __getattr__(self, name):
        return getattr(_target(self), name)

    def __setattr__(self, name, value):
        setattr(_target(self), name, value)

    def __delattr__(self, name):
        delattr(_target(self), name)

    def __repr__(self):
        obj = object.__getattribute__(self, "_ref")()
        return "<weakproxy at %#x to %s at %#x>" % (id(self), type(obj).__name__, id(obj))

    __hash__ = None


def _target(proxy):
    obj = object.__getattribute__(proxy, "_ref")()
    if obj is None:
        raise ReferenceError("weakly-referenced object no longer exists")
    return obj


def _forward(name, function):
    def method(self, *args):
        return function(_target(self), *(_target(a) if isinstance(type(a), type) and issubclass(type(a), ProxyType) else a
                                         for a in args))
    method.__name__ = name
    setattr(ProxyType, name, method)


def _forward_all():
    import operator
    for name in ("lt", "le", "eq", "ne", "gt", "ge", "getitem", "setitem", "delitem", "contains", "add", "sub", "mul",
                 "truediv", "floordiv", "mod", "pow", "and_", "or_", "xor", "lshift", "rshift", "matmul", "neg", "pos",
                 "abs", "invert", "index"):
        _forward("__%s__" % name.strip("_"), getattr(operator, name))
    for name, function in (("str", str), ("len", len), ("iter", iter), ("bool", bool), ("int", int), ("float", float),
                           ("bytes", bytes), ("next", next), ("reversed", reversed), ("round", round), ("divmod", divmod)):
        _forward("__%s__" % name, function)


_forward_all()
del _forward, _forward_all


class CallableProxyType(ProxyType):
    __slots__ = ()

    def __call__(self, *args, **keywords):
        return _target(self)(*args, **keywords)


ProxyTypes = (ProxyType, CallableProxyType)


def proxy(obj, callback=None):
    return (CallableProxyType if callable(obj) else ProxyType)(obj, callback)


def getweakrefs(obj):
    return [owner for owner in _owners(obj) if isinstance(owner, ref)]


def getweakrefcount(obj):
    return len(getweakrefs(obj))


class _WeakDictionary(MutableMapping):
    def __init__(self, other=(), /, **keywords):
        self.data = {}
        self.update(other, **keywords)

    def __repr__(self):
        return "<%s at %#x>" % (type(self).__name__, id(self))

    def __len__(self):
        _poll()
        return len(self.data)

    def copy(self):
        return type(self)(self.items())

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy
        return self._deepcopy(memo, deepcopy)

    def __or__(self, other):
        if not hasattr(other, "keys"):
            return NotImplemented
        new = self.copy()
        new.update(other)
        return new

    def __ror__(self, other):
        if not hasattr(other, "keys"):
            return NotImplemented
        new = type(self)(other)
        new.update(self)
        return new

    def __ior__(self, other):
        self.update(other)
        return self


class WeakValueDictionary(_WeakDictionary):
    def _remover(self):
        data = self.data

        def remove(reference):
            if data.get(reference._key) is reference:
                del data[reference._key]
        return remove

    def __getitem__(self, key):
        obj = self.data[key]()
        if obj is None:
            raise KeyError(key)
        return obj

    def __setitem__(self, key, value):
        self.data[key] = KeyedRef(value, self._remover(), key)

    def __delitem__(self, key):
        _poll()
        del self.data[key]

    def __contains__(self, key):
        return key in self.data and self.data[key]() is not None

    def __iter__(self):
        _poll()
        for key, reference in list(self.data.items()):
            if _peek(reference._cell) is not None:
                yield key

    def items(self):
        _poll()
        for key, reference in list(self.data.items()):
            obj = _peek(reference._cell)
            if obj is not None:
                yield key, obj

    def values(self):
        for _, obj in self.items():
            yield obj

    keys = __iter__

    def setdefault(self, key, default=None):
        obj = self.get(key)
        if obj is None:
            self[key] = obj = default
        return obj

    def pop(self, key, *default):
        _poll()
        if key in self.data:
            obj = self.data.pop(key)()
            if obj is not None:
                return obj
        if default:
            return default[0]
        raise KeyError(key)

    def popitem(self):
        while True:
            _poll()
            key, reference = self.data.popitem()
            obj = reference()
            if obj is not None:
                return key, obj

    def valuerefs(self):
        _poll()
        return list(self.data.values())

    itervaluerefs = valuerefs

    def _deepcopy(self, memo, deepcopy):
        return type(self)((deepcopy(key, memo), value) for key, value in self.items())


class WeakKeyDictionary(_WeakDictionary):
    def _remover(self):
        data = self.data
        return lambda reference: data.pop(reference, None)

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._remover())] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __contains__(self, key):
        try:
            return ref(key) in self.data
        except TypeError:
            return False

    def __iter__(self):
        for key, _ in self.items():
            yield key

    def items(self):
        _poll()
        for reference, value in list(self.data.items()):
            obj = _peek(reference._cell)
            if obj is not None:
                yield obj, value

    def values(self):
        for _, value in self.items():
            yield value

    keys = __iter__

    def popitem(self):
        while True:
            _poll()
            reference, value = self.data.popitem()
            obj = reference()
            if obj is not None:
                return obj, value

    def pop(self, key, *default):
        return self.data.pop(ref(key), *default)

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._remover()), default)

    def keyrefs(self):
        _poll()
        return list(self.data)

    def _deepcopy(self, memo, deepcopy):
        return type(self)((key, deepcopy(value, memo)) for key, value in self.items())


class WeakSet(MutableSet):
    def __init__(self, data=None):
        self.data = set()
        mine = self.data
        self._remove = mine.discard
        if data is not None:
            self.update(data)

    def add(self, item):
        self.data.add(ref(item, self._remove))

    def discard(self, item):
        self.data.discard(ref(item))

    def remove(self, item):
        try:
            self.data.remove(ref(item))
        except KeyError:
            raise KeyError(item) from None

    def __contains__(self, item):
        try:
            return ref(item) in self.data
        except TypeError:
            return False

    def __iter__(self):
        _poll()
        for reference in list(self.data):
            obj = _peek(reference._cell)
            if obj is not None:
                yield obj

    def __len__(self):
        _poll()
        return len(self.data)

    def pop(self):
        while True:
            _poll()
            if not self.data:
                raise KeyError("pop from empty WeakSet")
            obj = self.data.pop()()
            if obj is not None:
                return obj

    def clear(self):
        self.data.clear()

    def update(self, other):
        for item in other:
            self.add(item)

    def copy(self):
        return type(self)(self)

    def union(self, other):
        return self | set(other)

    def intersection(self, other):
        return self & set(other)

    def difference(self, other):
        return self - set(other)

    def symmetric_difference(self, other):
        return self ^ set(other)

    def issubset(self, other):
        return self <= set(other)

    def issuperset(self, other):
        return self >= set(other)

    def __repr__(self):
        return repr(self.data)


class finalize:
    __slots__ = ("__weakref__",)
    _registry = {}
    _shutdown = False

    def __init__(self, obj, func, /, *args, **kwargs):
        if not self._registry and not self._shutdown:
            import atexit
            atexit.register(self._run_all)
        self._registry[self] = [ref(obj, self), func, args, kwargs, True]

    def __call__(self, _=None):
        entry = self._registry.pop(self, None)
        if entry is not None and not self._shutdown:
            return entry[1](*entry[2], **entry[3])

    def detach(self):
        entry = self._registry.get(self)
        obj = entry and entry[0]()
        if obj is not None and self._registry.pop(self, None):
            return obj, entry[1], entry[2], entry[3]

    def peek(self):
        entry = self._registry.get(self)
        obj = entry and entry[0]()
        if obj is not None:
            return obj, entry[1], entry[2], entry[3]

    @property
    def alive(self):
        _poll()
        return self in self._registry

    @property
    def atexit(self):
        entry = self._registry.get(self)
        return entry is not None and entry[4]

    @atexit.setter
    def atexit(self, value):
        if self in self._registry:
            self._registry[self][4] = bool(value)

    def __repr__(self):
        entry = self._registry.get(self)
        obj = entry and entry[0]()
        if obj is None:
            return "<finalize object at %#x; dead>" % id(self)
        return "<finalize object at %#x; for '%s' at %#x>" % (id(self), type(obj).__name__, id(obj))

    @classmethod
    def _run_all(cls):
        _poll()
        while cls._registry:
            self, entry = next(reversed(cls._registry.items()))
            if entry[4]:
                try:
                    self()
                except Exception:
                    import sys
                    sys.excepthook(*sys.exc_info())
            cls._registry.pop(self, None)
        finalize._shutdown = True
