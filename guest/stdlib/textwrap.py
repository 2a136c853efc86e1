# Filling paragraphs.

__all__ = ["TextWrapper", "wrap", "fill", "dedent", "indent", "shorten"]

_SPACES = "\t\n\x0b\x0c\r "
_TO_SPACE = {ord(c): " " for c in _SPACES}


def _is_word(c):
    return c.isalnum() or c in "_!\"'&.,?"


def _split_hyphens(word):
    # Where a word may be broken: after a hyphen between letters, and around an em dash.
    pieces = []
    start = i = 0
    n = len(word)
    while i < n:
        if word[i] == "-":
            run = i
            while run < n and word[run] == "-":
                run += 1
            if run - i >= 2:
                if i > start and _is_word(word[i - 1]) and run < n and (word[run].isalnum() or word[run] == "_"):
                    pieces.append(word[start:i])
                    pieces.append(word[i:run])
                    start = run
                i = run
                continue
            letters = lambda a, b: a >= 0 and b <= n and all([c.isalpha() or c == "_" for c in word[a:b]])
            before = letters(i - 2, i) or letters(i - 1, i) and letters(i - 3, i - 2) and word[i - 2] == "-"
            after = i + 2 < n and letters(i + 1, i + 2) and (letters(i + 2, i + 3) or word[i + 2:i + 3] == "-"
                                                                   and i + 3 < n and letters(i + 3, i + 4))
            if before and after:
                pieces.append(word[start:i + 1])
                start = i + 1
        i += 1
    if start < n:
        pieces.append(word[start:])
    return pieces


class TextWrapper:
    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True,
                 tabsize=8, *, max_lines=None, placeholder=" [...]"):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def _split(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate(_TO_SPACE)
        chunks = []
        i, n = 0, len(text)
        while i < n:
            start = i
            if text[i] in _SPACES:
                while i < n and text[i] in _SPACES:
                    i += 1
                chunks.append(text[start:i])
            else:
                while i < n and text[i] not in _SPACES:
                    i += 1
                if self.break_on_hyphens and "-" in text[start:i]:
                    chunks.extend(_split_hyphens(text[start:i]))
                else:
                    chunks.append(text[start:i])
        if self.fix_sentence_endings:
            for i in range(len(chunks) - 1):
                word = chunks[i].rstrip("\"'")
                if chunks[i + 1] == " " and len(word) > 1 and word[-1] in ".!?" and word[-2].islower() \
                        and word[-2] <= "z":
                    chunks[i + 1] = "  "
        return chunks

    def wrap(self, text):
        if self.width <= 0:
            raise ValueError("invalid width %r (must be > 0)" % self.width)
        if self.max_lines is not None:
            indent = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indent) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        chunks = self._split(text)
        chunks.reverse()
        lines = []
        while chunks:
            indent = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indent)
            if self.drop_whitespace and lines and not chunks[-1].strip():
                chunks.pop()
            line = []
            used = 0
            while chunks and used + len(chunks[-1]) <= width:
                used += len(chunks[-1])
                line.append(chunks.pop())
            if chunks and len(chunks[-1]) > width:
                self._break_word(chunks, line, used, width)
                used = sum([len(chunk) for chunk in line])
            if self.drop_whitespace and line and not line[-1].strip():
                used -= len(line.pop())
            if not line:
                continue
            more = chunks and not (self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip())
            if self.max_lines is None or len(lines) + 1 < self.max_lines or not more and used <= width:
                lines.append(indent + "".join(line))
                continue
            while line:
                if line[-1].strip() and used + len(self.placeholder) <= width:
                    lines.append(indent + "".join(line) + self.placeholder)
                    break
                used -= len(line.pop())
            else:
                if lines and len(lines[-1].rstrip()) + len(self.placeholder) <= self.width:
                    lines[-1] = lines[-1].rstrip() + self.placeholder
                else:
                    lines.append(indent + self.placeholder.lstrip())
            break
        return lines

    def _break_word(self, chunks, line, used, width):
        room = 1 if width < 1 else width - used
        if self.break_long_words:
            chunk = chunks[-1]
            end = room
            if self.break_on_hyphens and len(chunk) > room:
                hyphen = chunk.rfind("-", 0, room)
                if hyphen > 0 and chunk[:hyphen].strip("-"):
                    end = hyphen + 1
            line.append(chunk[:end])
            chunks[-1] = chunk[end:]
        elif not line:
            line.append(chunks.pop())

    def fill(self, text):
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **options):
    return TextWrapper(width=width, **options).wrap(text)


def fill(text, width=70, **options):
    return TextWrapper(width=width, **options).fill(text)


def shorten(text, width, **options):
    return TextWrapper(width=width, max_lines=1, **options).fill(" ".join(text.strip().split()))


def dedent(text):
    if not isinstance(text, str):
        raise TypeError("expected string or bytes-like object, got %r" % type(text).__name__)
    lines = text.split("\n")
    margin = None
    for i, line in enumerate(lines):
        body = line.lstrip(" \t")
        if not body or not line.strip():
            lines[i] = "" if not line.strip(" \t") else line
            if not body:
                continue
        indent = line[:len(line) - len(body)]
        if margin is None:
            margin = indent
        elif not indent.startswith(margin):
            same = 0
            while same < len(indent) and same < len(margin) and indent[same] == margin[same]:
                same += 1
            margin = margin[:same]
    if margin:
        lines = [line[len(margin):] if line.startswith(margin) else line for line in lines]
    return "\n".join(lines)


def indent(text, prefix, predicate=None):
    return "".join([prefix + line if (line.strip() if predicate is None else predicate(line)) else line
                    for line in text.splitlines(True)])
