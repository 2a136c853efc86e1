# Looking at live objects: what kind they are, their signatures.

import sys
import types

_empty = type("_empty", (), {})
CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED, CO_GENERATOR, CO_COROUTINE = 1, 2, 4, 8, 16, 32, 128
CO_ASYNC_GENERATOR = 512


def ismodule(obj):
    return isinstance(obj, types.ModuleType)


def isclass(obj):
    return isinstance(obj, type)


def ismethod(obj):
    return isinstance(obj, types.MethodType)


def _plain():
    pass


def _generator():
    yield


_FUNCTIONS = (type(_plain), type(_generator), types.FunctionType)


def isfunction(obj):
    return isinstance(obj, _FUNCTIONS) or hasattr(obj, "__code__") and not ismethod(obj)


def isbuiltin(obj):
    return isinstance(obj, (types.BuiltinFunctionType, types.BuiltinMethodType))


def isroutine(obj):
    return isbuiltin(obj) or isfunction(obj) or ismethod(obj) or isinstance(obj, types.MethodDescriptorType)


def isgenerator(obj):
    return isinstance(obj, types.GeneratorType) and not iscoroutine(obj)


def iscoroutine(obj):
    return isinstance(obj, types.CoroutineType) and types.CoroutineType is not types.GeneratorType or \
        hasattr(obj, "cr_frame")


def isawaitable(obj):
    return iscoroutine(obj) or hasattr(type(obj), "__await__")


def isasyncgen(obj):
    return hasattr(obj, "__anext__") and hasattr(obj, "athrow")


def _flags(func):
    func = unwrap_partial(func)
    if ismethod(func):
        func = func.__func__
    return getattr(getattr(func, "__code__", None), "co_flags", 0)


def unwrap_partial(func):
    while hasattr(func, "func") and hasattr(func, "keywords"):
        func = func.func
    return func


def isgeneratorfunction(obj):
    return bool(_flags(obj) & CO_GENERATOR)


def iscoroutinefunction(obj):
    return bool(_flags(obj) & CO_COROUTINE)


def isasyncgenfunction(obj):
    return bool(_flags(obj) & CO_ASYNC_GENERATOR)


def isabstract(obj):
    return isinstance(obj, type) and bool(getattr(obj, "__abstractmethods__", None))


def isdatadescriptor(obj):
    if isclass(obj) or ismethod(obj) or isfunction(obj):
        return False
    return isinstance(obj, property) or hasattr(type(obj), "__set__") or hasattr(type(obj), "__delete__")


def ismethoddescriptor(obj):
    if isclass(obj) or ismethod(obj) or isfunction(obj):
        return False
    return hasattr(type(obj), "__get__") and not hasattr(type(obj), "__set__")


def isframe(obj):
    return hasattr(obj, "f_code")


def istraceback(obj):
    return hasattr(obj, "tb_frame")


def iscode(obj):
    return hasattr(obj, "co_code")


def getmembers(obj, predicate=None):
    names = dir(obj)
    if isclass(obj):
        for base in obj.__bases__:
            for name, value in base.__dict__.items():
                if name not in names and isinstance(value, types.DynamicClassAttribute):
                    names.append(name)
    found = []
    for name in sorted(set(names)):
        try:
            value = getattr(obj, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            found.append((name, value))
    return found


def getmembers_static(obj, predicate=None):
    return [(name, value) for name in sorted(dir(obj)) for value in [getattr_static(obj, name)]
            if predicate is None or predicate(value)]


def getattr_static(obj, attr, default=_empty):
    places = []
    if not isclass(obj):
        places.append(getattr(obj, "__dict__", {}))
        places += [base.__dict__ for base in type(obj).__mro__]
    else:
        places += [base.__dict__ for base in obj.__mro__] + [base.__dict__ for base in type(obj).__mro__]
    for place in places:
        if attr in place:
            return place[attr]
    if default is _empty:
        raise AttributeError(attr)
    return default


def getmro(cls):
    return cls.__mro__


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margin = min([len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()] or [sys.maxsize])
    lines = [lines[0].lstrip()] + [line[margin:] if margin < sys.maxsize else line for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(obj):
    doc = getattr(obj, "__doc__", None)
    if doc is None and isclass(obj):
        for base in obj.__mro__[1:-1]:
            doc = getattr(base, "__doc__", None)
            if doc is not None:
                break
    elif doc is None:
        doc = _inherited_doc(obj)
    return cleandoc(doc) if isinstance(doc, str) else None


def _inherited_doc(obj):
    # Of a method or property: what a class further up says of the same name.
    function = getattr(obj, "__func__", None) or getattr(obj, "fget", None) or obj
    path = getattr(function, "__qualname__", None)
    name = getattr(function, "__name__", None)
    if not isinstance(path, str) or "." not in path:
        return None
    self = getattr(obj, "__self__", None)
    cls = None
    if self is not None:
        cls = self if isclass(self) else type(self)
    else:
        cls = sys.modules.get(getattr(function, "__module__", None))
        for part in path.split(".")[:-1]:
            cls = getattr(cls, part, None)
    if not isclass(cls):
        return None
    for base in cls.__mro__:
        doc = getattr(base.__dict__.get(name), "__doc__", None)
        if doc is not None:
            return doc
    return None


def getmodule(obj, _filename=None):
    if ismodule(obj):
        return obj
    return sys.modules.get(getattr(obj, "__module__", None))


def getmodulename(path):
    name = path.rsplit("/", 1)[-1]
    return name[:-3] if name.endswith(".py") else None


def getfile(obj):
    code = getattr(obj, "__code__", None)
    if code is None:
        raise TypeError("%r is a built-in%s" % (obj, " class" if isclass(obj) else ""))
    return code.co_filename


getsourcefile = getfile


def getsourcelines(obj):
    import linecache
    import re
    if isinstance(obj, type):
        # A class does not know where it is: the first one of its name in the program.
        lines = linecache.getlines(sys.argv[0] if sys.argv else "<stdin>")
        start = re.compile(r"\s*class\s+%s\b" % obj.__name__)
        found = [i for i, line in enumerate(lines, 1) if start.match(line)]
        first = found[0] if found else 0
    else:
        obj = getattr(unwrap(obj), "__func__", unwrap(obj))
        code = getattr(obj, "__code__", None)
        lines = linecache.getlines(code.co_filename) if code is not None else []
        first = code.co_firstlineno if lines else 0
        # That is the first line of its body.
        name = re.escape(code.co_name) if lines else ""
        start = re.compile(r".*\blambda\b" if name == "<lambda>" else r"\s*(async\s+)?def\s+%s\b" % name)
        while first > 0 and not start.match(lines[first - 1]):
            first -= 1
    if first == 0:
        raise OSError("could not get source code")
    while first > 1 and lines[first - 2].lstrip().startswith("@"):
        first -= 1
    block = lines[first - 1:first]
    indent = len(block[0]) - len(block[0].lstrip())
    header = block[0].lstrip().startswith("@")
    for line in lines[first:]:
        if line.strip() and len(line) - len(line.lstrip()) <= indent and not header:
            break
        header = header and line.lstrip().startswith("@")
        block.append(line)
    while block and not block[-1].strip():
        block.pop()
    return block, first


def getsource(obj):
    return "".join(getsourcelines(obj)[0])


def currentframe():
    return sys._getframe(1) if hasattr(sys, "_getframe") else None


class FrameInfo(tuple):
    def __new__(cls, frame, filename, lineno, function, code_context, index):
        return super().__new__(cls, (frame, filename, lineno, function, code_context, index))

    frame, filename, lineno, function, code_context, index = [
        property(lambda self, i=i: self[i]) for i in range(6)]

    def __repr__(self):
        return ("FrameInfo(frame=%r, filename=%r, lineno=%r, function=%r, code_context=%r, index=%r)" % tuple(self))


def getframeinfo(frame, context=1):
    import linecache
    line = linecache.getline(frame.f_code.co_filename, frame.f_lineno)
    return FrameInfo(frame, frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name, [line] if line else None,
                     0 if line else None)


def getouterframes(frame, context=1):
    found = []
    while frame is not None:
        found.append(getframeinfo(frame, context))
        frame = frame.f_back
    return found


def stack(context=1):
    return getouterframes(sys._getframe(1), context)


def unwrap(func, *, stop=None):
    while hasattr(func, "__wrapped__") and (stop is None or not stop(func)):
        func = func.__wrapped__
    return func


def formatannotation(annotation, base_module=None):
    if getattr(annotation, "__module__", None) == "typing" or repr(annotation)[:7] == "typing.":
        return repr(annotation).replace("typing.", "")
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return annotation.__module__ + "." + annotation.__qualname__
    return repr(annotation)


class _Kind(int):
    @property
    def description(self):
        return ("positional-only", "positional or keyword", "variadic positional", "keyword-only",
                "variadic keyword")[int(self)]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return ("POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD", "VAR_POSITIONAL", "KEYWORD_ONLY", "VAR_KEYWORD")[int(self)]

    def __repr__(self):
        return "<_ParameterKind.%s: %d>" % (self.name, int(self))


_KINDS = [_Kind(i) for i in range(5)]


class Parameter:
    __slots__ = ("_name", "_kind", "_default", "_annotation")
    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = _KINDS
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        if default is not _empty and int(kind) in (2, 4):
            raise ValueError("%s parameters cannot have default values" % kind.description)
        if not isinstance(name, str):
            raise TypeError("name must be a str, not a %s" % type(name).__name__)
        if not name.isidentifier():
            raise ValueError("%r is not a valid parameter name" % name)
        self._name, self._kind, self._default, self._annotation = name, _KINDS[int(kind)], default, annotation

    name = property(lambda self: self._name)
    kind = property(lambda self: self._kind)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)

    def replace(self, *, name=None, kind=None, default=None, annotation=None):
        return type(self)(self._name if name is None else name, self._kind if kind is None else kind,
                          default=self._default if default is None else default,
                          annotation=self._annotation if annotation is None else annotation)

    def __str__(self):
        text = self._name
        if self._annotation is not _empty:
            text += ": " + formatannotation(self._annotation)
        if self._default is not _empty:
            text += (" = %r" if self._annotation is not _empty else "=%r") % (self._default,)
        return ("*" if int(self._kind) == 2 else "**" if int(self._kind) == 4 else "") + text

    def __repr__(self):
        return '<%s "%s">' % (type(self).__name__, self)

    def __eq__(self, other):
        if not isinstance(other, Parameter):
            return NotImplemented
        return (self._name == other._name and int(self._kind) == int(other._kind) and self._default == other._default
                and self._annotation == other._annotation)

    def __hash__(self):
        return hash((self._name, int(self._kind)))


class BoundArguments:
    def __init__(self, signature, arguments):
        self.arguments = arguments
        self.signature = signature

    @property
    def args(self):
        args = []
        for name, p in self.signature.parameters.items():
            if int(p.kind) > 2 or name not in self.arguments:
                break
            if int(p.kind) == 2:
                args.extend(self.arguments[name])
            else:
                args.append(self.arguments[name])
        return tuple(args)

    @property
    def kwargs(self):
        found = {}
        started = False
        for name, p in self.signature.parameters.items():
            if int(p.kind) > 2:
                started = True
            elif name not in self.arguments:
                started = True
                continue
            if not started or name not in self.arguments:
                continue
            if int(p.kind) == 4:
                found.update(self.arguments[name])
            else:
                found[name] = self.arguments[name]
        return found

    def apply_defaults(self):
        arguments = {}
        for name, p in self.signature.parameters.items():
            if name in self.arguments:
                arguments[name] = self.arguments[name]
            elif p.default is not _empty:
                arguments[name] = p.default
            elif int(p.kind) == 2:
                arguments[name] = ()
            elif int(p.kind) == 4:
                arguments[name] = {}
        self.arguments = arguments

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    def __repr__(self):
        return "<BoundArguments (%s)>" % ", ".join(["%s=%r" % item for item in self.arguments.items()])


class Signature:
    empty = _empty
    _parameter_cls = Parameter

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        self.parameters = types.MappingProxyType({p.name: p for p in parameters or ()})
        self.return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        return _signature(obj, follow_wrapped, eval_str)

    def replace(self, *, parameters=None, return_annotation=None):
        return type(self)(self.parameters.values() if parameters is None else parameters,
                          return_annotation=self.return_annotation if return_annotation is None else return_annotation)

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return list(self.parameters.values()) == list(other.parameters.values()) and \
            self.return_annotation == other.return_annotation

    def __hash__(self):
        return hash(tuple(self.parameters))

    def bind(self, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def _bind(self, args, kwargs, partial):
        arguments = {}
        args = list(args)
        kwargs = dict(kwargs)
        rest = None
        for name, p in self.parameters.items():
            kind = int(p.kind)
            if kind == 2:
                if args:
                    arguments[name] = tuple(args)
                    args = []
            elif kind == 4:
                rest = name
            elif kind < 2 and args:
                if kind == 1 and name in kwargs:
                    raise TypeError("multiple values for argument %r" % name)
                arguments[name] = args.pop(0)
            elif kind and name in kwargs:
                arguments[name] = kwargs.pop(name)
            elif kind == 0 and name in kwargs and p.default is _empty:
                raise TypeError("%r parameter is positional only, but was passed as a keyword" % name)
            elif p.default is _empty and not partial:
                raise TypeError("missing a required argument: %r" % name)
        if args:
            raise TypeError("too many positional arguments")
        if kwargs:
            if rest is None:
                raise TypeError("got an unexpected keyword argument %r" % next(iter(kwargs)))
            arguments[rest] = kwargs
        return BoundArguments(self, arguments)

    def __str__(self):
        parts = []
        positional_only = False
        star = True
        for p in self.parameters.values():
            kind = int(p.kind)
            if kind == 0:
                positional_only = True
            elif positional_only:
                parts.append("/")
                positional_only = False
            if kind == 2:
                star = False
            elif kind == 3 and star:
                parts.append("*")
                star = False
            parts.append(str(p))
        if positional_only:
            parts.append("/")
        text = "(%s)" % ", ".join(parts)
        if self.return_annotation is not _empty:
            text += " -> " + formatannotation(self.return_annotation)
        return text

    def __repr__(self):
        return "<Signature %s>" % self


def _of_function(func, eval_str):
    code = func.__code__
    annotations = getattr(func, "__annotations__", None) or {}
    if eval_str:
        annotations = get_annotations(func, eval_str=True)
    n, only, kwonly = code.co_argcount, getattr(code, "co_posonlyargcount", 0), code.co_kwonlyargcount
    names = code.co_varnames
    defaults = getattr(func, "__defaults__", None) or ()
    kwdefaults = getattr(func, "__kwdefaults__", None) or {}
    parameters = []

    def add(name, kind, default=_empty):
        parameters.append(Parameter(name, kind, default=default, annotation=annotations.get(name, _empty)))

    for i, name in enumerate(names[:n]):
        k = i - (n - len(defaults))
        add(name, 0 if i < only else 1, defaults[k] if k >= 0 else _empty)
    at = n + kwonly
    if code.co_flags & CO_VARARGS:
        add(names[at], 2)
        at += 1
    for name in names[n:n + kwonly]:
        add(name, 3, kwdefaults.get(name, _empty))
    if code.co_flags & CO_VARKEYWORDS:
        add(names[at], 4)
    return Signature(parameters, return_annotation=annotations.get("return", _empty))


def _signature(obj, follow_wrapped=True, eval_str=False):
    if not callable(obj):
        raise TypeError("%r is not a callable object" % (obj,))
    if ismethod(obj):
        sig = _signature(obj.__func__, follow_wrapped, eval_str)
        parameters = list(sig.parameters.values())
        return sig.replace(parameters=parameters if parameters and int(parameters[0].kind) == 2 else parameters[1:])
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda f: hasattr(f, "__signature__"))
        if ismethod(obj):
            return _signature(obj, follow_wrapped, eval_str)
    sig = getattr(obj, "__signature__", None)
    if sig is not None and isinstance(sig, Signature):
        return sig
    if hasattr(obj, "func") and hasattr(obj, "keywords"):
        sig = _signature(obj.func, follow_wrapped, eval_str)
        bound = sig.bind_partial(*obj.args, **obj.keywords).arguments
        parameters = []
        by_keyword = False
        for name, p in sig.parameters.items():
            if name in bound and int(p.kind) in (0, 1) and name not in obj.keywords:
                continue
            if name in obj.keywords:
                by_keyword = True
                p = p.replace(default=obj.keywords[name], kind=3)
            elif by_keyword and int(p.kind) == 1:
                p = p.replace(kind=3)
            parameters.append(p)
        return sig.replace(parameters=parameters)
    if isclass(obj):
        for kind in type(obj).__mro__:
            if kind is type:
                break
            if "__call__" in kind.__dict__ and isfunction(kind.__dict__["__call__"]):
                sig = _of_function(kind.__dict__["__call__"], eval_str)
                return sig.replace(parameters=list(sig.parameters.values())[1:])
        for base in obj.__mro__:
            for name in ("__new__", "__init__"):
                method = base.__dict__.get(name)
                if isinstance(method, staticmethod):
                    method = method.__func__
                if method is not None and isfunction(method):
                    sig = _signature(method, follow_wrapped, eval_str)
                    return sig.replace(parameters=list(sig.parameters.values())[1:],
                                       return_annotation=_empty if name == "__new__" else sig.return_annotation)
        if type in obj.__mro__:
            raise ValueError("no signature found for builtin type %r" % (obj,))
        for base in obj.__mro__[:-1]:
            if base.__module__ == "builtins":
                raise ValueError("no signature found for builtin type %r" % (obj,))
        return Signature()
    if isfunction(obj) and hasattr(obj, "__code__"):
        return _of_function(obj, eval_str)
    call = getattr(type(obj), "__call__", None)
    if call is not None and isfunction(call) and hasattr(call, "__code__"):
        sig = _of_function(call, eval_str)
        return sig.replace(parameters=list(sig.parameters.values())[1:])
    raise ValueError("no signature found for builtin %r" % (obj,))


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    return _signature(obj, follow_wrapped, eval_str)


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    if isclass(obj):
        found = dict(obj.__dict__.get("__annotations__", {}))
    else:
        found = dict(getattr(obj, "__annotations__", None) or {})
    if eval_str:
        names = globals
        if names is None:
            names = getattr(obj, "__globals__", None) or getattr(sys.modules.get(getattr(obj, "__module__", "")),
                                                                 "__dict__", {})
        found = {name: eval(hint, names, locals) if isinstance(hint, str) else hint for name, hint in found.items()}
    return found


class FullArgSpec(tuple):
    args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations = [
        property(lambda self, i=i: self[i]) for i in range(7)]

    def __repr__(self):
        return ("FullArgSpec(args=%r, varargs=%r, varkw=%r, defaults=%r, kwonlyargs=%r, kwonlydefaults=%r, "
                "annotations=%r)" % tuple(self))


def getfullargspec(func):
    args, defaults, kwonly, kwdefaults, annotations = [], [], [], {}, {}
    varargs = varkw = None
    sig = _signature(func, False)
    for name, p in sig.parameters.items():
        kind = int(p.kind)
        if kind < 2:
            args.append(name)
            if p.default is not _empty:
                defaults.append(p.default)
        elif kind == 2:
            varargs = name
        elif kind == 3:
            kwonly.append(name)
            if p.default is not _empty:
                kwdefaults[name] = p.default
        else:
            varkw = name
        if p.annotation is not _empty:
            annotations[name] = p.annotation
    if sig.return_annotation is not _empty:
        annotations["return"] = sig.return_annotation
    return FullArgSpec((args, varargs, varkw, tuple(defaults) or None, kwonly, kwdefaults or None, annotations))


def getgeneratorlocals(generator):
    frame = getattr(generator, "gi_frame", None)
    return dict(frame.f_locals) if frame is not None else {}


def getcoroutinestate(coroutine):
    if coroutine.cr_running:
        return CORO_RUNNING
    if coroutine.cr_frame is None:
        return CORO_CLOSED
    return CORO_SUSPENDED if getattr(coroutine, "cr_suspended", False) else CORO_CREATED


def getcoroutinelocals(coroutine):
    frame = getattr(coroutine, "cr_frame", None)
    return dict(frame.f_locals) if frame is not None else {}


class ClosureVars(tuple):
    nonlocals, globals, builtins, unbound = [property(lambda self, i=i: self[i]) for i in range(4)]

    def __repr__(self):
        return "ClosureVars(nonlocals=%r, globals=%r, builtins=%r, unbound=%r)" % tuple(self)


def getclosurevars(func):
    import builtins
    if ismethod(func):
        func = func.__func__
    if not isfunction(func):
        raise TypeError("%r is not a Python function" % (func,))
    code = func.__code__
    nonlocals = {name: cell.cell_contents for name, cell in zip(code.co_freevars, func.__closure__ or ())}
    found, builtin, unbound = {}, {}, set()
    for name in code.co_names:
        if name in func.__globals__:
            found[name] = func.__globals__[name]
        elif hasattr(builtins, name):
            builtin[name] = getattr(builtins, name)
        else:
            unbound.add(name)
    return ClosureVars((nonlocals, found, builtin, unbound))


class Attribute(tuple):
    name, kind, defining_class, object = [property(lambda self, i=i: self[i]) for i in range(4)]

    def __repr__(self):
        return "Attribute(name=%r, kind=%r, defining_class=%r, object=%r)" % tuple(self)


def classify_class_attrs(cls):
    found = []
    for name in sorted(dir(cls)):
        for base in cls.__mro__:
            if name in base.__dict__:
                obj = base.__dict__[name]
                kind = "static method" if isinstance(obj, staticmethod) else \
                    "class method" if isinstance(obj, classmethod) else "property" if isinstance(obj, property) else \
                    "method" if isroutine(obj) else "data"
                found.append(Attribute((name, kind, base, obj)))
                break
    return found


def walktree(classes, children, parent):
    results = []
    for c in sorted(classes, key=lambda c: (c.__module__, c.__name__)):
        results.append((c, c.__bases__))
        if c in children:
            results.append(walktree(children[c], children, c))
    return results


def getclasstree(classes, unique=False):
    children, roots = {}, []
    for c in classes:
        if c.__bases__:
            for parent in c.__bases__:
                if c not in children.setdefault(parent, []):
                    children[parent].append(c)
                if unique and parent in classes:
                    break
        elif c not in roots:
            roots.append(c)
    return walktree(roots + [parent for parent in children if parent not in classes], children, None)


class ArgInfo(tuple):
    args, varargs, keywords, locals = [property(lambda self, i=i: self[i]) for i in range(4)]

    def __repr__(self):
        return "ArgInfo(args=%r, varargs=%r, keywords=%r, locals=%r)" % tuple(self)


def getargs(co):
    n = co.co_argcount + co.co_kwonlyargcount
    names = list(co.co_varnames)
    more = names[n:]
    varargs = more.pop(0) if co.co_flags & CO_VARARGS else None
    return names[:n], varargs, more.pop(0) if co.co_flags & CO_VARKEYWORDS else None


def getargvalues(frame):
    code = frame.f_code
    args, varargs, keywords = getargs(code) if hasattr(code, "co_varnames") else ([], None, None)
    return ArgInfo((args, varargs, keywords, frame.f_locals))


def formatargvalues(args, varargs, varkw, locals):
    parts = ["%s=%r" % (name, locals[name]) for name in args]
    parts += ["%s%s=%r" % (star, name, locals[name]) for star, name in (("*", varargs), ("**", varkw)) if name]
    return "(%s)" % ", ".join(parts)


def indentsize(line):
    line = line.expandtabs()
    return len(line) - len(line.lstrip())


def getcallargs(func, *positional, **named):
    bound = _signature(func).bind(*positional, **named)
    bound.apply_defaults()
    return bound.arguments


GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = "CORO_CREATED", "CORO_RUNNING", "CORO_SUSPENDED", "CORO_CLOSED"


def getgeneratorstate(generator):
    if generator.gi_running:
        return GEN_RUNNING
    if generator.gi_frame is None:
        return GEN_CLOSED
    return GEN_SUSPENDED if getattr(generator, "gi_suspended", True) else GEN_CREATED
