# Shell patterns.

import re
from functools import lru_cache

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]


@lru_cache(256)
def _compiled(pattern):
    if isinstance(pattern, bytes):
        return re.compile(translate(pattern.decode("latin-1")).encode("latin-1")).match
    return re.compile(translate(pattern)).match


def fnmatchcase(name, pat):
    return _compiled(pat)(name) is not None


def fnmatch(name, pat):
    from os import fspath
    return fnmatchcase(fspath(name), fspath(pat))


def filter(names, pat):
    return [name for name in names if fnmatch(name, pat)]


def translate(pat):
    segments, out = [], []  # between stars
    i, n = 0, len(pat)
    while i < n:
        c = pat[i]
        i += 1
        if c == "*":
            while i < n and pat[i] == "*":
                i += 1
            segments.append(out)
            out = []
        elif c == "?":
            out.append(".")
        elif c == "[":
            j = i + 1 if i < n and pat[i] == "!" else i
            j = pat.find("]", j + 1)
            if j < 0:
                out.append("\\[")
                continue
            inside = pat[i:j]
            i = j + 1
            negate = inside[:1] == "!"
            if negate:
                inside = inside[1:]
            items = []
            k = 0
            while k < len(inside):
                if inside[k + 1:k + 2] == "-" and k + 2 < len(inside):
                    if inside[k] <= inside[k + 2]:
                        items.append("%s-%s" % (_class(inside[k]), _class(inside[k + 2])))
                    k += 3
                else:
                    items.append(_class(inside[k]))
                    k += 1
            if items and inside[0] == "]" and items[0] == "\\]" and not negate:
                items[0] = "]"  # as the first it needs no backslash
            if items:
                out.append("[%s%s]" % ("^" if negate else "", "".join(items)))
            else:
                out.append("." if negate else "(?!)")
        else:
            out.append(re.escape(c))
    first, *middle = ["".join(segment) for segment in segments + [out]]
    if not middle:
        return "(?s:%s)\\Z" % first
    # The first match of each is as good as any other, so none is tried again.
    last = middle.pop()
    return "(?s:%s%s.*%s)\\Z" % (first, "".join(["(?>.*?%s)" % segment for segment in middle]), last)


def _class(c):
    return "\\" + c if c in "\\]^-[&~|" else c
