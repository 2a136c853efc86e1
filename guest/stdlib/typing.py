# Type hints: importable, subscriptable and printable, and without any effect.
#
# One class stands for everything with arguments (List[int], Optional[str], Callable[..., T]), one for the special names.

import sys
import collections
import collections.abc
from abc import ABCMeta, abstractmethod
from types import GenericAlias

__all__ = """Annotated Any Callable ClassVar Concatenate Final ForwardRef Generic Literal Optional ParamSpec Protocol Tuple Type
TypeVar TypeVarTuple Union AbstractSet ByteString Container ContextManager Hashable ItemsView Iterable Iterator
KeysView Mapping MappingView MutableMapping MutableSequence MutableSet Sequence Sized ValuesView Awaitable
AsyncIterator AsyncIterable Coroutine Collection AsyncGenerator AsyncContextManager Reversible SupportsAbs
SupportsBytes SupportsComplex SupportsFloat SupportsIndex SupportsInt SupportsRound ChainMap Counter Deque Dict
DefaultDict List OrderedDict Set FrozenSet NamedTuple TypedDict Generator BinaryIO IO Match Pattern TextIO AnyStr
assert_type assert_never cast clear_overloads dataclass_transform final get_args get_origin get_overloads
get_type_hints is_typeddict LiteralString Never NewType no_type_check no_type_check_decorator NoReturn NotRequired
overload ParamSpecArgs ParamSpecKwargs Required reveal_type runtime_checkable Self Text TYPE_CHECKING TypeAlias
TypeGuard Unpack""".split()

TYPE_CHECKING = False
Text = str
_MISSING = object()


def _name_of(obj):
    if isinstance(obj, GenericAlias):
        return repr(obj)
    if isinstance(obj, type):
        module = getattr(obj, "__module__", "builtins")
        name = getattr(obj, "__qualname__", obj.__name__)
        return name if module in ("builtins", None) or obj in _PLAIN else "%s.%s" % (module, name)
    if obj is ...:
        return "..."
    if isinstance(obj, (list, tuple)):
        return "[%s]" % ", ".join([_name_of(item) for item in obj])
    if isinstance(obj, _FUNCTION):
        return obj.__name__
    return repr(obj)


_FUNCTION = (type(_name_of), type(len))
_PLAIN = (int, str, float, bool, bytes, list, dict, tuple, set, frozenset, object, complex, type)


def _check(arg, module=None):
    # What may stand where a type is wanted.
    if arg is None:
        return type(None)
    if isinstance(arg, str):
        return ForwardRef(arg, module=module)
    if isinstance(arg, (int, float, bytes)) or arg in (Generic, Protocol):
        raise TypeError("Plain %r is not valid as type argument" % (arg,) if arg in (Generic, Protocol) else
                        "Parameters to generic types must be types. Got %r." % (arg,))
    return arg


def _parameters(args):
    found = []
    for arg in args:
        if isinstance(arg, (TypeVar, ParamSpec, TypeVarTuple)):
            more = (arg,)
        elif isinstance(arg, (list, tuple)):
            more = _parameters(arg)
        elif isinstance(arg, type) and not isinstance(arg, GenericAlias):
            more = ()
        else:
            more = getattr(arg, "__parameters__", ())
        for parameter in more:
            if parameter not in found:
                found.append(parameter)
    return tuple(found)


def _substitute(alias, items):
    items = items if isinstance(items, tuple) else (items,)
    parameters = _parameters(alias.__args__)
    if not parameters:
        raise TypeError("%r is not a generic class" % (alias,))
    if len(parameters) == 1 and isinstance(parameters[0], TypeVarTuple):
        items = (items,)
    elif len(parameters) == 1 and isinstance(parameters[0], ParamSpec) and len(items) != 1:
        items = (list(items),)
    if len(items) != len(parameters):
        raise TypeError("Too %s arguments for %r; actual %d, expected %d"
                        % ("many" if len(items) > len(parameters) else "few", alias, len(items), len(parameters)))
    found = dict(zip(parameters, items))

    def replaced(arg):
        if isinstance(arg, (TypeVar, ParamSpec, TypeVarTuple)):
            new = found.get(arg, arg)
            return new if new is not None else type(None)
        if isinstance(arg, list):
            return [replaced(item) for item in arg]
        inner = () if isinstance(arg, type) and not isinstance(arg, GenericAlias) else _parameters((arg,))
        if inner:
            return arg[tuple([found.get(p, p) for p in inner])]
        return arg

    args = []
    for arg in alias.__args__:
        if isinstance(arg, _Unpacked):
            args.extend(found.get(arg.__origin__, (arg,)))
        else:
            args.append(replaced(arg))
    return tuple(args)


class _Hint:
    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __call__(self, *args, **keywords):
        raise TypeError("Cannot instantiate %r" % (self,))

    def __instancecheck__(self, obj):
        raise TypeError("%r cannot be used with isinstance()" % (self,))

    def __subclasscheck__(self, cls):
        raise TypeError("%r cannot be used with issubclass()" % (self,))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _Special(_Hint):
    # Any, Optional and the like. `make` gives the alias for a subscript.
    def __init__(self, name, make=None):
        self._name = self.__name__ = self.__qualname__ = name
        self._make = make
        self.__module__ = "typing"

    def __repr__(self):
        return "typing." + self._name

    def __getitem__(self, parameters):
        if self._make is None:
            raise TypeError("%r is not subscriptable" % (self,))
        return self._make(self, parameters)


class _Alias(_Hint):
    def __init__(self, origin, args, name=None):
        self.__origin__ = origin
        self.__args__ = args
        self._name = name
        self.__module__ = "typing"

    @property
    def __parameters__(self):
        return _parameters(self.__args__)

    def __repr__(self):
        name = "typing." + self._name if self._name else _name_of(self.__origin__)
        return "%s[%s]" % (name, ", ".join([_name_of(arg) for arg in self.__args__]) or "()")

    def __eq__(self, other):
        if not isinstance(other, _Alias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        try:
            return hash((self.__origin__, self.__args__))
        except TypeError:
            return hash(repr(self))

    def __getitem__(self, items):
        return type(self)(self.__origin__, tuple([_check(arg) for arg in _substitute(self, items)]), self._name)

    def __getattr__(self, name):
        if name[:2] == "__" or name in ("_name", "_special"):
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __call__(self, *args, **keywords):
        if not isinstance(self.__origin__, type):
            raise TypeError("Cannot instantiate %r" % (self,))
        made = self.__origin__(*args, **keywords)
        try:
            made.__orig_class__ = self
        except (AttributeError, TypeError):
            pass
        return made

    def __instancecheck__(self, obj):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    __subclasscheck__ = __instancecheck__

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _Special):
            raise TypeError("Cannot subclass %r" % (self,))
        entries = [self.__origin__]
        if self._name and self.__origin__ not in (Generic, Protocol):
            later = bases[[base is self for base in bases].index(True) + 1:]
            if Generic not in bases and self.__parameters__ and \
                    not [b for b in later if isinstance(b, _Alias) or isinstance(b, type) and issubclass(b, Generic)]:
                entries.append(Generic)
        elif self.__origin__ is Generic and True in [isinstance(base, _Alias) and base.__origin__ is Protocol
                                                     for base in bases]:
            return ()
        return tuple(entries)


class _Unpacked(_Alias):
    def __repr__(self):
        return "*" + repr(self.__origin__)

    def __eq__(self, other):
        return isinstance(other, _Unpacked) and self.__origin__ == other.__origin__

    def __hash__(self):
        return hash(self.__origin__)

    @property
    def __parameters__(self):
        return (self.__origin__,)


class _UnionAlias(_Alias):
    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and type(None) in args:
            return "typing.Optional[%s]" % _name_of(args[0] if args[1] is type(None) else args[1])
        return "typing.Union[%s]" % ", ".join([_name_of(arg) for arg in args])

    def __eq__(self, other):
        args = getattr(other, "__args__", None)
        if not isinstance(other, (_UnionAlias, _UNION)):
            return NotImplemented
        return set(self.__args__) == set(args)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __getitem__(self, items):
        return Union[_substitute(self, items)]

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        for arg in self.__args__:
            if issubclass(cls, arg):
                return True
        return False


try:
    _UNION = type(int | str)
except TypeError:
    _UNION = _UnionAlias


def _union(self, parameters):
    if parameters == ():
        raise TypeError("Cannot take a Union of no types.")
    args = []
    for arg in parameters if isinstance(parameters, tuple) else (parameters,):
        arg = _check(arg)
        for one in arg.__args__ if isinstance(arg, (_UnionAlias, _UNION)) else (arg,):
            if one not in args:
                args.append(one)
    if len(args) == 1:
        return args[0]
    return _UnionAlias(Union, tuple(args), "Union")


def _optional(self, parameter):
    return Union[parameter, type(None)]


class _LiteralAlias(_Alias):
    def __repr__(self):
        return "typing.Literal[%s]" % ", ".join([repr(arg) for arg in self.__args__])

    def _keys(self):
        return set([(arg, type(arg)) for arg in self.__args__])

    def __eq__(self, other):
        return self._keys() == other._keys() if isinstance(other, _LiteralAlias) else NotImplemented

    def __hash__(self):
        return hash(frozenset(self._keys()))


def _literal(self, parameters):
    args = []
    for arg in parameters if isinstance(parameters, tuple) else (parameters,):
        for one in arg.__args__ if isinstance(arg, _LiteralAlias) else (arg,):
            if not [1 for other in args if other == one and type(other) is type(one)]:
                args.append(one)
    return _LiteralAlias(Literal, tuple(args), "Literal")


def _single(self, parameter):
    if isinstance(parameter, tuple):
        raise TypeError("%r accepts only single type." % (self,))
    return _Alias(self, (_check(parameter),), self._name)


def _concatenate(self, parameters):
    parameters = parameters if isinstance(parameters, tuple) else (parameters,)
    return _Alias(self, tuple([_check(p) if p is not ... else p for p in parameters]), self._name)


class _AnnotatedAlias(_Alias):
    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        super().__init__(origin, (origin,), "Annotated")
        self.__metadata__ = metadata

    def __repr__(self):
        return "typing.Annotated[%s]" % ", ".join([_name_of(self.__origin__)] + [repr(m) for m in self.__metadata__])

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __getitem__(self, items):
        return _AnnotatedAlias(_substitute(self, items)[0], self.__metadata__)

    def __mro_entries__(self, bases):
        return (self.__origin__,)


class Annotated:
    __slots__ = ()

    def __new__(cls, *args, **keywords):
        raise TypeError("Type Annotated cannot be instantiated.")

    def __class_getitem__(cls, parameters):
        if not isinstance(parameters, tuple) or len(parameters) < 2:
            raise TypeError("Annotated[...] should be used with at least two arguments (a type and an annotation).")
        return _AnnotatedAlias(_check(parameters[0]), parameters[1:])


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(obj)

    def __repr__(self):
        return "typing.Any" if self is Any else super().__repr__()

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class Any(metaclass=_AnyMeta):
    def __new__(cls, *args, **keywords):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


NoReturn = _Special("NoReturn")
Never = _Special("Never")
Self = _Special("Self")
LiteralString = _Special("LiteralString")
TypeAlias = _Special("TypeAlias")
Union = _Special("Union", _union)
Optional = _Special("Optional", _optional)
Literal = _Special("Literal", _literal)
ClassVar = _Special("ClassVar", _single)
Final = _Special("Final", _single)
Required = _Special("Required", _single)
NotRequired = _Special("NotRequired", _single)
ReadOnly = _Special("ReadOnly", _single)
TypeGuard = _Special("TypeGuard", _single)
TypeIs = _Special("TypeIs", _single)
Concatenate = _Special("Concatenate", _concatenate)
Unpack = _Special("Unpack", lambda self, p: _Unpacked(p, (p,), "Unpack"))


class ForwardRef(_Hint):
    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError("Forward reference must be a string -- got %r" % (arg,))
        try:
            compile(arg[1:] if arg[:1] == "*" else arg, "<string>", "eval")
        except SyntaxError:
            raise SyntaxError("Forward reference must be an expression -- got %r" % (arg,)) from None
        self.__forward_arg__ = arg
        self.__forward_module__ = module

    def _evaluate(self, globalns, localns, recursive_guard=frozenset()):
        return _evaluate(self.__forward_arg__, globalns, localns)

    def __eq__(self, other):
        return self.__forward_arg__ == other.__forward_arg__ if isinstance(other, ForwardRef) else NotImplemented

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __repr__(self):
        if self.__forward_module__ is None:
            return "ForwardRef(%r)" % self.__forward_arg__
        return "ForwardRef(%r, module=%r)" % (self.__forward_arg__, self.__forward_module__)


class _Variable(_Hint):
    def __repr__(self):
        if getattr(self, "__covariant__", False):
            return "+" + self.__name__
        return ("-" if getattr(self, "__contravariant__", False) else "~") + self.__name__

    def __init_subclass__(cls, **keywords):
        pass

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass an instance of %s" % type(self).__name__)


def _caller():
    try:
        return sys._getframe(2).f_globals.get("__name__", "__main__")
    except (AttributeError, ValueError):
        return "__main__"


class TypeVar(_Variable):
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False, default=None,
                 infer_variance=False):
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        if constraints and bound is not None:
            raise TypeError("Constraints cannot be combined with bound=...")
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        self.__name__ = name
        self.__constraints__ = tuple([_check(c) for c in constraints])
        self.__bound__ = None if bound is None else _check(bound)
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        self.__module__ = _caller()


class ParamSpec(_Variable):
    def __init__(self, name, *, bound=None, covariant=False, contravariant=False, default=None):
        self.__name__ = name
        self.__bound__ = bound
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        self.__module__ = _caller()

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)


class ParamSpecArgs:
    _suffix = "args"

    def __init__(self, origin):
        self.__origin__ = origin

    def __repr__(self):
        return "%s.%s" % (self.__origin__.__name__, self._suffix)

    def __eq__(self, other):
        return type(self) is type(other) and self.__origin__ == other.__origin__

    def __hash__(self):
        return hash(self.__origin__)


class ParamSpecKwargs(ParamSpecArgs):
    _suffix = "kwargs"


class TypeVarTuple(_Variable):
    def __init__(self, name, *, default=None):
        self.__name__ = name

    def __iter__(self):
        yield _Unpacked(self, (self,), "Unpack")

    def __repr__(self):
        return self.__name__


class TypeAliasType(_Hint):
    def __init__(self, name, value, *, type_params=()):
        self.__name__ = name
        self.__value__ = value
        self.__type_params__ = self.__parameters__ = type_params

    def __repr__(self):
        return self.__name__

    def __getitem__(self, items):
        return _Alias(self, items if isinstance(items, tuple) else (items,))


class NewType(_Hint):
    def __init__(self, name, tp):
        self.__name__ = self.__qualname__ = name
        self.__supertype__ = tp
        self.__module__ = _caller()

    def __call__(self, x):
        return x

    def __repr__(self):
        return "%s.%s" % (self.__module__, self.__name__)


class Generic:
    __slots__ = ()
    _is_protocol = False

    def __class_getitem__(cls, parameters):
        parameters = parameters if isinstance(parameters, tuple) else (parameters,)
        if cls in (Generic, Protocol):
            for p in parameters:
                if not isinstance(p, (TypeVar, ParamSpec, TypeVarTuple, _Unpacked)):
                    raise TypeError("Parameters to %s[...] must all be type variables or parameter specification "
                                    "variables." % cls.__name__)
            if len(set(parameters)) != len(parameters):
                raise TypeError("Parameters to %s[...] must all be unique" % cls.__name__)
            return _Alias(cls, parameters, cls.__name__)
        expected = getattr(cls, "__parameters__", ())
        if not expected:
            raise TypeError("%r is not a generic class" % (cls,))
        if len(expected) == 1 and isinstance(expected[0], ParamSpec) and \
                not isinstance(parameters[0], (list, ParamSpec)) and parameters[0] is not ...:
            parameters = (parameters,)
        if not True in [isinstance(p, TypeVarTuple) for p in expected] and len(parameters) != len(expected):
            raise TypeError("Too %s arguments for %r; actual %d, expected %d"
                            % ("many" if len(parameters) > len(expected) else "few", cls, len(parameters),
                               len(expected)))
        return _Alias(cls, tuple([tuple(p) if isinstance(p, list) else p if p is ... else _check(p)
                                  for p in parameters]))

    def __init_subclass__(cls, *args, **keywords):
        super().__init_subclass__(*args, **keywords)
        bases = cls.__dict__.get("__orig_bases__", cls.__bases__)
        named = [base for base in bases if isinstance(base, _Alias) and base.__origin__ in (Generic, Protocol)]
        if named:
            cls.__parameters__ = named[0].__args__
            cls.__parameters__ = _parameters(cls.__parameters__)
        elif "__orig_bases__" in cls.__dict__:
            cls.__parameters__ = _parameters(bases)
        elif "__type_params__" in cls.__dict__ and cls.__type_params__:
            cls.__parameters__ = tuple(cls.__type_params__)
        else:
            cls.__parameters__ = ()


_NOT_MEMBERS = frozenset("""
    __abstractmethods__ __annotations__ __dict__ __doc__ __init__ __module__ __new__ __slots__ __subclasshook__
    __weakref__ __class_getitem__ __match_args__ __parameters__ __orig_bases__ __orig_class__ _is_protocol
    _is_runtime_protocol _abc_impl _abc_registry __qualname__ __init_subclass__ __type_params__ __static_attributes__
    __firstlineno__ __protocol_attrs__ __name__ __bases__ __class__ __hash__
""".split())


def _protocol_members(cls):
    names = set()
    for base in cls.__mro__[:-1]:
        if base in (Protocol, Generic) or base.__name__ in ("Protocol", "Generic"):
            continue
        names.update([n for n in list(base.__dict__) + list(base.__dict__.get("__annotations__", ()))
                      if n not in _NOT_MEMBERS])
    return names


class _ProtocolMeta(ABCMeta):
    def __instancecheck__(cls, instance):
        if cls.__dict__.get("_is_protocol"):
            if not getattr(cls, "_is_runtime_protocol", False):
                raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
            if cls in type(instance).__mro__ or any([kind in type(instance).__mro__ for kind in cls.__dict__.get("_abc_registry", ())]):
                return True
            for name in _protocol_members(cls):
                value = getattr(instance, name, _MISSING)
                if value is _MISSING or value is None and callable(getattr(cls, name, None)):
                    return False
            return True
        return super().__instancecheck__(instance)

    def __subclasscheck__(cls, other):
        if not cls.__dict__.get("_is_protocol") or not isinstance(other, type) or cls in other.__mro__:
            return super().__subclasscheck__(other)
        if not getattr(cls, "_is_runtime_protocol", False):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        names = _protocol_members(cls)
        for name in names:
            if not callable(getattr(cls, name, None)):
                raise TypeError("Protocols with non-method members don't support issubclass()")
        for name in names:
            if getattr(other, name, None) is None and \
                    name not in [n for b in other.__mro__ for n in b.__dict__.get("__annotations__", ())]:
                return super().__subclasscheck__(other)
        return True


class Protocol(Generic, metaclass=_ProtocolMeta):
    __slots__ = ()
    _is_protocol = True

    def __init_subclass__(cls, *args, **keywords):
        super().__init_subclass__(*args, **keywords)
        if "_is_protocol" not in cls.__dict__:
            cls._is_protocol = True in [base is Protocol for base in cls.__bases__]
        if cls._is_protocol and "__init__" not in cls.__dict__:
            cls.__init__ = _no_init
        elif not cls._is_protocol and getattr(cls, "__init__", None) is _no_init:
            for base in cls.__mro__[1:]:
                init = base.__dict__.get("__init__")
                if init is not None and init is not _no_init:
                    cls.__init__ = init
                    break


def _no_init(self, *args, **keywords):
    if type(self).__dict__.get("_is_protocol"):
        raise TypeError("Protocols cannot be instantiated")


def runtime_checkable(cls):
    if not getattr(cls, "_is_protocol", False):
        raise TypeError("@runtime_checkable can be only applied to protocol classes, got %r" % cls)
    cls._is_runtime_protocol = True
    return cls


@runtime_checkable
class SupportsInt(Protocol):
    @abstractmethod
    def __int__(self):
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    @abstractmethod
    def __float__(self):
        pass


@runtime_checkable
class SupportsComplex(Protocol):
    @abstractmethod
    def __complex__(self):
        pass


@runtime_checkable
class SupportsBytes(Protocol):
    @abstractmethod
    def __bytes__(self):
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    @abstractmethod
    def __index__(self):
        pass


@runtime_checkable
class SupportsAbs(Protocol):
    @abstractmethod
    def __abs__(self):
        pass


@runtime_checkable
class SupportsRound(Protocol):
    @abstractmethod
    def __round__(self, ndigits=0):
        pass


class _Collection(_Hint):
    # typing.List and its like: another spelling of a class.
    def __init__(self, origin, n, name):
        self.__origin__ = origin
        self._n = n
        self._name = self.__name__ = name
        self.__module__ = "typing"

    def __repr__(self):
        return "typing." + self._name

    def __call__(self, *args, **keywords):
        return self.__origin__(*args, **keywords)

    def __getitem__(self, parameters):
        parameters = parameters if isinstance(parameters, tuple) else (parameters,)
        if self._n and len(parameters) != self._n:
            raise TypeError("Too %s arguments for %r; actual %d, expected %d"
                            % ("many" if len(parameters) > self._n else "few", self, len(parameters), self._n))
        if self.__origin__ is tuple:
            parameters = tuple([p if p is ... else _check(p) for p in parameters])
        else:
            parameters = tuple([_check(p) for p in parameters])
        return _Alias(self.__origin__, parameters, self._name)

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__origin__)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self.__origin__)

    def __mro_entries__(self, bases):
        return (self.__origin__, Generic) if Generic not in bases and self._n else (self.__origin__,)

    def __getattr__(self, name):
        if name[:2] == "__" or name in ("_n", "_name"):
            raise AttributeError(name)
        return getattr(self.__origin__, name)


class _CallableAlias(_Alias):
    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and (args[0] is ... or isinstance(args[0], ParamSpec)
                               or getattr(args[0], "__origin__", None) is Concatenate):
            first = _name_of(args[0])
        else:
            first = "[%s]" % ", ".join([_name_of(arg) for arg in args[:-1]])
        return "%s.Callable[%s, %s]" % (self.__dict__.get("_module", "typing"), first, _name_of(args[-1]))

    def __getitem__(self, items):
        args = []
        for arg in _substitute(self, items):
            args.extend(arg) if isinstance(arg, (list, tuple)) else args.append(arg)
        return _CallableAlias(self.__origin__, tuple(args), "Callable")


class _CallableCollection(_Collection):
    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple) or len(parameters) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        args, result = parameters
        if isinstance(args, (list, tuple)):
            args = tuple([_check(arg) for arg in args])
        elif args is ... or isinstance(args, ParamSpec) or getattr(args, "__origin__", None) is Concatenate:
            args = (args,)
        else:
            raise TypeError("Callable[args, result]: args must be a list. Got %r" % (args,))
        return _CallableAlias(self.__origin__, args + (_check(result),), "Callable")


def _define():
    abc = collections.abc
    names = globals()
    for name, n, origin in (
        ("List", 1, list), ("Dict", 2, dict), ("Set", 1, set), ("FrozenSet", 1, frozenset), ("Tuple", 0, tuple),
        ("Type", 1, type), ("DefaultDict", 2, collections.defaultdict), ("OrderedDict", 2, collections.OrderedDict),
        ("Counter", 1, collections.Counter), ("Deque", 1, collections.deque),
        ("Hashable", 0, abc.Hashable), ("Sized", 0, abc.Sized), ("AbstractSet", 1, abc.Set),
        ("ByteString", 0, abc.ByteString), ("Awaitable", 1, 0), ("Coroutine", 3, 0), ("AsyncIterable", 1, 0),
        ("AsyncIterator", 1, 0), ("AsyncGenerator", 2, 0), ("Iterable", 1, 0), ("Iterator", 1, 0), ("Reversible", 1, 0),
        ("Container", 1, 0), ("Collection", 1, 0), ("Generator", 3, 0), ("MutableSet", 1, 0), ("Mapping", 2, 0),
        ("MutableMapping", 2, 0), ("Sequence", 1, 0), ("MutableSequence", 1, 0), ("MappingView", 1, 0),
        ("KeysView", 1, 0), ("ItemsView", 2, 0), ("ValuesView", 1, 0),
    ):
        names[name] = _Collection(origin or getattr(abc, name), n, name)
    names["Callable"] = _CallableCollection(abc.Callable, 2, "Callable")


_define()


def __getattr__(name):
    if name == "ChainMap":
        return _Collection(collections.ChainMap, 2, "ChainMap")
    if name in ("ContextManager", "AsyncContextManager"):
        import contextlib
        return _Collection(getattr(contextlib, "Abstract" + name), 1, name)
    if name in ("Pattern", "Match"):
        import re
        return _Collection(getattr(re, name), 1, name)
    raise AttributeError("module 'typing' has no attribute %r" % name)


AnyStr = TypeVar("AnyStr", bytes, str)
# Not in __all__, and used all the same.
T, KT, VT = TypeVar("T"), TypeVar("KT"), TypeVar("VT")
T_co, V_co, VT_co = [TypeVar(_name, covariant=True) for _name in ("T_co", "V_co", "VT_co")]
T_contra = TypeVar("T_contra", contravariant=True)
for _name in ("IO", "TextIO", "BinaryIO"):
    globals()[_name] = type(_name, (Generic,) if _name == "IO" else (), {"__module__": "typing"})
IO.__parameters__ = (AnyStr,)


class NamedTupleMeta(type):
    def __new__(mcls, name, bases, namespace):
        kinds = namespace.get("__annotations__", {})
        defaults = []
        for field in kinds:
            if field in namespace:
                defaults.append(field)
            elif defaults:
                raise TypeError("Non-default namedtuple field %s cannot follow default field%s %s"
                                % (field, "s" if len(defaults) > 1 else "", ", ".join(defaults)))
        made = _make_nmtuple(name, list(kinds.items()), [namespace[field] for field in defaults],
                             namespace.get("__module__", "__main__"))
        for key, value in namespace.items():
            if key in ("__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults", "_make",
                       "_replace", "_asdict"):
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key not in kinds and key not in ("__annotations__", "__module__", "__orig_bases__", "__classcell__"):
                setattr(made, key, value)
        if Generic in bases:
            made.__class_getitem__ = classmethod(lambda cls, item: _Alias(cls, item if isinstance(item, tuple) else (item,)))
        return made


def _make_nmtuple(name, types, defaults, module):
    types = [(field, _check(kind)) for field, kind in types]
    made = collections.namedtuple(name, [field for field, _ in types], defaults=defaults, module=module)
    made.__annotations__ = dict(types)
    made.__orig_bases__ = (NamedTuple,)
    return made


# NamedTuple is called to make a class, and stands among the bases of one: an object that can do both.
_NamedTuple = type.__new__(NamedTupleMeta, "NamedTuple", (), {})


class _NamedTupleFactory:
    __name__ = __qualname__ = "NamedTuple"
    __module__ = "typing"

    def __call__(self, typename, fields=None, **keywords):
        return _make_nmtuple(typename, list(keywords.items()) if fields is None else list(fields), (), _caller())

    def __mro_entries__(self, bases):
        return (_NamedTuple,)

    def __repr__(self):
        return "<function NamedTuple at %#x>" % id(self)


NamedTuple = _NamedTupleFactory()


class _TypedDictMeta(type):
    def __new__(mcls, name, bases, namespace, total=True, **keywords):
        made = type.__new__(mcls, name, (Generic, dict) if Generic in bases else (dict,), dict(namespace))
        kinds, required, optional = {}, set(), set()
        for base in bases:
            kinds.update(base.__dict__.get("__annotations__", {}))
            required.update(base.__dict__.get("__required_keys__", ()))
            optional.update(base.__dict__.get("__optional_keys__", ()))
        own = namespace.get("__annotations__", {})
        for key, kind in own.items():
            kind = _check(kind, namespace.get("__module__"))
            kinds[key] = kind
            origin = getattr(kind, "__origin__", None)
            needed = True if origin is Required else False if origin is NotRequired else total
            (required if needed else optional).add(key)
            (optional if needed else required).discard(key)
        made.__annotations__ = kinds
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(optional)
        made.__total__ = total
        return made

    def __call__(cls, *args, **keywords):
        return dict(*args, **keywords)

    def __subclasscheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")

    __instancecheck__ = __subclasscheck__


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (), {})


class _TypedDictFactory:
    __name__ = __qualname__ = "TypedDict"
    __module__ = "typing"

    def __call__(self, typename, fields=None, *, total=True, **keywords):
        namespace = {"__annotations__": dict(keywords if fields is None else fields), "__module__": _caller()}
        return _TypedDictMeta(typename, (), namespace, total=total)

    def __mro_entries__(self, bases):
        return (_TypedDict,)

    def __repr__(self):
        return "<function TypedDict at %#x>" % id(self)


TypedDict = _TypedDictFactory()


def cast(typ, val):
    return val


def assert_type(val, typ):
    return val


def reveal_type(obj):
    print("Runtime type is %r" % type(obj).__name__, file=sys.stderr)
    return obj


def assert_never(arg):
    raise AssertionError("Expected code to be unreachable, but got: %s" % repr(arg)[:100])


_overloads = {}


def _overloaded(*args, **keywords):
    raise NotImplementedError("You should not call an overloaded function. A series of @overload-decorated functions "
                              "outside a stub module should always be followed by an implementation that is not "
                              "@overload-ed.")


def _key(func):
    return getattr(func, "__module__", None), getattr(func, "__qualname__", None)


def overload(func):
    _overloads.setdefault(_key(func), []).append(func)
    return _overloaded


def get_overloads(func):
    return list(_overloads.get(_key(func), ()))


def clear_overloads():
    _overloads.clear()


def _mark(name):
    def decorator(obj):
        try:
            setattr(obj, name, True)
        except (AttributeError, TypeError):
            pass
        return obj
    return decorator


final = _mark("__final__")
override = _mark("__override__")


def no_type_check(arg):
    return _mark("__no_type_check__")(arg)


def no_type_check_decorator(decorator):
    return lambda *args, **keywords: no_type_check(decorator(*args, **keywords))


def dataclass_transform(**options):
    def decorator(obj):
        obj.__dataclass_transform__ = options
        return obj
    return decorator


def _evaluate(hint, globalns, localns):
    if hint is None:
        return type(None)
    if isinstance(hint, ForwardRef):
        hint = hint.__forward_arg__
    if isinstance(hint, str):
        value = eval(hint, globalns if globalns is not None else {}, localns if localns is not None else globalns)
        return _evaluate(value, globalns, localns)
    args = getattr(hint, "__args__", None)
    if not args or isinstance(hint, _LiteralAlias) or isinstance(hint, type) and not isinstance(hint, GenericAlias):
        return hint
    new = tuple([_evaluate(a, globalns, localns) if isinstance(a, (str, ForwardRef)) or hasattr(a, "__args__") else a
                 for a in args])
    if new == args:
        return hint
    if isinstance(hint, _AnnotatedAlias):
        return _AnnotatedAlias(new[0], hint.__metadata__)
    if isinstance(hint, _UNION) or isinstance(hint, _UnionAlias):
        return Union[new]
    if isinstance(hint, GenericAlias):
        return GenericAlias(hint.__origin__, new)
    return type(hint)(hint.__origin__, new, hint._name)


def _without_extras(hint):
    if isinstance(hint, _AnnotatedAlias):
        return _without_extras(hint.__origin__)
    if isinstance(hint, _Alias) and hint.__origin__ in (Required, NotRequired):
        return _without_extras(hint.__args__[0])
    args = getattr(hint, "__args__", None)
    if not args or isinstance(hint, (_LiteralAlias, type)) and not isinstance(hint, GenericAlias):
        return hint
    new = tuple([_without_extras(a) for a in args])
    if new == args:
        return hint
    if isinstance(hint, (_UNION, _UnionAlias)):
        return Union[new]
    if isinstance(hint, GenericAlias):
        return GenericAlias(hint.__origin__, new)
    return type(hint)(hint.__origin__, new, hint._name)


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    found = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            names = globalns
            if names is None:
                names = getattr(sys.modules.get(getattr(base, "__module__", None)), "__dict__", {})
            inside = localns
            if inside is None:
                inside = dict(getattr(base, "__dict__", {}))
            for name, hint in base.__dict__.get("__annotations__", {}).items():
                if isinstance(hint, str):
                    try:
                        found[name] = _evaluate(hint, names, None)
                        continue
                    except NameError:
                        pass
                found[name] = _evaluate(hint, names, inside)
    else:
        names = globalns
        if names is None:
            target = obj
            while hasattr(target, "__wrapped__"):
                target = target.__wrapped__
            names = getattr(target, "__globals__", None)
            if names is None:
                module = sys.modules.get(getattr(target, "__module__", "__main__"))
                names = getattr(obj, "__dict__", {}) if type(obj) is type(sys) else getattr(module, "__dict__", {})
        hints = getattr(obj, "__annotations__", None)
        if hints is None:
            raise TypeError("%r is not a module, class, method, or function." % (obj,))
        for name, hint in hints.items():
            found[name] = _evaluate(hint, names, localns)
    if not include_extras:
        found = {name: _without_extras(hint) for name, hint in found.items()}
    return found


def get_origin(tp):
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_Alias, _Collection, GenericAlias, ParamSpecArgs)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    if isinstance(tp, _UNION):
        return _UNION
    return None


def get_args(tp):
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__,) + tp.__metadata__
    if isinstance(tp, (_Alias, GenericAlias, _UNION)):
        args = tp.__args__
        if tp.__origin__ is collections.abc.Callable if not isinstance(tp, _UNION) else False:
            if not (len(args) == 2 and (args[0] is ... or isinstance(args[0], ParamSpec))):
                args = (list(args[:-1]), args[-1])
        return args
    return ()


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)


def is_protocol(tp):
    return isinstance(tp, type) and getattr(tp, "_is_protocol", False) and tp is not Protocol


def get_protocol_members(tp):
    return frozenset(_protocol_members(tp))
