# Enumerations.

import sys

__all__ = ["EnumMeta", "EnumType", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum", "auto", "unique",
           "property", "member", "nonmember", "verify", "CONTINUOUS", "NAMED_FLAGS", "UNIQUE", "FlagBoundary", "STRICT",
           "CONFORM", "EJECT", "KEEP", "global_enum", "show_flag_values"]

_MISSING = object()
_property = property


class property:
    # A property that may have the name of a member, which the class shows and its members don't.
    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget = fget
        self.fset = fset
        self.fdel = fdel
        self.__doc__ = doc or getattr(fget, "__doc__", None)
        self.name = self.clsname = None

    def __set_name__(self, owner, name):
        self.name = name
        self.clsname = owner.__name__

    def __get__(self, instance, owner=None):
        if instance is None:
            try:
                return owner._member_map_[self.name]
            except KeyError:
                raise AttributeError("%r has no attribute %r" % (owner, self.name)) from None
        if self.fget is None:
            raise AttributeError("%r has no attribute %r" % (type(instance), self.name))
        return self.fget(instance)

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError("<enum %r> cannot set attribute %r" % (self.clsname, self.name))
        return self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError("<enum %r> cannot delete attribute %r" % (self.clsname, self.name))
        return self.fdel(instance)


class auto:
    value = _MISSING

    def __init__(self, value=_MISSING):
        self.value = value

    def __repr__(self):
        return "auto(%r)" % (None if self.value is _MISSING else self.value,)


class nonmember:
    def __init__(self, value):
        self.value = value


class member:
    def __init__(self, value):
        self.value = value


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__" and name[2] != "_" and name[-3] != "_"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


def _is_private(cls_name, name):
    start = "_%s__" % cls_name
    return len(name) > len(start) and name.startswith(start) and name[len(start)] != "_" and name[-2:] != "__"


def _is_descriptor(value):
    return hasattr(value, "__get__") or hasattr(value, "__set__") or hasattr(value, "__delete__") or \
        isinstance(value, (_property, property, classmethod, staticmethod)) or type(value) in _FUNCTIONS


def _generator():
    yield


_FUNCTIONS = (type(_is_dunder), type(lambda x: x), type(_generator))
_SUNDERS = ("_order_", "_generate_next_value_", "_missing_", "_ignore_", "_numeric_repr_", "_boundary_")


class _EnumDict(dict):
    # The body of an enum class: notes the members as they are defined, and gives auto() its values.
    def __init__(self, cls_name="", generate=None):
        super().__init__()
        self._cls_name = cls_name
        self._generate = generate
        self._members = self._member_names = {}
        self._auto_called = False
        self._last_values = []
        self._ignore = ()

    def __setitem__(self, key, value):
        if _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            if key not in _SUNDERS and key[:8] != "_value_r":
                raise ValueError("_sunder_ names, such as %r, are reserved for future Enum use" % key)
            if key == "_generate_next_value_":
                if self._auto_called:
                    raise TypeError("_generate_next_value_ must be defined before members")
                self._generate = value.__func__ if isinstance(value, staticmethod) else value
            elif key == "_ignore_":
                value = value.replace(",", " ").split() if isinstance(value, str) else list(value)
                self._ignore = value
        elif _is_dunder(key) or key in self._ignore:
            pass
        elif key in self._members:
            raise TypeError("%r already defined as %r" % (key, self[key]))
        elif isinstance(value, nonmember):
            value = value.value
        elif not isinstance(value, member) and _is_descriptor(value):
            pass
        else:
            if key in self:
                raise TypeError("%r already defined as %r" % (key, self[key]))
            if isinstance(value, member):
                value = value.value
            if isinstance(value, auto):
                value = self._auto(key, value)
            elif isinstance(value, tuple) and True in [isinstance(item, auto) for item in value]:
                items = []
                for item in value:
                    if isinstance(item, auto):
                        item = self._auto(key, item)
                        self._last_values.append(item)
                    items.append(item)
                value = tuple(items)
            self._members[key] = value
            if not (self._auto_called and isinstance(value, tuple)) or value not in self._last_values:
                self._last_values.append(value)
        super().__setitem__(key, value)

    def _auto(self, key, value):
        if value.value is _MISSING:
            self._auto_called = True
            value.value = self._generate(key, 1, len(self._members), self._last_values[:])
            return value.value
        return value.value


def _types_of(cls_name, bases):
    # The data type that members have, and the enum that is extended.
    if not bases:
        return object, Enum
    first = bases[-1]
    if not issubclass(first, Enum):
        raise TypeError("new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`")
    kinds = []
    for base in bases:
        for kind in base.__mro__:
            if kind is object or kind in kinds:
                continue
            if isinstance(kind, EnumType):
                if kind._member_type_ is not object:
                    if kind._member_type_ not in kinds:
                        kinds.append(kind._member_type_)
                    break
            elif "__new__" in kind.__dict__ or kind in _BUILTINS:
                if "__dataclass_fields__" not in kind.__dict__ or "__new__" in kind.__dict__:
                    data = kind
                    if data not in _BUILTINS:
                        for parent in base.__mro__:
                            if parent is data:
                                break
                            if not isinstance(parent, EnumType):
                                data = parent
                                break
                    if data not in kinds:
                        kinds.append(data)
                    break
            elif "__dataclass_fields__" in kind.__dict__:
                kinds.append(kind)
                break
    if len(kinds) > 1:
        raise TypeError("too many data types for %r: %r" % (cls_name, set(kinds)))
    return kinds[0] if kinds else object, first


_BUILTINS = (int, str, float, complex, bytes, tuple, list, dict, set, frozenset, bool)


def _find_new(kind, namespace, member_type, first):
    # The function that makes a member, whether it is the program's own, and whether it takes the value.
    new = namespace.get("__new__")
    if new is not None:
        return new, True
    if first is not None and "_new_member_" in first.__dict__ and first.__dict__["_new_own_"]:
        return first._new_member_, True
    for base in kind.__mro__[1:]:
        if not isinstance(base, EnumType) and "__new__" in base.__dict__ and base is not object \
                and base not in _BUILTINS:
            return base.__new__, False
    return None, False


class EnumType(type):
    @classmethod
    def __prepare__(metacls, cls_name, bases, **keywords):
        generate = None
        if bases:
            _, first = _types_of(cls_name, bases)
            generate = first._generate_next_value_
        return _EnumDict(cls_name, generate)

    def __new__(metacls, cls_name, bases, namespace, *, boundary=None, _simple=False, **keywords):
        if not bases or cls_name == "Enum" and not _READY:
            cls = super().__new__(metacls, cls_name, bases, dict(namespace), **keywords)
            cls._member_map_ = {}
            cls._member_names_ = []
            cls._value2member_map_ = {}
            cls._unhashable_ = []
            cls._member_type_ = object
            cls._value_repr_ = None
            return cls
        member_type, first = _types_of(cls_name, bases)
        if first._member_names_:
            raise TypeError("<enum %r> cannot extend %r" % (cls_name, first))
        if not isinstance(namespace, _EnumDict):
            plain = namespace
            namespace = metacls.__prepare__(cls_name, bases)
            for key, value in plain.items():
                namespace[key] = value
        members = namespace._members
        if "mro" in members or "" in members:
            raise ValueError("invalid enum member name(s) %s" % "".join([repr(n) for n in members if n in ("mro", "")]))
        order = namespace.pop("_order_", None)
        ignore = namespace._ignore
        body = {key: value for key, value in namespace.items()
                if key not in members and key not in ignore and key != "_ignore_"}
        generate = body.get("_generate_next_value_")
        if generate is not None and not isinstance(generate, staticmethod):
            body["_generate_next_value_"] = staticmethod(generate)
        own_new = body.pop("__new__", None)
        if own_new is not None:
            own_new = own_new.__func__ if isinstance(own_new, staticmethod) else own_new
        cls = super().__new__(metacls, cls_name, bases, body, **keywords)
        cls._member_map_ = {}
        cls._member_names_ = []
        cls._value2member_map_ = {}
        cls._unhashable_ = []
        cls._member_type_ = member_type
        new, own = _find_new(cls, {} if own_new is None else {"__new__": own_new}, member_type, first)
        cls._new_member_ = staticmethod(new) if new is not None else None
        cls._new_own_ = own
        cls._use_args_ = new is not None
        cls._value_repr_ = _value_repr(bases)
        _choose_text(cls, bases, body, member_type, first)
        flag = Flag is not None and issubclass(cls, Flag)
        if flag:
            cls._boundary_ = boundary or body.get("_boundary_") or getattr(first, "_boundary_", None)
            cls._flag_mask_ = cls._all_bits_ = 0
        for name, value in members.items():
            _add_member(cls, name, value, member_type, new, own, flag)
        if flag:
            cls._all_bits_ = (1 << cls._flag_mask_.bit_length()) - 1
        if order is not None:
            order = order.replace(",", " ").split() if isinstance(order, str) else list(order)
            aliases = [n for n in cls._member_map_ if n not in cls._member_names_]
            if [n for n in order if n not in aliases] != cls._member_names_:
                raise TypeError("member order does not match _order_:\n  %r\n  %r" % (cls._member_names_, order))
        return cls

    def __init__(cls, *args, **keywords):
        pass

    def __call__(cls, value=_MISSING, names=_MISSING, *more, module=None, qualname=None, type=None, start=1,
                 boundary=None):
        if names is _MISSING:
            if value is _MISSING:
                raise TypeError("EnumType.__call__() missing 1 required positional argument: 'value'")
            if value.__class__ is cls:
                return value
            try:
                found = cls._value2member_map_.get(value)
            except TypeError:
                found = None
            if found is not None:
                return found
            return _lookup(cls, value)
        if more or (cls._member_map_ and names is not _MISSING):
            return _lookup(cls, (value, names) + more)
        return _functional(cls, value, names, module, qualname, type, start, boundary)

    def __bool__(cls):
        return True

    def __contains__(cls, value):
        if not isinstance(value, Enum):
            raise TypeError("unsupported operand type(s) for 'in': '%s' and '%s'"
                            % (type(value).__qualname__, cls.__class__.__qualname__))
        return isinstance(value, cls) and value._name_ in cls._member_map_ or \
            isinstance(value, cls) and Flag is not None and issubclass(cls, Flag)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __getattr__(cls, name):
        raise AttributeError(name)

    def __iter__(cls):
        members = cls._member_map_
        return iter([members[name] for name in cls._member_names_])

    def __reversed__(cls):
        members = cls._member_map_
        return iter([members[name] for name in reversed(cls._member_names_)])

    def __len__(cls):
        return len(cls._member_names_)

    @_property
    def __members__(cls):
        from types import MappingProxyType
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        if Flag is not None and issubclass(cls, Flag):
            return "<flag %r>" % cls.__name__
        return "<enum %r>" % cls.__name__

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", ()):
            raise AttributeError("cannot reassign member %r" % name)
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls.__dict__.get("_member_map_", ()):
            raise AttributeError("%r cannot delete member %r." % (cls.__name__, name))
        super().__delattr__(name)

    def __dir__(cls):
        names = set(["__class__", "__contains__", "__doc__", "__getitem__", "__iter__", "__len__", "__members__",
                     "__module__", "__name__", "__qualname__"])
        names.update(cls._member_names_)
        if cls._new_member_ is not None and cls._new_member_ is not object.__new__:
            names.add("__new__")
        if cls.__init_subclass__ is not object.__init_subclass__:
            names.add("__init_subclass__")
        if cls._member_type_ is not object:
            names.update(dir(cls._member_type_))
        return sorted(names)

    def _convert_(cls, name, module, filter, source=None, *, boundary=None, as_global=False):
        # A new enum of the constants of a module.
        space = sys.modules[module].__dict__
        source = space if source is None else source.__dict__
        members = [(key, source[key]) for key in source.keys() if filter(key)]
        try:
            members.sort(key=lambda item: (item[1], item[0]))
        except TypeError:
            members.sort(key=lambda item: item[0])
        made = cls(name, members, module=module, boundary=boundary or KEEP)
        made.__reduce_ex__ = lambda self, protocol: self._name_
        if as_global:
            global_enum(made)
        else:
            space.update(made.__members__)
        space[name] = made
        return made


def _value_repr(bases):
    # How the values of members are shown: by the data type's own repr(), if that is one of a program.
    for base in bases:
        for kind in base.__mro__:
            if kind is object:
                continue
            if isinstance(kind, EnumType):
                return kind._value_repr_
            if kind in _BUILTINS:
                return kind.__repr__
            if "__repr__" in kind.__dict__:
                if "__dataclass_fields__" in kind.__dict__ and kind.__dict__["__dataclass_params__"].repr:
                    return _dataclass_repr
                return kind.__dict__["__repr__"]
    return None


def _dataclass_repr(value):
    fields = value.__dataclass_fields__
    return ", ".join(["%s=%r" % (name, getattr(value, name)) for name in fields if fields[name].repr])


EnumMeta = EnumType
_READY = False
Flag = Enum = ReprEnum = None


def _choose_text(cls, bases, body, member_type, first):
    # The data type's own ways to show itself are kept from getting in front of the enum's.
    for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
        if name in body:
            continue
        if name == "__format__" and "__str__" in body:
            cls.__format__ = Enum.__format__
            continue
        for base in cls.__mro__[1:]:
            if isinstance(base, EnumType):
                break
            if base in _BUILTINS or name in base.__dict__:
                if base in member_type.__mro__:
                    setattr(cls, name, getattr(first, name))
                break
    if ReprEnum is not None and ReprEnum in bases:
        if member_type is object:
            raise TypeError("ReprEnum subclasses must be mixed with a data type (i.e. int, str, float, etc.)")
        if "__format__" not in body and "__str__" not in body:
            cls.__format__ = member_type.__format__
        if "__str__" not in body:
            cls.__str__ = member_type.__str__ if member_type in _BUILTINS or "__str__" in member_type.__dict__ \
                else member_type.__repr__


def _add_member(cls, name, value, member_type, new, own, flag):
    args = value if isinstance(value, tuple) else (value,)
    if member_type is tuple:
        args = (value,)
    if new is not None:
        self = new(cls, *args)
    elif member_type is object or member_type not in _BUILTINS and not _in_builtin(member_type):
        self = object.__new__(cls)
    else:
        self = member_type.__new__(cls, *args)
    if not hasattr(self, "_value_"):
        if member_type is object or own:
            self._value_ = value
        elif new is None and not _in_builtin(member_type):
            self._value_ = member_type(*args)
        else:
            try:
                self._value_ = member_type(*args)
            except TypeError as e:
                raise TypeError("_value_ not set in __new__, unable to create it") from None
    value = self._value_
    self._name_ = name
    self.__objclass__ = cls
    self._sort_order_ = len(cls._member_names_)
    init = type(self).__init__
    if init is not Enum.__init__ and init is not object.__init__:
        init(self, *args)
        value = self._value_
    for other in cls._member_map_.values():
        if other._value_ == value:
            _show_member(cls, name, other)
            cls._member_map_[name] = other
            return
    cls._member_map_[name] = self
    if not flag or _is_single_bit(value):
        cls._member_names_.append(name)
    if flag and isinstance(value, int):
        if value >= 0:
            cls._flag_mask_ |= value
    _show_member(cls, name, self)
    try:
        cls._value2member_map_[value] = self
    except TypeError:
        cls._unhashable_.append(value)


def _show_member(cls, name, member):
    for base in cls.__mro__[1:]:
        found = base.__dict__.get(name)
        if isinstance(found, (property, _property)):
            member = property(found.fget)  # gives the member itself to who asks the class
            member.__set_name__(cls, name)
            break
    type.__setattr__(cls, name, member)


def _in_builtin(kind):
    return True in [base in _BUILTINS for base in kind.__mro__]


def _is_single_bit(value):
    return isinstance(value, int) and value > 0 and value & (value - 1) == 0


def _lookup(cls, value):
    for found in cls._member_map_.values():
        if found._value_ == value:
            return found
    error = None
    try:
        result = cls._missing_(value)
    except Exception as e:
        error = e
        result = None
    if isinstance(result, cls):
        return result
    if Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT and isinstance(result, int):
        return result
    problem = ValueError("%r is not a valid %s" % (value, cls.__qualname__))
    if error is None:
        if result is None:
            raise problem
        raise TypeError("error in %s._missing_: returned %r instead of None or a valid member"
                        % (cls.__name__, result))
    if not isinstance(error, ValueError):
        error.__context__ = problem
    raise error


def _functional(cls, class_name, names, module, qualname, mixin, start, boundary):
    metacls = type(cls)
    bases = (cls,) if mixin is None else (mixin, cls)
    body = metacls.__prepare__(class_name, bases)
    if isinstance(names, str):
        names = names.replace(",", " ").split()
    if isinstance(names, dict):
        names = list(names.items())
    last = []
    for i, item in enumerate(names):
        if isinstance(item, str):
            name, value = item, cls._generate_next_value_(item, start, i, last[:])
            last.append(value)
        else:
            name, value = item
        body[name] = value
    if module is None:
        try:
            module = sys._getframe(2).f_globals["__name__"]
        except (AttributeError, ValueError, KeyError):
            module = "__main__"
    body["__module__"] = module
    if qualname is not None:
        body["__qualname__"] = qualname
    return metacls.__new__(metacls, class_name, bases, body, boundary=boundary)


class Enum(metaclass=EnumType):
    def __new__(cls, value):
        if type(value) is cls:
            return value
        return _lookup(cls, value)

    def __init__(self, *args, **keywords):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        try:
            return max(last_values) + 1
        except TypeError:
            pass
        for value in reversed(last_values):
            try:
                return value + 1
            except TypeError:
                pass
        return start

    @classmethod
    def _missing_(cls, value):
        return None

    @_property
    def name(self):
        return self._name_

    @name.setter
    def name(self, value):
        raise AttributeError("<enum 'Enum'> cannot set attribute 'name'")

    @name.deleter
    def name(self):
        raise AttributeError("<enum 'Enum'> cannot delete attribute 'name'")

    @_property
    def value(self):
        return self._value_

    @value.setter
    def value(self, value):
        raise AttributeError("<enum 'Enum'> cannot set attribute 'value'")

    @value.deleter
    def value(self):
        raise AttributeError("<enum 'Enum'> cannot delete attribute 'value'")

    def __repr__(self):
        show = type(self)._value_repr_ or repr
        return "<%s.%s: %s>" % (type(self).__name__, self._name_, show(self._value_))

    def __str__(self):
        return "%s.%s" % (type(self).__name__, self._name_)

    def __format__(self, spec):
        return str.__format__(str(self), spec)

    def __dir__(self):
        cls = type(self)
        names = set() if cls._member_type_ is object else set(object.__dir__(self))
        names.update([name for name in getattr(self, "__dict__", ()) if name[0] != "_"])
        for kind in cls.__mro__:
            members = kind.__dict__.get("_member_map_", ())
            names.update([name for name in kind.__dict__ if name[0] != "_" and name not in members])
        names.update(["__class__", "__doc__", "__eq__", "__hash__", "__module__"])
        return sorted(names)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, protocol):
        return type(self), (self._value_,)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


_READY = True


class ReprEnum(Enum):
    pass


class FlagBoundary(Enum):
    STRICT = "strict"
    CONFORM = "conform"
    EJECT = "eject"
    KEEP = "keep"

    def __str__(self):
        return self._value_


STRICT, CONFORM, EJECT, KEEP = FlagBoundary



class IntEnum(int, ReprEnum):
    def __str__(self):
        return int.__repr__(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)


class StrEnum(str, ReprEnum):
    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError("too many arguments for str(): %r" % (values,))
        if not isinstance(values[0], str):
            raise TypeError("%r is not a string" % (values[0],))
        if len(values) >= 2 and not isinstance(values[1], str):
            raise TypeError("encoding must be a string, not %r" % (values[1],))
        if len(values) == 3 and not isinstance(values[2], str):
            raise TypeError("errors must be a string, not %r" % (values[2],))
        value = str(*values)
        self = str.__new__(cls, value)
        self._value_ = value
        return self

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return self._value_

    def __format__(self, spec):
        return format(self._value_, spec)


def _bits(value):
    while value:
        bit = value & -value
        yield bit
        value &= ~bit


class Flag(Enum):
    _boundary_ = STRICT

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start if start is not None else 1
        last = max(last_values)
        try:
            return 1 << last.bit_length()
        except AttributeError:
            raise TypeError("invalid flag value %r" % (last,)) from None

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        mask, every = cls._flag_mask_, cls._all_bits_
        unknown = None
        if not ~every <= value <= every or value & (every ^ mask):
            if cls._boundary_ is STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError("%r invalid value %r\n    given %s\n  allowed %s"
                                 % (cls, value, _binary(value, width), _binary(mask, width)))
            if cls._boundary_ is CONFORM:
                value &= mask
            elif cls._boundary_ is EJECT:
                return value
            elif value < 0:
                value = max(every + 1, 1 << value.bit_length()) + value
        if value < 0:
            value += every + 1
        found = cls._value2member_map_.get(value)
        if found is not None:
            return found
        if cls._member_type_ is object:
            self = object.__new__(cls)
        else:
            self = cls._member_type_.__new__(cls, value)
        self._value_ = value
        self._name_ = None
        names = [m._name_ for m in cls if m._value_ & value]
        unknown = value & ~mask
        if names:
            self._name_ = "|".join(names)
            if unknown:
                self._name_ += "|%s" % cls._numeric_repr_(unknown)
        cls._value2member_map_[value] = self
        return self

    _numeric_repr_ = repr

    def __contains__(self, other):
        if not isinstance(other, type(self)):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r"
                            % (type(other).__qualname__, type(self).__qualname__))
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        for member in type(self):
            if member._value_ & self._value_:
                yield member

    def __len__(self):
        return len(list(_bits(self._value_)))

    def __repr__(self):
        show = type(self)._value_repr_ or repr
        if self._name_ is None:
            return "<%s: %s>" % (type(self).__name__, show(self._value_))
        return "<%s.%s: %s>" % (type(self).__name__, self._name_, show(self._value_))

    def __str__(self):
        if self._name_ is None:
            return "%s(%r)" % (type(self).__name__, self._value_)
        return "%s.%s" % (type(self).__name__, self._name_)

    def __bool__(self):
        return bool(self._value_)

    def _other(self, other):
        if isinstance(other, type(self)):
            return other._value_
        if type(self)._member_type_ is not object and isinstance(other, type(self)._member_type_):
            return int(other)
        return None

    def __or__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else type(self)(self._value_ | value)

    def __and__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else type(self)(self._value_ & value)

    def __xor__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else type(self)(self._value_ ^ value)

    def __invert__(self):
        cls = type(self)
        if cls._boundary_ in (EJECT, KEEP):
            return cls(~self._value_)
        return cls(cls._flag_mask_ & ~self._value_)

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__


def _binary(value, width):
    if value < 0:
        value += 1 << (width + 1) if -value <= 1 << width else 1 << (value.bit_length() + 1)
        return "0b1 " + bin(value & ((1 << width) - 1))[2:].rjust(width, "1")
    return "0b0 " + bin(value)[2:].rjust(width, "0")


class IntFlag(int, Flag):
    _boundary_ = KEEP
    __or__ = __ror__ = Flag.__or__
    __and__ = __rand__ = Flag.__and__
    __xor__ = __rxor__ = Flag.__xor__
    __invert__ = Flag.__invert__
    __bool__ = Flag.__bool__
    __contains__ = Flag.__contains__
    __iter__ = Flag.__iter__

    def __repr__(self):
        return Flag.__repr__(self)

    def __str__(self):
        return int.__repr__(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)

    def __len__(self):
        return len(list(_bits(self._value_)))

    def __hash__(self):
        return hash(self._value_)


def unique(enumeration):
    twins = [(name, m._name_) for name, m in enumeration.__members__.items() if name != m._name_]
    if twins:
        raise ValueError("duplicate values found in %r: %s"
                         % (enumeration, ", ".join(["%s -> %s" % twin for twin in twins])))
    return enumeration


class EnumCheck(StrEnum):
    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        for check in self.checks:
            if check is UNIQUE:
                twins = [(name, m._name_) for name, m in enumeration.__members__.items() if name != m._name_]
                if twins:
                    raise ValueError("aliases found in %r: %s"
                                     % (enumeration, ", ".join(["%s -> %s" % twin for twin in twins])))
            elif check is CONTINUOUS:
                values = set([m._value_ for m in enumeration])
                if len(values) < 2:
                    continue
                low, high = min(values), max(values)
                if issubclass(enumeration, Flag):
                    missing = [1 << i for i in range(low.bit_length(), high.bit_length() - 1) if 1 << i not in values]
                else:
                    missing = [i for i in range(low + 1, high) if i not in values]
                if missing:
                    raise ValueError(("invalid %s %r: missing values %s" % (
                        "flag" if issubclass(enumeration, Flag) else "enum", enumeration.__name__,
                        ", ".join([str(m) for m in missing])))[:256])
            elif check is NAMED_FLAGS:
                known = [m._value_ for m in enumeration]
                bad, missing = [], 0
                for name, alias in enumeration._member_map_.items():
                    if name in enumeration._member_names_ or alias._value_ < 0:
                        continue
                    unnamed = [bit for bit in _bits(alias._value_) if bit not in known]
                    if unnamed:
                        bad.append(name)
                        for bit in unnamed:
                            missing |= bit
                if bad:
                    what = "alias %s is missing" % bad[0] if len(bad) == 1 else \
                        "aliases %s and %s are missing" % (", ".join(bad[:-1]), bad[-1])
                    raise ValueError("invalid Flag %r: %s combined values of 0x%x [use enum.show_flag_values(value) "
                                     "for details]" % (enumeration.__name__, what, missing))
        return enumeration


def show_flag_values(value):
    return list(_bits(int(value)))


def global_enum(cls, update_str=False):
    def __repr__(self):
        return "%s.%s" % (cls.__module__.split(".")[-1], self._name_)
    cls.__repr__ = __repr__
    module = sys.modules.get(cls.__module__)
    if module is not None:
        for name, value in cls.__members__.items():
            setattr(module, name, value)
    return cls
