# Container types. The core of a deque is in C, in the module _collections.

import sys as _sys
from _collections import _deque
from keyword import iskeyword as _iskeyword
from operator import itemgetter as _itemgetter

_MISSING = object()


def __getattr__(name):
    if name == "abc":
        import collections.abc
        return collections.abc
    if name in ("ChainMap", "UserDict", "UserList", "UserString"):
        return _lazy()[name]
    raise AttributeError("module 'collections' has no attribute '%s'" % name)


def _add_to(items, iterable):
    get = items.get
    for item in iterable:
        items[item] = get(item, 0) + 1


_shown = set()


def _once(obj, show, again):
    """show(), or `again` inside of itself."""
    key = id(obj)
    if key in _shown:
        return again
    _shown.add(key)
    try:
        return show()
    finally:
        _shown.discard(key)


class defaultdict(dict):
    _tp_name = "collections.defaultdict"

    def __init__(self, default_factory=None, /, *args, **keywords):
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
        super().__init__(*args, **keywords)
        self.default_factory = default_factory

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self[key] = self.default_factory()
        return value

    def __repr__(self):
        factory = _once(self, lambda: repr(self.default_factory), "...")
        return "%s(%s, %s)" % (type(self).__name__, factory, dict.__repr__(self))

    def copy(self):
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = self.copy()
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = type(self)(self.default_factory, other)
        new.update(self)
        return new

    def __reduce__(self):
        return type(self), (self.default_factory,), None, None, iter(self.items())


_MISSING = object()


_dict_pop, _dict_set = dict.pop, dict.__setitem__


class OrderedDict(dict):
    _tp_name = "collections.OrderedDict"

    def move_to_end(self, key, last=True):
        if last:
            value = _dict_pop(self, key)
            _dict_set(self, key, value)
        else:
            value = super().__getitem__(key)
            items = [item for item in super().items() if item[0] != key]
            super().clear()
            super().__setitem__(key, value)
            for key, value in items:
                super().__setitem__(key, value)

    def popitem(self, last=True):
        if not self:
            raise KeyError("dictionary is empty")
        key = next(reversed(self)) if last else next(iter(self))
        return key, _dict_pop(self, key)

    def pop(self, key, default=_MISSING):
        if key in self:
            value = self[key]
            del self[key]
            return value
        if default is not _MISSING:
            return default
        if hasattr(type(self), "__missing__"):
            return self.__missing__(key)
        raise KeyError(key)

    def setdefault(self, key, default=None):
        if key in self:
            return self[key]
        self[key] = default
        return default

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return dict.__eq__(self, other) and list(self) == list(other)
        return dict.__eq__(self, other)

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def __repr__(self):
        if not self:
            return "%s()" % type(self).__name__
        return _once(self, lambda: "%s(%r)" % (type(self).__name__, list(self.items())), "...")

    def copy(self):
        return type(self)(self)

    @classmethod
    def fromkeys(cls, iterable, value=None):
        self = cls()
        for key in iterable:
            self[key] = value
        return self

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = type(self)(self)
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        new = type(self)(other)
        new.update(self)
        return new

    def __reduce__(self):
        return type(self), (), dict(self.__dict__) or None, None, iter(self.items())


def _count_elements(mapping, iterable):
    get = mapping.get
    for item in iterable:
        mapping[item] = get(item, 0) + 1


class Counter(dict):
    def __init__(self, iterable=None, /, **keywords):
        super().__init__()
        self.update(iterable, **keywords)

    def __missing__(self, key):
        return 0

    def total(self):
        return sum(self.values())

    def most_common(self, n=None):
        count = lambda item: item[1]
        if n is None:
            return sorted(self.items(), key=count, reverse=True)
        if n == 1:
            return [max(self.items(), key=count)] if self else []
        return sorted(self.items(), key=count, reverse=True)[:max(n, 0)]

    def elements(self):
        for item, count in self.items():
            for _ in range(count):
                yield item

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError("Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")

    def update(self, iterable=None, /, **keywords):
        if iterable is not None:
            if hasattr(iterable, "items"):
                if self:
                    for item, count in iterable.items():
                        self[item] = count + self.get(item, 0)
                else:
                    super().update(iterable)
            else:
                _add_to(self, iterable)
        if keywords:
            self.update(keywords)

    def subtract(self, iterable=None, /, **keywords):
        if iterable is not None:
            if hasattr(iterable, "items"):
                for item, count in iterable.items():
                    self[item] = self.get(item, 0) - count
            else:
                for item in iterable:
                    self[item] = self.get(item, 0) - 1
        if keywords:
            self.subtract(keywords)

    def copy(self):
        return type(self)(self)

    __copy__ = copy

    def __reduce__(self):
        return type(self), (dict(self),)

    def __delitem__(self, item):
        if item in self:
            super().__delitem__(item)

    def __repr__(self):
        if not self:
            return "%s()" % type(self).__name__
        try:
            items = dict(self.most_common())
        except TypeError:
            items = dict(self)
        return "%s(%r)" % (type(self).__name__, items)

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return dict.__eq__(self, other)
        return all([self[item] == other[item] for part in (self, other) for item in part])

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def __le__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all([self[item] <= other[item] for part in (self, other) for item in part])

    def __lt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self <= other and self != other

    def __ge__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return all([self[item] >= other[item] for part in (self, other) for item in part])

    def __gt__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self >= other and self != other

    def _combine(self, other, function):
        result = Counter()
        for item, count in self.items():
            count = function(count, other[item])
            if count > 0:
                result[item] = count
        for item, count in other.items():
            if item not in self:
                count = function(0, count)
                if count > 0:
                    result[item] = count
        return result

    def __add__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._combine(other, lambda a, b: a + b)

    def __sub__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._combine(other, lambda a, b: a - b)

    def __or__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._combine(other, max)

    def __and__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return self._combine(other, min)

    def __pos__(self):
        return self._combine(Counter(), lambda a, b: a)

    def __neg__(self):
        return self._combine(Counter(), lambda a, b: -a)

    def _replace(self, other):
        dict.clear(self)
        dict.update(self, other)
        return self

    def __iadd__(self, other):
        return self._replace(self + other)

    def __isub__(self, other):
        return self._replace(self - other)

    def __ior__(self, other):
        return self._replace(self | other)

    def __iand__(self, other):
        return self._replace(self & other)


class deque(_deque):
    _tp_name = "collections.deque"

    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None:
            if not isinstance(maxlen, int):
                raise TypeError("an integer is required")
            if maxlen < 0:
                raise ValueError("maxlen must be non-negative")
        self._limit(-1 if maxlen is None else maxlen)
        self.clear()
        self.extend(iterable)

    @property
    def maxlen(self):
        return self._most()

    def extend(self, iterable):
        _deque.extend(self, list(self) if iterable is self else iterable)

    def extendleft(self, iterable):
        if iterable is self:
            iterable = list(self)
        for x in iterable:
            self.appendleft(x)

    def _replace(self, items):
        self.clear()
        _deque.extend(self, items)

    def copy(self):
        return type(self)(self, self.maxlen) if self.maxlen is not None else type(self)(self)

    __copy__ = copy

    def __contains__(self, x):
        for item in self:
            if item is x or item == x:
                return True
        return False

    def count(self, x):
        return sum([1 for item in self if item is x or item == x])

    def index(self, x, start=0, stop=None):
        for i in range(*slice(start, stop).indices(len(self))):
            item = self[i]
            if item is x or item == x:
                return i
        raise ValueError("%r is not in deque" % (x,))

    def insert(self, index, x):
        if self.maxlen is not None and len(self) >= self.maxlen:
            raise IndexError("deque already at its maximum size")
        items = self._list()
        items.insert(index, x)
        self._replace(items)

    def remove(self, x):
        for i, item in enumerate(self._list()):
            if item is x or item == x:
                del self[i]
                return
        raise ValueError("%r is not in deque" % (x,))

    def reverse(self):
        items = self._list()
        items.reverse()
        self._replace(items)

    def rotate(self, n=1):
        size = len(self)
        if size:
            n %= size
            if n <= size // 2:
                for _ in range(n):
                    self.appendleft(self.pop())
            else:
                for _ in range(size - n):
                    self.append(self.popleft())

    def __repr__(self):
        items = "[%s]" % ", ".join(["[...]" if x is self else repr(x) for x in self._list()])
        if self.maxlen is not None:
            items += ", maxlen=%d" % self.maxlen
        return "%s(%s)" % (type(self).__name__, items)

    def _compare(self, other, function):
        if not isinstance(other, deque):
            return NotImplemented
        return function(self._list(), other._list())

    def __eq__(self, other):
        return self._compare(other, lambda a, b: a == b)

    def __lt__(self, other):
        return self._compare(other, lambda a, b: a < b)

    def __le__(self, other):
        return self._compare(other, lambda a, b: a <= b)

    def __gt__(self, other):
        return self._compare(other, lambda a, b: a > b)

    def __ge__(self, other):
        return self._compare(other, lambda a, b: a >= b)

    __hash__ = None

    def _join(self, items):
        return type(self)(items, self.maxlen)

    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError('can only concatenate deque (not "%s") to deque' % type(other).__name__)
        return self._join(self._list() + other._list())

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __mul__(self, n):
        return self._join(self._list() * n)

    __rmul__ = __mul__

    def __imul__(self, n):
        self._replace(self._list() * n if self.maxlen is None else list(self * n))
        return self

    def __reduce__(self):
        return type(self), ((), self.maxlen) if self.maxlen is not None else (), None, iter(self._list())

    def __class_getitem__(cls, item):
        from types import GenericAlias
        return GenericAlias(cls, item)




def _make_new(name, fields, defaults):
    # Arguments are put in order here, once, so that instances are made without looking names up.
    n = len(fields)

    def complain(args, keywords):
        label = name + ".__new__()"
        if len(args) > n:
            given = len(args) + 1
            if defaults:
                raise TypeError("%s takes from %d to %d positional arguments but %d were given"
                                % (label, n + 1 - len(defaults), n + 1, given))
            raise TypeError("%s takes %d positional argument%s but %d were given"
                            % (label, n + 1, "s" if n else "", given))
        for key in keywords:
            if key not in fields:
                raise TypeError("%s got an unexpected keyword argument '%s'" % (label, key))
            if fields.index(key) < len(args):
                raise TypeError("%s got multiple values for argument '%s'" % (label, key))
        names = [repr(field) for field in fields[len(args):] if field not in keywords and field not in defaults]
        text = names[-1]
        if len(names) == 2:
            text = " and ".join(names)
        elif len(names) > 2:
            text = ", ".join(names[:-1]) + ", and " + text
        raise TypeError("%s missing %d required positional argument%s: %s"
                        % (label, len(names), "s" if len(names) > 1 else "", text))

    def __new__(cls, /, *args, **keywords):
        if len(args) != n or keywords:
            values = list(args)
            used = 0
            for field in fields[len(args):]:
                if field in keywords:
                    values.append(keywords[field])
                    used += 1
                elif field in defaults:
                    values.append(defaults[field])
                else:
                    complain(args, keywords)
            if len(args) > n or used != len(keywords):
                complain(args, keywords)
            args = values
        return tuple.__new__(cls, args)

    return __new__


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    fields = [str(name) for name in field_names]
    typename = str(typename)
    if rename:
        seen = set()
        for i, name in enumerate(fields):
            if not name.isidentifier() or _iskeyword(name) or name[0] == "_" or name in seen:
                fields[i] = "_%d" % i
            seen.add(name)
    for name in [typename] + fields:
        if not name.isidentifier():
            raise ValueError("Type names and field names must be valid identifiers: %r" % name)
        if _iskeyword(name):
            raise ValueError("Type names and field names cannot be a keyword: %r" % name)
    for i, name in enumerate(fields):
        if name[0] == "_" and not rename:
            raise ValueError("Field names cannot start with an underscore: %r" % name)
        if name in fields[:i]:
            raise ValueError("Encountered duplicate field name: %r" % name)
    by_default = {}
    if defaults is not None:
        defaults = tuple(defaults)
        if len(defaults) > len(fields):
            raise TypeError("Got more default values than field names")
        if defaults:
            by_default = dict(zip(fields[-len(defaults):], defaults))
    fields = tuple(fields)
    n = len(fields)

    @classmethod
    def _make(cls, iterable):
        self = tuple.__new__(cls, iterable)
        if len(self) != n:
            raise TypeError("Expected %d arguments, got %d" % (n, len(self)))
        return self

    def _replace(self, /, **keywords):
        values = [keywords.pop(field, value) for field, value in zip(fields, self)]
        if keywords:
            raise ValueError("Got unexpected field names: %r" % list(keywords))
        return tuple.__new__(type(self), values)

    def __repr__(self):
        return "%s(%s)" % (type(self).__name__,
                           ", ".join(["%s=%r" % (field, value) for field, value in zip(fields, tuple(self))]))

    def _asdict(self):
        return dict(zip(fields, self))

    def __getnewargs__(self):
        return tuple(self)

    namespace = {
        "__doc__": "%s(%s)" % (typename, ", ".join(fields)),
        "__slots__": (),
        "_fields": fields,
        "_field_defaults": by_default,
        "__new__": _make_new(typename, fields, by_default),
        "_make": _make,
        "_replace": _replace,
        "__repr__": __repr__,
        "_asdict": _asdict,
        "__getnewargs__": __getnewargs__,
        "__match_args__": fields,
    }
    for i, name in enumerate(fields):
        namespace[name] = property(_itemgetter(i), doc="Alias for field number %d" % i)
    if module is None:
        try:
            module = _sys._getframe(1).f_globals["__name__"]
        except (AttributeError, KeyError):
            module = "__main__"
    namespace["__module__"] = module
    return type(typename, (tuple,), namespace)


if not hasattr(tuple, "__new__"):
    from ucollections import OrderedDict, namedtuple


class _Wrapper:
    def __copy__(self):
        # A metaclass may have a __new__() of its own.
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        new.data = self.data.copy() if hasattr(self.data, "copy") else self.data
        return new

    def __repr__(self):
        return repr(self.data)

    def __len__(self):
        return len(self.data)

    def __contains__(self, item):
        return item in self.data


def _data(other):
    return other.data if isinstance(other, _Wrapper) else other


def _lazy():
    # ChainMap and the User* classes stand on collections.abc, which takes a moment to make.
    from collections.abc import MutableMapping, MutableSequence, Sequence

    class ChainMap(MutableMapping):
        def __init__(self, *maps):
            self.maps = list(maps) or [{}]

        def __missing__(self, key):
            raise KeyError(key)

        def __getitem__(self, key):
            for mapping in self.maps:
                try:
                    return mapping[key]
                except KeyError:
                    pass
            return self.__missing__(key)

        def get(self, key, default=None):
            return self[key] if key in self else default

        def __len__(self):
            return len(self._merged())

        def _merged(self):
            merged = {}
            for mapping in reversed(self.maps):
                for key in mapping:
                    merged.setdefault(key)
            return merged

        def __iter__(self):
            return iter(self._merged())

        def __contains__(self, key):
            for mapping in self.maps:
                if key in mapping:
                    return True
            return False

        def __bool__(self):
            return True in [bool(mapping) for mapping in self.maps]

        def __repr__(self):
            return "%s(%s)" % (type(self).__name__, ", ".join([repr(mapping) for mapping in self.maps]))

        @classmethod
        def fromkeys(cls, iterable, *args):
            return cls(dict.fromkeys(iterable, *args))

        def copy(self):
            return type(self)(self.maps[0].copy(), *self.maps[1:])

        __copy__ = copy

        def new_child(self, m=None, **keywords):
            if m is None:
                m = keywords
            elif keywords:
                m.update(keywords)
            return type(self)(m, *self.maps)

        @property
        def parents(self):
            return type(self)(*self.maps[1:])

        def __setitem__(self, key, value):
            self.maps[0][key] = value

        def __delitem__(self, key):
            try:
                del self.maps[0][key]
            except KeyError:
                raise KeyError("Key not found in the first mapping: %r" % (key,))

        def popitem(self):
            try:
                return self.maps[0].popitem()
            except KeyError:
                raise KeyError("No keys found in the first mapping.")

        def pop(self, key, *args):
            try:
                return self.maps[0].pop(key, *args)
            except KeyError:
                raise KeyError("Key not found in the first mapping: %r" % (key,))

        def clear(self):
            self.maps[0].clear()

        def __ior__(self, other):
            self.maps[0].update(other)
            return self

        def __or__(self, other):
            if not hasattr(other, "keys"):
                return NotImplemented
            new = self.copy()
            new.maps[0].update(other)
            return new

        def __ror__(self, other):
            if not hasattr(other, "keys"):
                return NotImplemented
            new = dict(other)
            for mapping in reversed(self.maps):
                new.update(mapping)
            return type(self)(new)

    class UserDict(_Wrapper, MutableMapping):
        def __init__(self, dict=None, /, **keywords):
            self.data = {}
            if dict is not None:
                self.update(dict)
            if keywords:
                self.update(keywords)

        def __getitem__(self, key):
            if key in self.data:
                return self.data[key]
            if hasattr(type(self), "__missing__"):
                return type(self).__missing__(self, key)
            raise KeyError(key)

        def __setitem__(self, key, item):
            self.data[key] = item

        def __delitem__(self, key):
            del self.data[key]

        def __iter__(self):
            return iter(self.data)

        def get(self, key, default=None):
            return self[key] if key in self else default

        def copy(self):
            return self.__copy__()

        @classmethod
        def fromkeys(cls, iterable, value=None):
            new = cls()
            for key in iterable:
                new[key] = value
            return new

        def __or__(self, other):
            other = _data(other)
            if not isinstance(other, dict):
                return NotImplemented
            return type(self)(self.data | other)

        def __ror__(self, other):
            other = _data(other)
            if not isinstance(other, dict):
                return NotImplemented
            return type(self)(other | self.data)

        def __ior__(self, other):
            self.data.update(_data(other))
            return self

    class _Compared:
        def __eq__(self, other):
            return self.data == _data(other)

        def __lt__(self, other):
            return self.data < _data(other)

        def __le__(self, other):
            return self.data <= _data(other)

        def __gt__(self, other):
            return self.data > _data(other)

        def __ge__(self, other):
            return self.data >= _data(other)

        __hash__ = None

    class UserList(_Wrapper, _Compared, MutableSequence):
        def __init__(self, initlist=None):
            self.data = [] if initlist is None else list(initlist)

        def __getitem__(self, i):
            return type(self)(self.data[i]) if isinstance(i, slice) else self.data[i]

        def __setitem__(self, i, item):
            self.data[i] = item

        def __delitem__(self, i):
            del self.data[i]

        def __add__(self, other):
            return type(self)(self.data + list(other))

        def __radd__(self, other):
            return type(self)(list(other) + self.data)

        def __iadd__(self, other):
            self.data += list(other)
            return self

        def __mul__(self, n):
            return type(self)(self.data * n)

        __rmul__ = __mul__

        def __imul__(self, n):
            self.data *= n
            return self

        def append(self, item):
            self.data.append(item)

        def insert(self, i, item):
            self.data.insert(i, item)

        def pop(self, i=-1):
            return self.data.pop(i)

        def remove(self, item):
            self.data.remove(item)

        def clear(self):
            self.data.clear()

        def copy(self):
            return type(self)(self)

        def count(self, item):
            return self.data.count(item)

        def index(self, item, *args):
            return self.data.index(item, *args)

        def reverse(self):
            self.data.reverse()

        def sort(self, **keywords):
            self.data.sort(**keywords)

        def extend(self, other):
            self.data.extend(_data(other))

    class UserString(_Wrapper, _Compared, Sequence):
        def __init__(self, seq):
            self.data = str(_data(seq))

        def __str__(self):
            return self.data

        def __int__(self):
            return int(self.data)

        def __float__(self):
            return float(self.data)

        def __hash__(self):
            return hash(self.data)

        def __contains__(self, char):
            return _data(char) in self.data

        def __getitem__(self, index):
            return type(self)(self.data[index])

        def __add__(self, other):
            return type(self)(self.data + str(other))

        def __radd__(self, other):
            return type(self)(str(other) + self.data)

        def __mul__(self, n):
            return type(self)(self.data * n)

        __rmul__ = __mul__

        def __mod__(self, args):
            return type(self)(self.data % args)

    def forward(name):
        def method(self, *args, **keywords):
            args = [_data(arg) for arg in args]
            result = getattr(self.data, name)(*args, **keywords)
            return type(self)(result) if type(result) is str else result
        setattr(UserString, name, method)

    for name in dir(str):
        if name[0] != "_":
            forward(name)
    made = {"ChainMap": ChainMap, "UserDict": UserDict, "UserList": UserList, "UserString": UserString}
    for name, kind in made.items():
        kind.__qualname__ = name
    globals().update(made)
    return made


__all__ = ["ChainMap", "Counter", "OrderedDict", "UserDict", "UserList", "UserString", "defaultdict", "deque",
           "namedtuple"]
