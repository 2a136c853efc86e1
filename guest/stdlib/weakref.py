# Weak references. The collector knows none: these hold their object, which therefore never dies before them.

from collections.abc import MutableMapping, MutableSet

__all__ = ["ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyType",
           "CallableProxyType", "WeakValueDictionary", "WeakSet", "WeakMethod", "finalize"]


def _check(obj):
    if obj is None or isinstance(obj, (int, float, str, bytes, tuple, list, dict, complex)) and \
            type(obj) in (int, float, bool, str, bytes, tuple, list, dict, complex):
        raise TypeError("cannot create weak reference to '%s' object" % type(obj).__name__)


class ref:
    __slots__ = ("_obj", "__callback__")

    def __init__(self, obj, callback=None):
        _check(obj)
        self._obj = obj
        self.__callback__ = callback

    def __call__(self):
        return self._obj

    def __eq__(self, other):
        return self._obj == other._obj if isinstance(other, ref) else NotImplemented

    def __hash__(self):
        return hash(self._obj)

    def __repr__(self):
        return "<weakref at %#x; to '%s' at %#x>" % (id(self), type(self._obj).__name__, id(self._obj))


ReferenceType = KeyedRef = ref


class WeakMethod(ref):
    __slots__ = ()

    def __init__(self, meth, callback=None):
        self._obj = meth
        self.__callback__ = callback


class ProxyType:
    __slots__ = ("_obj",)

    def __init__(self, obj):
        object.__setattr__(self, "_obj", obj)

    def __getattr__(self, name):
        return getattr(object.__getattribute__(self, "_obj"), name)

    def __setattr__(self, name, value):
        setattr(self._obj, name, value)

    def __str__(self):
        return str(self._obj)

    def __repr__(self):
        return "<weakproxy at %#x to %s at %#x>" % (id(self), type(self._obj).__name__, id(self._obj))

    def __eq__(self, other):
        return self._obj == other

    def __len__(self):
        return len(self._obj)

    def __iter__(self):
        return iter(self._obj)

    def __getitem__(self, key):
        return self._obj[key]

    def __bool__(self):
        return bool(self._obj)

    __hash__ = None


class CallableProxyType(ProxyType):
    __slots__ = ()

    def __call__(self, *args, **keywords):
        return self._obj(*args, **keywords)


def proxy(obj, callback=None):
    _check(obj)
    return CallableProxyType(obj) if callable(obj) else ProxyType(obj)


def getweakrefcount(obj):
    return 0


def getweakrefs(obj):
    return []


class _WeakDictionary(MutableMapping):
    def __init__(self, other=(), **keywords):
        self.data = {}
        self.update(other, **keywords)

    def __getitem__(self, key):
        return self.data[key]

    def __delitem__(self, key):
        del self.data[key]

    def __contains__(self, key):
        return key in self.data

    def __len__(self):
        return len(self.data)

    def __iter__(self):
        return iter(list(self.data))

    def __repr__(self):
        return "<%s at %#x>" % (type(self).__name__, id(self))

    def copy(self):
        return type(self)(self)

    __copy__ = copy


class WeakKeyDictionary(_WeakDictionary):
    def __setitem__(self, key, value):
        _check(key)
        self.data[key] = value

    def keyrefs(self):
        return [ref(key) for key in self.data]


class WeakValueDictionary(_WeakDictionary):
    def __setitem__(self, key, value):
        _check(value)
        self.data[key] = value

    def valuerefs(self):
        return [ref(value) for value in self.data.values()]

    itervaluerefs = valuerefs


class WeakSet(MutableSet):
    def __init__(self, data=()):
        self.data = {}
        for item in data:
            self.add(item)

    def add(self, item):
        _check(item)
        self.data[item] = True

    def discard(self, item):
        self.data.pop(item, None)

    def __contains__(self, item):
        return item in self.data

    def __iter__(self):
        return iter(list(self.data))

    def __len__(self):
        return len(self.data)

    def update(self, other):
        for item in other:
            self.add(item)

    def copy(self):
        return type(self)(self.data)


class finalize:
    def __init__(self, obj, func, *args, **keywords):
        self._call = obj, func, args, keywords
        self.atexit = True

    def __call__(self):
        if self._call is not None:
            _, func, args, keywords = self._call
            self._call = None
            return func(*args, **keywords)

    def detach(self):
        call, self._call = self._call, None
        return call

    def peek(self):
        return self._call

    @property
    def alive(self):
        return self._call is not None
