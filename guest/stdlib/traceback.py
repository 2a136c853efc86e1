# Exceptions as text.

import sys

__all__ = ["extract_stack", "extract_tb", "format_exception", "format_exception_only", "format_list", "format_stack",
           "format_tb", "print_exc", "format_exc", "print_exception", "print_last", "print_stack", "print_tb",
           "clear_frames", "FrameSummary", "StackSummary", "TracebackException", "walk_stack", "walk_tb", "print_list"]

_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"
_sentinel = object()


class FrameSummary:
    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, **more):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self.line = (line or "").strip()
        self.locals = None if locals is None else {k: repr(v) for k, v in locals.items()}

    def _fields(self):
        return self.filename, self.lineno, self.name, self.line

    def __iter__(self):
        return iter(self._fields())

    def __getitem__(self, i):
        return self._fields()[i]

    def __len__(self):
        return 4

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return self._fields() == other._fields()
        return self._fields() == other if isinstance(other, tuple) else NotImplemented

    __hash__ = None

    def __repr__(self):
        return "<FrameSummary file %s, line %s in %s>" % (self.filename, self.lineno, self.name)


class StackSummary(list):
    @classmethod
    def from_list(cls, a_list):
        self = cls()
        for item in a_list:
            if not isinstance(item, FrameSummary):
                filename, lineno, name, line = item
                item = FrameSummary(filename, lineno, name, line=line)
            self.append(item)
        return self

    @classmethod
    def extract(cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        return cls.from_list([FrameSummary(f.f_code.co_filename, n, f.f_code.co_name, line=_line(f.f_code.co_filename, n))
                              for f, n in frame_gen])

    def format_frame_summary(self, frame):
        text = '  File "%s", line %s, in %s\n' % (frame.filename, frame.lineno, frame.name)
        if frame.line:
            text += "    %s\n" % frame.line
        if frame.locals:
            text += "".join(["    %s = %s\n" % item for item in sorted(frame.locals.items())])
        return text

    def format(self):
        out = []
        last, count = None, 0
        for frame in list(self) + [None]:
            key = frame and (frame.filename, frame.lineno, frame.name)
            if key is None or key != last:
                if count > 3:
                    n = count - 3
                    out.append("  [Previous line repeated %d more time%s]\n" % (n, "s" if n > 1 else ""))
                last, count = key, 0
            count += 1
            if frame is not None and count <= 3:
                out.append(self.format_frame_summary(frame))
        return out


def _line(filename, lineno):
    import linecache
    return linecache.getline(filename, lineno)


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def walk_stack(f):
    if f is None:
        f = sys._getframe(1)
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def _cut(frames, limit):
    if limit is None:
        limit = getattr(sys, "tracebacklimit", None)
        if limit is not None and limit < 0:
            limit = 0
    if limit is None:
        return frames
    return frames[:limit] if limit >= 0 else frames[limit:]


def _frames(exc, tb, limit=None):
    # The frames of a traceback object, or else those that the interpreter noted in the exception.
    if tb is not None and hasattr(tb, "tb_frame"):
        frames = [FrameSummary(f.f_code.co_filename, n, f.f_code.co_name, line=_line(f.f_code.co_filename, n))
                  for f, n in walk_tb(tb)]
        return StackSummary.from_list(_cut(frames, limit))
    note = getattr(sys, "_exception_frames", None)
    if exc is not None and note is not None:
        return StackSummary.from_list(_cut([tuple(frame) for frame in note(exc)], limit))
    return StackSummary()


def extract_tb(tb, limit=None):
    return _frames(None, tb, limit)


def extract_stack(f=None, limit=None):
    if not hasattr(sys, "_getframe"):
        return StackSummary()
    frames = list(walk_stack(sys._getframe(1) if f is None else f))
    frames = [FrameSummary(f.f_code.co_filename, n, f.f_code.co_name, line=_line(f.f_code.co_filename, n))
              for f, n in reversed(frames)]
    if limit is not None:
        frames = frames[-limit:] if limit >= 0 else frames[:-limit]
    return StackSummary.from_list(frames)


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def print_list(extracted_list, file=None):
    for text in format_list(extracted_list):
        print(text, file=sys.stderr if file is None else file, end="")


def _name(kind):
    module = getattr(kind, "__module__", "builtins")
    name = getattr(kind, "__qualname__", kind.__name__)
    return name if module in ("__main__", "builtins") else "%s.%s" % (module, name)


class TracebackException:
    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
                 compact=False, max_group_width=15, max_group_depth=10, _seen=None):
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        self.exc_type = exc_type
        self.stack = _frames(exc_value, exc_traceback, limit)
        self._value = exc_value
        try:
            self._str = str(exc_value)
        except Exception:
            self._str = "<exception str() failed>"
        self.__notes__ = getattr(exc_value, "__notes__", None)
        self.__cause__ = self.__context__ = None
        self.__suppress_context__ = bool(getattr(exc_value, "__suppress_context__", False))
        self.exceptions = None
        if exc_type is not None and issubclass(exc_type, SyntaxError):
            for name in ("filename", "lineno", "end_lineno", "text", "offset", "end_offset", "msg"):
                setattr(self, name, getattr(exc_value, name, None))
        for name in ("__cause__", "__context__"):
            inner = getattr(exc_value, name, None)
            if inner is not None and id(inner) not in seen:
                setattr(self, name, TracebackException(type(inner), inner, getattr(inner, "__traceback__", None),
                                                       limit=limit, _seen=seen))
        group = getattr(exc_value, "exceptions", None)
        if isinstance(group, tuple) and _is_group(exc_value):
            self.exceptions = [TracebackException(type(e), e, getattr(e, "__traceback__", None), limit=limit, _seen=seen)
                               for e in group]

    @classmethod
    def from_exception(cls, exc, *args, **keywords):
        return cls(type(exc), exc, getattr(exc, "__traceback__", None), *args, **keywords)

    def __str__(self):
        return self._str

    def __eq__(self, other):
        return list(self.format()) == list(other.format()) if isinstance(other, TracebackException) else NotImplemented

    __hash__ = None

    def format_exception_only(self):
        if self.exc_type is None:
            yield "NoneType: None\n"
            return
        name = _name(self.exc_type)
        if issubclass(self.exc_type, SyntaxError) and self.lineno is not None:
            yield '  File "%s", line %s\n' % (self.filename or "<string>", self.lineno)
            if self.text is not None:
                text = self.text.rstrip("\n")
                left = text.lstrip(" \n\f")
                yield "    %s\n" % left
                if self.offset is not None:
                    at = self.offset - 1 - (len(text) - len(left))
                    if at >= 0:
                        end = self.end_offset if self.end_offset not in (None, 0) else self.offset
                        width = max(1, end - self.offset)
                        yield "    %s%s\n" % ("".join([c if c.isspace() else " " for c in left[:at]]), "^" * width)
            yield "%s: %s\n" % (name, self.msg or "<no detail available>")
        else:
            yield "%s: %s\n" % (name, self._str) if self._str else name + "\n"
        notes = self.__notes__
        if notes is not None:
            for note in notes if isinstance(notes, (list, tuple)) else [repr(notes)]:
                for line in str(note).split("\n"):
                    yield line + "\n"

    def format(self, *, chain=True, _indent="", _plus=False):
        pad = lambda text: "".join([_indent + line for line in text.splitlines(True)])
        if chain:
            inner, message = None, None
            if self.__cause__ is not None:
                inner, message = self.__cause__, _CAUSE
            elif self.__context__ is not None and not self.__suppress_context__:
                inner, message = self.__context__, _CONTEXT
            if inner is not None:
                for text in inner.format(chain=chain, _indent=_indent, _plus=_plus):
                    yield text
                yield pad(message)
        if self.exceptions is None:
            if self.stack:
                yield pad("Traceback (most recent call last):\n")
                for text in self.stack.format():
                    yield pad(text)
            for text in self.format_exception_only():
                yield pad(text)
            return
        margin = _indent + "  | " if not _indent else _indent
        head = _indent[:-2]
        if self.stack:
            yield (("  + " if not _plus else head + "+ ") + "Exception Group Traceback (most recent call last):\n")
            for text in self.stack.format():
                yield "".join([margin + line for line in text.splitlines(True)])
        for text in self.format_exception_only():
            yield "".join([margin + line for line in text.splitlines(True)])
        base = margin[:-2]
        for i, e in enumerate(self.exceptions):
            yield "%s%s---------------- %d ----------------\n" % (base, "+-+" if i == 0 else "  +", i + 1)
            for text in e.format(chain=chain, _indent=base + "  | ", _plus=True):
                yield text
        yield base + "  +------------------------------------\n"

    def print(self, *, file=None, chain=True):
        for text in self.format(chain=chain):
            print(text, file=sys.stderr if file is None else file, end="")


def _is_group(exc):
    for kind in type(exc).__mro__ if hasattr(type(exc), "__mro__") else ():
        if kind.__name__ == "BaseExceptionGroup":
            return True
    return False


def _arguments(exc, value, tb):
    if value is _sentinel and tb is _sentinel:
        return (type(exc) if exc is not None else None), exc, getattr(exc, "__traceback__", None)
    if value is _sentinel or tb is _sentinel:
        raise ValueError("Both or neither of value and tb must be given")
    return (type(value) if value is not None else exc), value, tb


def format_exception(exc, value=_sentinel, tb=_sentinel, limit=None, chain=True):
    kind, value, tb = _arguments(exc, value, tb)
    return list(TracebackException(kind, value, tb, limit=limit).format(chain=chain))


def print_exception(exc, value=_sentinel, tb=_sentinel, limit=None, file=None, chain=True):
    kind, value, tb = _arguments(exc, value, tb)
    TracebackException(kind, value, tb, limit=limit).print(file=file, chain=chain)


def format_exception_only(exc, value=_sentinel):
    if value is _sentinel:
        value = exc
    return list(TracebackException(type(value) if value is not None else exc, value, None).format_exception_only())


def format_exc(limit=None, chain=True):
    return "".join(format_exception(*sys.exc_info(), limit=limit, chain=chain))


def print_exc(limit=None, file=None, chain=True):
    print_exception(*sys.exc_info(), limit=limit, file=file, chain=chain)


def print_last(limit=None, file=None, chain=True):
    raise ValueError("no last exception")


def format_tb(tb, limit=None):
    return extract_tb(tb, limit).format()


def print_tb(tb, limit=None, file=None):
    print_list(extract_tb(tb, limit), file)


def format_stack(f=None, limit=None):
    return extract_stack(f, limit).format()


def print_stack(f=None, limit=None, file=None):
    print_list(extract_stack(f, limit), file)


def clear_frames(tb):
    pass
