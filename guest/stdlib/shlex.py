# Words as a shell would split them.

__all__ = ["shlex", "split", "quote", "join"]

_SAFE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-"


class shlex:
    def __init__(self, instream=None, infile=None, posix=False, punctuation_chars=False):
        if instream is None:
            import sys
            instream = sys.stdin
        self._text = instream if isinstance(instream, str) else instream.read()
        self._at = 0
        self.infile = infile
        self.posix = posix
        self.eof = None if posix else ""
        self.commenters = "#"
        self.wordchars = "abcdfeghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
        if posix:
            self.wordchars += "".join([chr(c) for c in range(0xc0, 0x100) if c not in (0xd7, 0xf7)])
        self.whitespace = " \t\r\n"
        self.whitespace_split = False
        self.quotes = "'\""
        self.escape = "\\"
        self.escapedquotes = '"'
        self.lineno = 1
        self._pushback = []
        if punctuation_chars is True:
            punctuation_chars = "();<>|&"
        self.punctuation_chars = punctuation_chars or ""
        if self.punctuation_chars:
            self.wordchars += "~-./*?="
            for c in self.punctuation_chars:
                self.wordchars = self.wordchars.replace(c, "")

    def push_token(self, tok):
        self._pushback.insert(0, tok)

    def get_token(self):
        return self._pushback.pop(0) if self._pushback else self.read_token()

    def _char(self):
        c = self._text[self._at:self._at + 1]
        self._at += 1
        if c == "\n":
            self.lineno += 1
        return c

    def _back(self, c):
        if c == "\n":
            self.lineno -= 1
        self._at -= 1

    def read_token(self):
        token = []
        started = quoted = False
        while True:
            c = self._char()
            if not c:
                break
            if c in self.whitespace:
                if started:
                    break
            elif c in self.commenters:
                while c and c != "\n":
                    c = self._char()
                if started:
                    break
            elif self.posix and c in self.escape:
                n = self._char()
                if not n:
                    raise ValueError("No escaped character")
                token.append(n)
                started = True
            elif c in self.quotes and (self.posix or not started or self.whitespace_split):
                if not self.posix:
                    token.append(c)
                quote = c
                while True:
                    c = self._char()
                    if not c:
                        raise ValueError("No closing quotation")
                    if c == quote:
                        break
                    if self.posix and c in self.escape and quote in self.escapedquotes:
                        n = self._char()
                        if not n:
                            raise ValueError("No escaped character")
                        if n != quote and n not in self.escape:
                            token.append(c)
                        c = n
                    token.append(c)
                if not self.posix:
                    token.append(quote)
                    return "".join(token)
                started = quoted = True
            elif self.punctuation_chars and c in self.punctuation_chars:
                if started:
                    self._back(c)
                    break
                while c and c in self.punctuation_chars:
                    token.append(c)
                    c = self._char()
                if c:
                    self._back(c)
                return "".join(token)
            elif self.whitespace_split or c in self.wordchars or c in self.quotes:
                token.append(c)
                started = True
            else:
                if started:
                    self._back(c)
                    break
                return c
        text = "".join(token)
        if not text and not quoted:
            return self.eof if not started else text
        return text

    def __iter__(self):
        return self

    def __next__(self):
        token = self.get_token()
        if token == self.eof:
            raise StopIteration
        return token


def split(s, comments=False, posix=True):
    if s is None:
        raise ValueError("s argument must not be None")
    lex = shlex(s, posix=posix)
    lex.whitespace_split = True
    if not comments:
        lex.commenters = ""
    return list(lex)


def quote(s):
    if not s:
        return "''"
    for c in s:
        if c not in _SAFE:
            return "'" + s.replace("'", "'\"'\"'") + "'"
    return s


def join(split_command):
    return " ".join([quote(arg) for arg in split_command])
