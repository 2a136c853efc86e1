# Shallow and deep copies, by __copy__, __deepcopy__ and the __reduce_ex__ protocol where a class has them, by
# attributes where not.

__all__ = ["Error", "copy", "deepcopy"]


class Error(Exception):
    pass


error = Error


def _function():
    pass


def _generator():
    yield


_ATOMIC = frozenset([type(None), int, float, bool, complex, str, bytes, type, range, slice, property, type(...),
                     type(NotImplemented), type(_function), type(lambda x: x), type(len), type([].append),
                     type(_generator)])


def _slots(cls):
    for kind in cls.__mro__:
        slots = kind.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in ("__dict__", "__weakref__"):
                yield "_%s%s" % (kind.__name__.lstrip("_"), name) if name[:2] == "__" and name[-2:] != "__" else name


def _state(x):
    get = getattr(type(x), "__getstate__", None)
    if get is not None and get is not getattr(object, "__getstate__", None):
        return get(x)
    state = getattr(x, "__dict__", None)
    slots = {name: getattr(x, name) for name in _slots(type(x)) if hasattr(x, name)}
    if slots:
        return state or None, slots
    return state or None


def _set_state(y, state):
    if hasattr(y, "__setstate__"):
        y.__setstate__(state)
        return
    slots = None
    if isinstance(state, tuple) and len(state) == 2:
        state, slots = state
    for part in (state, slots):
        if part:
            for name, value in part.items():
                object.__setattr__(y, name, value)


_BUILTIN = (list, dict, set, frozenset, tuple, str, bytes, bytearray, int, float)


def _new(cls, *args):
    # By the class's own __new__(), not by its metaclass's.
    for base in cls.__mro__:
        if base is not object and "__new__" in base.__dict__:
            return base.__new__(cls, *args)
    return object.__new__(cls)


def _rebuild(x, cls, deep):
    # (new object without state, state). `deep` copies a value, or is the identity.
    for kind in (list, dict, set):
        if isinstance(x, kind):
            y = _new(cls)
            if kind is list:
                for item in x:
                    list.append(y, deep(item))
            elif kind is set:
                for item in x:
                    set.add(y, deep(item))
            else:
                for key, value in dict.items(x):
                    dict.__setitem__(y, deep(key), deep(value))
            return y, _state(x)
    for kind in (frozenset, tuple):
        if isinstance(x, kind):
            return kind.__new__(cls, [deep(item) for item in kind.__iter__(x)]), _state(x)
    if isinstance(x, bytearray):
        y = _new(cls)
        bytearray.extend(y, x)
        return y, _state(x)
    for kind in (str, bytes, int, float):
        if isinstance(x, kind):
            return kind.__new__(cls, kind(x)), _state(x)
    if isinstance(x, BaseException):
        y = _new(cls, *x.args)
        y.args = x.args
        return y, _state(x)
    args = ()
    if hasattr(cls, "__getnewargs__"):
        args = x.__getnewargs__()
    return _new(cls, *[deep(arg) for arg in args]), _state(x)


def _reduced(x):
    # What a class's own __reduce__ says, or None.
    cls = type(x)
    for name in ("__reduce_ex__", "__reduce__"):
        method = getattr(cls, name, None)
        if method is not None and method is not getattr(object, name, None):
            return method(x, 4) if name == "__reduce_ex__" else method(x)
    return None


def _from_reduced(x, parts, deep):
    if isinstance(parts, str):
        return x
    function, args, state, items, pairs = (tuple(parts) + (None, None, None))[:5]
    y = function(*[deep(arg) for arg in args])
    return y, state, items, pairs


def _fill(y, items, pairs, deep):
    for item in items or ():
        y.append(deep(item))
    for key, value in pairs or ():
        y[deep(key)] = deep(value)


def _no_instance(cls):
    raise TypeError("cannot pickle '%s' object" % cls.__name__)


def copy(x):
    cls = type(x)
    if cls in _ATOMIC or isinstance(x, type):
        return x
    if cls in (list, dict, set, bytearray):
        return x.copy() if cls is not bytearray else bytearray(x)
    if cls in (tuple, frozenset):
        return x
    method = getattr(cls, "__copy__", None)
    if method is not None:
        return method(x)
    same = lambda value: value
    parts = _reduced(x)
    if parts is not None:
        if isinstance(parts, str):
            return x
        y, state, items, pairs = _from_reduced(x, parts, same)
        if state is not None:
            _set_state(y, state)
        _fill(y, items, pairs, same)
        return y
    if _opaque(x, cls):
        _no_instance(cls)
    y, state = _rebuild(x, cls, same)
    if state is not None:
        _set_state(y, state)
    return y


def _opaque(x, cls):
    return not hasattr(x, "__dict__") and cls not in _BUILTIN and cls is not object and \
        not hasattr(cls, "__slots__") and not isinstance(x, _BUILTIN)


def deepcopy(x, memo=None):
    cls = type(x)
    if cls in _ATOMIC:
        return x
    if memo is None:
        memo = {}
    found = memo.get(id(x), memo)
    if found is not memo:
        return found
    if isinstance(x, type):
        return x
    deep = lambda value: deepcopy(value, memo)
    if cls is list:
        y = memo[id(x)] = []
        for item in x:
            y.append(deepcopy(item, memo))
    elif cls is dict:
        y = memo[id(x)] = {}
        for key, value in x.items():
            y[deepcopy(key, memo)] = deepcopy(value, memo)
    elif cls is tuple:
        items = [deepcopy(item, memo) for item in x]
        if id(x) in memo:
            return memo[id(x)]
        y = x
        for old, new in zip(x, items):
            if old is not new:
                y = tuple(items)
                break
    elif cls in (set, frozenset):
        y = cls([deepcopy(item, memo) for item in x])
    elif cls is bytearray:
        y = bytearray(x)
    else:
        method = getattr(cls, "__deepcopy__", None)
        if method is not None:
            y = method(x, memo)
        else:
            y = _deep_object(x, cls, memo, deep)
    if y is not x:
        memo[id(x)] = y
        memo.setdefault(id(memo), []).append(x)  # keeps the original's id its own
    return y


def _deep_object(x, cls, memo, deep):
    parts = _reduced(x)
    if parts is not None:
        if isinstance(parts, str):
            return x
        y, state, items, pairs = _from_reduced(x, parts, deep)
        memo[id(x)] = y
        if state is not None:
            _set_state(y, deep(state))
        _fill(y, items, pairs, deep)
        return y
    if hasattr(x, "__func__") and hasattr(x, "__self__"):
        return type(x)(x.__func__, deep(x.__self__))
    if _opaque(x, cls):
        _no_instance(cls)
    for kind in (list, dict, set):
        if isinstance(x, kind):
            # Known before its contents are copied: they may refer to it.
            y = memo[id(x)] = _new(cls)
            if kind is list:
                for item in x:
                    list.append(y, deep(item))
            elif kind is set:
                for item in x:
                    set.add(y, deep(item))
            else:
                for key, value in dict.items(x):
                    dict.__setitem__(y, deep(key), deep(value))
            state = _state(x)
            break
    else:
        y, state = _rebuild(x, cls, deep)
    memo[id(x)] = y
    if state is not None:
        _set_state(y, deep(state))
    return y
