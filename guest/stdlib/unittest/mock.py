"""Objects that stand for others in tests, remember how they were used, and answer as they were told."""

import sys

__all__ = ["Mock", "MagicMock", "NonCallableMock", "NonCallableMagicMock", "AsyncMock", "PropertyMock", "patch", "sentinel",
           "DEFAULT", "ANY", "call", "mock_open", "create_autospec", "FILTER_DIR", "seal"]

FILTER_DIR = True


class _Sentinel:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return "sentinel." + self.name

    def __reduce__(self):
        return "sentinel." + self.name


class _Sentinels:
    def __init__(self):
        self._made = {}

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self._made.setdefault(name, _Sentinel(name))


sentinel = _Sentinels()
DEFAULT = sentinel.DEFAULT
_missing = sentinel.MISSING
_deleted = sentinel.DELETED


class _Any:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return "<ANY>"


ANY = _Any()


class InvalidSpecError(Exception):
    pass


class _Call(tuple):
    """A call: (name, positional arguments, keywords). Equal to shorter tuples that leave out the name."""

    def __new__(cls, value=(), name="", two=False):
        args, kwargs = (), {}
        for part in value:
            if isinstance(part, str):
                name = part
            elif isinstance(part, tuple):
                args = part
            elif isinstance(part, dict):
                kwargs = part
        self = tuple.__new__(cls, (args, kwargs) if two else (name, args, kwargs))
        self._mock_name = name
        self._mock_parent = None
        return self

    @property
    def args(self):
        return self[-2]

    @property
    def kwargs(self):
        return self[-1]

    def __eq__(self, other):
        if not isinstance(other, tuple):
            return NotImplemented
        if not isinstance(other, _Call):
            other = _Call(other)
        names = [c[0] if len(c) == 3 else None for c in (self, other)]
        if None not in names and names[0] != names[1]:
            return False
        return self[-2] == other[-2] and self[-1] == other[-1]

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def __call__(self, *args, **kwargs):
        return _Call((self._mock_name, args, kwargs))

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _Call(name="%s.%s" % (self._mock_name, name) if self._mock_name else name)

    def __repr__(self):
        name = self[0] if len(self) == 3 and self[0] else ""
        if not name:
            name = "call"
        elif not name.startswith("()"):
            name = "call." + name
        else:
            name = "call" + name
        return name + _arguments(self[-2], self[-1])

    def call_list(self):
        return _CallList([self])


def _arguments(args, kwargs):
    return "(%s)" % ", ".join([repr(a) for a in args] + ["%s=%r" % item for item in kwargs.items()])


call = _Call()


class _CallList(list):
    def __contains__(self, value):
        if not isinstance(value, list):
            return list.__contains__(self, value)
        return any(self[i:i + len(value)] == value for i in range(len(self) - len(value) + 1))


_OWN = ("side_effect", "return_value", "called", "call_count", "call_args", "call_args_list", "mock_calls", "method_calls")


class NonCallableMock:
    def __init__(self, spec=None, wraps=None, name=None, spec_set=None, parent=None, *, side_effect=None,
                 return_value=DEFAULT, unsafe=False, **kwargs):
        state = self.__dict__
        strict = spec_set is not None
        spec = spec_set if strict else spec
        state["_mock_wraps"] = wraps
        state["_mock_name"] = name
        state["_mock_parent"] = parent
        state["_mock_children"] = {}
        state["_mock_strict"] = strict
        state["_mock_sealed"] = False
        state["_mock_unsafe"] = unsafe
        state["_mock_spec"] = None if spec is None else list(spec) if isinstance(spec, (list, tuple)) else dir(spec)
        state["_spec_class"] = None if spec is None or isinstance(spec, (list, tuple)) else spec if isinstance(spec, type) else type(spec)
        state["_mock_return_value"] = return_value
        state["side_effect"] = side_effect
        self.reset_mock()
        self.configure_mock(**kwargs)

    def configure_mock(self, **kwargs):
        for path, value in sorted(kwargs.items(), key=lambda item: item[0].count(".")):
            *names, last = path.split(".")
            target = self
            for name in names:
                target = getattr(target, name)
            setattr(target, last, value)

    def attach_mock(self, mock, attribute):
        mock.__dict__["_mock_parent"] = self
        mock.__dict__["_mock_name"] = attribute
        setattr(self, attribute, mock)

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        state = self.__dict__
        state["called"] = False
        state["call_count"] = 0
        state["call_args"] = None
        state["call_args_list"] = _CallList()
        state["mock_calls"] = _CallList()
        state["method_calls"] = _CallList()
        if return_value:
            state["_mock_return_value"] = DEFAULT
        if side_effect:
            state["side_effect"] = None
        for child in list(state["_mock_children"].values()):
            if isinstance(child, NonCallableMock) and child is not visited:
                child.reset_mock(self, return_value=return_value, side_effect=side_effect)
        result = state["_mock_return_value"]
        if isinstance(result, NonCallableMock) and result is not self and result is not visited:
            result.reset_mock(self)

    @property
    def __class__(self):
        return type(self) if self.__dict__["_spec_class"] is None else self.__dict__["_spec_class"]

    def _get_child_mock(self, **kwargs):
        return type(self)(**kwargs)

    def __getattr__(self, name):
        state = self.__dict__
        if name.startswith("_mock_") or "_mock_children" not in state:
            raise AttributeError(name)
        if name == "return_value":
            result = state["_mock_return_value"]
            if result is DEFAULT and state["_mock_wraps"] is None:
                result = state["_mock_return_value"] = self._get_child_mock(parent=self, name="()")
            return result
        if state["_mock_spec"] is not None and name not in state["_mock_spec"]:
            raise AttributeError("Mock object has no attribute %r" % name)
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if not state["_mock_unsafe"] and (name.startswith(("assert", "assret", "asert", "aseert", "assrt")) or name in ("called_once",)):
            raise AttributeError("%r is not a valid assertion. Use a spec for the mock if %r is meant to be an attribute." % (name, name))
        child = state["_mock_children"].get(name)
        if child is _deleted or child is None and state["_mock_sealed"]:
            raise AttributeError(name)
        if child is None:
            wraps = None if state["_mock_wraps"] is None else getattr(state["_mock_wraps"], name)
            child = state["_mock_children"][name] = self._get_child_mock(parent=self, name=name, wraps=wraps)
        return child

    def __setattr__(self, name, value):
        state = self.__dict__
        if name == "return_value":
            state["_mock_return_value"] = value
            if isinstance(value, NonCallableMock) and value._mock_parent is None and value._mock_name is None:
                value.__dict__["_mock_parent"] = self
                value.__dict__["_mock_name"] = "()"
            return
        if name in _OWN or name.startswith("_mock_"):
            state[name] = value
            return
        if state["_mock_strict"] and name not in state["_mock_spec"]:
            raise AttributeError("Mock object has no attribute %r" % name)
        if name.startswith("__") and name.endswith("__"):
            state["_mock_magic"] = dict(state.get("_mock_magic", ()), **{name: value})
            return
        if isinstance(value, NonCallableMock):
            if value._mock_parent is None and value._mock_name is None:
                value.__dict__["_mock_parent"] = self
                value.__dict__["_mock_name"] = name
        state["_mock_children"][name] = value

    def __delattr__(self, name):
        if self.__dict__["_mock_children"].get(name) is _deleted:
            raise AttributeError(name)
        self.__dict__["_mock_children"][name] = _deleted

    def __dir__(self):
        return sorted(set(self.__dict__["_mock_spec"] or dir(type(self))) | set(self.__dict__["_mock_children"]))

    def _full_name(self):
        names = []
        mock = self
        while mock is not None:
            names.append(mock._mock_name or "mock")
            mock = mock._mock_parent
        text = names.pop()
        for name in reversed(names):
            text += name if name == "()" else "." + name
        return text

    def __repr__(self):
        name = self._full_name()
        spec = self.__dict__["_spec_class"]
        return "<%s%s%s id='%d'>" % (type(self).__name__, "" if name == "mock" else " name=%r" % name,
                                     "" if spec is None else " spec=%r" % spec.__name__, id(self))

    # What was called.

    def _record(self, args, kwargs):
        state = self.__dict__
        state["called"] = True
        state["call_count"] += 1
        state["call_args"] = _Call((args, kwargs), two=True)
        state["call_args_list"].append(state["call_args"])
        state["mock_calls"].append(_Call(("", args, kwargs)))
        name, mock = state["_mock_name"] or "", self
        methods = name != "()"
        while mock._mock_parent is not None and name:
            mock = mock._mock_parent
            if methods:
                mock.method_calls.append(_Call((name, args, kwargs)))
            mock.mock_calls.append(_Call((name, args, kwargs)))
            own = mock._mock_name
            if not own:
                break
            methods = methods and own != "()"
            name = own + (name if name.startswith("()") else "." + name)

    def assert_not_called(self):
        if self.call_count:
            raise AssertionError("Expected '%s' to not have been called. Called %s times.%s" % (
                self._mock_name or "mock", self.call_count, self._calls()))

    def assert_called(self):
        if not self.call_count:
            raise AssertionError("Expected '%s' to have been called." % (self._mock_name or "mock"))

    def assert_called_once(self):
        if self.call_count != 1:
            raise AssertionError("Expected '%s' to have been called once. Called %s times.%s" % (
                self._mock_name or "mock", self.call_count, self._calls()))

    def _calls(self):
        return "\nCalls: %r." % (list(self.mock_calls),) if self.mock_calls else ""

    def _shown(self, args, kwargs):
        return (self._mock_name or "mock") + _arguments(args, kwargs)

    def assert_called_with(self, /, *args, **kwargs):
        if self.call_args is None:
            raise AssertionError("expected call not found.\nExpected: %s\nActual: not called." % self._shown(args, kwargs))
        if self.call_args != (args, kwargs):
            raise AssertionError("expected call not found.\nExpected: %s\nActual: %s" % (
                self._shown(args, kwargs), self._shown(*self.call_args)))

    def assert_called_once_with(self, /, *args, **kwargs):
        if self.call_count != 1:
            raise AssertionError("Expected '%s' to be called once. Called %s times.%s" % (
                self._mock_name or "mock", self.call_count, self._calls()))
        self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, /, *args, **kwargs):
        if (args, kwargs) not in self.call_args_list:
            raise AssertionError("%s call not found" % self._shown(args, kwargs))

    def assert_has_calls(self, calls, any_order=False):
        calls = [c if isinstance(c, _Call) else _Call(c) for c in calls]
        if not any_order:
            if calls not in self.mock_calls:
                raise AssertionError("Calls not found.\nExpected: %r\nActual: %r" % (calls, list(self.mock_calls)))
            return
        rest = list(self.mock_calls)
        missing = []
        for expected in calls:
            if expected in rest:
                rest.remove(expected)
            else:
                missing.append(expected)
        if missing:
            raise AssertionError("%r does not contain all of %r in its call list, found %r instead" % (
                self._mock_name or "mock", tuple(missing), list(self.mock_calls)))


class _Callable:
    def __call__(self, /, *args, **kwargs):
        self._record(args, kwargs)
        return self._answer(args, kwargs)

    def _answer(self, args, kwargs):
        effect = self.__dict__["side_effect"]
        if effect is not None:
            if isinstance(effect, BaseException) or isinstance(effect, type) and issubclass(effect, BaseException):
                raise effect
            if callable(effect):
                result = effect(*args, **kwargs)
            else:
                if not hasattr(effect, "__next__"):
                    effect = self.__dict__["side_effect"] = iter(effect)
                result = next(effect)
                if isinstance(result, BaseException) or isinstance(result, type) and issubclass(result, BaseException):
                    raise result
            if result is not DEFAULT:
                return result
        if self.__dict__["_mock_return_value"] is DEFAULT and self.__dict__["_mock_wraps"] is not None:
            return self.__dict__["_mock_wraps"](*args, **kwargs)
        return self.return_value


class Mock(_Callable, NonCallableMock):
    pass


_DEFAULTS = {"__len__": 0, "__bool__": True, "__contains__": False, "__int__": 1, "__float__": 1.0, "__complex__": 1j,
             "__index__": 1, "__exit__": False}


def _magic(name):
    def method(self, *args, **kwargs):
        mock = getattr(self, "_mock_magic_child")(name)
        if callable(mock) and not isinstance(mock, NonCallableMock):
            return mock(self, *args, **kwargs)
        return mock(*args, **kwargs)
    method.__name__ = name
    return method


class _Magic:
    def _mock_magic_child(self, name):
        state = self.__dict__
        magic = state.setdefault("_mock_magic", {})
        if name not in magic:
            if name == "__iter__":
                mock = Mock(name=name, parent=self, side_effect=lambda: iter([]))
            elif name == "__enter__":
                mock = MagicMock(name=name, parent=self)
            elif name in _DEFAULTS:
                mock = Mock(name=name, parent=self, return_value=_DEFAULTS[name])
            elif name in ("__lt__", "__gt__", "__le__", "__ge__"):
                mock = Mock(name=name, parent=self, return_value=NotImplemented)
            else:
                mock = MagicMock(name=name, parent=self)
            magic[name] = mock
        return magic[name]

    def __getattr__(self, name):
        if name in _MAGIC and "_mock_children" in self.__dict__:
            return self._mock_magic_child(name)
        return NonCallableMock.__getattr__(self, name)

    def __str__(self):
        mock = self.__dict__.get("_mock_magic", {}).get("__str__")
        return mock() if mock is not None else repr(self)


_MAGIC = """__len__ __bool__ __contains__ __int__ __float__ __complex__ __index__ __enter__ __exit__ __iter__ __getitem__
__setitem__ __delitem__ __add__ __radd__ __iadd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __floordiv__ __mod__ __pow__
__and__ __or__ __xor__ __lshift__ __rshift__ __neg__ __pos__ __invert__ __abs__ __lt__ __gt__ __le__ __ge__""".split()
for _name in _MAGIC:
    setattr(_Magic, _name, _magic(_name))


class NonCallableMagicMock(_Magic, NonCallableMock):
    pass


class MagicMock(_Magic, Mock):
    pass


class AsyncMock(_Magic, Mock):
    """A mock whose calls are awaited."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__["await_count"] = 0
        self.__dict__["await_args"] = None
        self.__dict__["await_args_list"] = _CallList()

    def _get_child_mock(self, **kwargs):
        return (MagicMock if kwargs.get("name") == "()" else AsyncMock)(**kwargs)

    def __call__(self, /, *args, **kwargs):
        self._record(args, kwargs)

        async def answer():
            self.__dict__["await_count"] += 1
            self.__dict__["await_args"] = _Call((args, kwargs), two=True)
            self.__dict__["await_args_list"].append(self.await_args)
            result = self._answer(args, kwargs)
            return await result if hasattr(result, "__await__") and not isinstance(result, NonCallableMock) else result
        return answer()

    def assert_awaited(self):
        if not self.await_count:
            raise AssertionError("Expected %s to have been awaited." % (self._mock_name or "mock"))

    def assert_awaited_once(self):
        if self.await_count != 1:
            raise AssertionError("Expected %s to have been awaited once. Awaited %s times." % (self._mock_name or "mock", self.await_count))

    def assert_awaited_with(self, /, *args, **kwargs):
        if self.await_args is None or self.await_args != (args, kwargs):
            raise AssertionError("expected await not found.\nExpected: %s\nActual: %s" % (self._shown(args, kwargs), self.await_args))

    def assert_awaited_once_with(self, /, *args, **kwargs):
        self.assert_awaited_once()
        self.assert_awaited_with(*args, **kwargs)

    def assert_not_awaited(self):
        if self.await_count:
            raise AssertionError("Expected %s to not have been awaited. Awaited %s times." % (self._mock_name or "mock", self.await_count))


class PropertyMock(Mock):
    def __get__(self, obj, kind=None):
        return self()

    def __set__(self, obj, value):
        self(value)


def create_autospec(spec, spec_set=False, instance=False, **kwargs):
    if isinstance(spec, type):
        mock = MagicMock(spec=spec, **kwargs)
        mock.return_value = MagicMock(spec=spec)
        return mock.return_value if instance else mock
    return MagicMock(wraps=None, spec=None if callable(spec) else spec, name=getattr(spec, "__name__", None), **kwargs)


def mock_open(mock=None, read_data=""):
    import io
    handle = MagicMock(name="handle")
    mock = mock or MagicMock(name="open")

    def opened(*args, **kwargs):
        file = (io.BytesIO if isinstance(read_data, bytes) else io.StringIO)(read_data)
        for name in ("read", "readline", "readlines"):
            getattr(handle, name).side_effect = getattr(file, name)
        handle.__iter__ = Mock(side_effect=lambda: iter(file))
        handle.__enter__ = Mock(return_value=handle)
        return DEFAULT

    mock.side_effect = opened
    mock.return_value = handle
    return mock


def seal(mock):
    mock.__dict__["_mock_sealed"] = True
    for child in mock.__dict__["_mock_children"].values():
        if isinstance(child, NonCallableMock):
            seal(child)


# Patching.

class _patch:
    def __init__(self, find, attribute, new, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, kwargs={}):
        self.find = find
        self.attribute = attribute
        self.new = new
        self.spec, self.spec_set, self.autospec = spec, spec_set, autospec
        self.create = create
        self.new_callable = new_callable
        self.kwargs = kwargs
        self.attribute_name = None
        self.others = []

    def copy(self):
        made = _patch(self.find, self.attribute, self.new, self.spec, self.create, self.spec_set, self.autospec,
                      self.new_callable, self.kwargs)
        made.attribute_name = self.attribute_name
        made.others = [other.copy() for other in self.others]
        return made

    def __enter__(self):
        target = self.target = self.find()
        own = getattr(target, "__dict__", {})
        self.local = self.attribute in own
        original = own[self.attribute] if self.local else getattr(target, self.attribute, DEFAULT)
        if original is DEFAULT and not self.create:
            import builtins
            if not (isinstance(target, type(sys)) and hasattr(builtins, self.attribute)):
                raise AttributeError("%r does not have the attribute %r" % (target, self.attribute))
        self.original = original
        new = self.new
        if new is DEFAULT:
            spec = original if self.spec is True else self.spec
            kwargs = dict(self.kwargs)
            if self.autospec:
                new = create_autospec(original if self.autospec is True else self.autospec, **kwargs)
            elif self.new_callable is not None:
                new = self.new_callable(**kwargs)
            else:
                if spec is not None:
                    kwargs["spec"] = spec
                if self.spec_set is not None:
                    kwargs["spec_set"] = original if self.spec_set is True else self.spec_set
                kind = AsyncMock if _is_async(original) else MagicMock
                new = kind(name=self.attribute, **kwargs)
        setattr(target, self.attribute, new)
        if self.others or self.attribute_name is not None:
            found = {self.attribute_name: new} if self.new is DEFAULT and self.attribute_name is not None else {}
            for other in self.others:
                more = other.__enter__()
                if other.new is DEFAULT and isinstance(more, dict):
                    found.update(more)
            return found
        return new

    def __exit__(self, *details):
        for other in reversed(self.others):
            other.__exit__(*details)
        if self.local:
            setattr(self.target, self.attribute, self.original)
        else:
            delattr(self.target, self.attribute)
            if self.original is not DEFAULT and not hasattr(self.target, self.attribute):
                setattr(self.target, self.attribute, self.original)

    def start(self):
        result = self.__enter__()
        _active.append(self)
        return result

    def stop(self):
        if self not in _active:
            return None
        _active.remove(self)
        return self.__exit__(None, None, None)

    def __call__(self, item):
        if isinstance(item, type):
            for name in dir(item):
                if name.startswith(patch.TEST_PREFIX) and callable(getattr(item, name)):
                    setattr(item, name, self.copy()(getattr(item, name)))
            return item
        import functools
        patching = self

        def enter(patcher, args, kwargs):
            new = patcher.__enter__()
            if patcher.attribute_name is not None:
                kwargs.update(new)
            elif patcher.new is DEFAULT:
                args.append(new)

        if _is_async(item):
            @functools.wraps(item)
            async def patched(*args, **kwargs):
                added = []
                enter(patching, added, kwargs)
                try:
                    return await item(*args, *added, **kwargs)
                finally:
                    patching.__exit__(*sys.exc_info())
        else:
            @functools.wraps(item)
            def patched(*args, **kwargs):
                added = []
                enter(patching, added, kwargs)
                try:
                    return item(*args, *added, **kwargs)
                finally:
                    patching.__exit__(None, None, None)
        return patched


_active = []


def _is_async(item):
    import inspect
    try:
        return inspect.iscoroutinefunction(item)
    except Exception:
        return False


def _find(path):
    parts = path.split(".")
    item = __import__(parts[0])
    name = parts[0]
    for part in parts[1:]:
        name += "." + part
        try:
            item = getattr(item, part)
        except AttributeError:
            __import__(name)
            item = getattr(item, part)
    return item


def patch(target, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    path, dot, attribute = target.rpartition(".")
    if not dot:
        raise TypeError("Need a valid target to patch. You supplied: %r" % (target,))
    return _patch(lambda: _find(path), attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


def _patch_object(target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    if isinstance(target, str):
        raise TypeError("%r must be the actual object to be patched, not a str" % target)
    return _patch(lambda: target, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


def _patch_multiple(target, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    if not kwargs:
        raise ValueError("Must supply at least one keyword argument with patch.multiple")
    find = (lambda: _find(target)) if isinstance(target, str) else lambda: target
    patches = []
    for attribute, new in kwargs.items():
        made = _patch(find, attribute, new, spec, create, spec_set, autospec, new_callable, {})
        made.attribute_name = attribute
        patches.append(made)
    patches[0].others = patches[1:]
    return patches[0]


class _patch_dict:
    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self.in_dict = in_dict
        self.values = dict(values, **kwargs)
        self.clear = clear

    def __enter__(self):
        target = self.target = _find(self.in_dict) if isinstance(self.in_dict, str) else self.in_dict
        self.original = {key: target[key] for key in target}
        if self.clear:
            target.clear()
        for key, value in self.values.items():
            target[key] = value
        return target

    def __exit__(self, *details):
        self.target.clear()
        for key, value in self.original.items():
            self.target[key] = value
        return False

    def start(self):
        result = self.__enter__()
        _active.append(self)
        return result

    def stop(self):
        if self in _active:
            _active.remove(self)
            self.__exit__()

    def __call__(self, item):
        if isinstance(item, type):
            for name in dir(item):
                if name.startswith(patch.TEST_PREFIX) and callable(getattr(item, name)):
                    setattr(item, name, _patch_dict(self.in_dict, self.values, self.clear)(getattr(item, name)))
            return item
        import functools

        @functools.wraps(item)
        def patched(*args, **kwargs):
            with self:
                return item(*args, **kwargs)
        return patched


def _stop_all():
    while _active:
        _active[-1].stop()


patch.object = _patch_object
patch.multiple = _patch_multiple
patch.dict = _patch_dict
patch.stopall = _stop_all
patch.TEST_PREFIX = "test"
