# Warnings: shown on standard error, once a place, or recorded, or raised.

import sys

filters = []
_once = {}
_default = "default"
showwarning = None


class WarningMessage:
    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source

    def __str__(self):
        return "{message : %r, category : %r, filename : %r, lineno : %s, line : %r}" % (
            self.message, self.category.__name__, self.filename, self.lineno, self.line)


def formatwarning(message, category, filename, lineno, line=None):
    text = "%s:%s: %s: %s\n" % (filename, lineno, category.__name__, message)
    if line:
        text += "  %s\n" % line.strip()
    return text


def _showwarning(message, category, filename, lineno, file=None, line=None):
    print(formatwarning(message, category, filename, lineno, line), file=file or sys.stderr, end="")


showwarning = _showwarning


def _matches(pattern, text):
    if not pattern:
        return True
    import re
    return re.match(pattern, text, re.I) is not None


def _action(text, category, module, lineno):
    for action, message, kind, mod, line in filters:
        if issubclass(category, kind) and _matches(message, text) and (not mod or _matches(mod, module)) and \
                line in (0, lineno):
            return action
    if issubclass(category, (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)):
        if not issubclass(category, DeprecationWarning) or module != "__main__":
            return "ignore"
    return _default


def warn(message, category=None, stacklevel=1, source=None):
    filename, lineno, module = "<sandbox>", 1, "__main__"
    try:
        frame = sys._getframe(stacklevel)
        filename, lineno = frame.f_code.co_filename, frame.f_lineno
        module = frame.f_globals.get("__name__", "__main__")
    except (AttributeError, ValueError):
        pass
    warn_explicit(message, category, filename, lineno, module)


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    if isinstance(message, Warning):
        category = type(message)
        text = str(message)
    else:
        category = UserWarning if category is None else category
        if not (isinstance(category, type) and issubclass(category, Warning)):
            raise TypeError("category must be a Warning subclass, not '%s'" % type(category).__name__)
        text = message
        message = category(message)
    action = _action(text, category, module or filename, lineno)
    if action == "ignore":
        return
    if action == "error":
        raise message
    if action != "always":
        key = (text, category) if action == "once" else (text, category, filename, 0 if action == "module" else lineno)
        if key in _once:
            return
        _once[key] = True
    if _recorder:
        _recorder[-1].append(WarningMessage(message, category, filename, lineno))
        return
    line = None
    if showwarning is _showwarning:
        import linecache
        line = linecache.getline(filename, lineno)
    showwarning(message, category, filename, lineno, None, line) if line else \
        showwarning(message, category, filename, lineno)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    if action not in ("error", "ignore", "always", "default", "module", "once"):
        raise AssertionError("invalid action: %r" % (action,))
    item = (action, message, category, module, lineno)
    _once.clear()
    if item in filters:
        filters.remove(item)
    if append:
        filters.append(item)
    else:
        filters.insert(0, item)


def simplefilter(action, category=Warning, lineno=0, append=False):
    filterwarnings(action, "", category, "", lineno, append)


def resetwarnings():
    filters.clear()
    _once.clear()


_recorder = []


class catch_warnings:
    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._filter = None if action is None else (action, category, lineno, append)

    def __enter__(self):
        global showwarning
        self._saved = filters[:], showwarning, _once.copy()
        _once.clear()
        if self._filter is not None:
            simplefilter(*self._filter)
        if self._record:
            showwarning = _showwarning
            log = []
            _recorder.append(log)
            return log

    def __exit__(self, *details):
        global showwarning
        filters[:], showwarning, old = self._saved
        _once.clear()
        _once.update(old)
        if self._record:
            _recorder.pop()
