# Functions that act on functions. A part in C, where there is one, is in the module _functools.

from collections import namedtuple

__all__ = """update_wrapper wraps WRAPPER_ASSIGNMENTS WRAPPER_UPDATES total_ordering cache cmp_to_key lru_cache reduce partial
partialmethod singledispatch singledispatchmethod cached_property""".split()

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__")
WRAPPER_UPDATES = ("__dict__",)

_MISSING = object()


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            setattr(wrapper, name, getattr(wrapped, name))
        except AttributeError:
            pass
    for name in updated:
        values = getattr(wrapped, name, {})
        if name != "__dict__":
            getattr(wrapper, name).update(values)
            continue
        for key in values:
            setattr(wrapper, key, values[key])
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


def reduce(function, iterable, initial=_MISSING):
    it = iter(iterable)
    if initial is _MISSING:
        initial = next(it, _MISSING)
        if initial is _MISSING:
            raise TypeError("reduce() of empty iterable with no initial value")
    for item in it:
        initial = function(initial, item)
    return initial


_shown = set()


def _show_call(name, obj):
    # The arguments of a partial object, which may hold itself.
    if id(obj) in _shown:
        return "..."
    _shown.add(id(obj))
    try:
        parts = [repr(obj.func)]
        parts.extend([repr(arg) for arg in obj.args])
        parts.extend(["%s=%r" % item for item in obj.keywords.items()])
        return "%s(%s)" % (name, ", ".join(parts))
    finally:
        _shown.discard(id(obj))


class partial:
    def __new__(cls, *args, **keywords):
        if not args:
            raise TypeError("type 'partial' takes at least one argument")
        func = args[0]
        if not callable(func):
            raise TypeError("the first argument must be callable")
        args = args[1:]
        if isinstance(func, partial):
            args = func.args + args
            keywords = dict(func.keywords, **keywords)
            func = func.func
        self = object.__new__(cls)
        self.func = func
        self.args = args
        self.keywords = keywords
        return self

    def __reduce__(self):
        more = {name: value for name, value in self.__dict__.items() if name not in ("func", "args", "keywords")}
        return type(self), (self.func,), (self.func, self.args, self.keywords or None, more or None)

    def __setstate__(self, state):
        if not isinstance(state, tuple) or len(state) != 4:
            raise TypeError("invalid partial state")
        func, args, keywords, more = state
        if not callable(func) or not isinstance(args, tuple) or not isinstance(keywords, (dict, type(None))):
            raise TypeError("invalid partial state")
        self.func, self.args = func, args if type(args) is tuple else tuple(args)
        self.keywords = keywords if type(keywords) is dict else dict(keywords or ())
        self.__dict__.update(more or ())

    def __call__(self, /, *args, **keywords):
        if keywords:
            return self.func(*self.args, *args, **dict(self.keywords, **keywords))
        return self.func(*self.args, *args, **self.keywords)

    def __repr__(self):
        cls = type(self)
        return _show_call("functools.partial" if cls is partial else cls.__qualname__, self)


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, "__get__") and not isinstance(func, (classmethod, staticmethod, property)):
            raise TypeError("%r is not callable or a descriptor" % (func,))
        if isinstance(func, partialmethod):
            args = func.args + args
            keywords = dict(func.keywords, **keywords)
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, obj, cls=None):
        func = self.func
        if isinstance(func, (staticmethod, classmethod)) or not callable(func):
            func = func.__get__(obj, cls)
            bound = partial(func, *self.args, **self.keywords)
            if hasattr(func, "__self__"):
                bound.__self__ = func.__self__
            return bound
        if obj is None:
            args, keywords = self.args, self.keywords
            method = lambda self, /, *more, **also: func(self, *args, *more, **dict(keywords, **also))
            method.__isabstractmethod__ = self.__isabstractmethod__
            method._partialmethod = self
            return method
        bound = partial(func, obj, *self.args, **self.keywords)
        bound.__self__ = obj
        return bound

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)

    def __repr__(self):
        return _show_call(type(self).__module__ + "." + type(self).__qualname__, self)

    def __class_getitem__(cls, item):
        from types import GenericAlias
        return GenericAlias(cls, item)


def cmp_to_key(mycmp):
    class K:
        __slots__ = ("obj",)
        __hash__ = None

        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

    return K


# The other comparisons from one of them and ==, as (name, function of the one's result and whether equal, needs ==).
_ORDER = {
    "__lt__": (("__gt__", lambda r, same: not r and not same(), ), ("__le__", lambda r, same: r or same()),
               ("__ge__", lambda r, same: not r)),
    "__le__": (("__ge__", lambda r, same: not r or same()), ("__lt__", lambda r, same: r and not same()),
               ("__gt__", lambda r, same: not r)),
    "__gt__": (("__lt__", lambda r, same: not r and not same()), ("__ge__", lambda r, same: r or same()),
               ("__le__", lambda r, same: not r)),
    "__ge__": (("__le__", lambda r, same: not r or same()), ("__gt__", lambda r, same: r and not same()),
               ("__lt__", lambda r, same: not r)),
}


def total_ordering(cls):
    def define(name, derive):
        def method(self, other):
            result = getattr(type(self), root)(self, other)
            if result is NotImplemented:
                return result
            return derive(result, lambda: self == other)
        try:
            method.__name__ = name
        except AttributeError:
            pass
        setattr(cls, name, method)

    roots = [name for name in _ORDER
             if getattr(cls, name, None) is not None and getattr(cls, name) is not getattr(object, name, None)]
    if not roots:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = "__lt__" if "__lt__" in roots else roots[0]
    for name, derive in _ORDER[root]:
        if name not in roots:
            define(name, derive)
    return cls


_CacheInfo = namedtuple("CacheInfo", ["hits", "misses", "maxsize", "currsize"])
_MARK = (object(),)


class _lru_cache_wrapper:
    def __init__(self, function, maxsize, typed):
        self._function = function
        self._maxsize = maxsize
        self._typed = typed
        self._cache = {}
        self._hits = self._misses = 0
        update_wrapper(self, function)

    def __call__(self, *args, **keywords):
        if keywords:
            key = args + _MARK
            for item in keywords.items():
                key += item
        elif len(args) == 1 and type(args[0]) in (int, str):
            key = args[0]
        else:
            key = args
        if self._typed:
            if key is not args and not keywords:
                key = args
            key += _MARK + tuple([type(arg) for arg in args]) + tuple([type(v) for v in keywords.values()])
        cache = self._cache
        maxsize = self._maxsize
        if maxsize is None:
            value = cache.get(key, _MISSING)
        else:
            value = cache.pop(key, _MISSING)
            if value is not _MISSING:
                cache[key] = value  # now the newest
        if value is not _MISSING:
            self._hits += 1
            return value
        self._misses += 1
        value = self._function(*args, **keywords)
        if maxsize is None:
            cache[key] = value
        elif maxsize:
            if key not in cache and len(cache) >= maxsize:
                del cache[next(iter(cache))]
            cache[key] = value
        return value

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        return _BoundCache(self, obj)

    def cache_info(self):
        return _CacheInfo(self._hits, self._misses, self._maxsize, len(self._cache))

    def cache_clear(self):
        self._cache.clear()
        self._hits = self._misses = 0

    def cache_parameters(self):
        return {"maxsize": self._maxsize, "typed": self._typed}

    def __repr__(self):
        return "<functools._lru_cache_wrapper object at %#x>" % id(self)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _BoundCache:
    def __init__(self, function, obj):
        self.__func__ = function
        self.__self__ = obj

    def __call__(self, *args, **keywords):
        return self.__func__(self.__self__, *args, **keywords)

    def __getattr__(self, name):
        if name in ("__func__", "__self__"):
            raise AttributeError(name)
        return getattr(self.__func__, name)


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _lru_cache_wrapper(maxsize, 128, typed)
    if maxsize is not None and not isinstance(maxsize, int):
        raise TypeError("Expected first argument to be an integer, a callable, or None")
    if maxsize is not None and maxsize < 0:
        maxsize = 0
    return lambda function: _lru_cache_wrapper(function, maxsize, typed)


def cache(function):
    return _lru_cache_wrapper(function, None, False)


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = getattr(func, "__doc__", None)

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError("Cannot assign the same cached_property to two different names (%r and %r)."
                            % (self.attrname, name))

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        try:
            values = instance.__dict__
        except AttributeError:
            raise TypeError("No '__dict__' attribute on %r instance to cache %r property."
                            % (type(instance).__name__, self.attrname)) from None
        value = values.get(self.attrname, _MISSING)
        if value is _MISSING:
            value = self.func(instance)
            try:
                instance.__dict__[self.attrname] = value
            except TypeError:
                raise TypeError("The '__dict__' attribute on %r instance does not support item assignment for caching %r "
                                "property." % (type(instance).__name__, self.attrname)) from None
        return value

    def __class_getitem__(cls, item):
        from types import GenericAlias
        return GenericAlias(cls, item)


def _dispatch(registry, cls):
    mro = cls.__mro__
    best = None
    # A registered class that is not an ancestor but recognises the class as its own (an ABC) ranks
    # just after the classes of which it recognises all that follow.
    rank = len(mro)
    for candidate in registry:
        if candidate in mro:
            place = mro.index(candidate) * 2
        else:
            try:
                if not issubclass(cls, candidate):
                    continue
            except TypeError:
                continue
            place = 0
            while place + 1 < len(mro) and issubclass(mro[place + 1], candidate):
                place += 1
            place = place * 2 + 1
        if best is not None and place == rank and place % 2:
            if issubclass(candidate, best):
                best = candidate
            elif not issubclass(best, candidate):
                raise RuntimeError("Ambiguous dispatch: %r or %r" % (best, candidate))
        elif best is None or place < rank:
            best, rank = candidate, place
    return registry.get(best)


def _kinds(cls):
    # The classes that a class or a union of classes names; None when it is neither.
    if isinstance(cls, type) and not getattr(cls, "__args__", None):
        return (cls,)
    from types import UnionType
    from typing import Union, get_args, get_origin
    kinds = get_args(cls) if get_origin(cls) in (Union, UnionType) else ()
    return kinds if kinds and all([isinstance(kind, type) for kind in kinds]) else None


def singledispatch(func):
    registry = {}
    found = {}

    def dispatch(cls):
        impl = found.get(cls)
        if impl is None:
            impl = registry.get(cls)
            if impl is None:
                impl = _dispatch(registry, cls)
            found[cls] = impl
        return impl

    def register(cls, func=None):
        kinds = _kinds(cls)
        if kinds is not None:
            if func is None:
                return lambda f: register(cls, f)
        else:
            if func is not None:
                raise TypeError("Invalid first argument to `register()`. %r is not a class or union type." % (cls,))
            func = cls
            if not getattr(func, "__annotations__", None):
                raise TypeError("Invalid first argument to `register()`: %r. Use either `@register(some_class)` "
                                "or plain `@register` on an annotated function." % (func,))
            from typing import get_type_hints
            name, cls = next(iter(get_type_hints(func).items()))
            kinds = _kinds(cls)
            if kinds is None:
                from types import UnionType
                from typing import Union, get_origin
                what = "not all arguments are classes" if get_origin(cls) in (Union, UnionType) else "is not a class"
                raise TypeError("Invalid annotation for %r. %r %s." % (name, cls, what))
        for kind in kinds:
            registry[kind] = func
        found.clear()
        return func

    def wrapper(*args, **keywords):
        if not args:
            raise TypeError(name + " requires at least 1 positional argument")
        return dispatch(type(args[0]))(*args, **keywords)

    name = getattr(func, "__name__", "singledispatch function")
    registry[object] = func
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    wrapper._clear_cache = found.clear
    return update_wrapper(wrapper, func)


class singledispatchmethod:
    def __init__(self, func):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError("%r is not callable or a descriptor" % (func,))
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)

    def __get__(self, obj, cls=None):
        dispatcher = self.dispatcher

        def method(*args, **keywords):
            found = dispatcher.dispatch(type(args[0]))
            if isinstance(found, (staticmethod, classmethod)):
                return found.__get__(obj, cls)(*args, **keywords)
            if obj is None:
                return found(*args, **keywords)
            return found(obj, *args, **keywords)
        method.__isabstractmethod__ = self.__isabstractmethod__
        method.register = self.register
        return update_wrapper(method, self.func)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)


try:
    from _functools import *
except ImportError:
    pass
