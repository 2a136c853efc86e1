"""Regular expressions. The engine and its objects are in C, in the module _re."""

from _re import *

__all__ = [
    "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "compile", "purge", "escape", "error",
    "Pattern", "Match", "A", "I", "L", "M", "S", "X", "U", "ASCII", "IGNORECASE", "LOCALE", "MULTILINE", "DOTALL", "VERBOSE",
    "UNICODE", "NOFLAG", "RegexFlag",
]


class Scanner:
    """Splits a text into tokens: pairs of a pattern, and what makes a token of its matches."""

    def __init__(self, lexicon, flags=0):
        self.lexicon = lexicon
        self._actions = [(compile(pattern, flags), action) for pattern, action in lexicon]

    def scan(self, string):
        result, at = [], 0
        while True:
            for pattern, action in self._actions:
                match = pattern.match(string, at)
                if match is not None:
                    break
            else:
                break
            if match.end() == at:
                break
            at = match.end()
            if callable(action):
                self.match = match
                action = action(self, match.group())
            if action is not None:
                result.append(action)
        return result, string[at:]


class error(Exception):
    """A pattern or a template that is not valid: msg, pattern, pos, lineno and colno say what and where."""

    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        self.lineno = self.colno = None
        if pattern is not None and pos is not None:
            msg = "%s at position %d" % (msg, pos)
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = pattern[:pos].count(newline) + 1
            self.colno = pos - pattern[:pos].rfind(newline)
            if newline in pattern:
                msg = "%s (line %d, column %d)" % (msg, self.lineno, self.colno)
        super().__init__(msg)
