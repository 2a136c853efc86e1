# String constants, templates, and the machinery of str.format for programs that extend it.

import re as _re
from collections import ChainMap as _ChainMap

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join([word.capitalize() for word in s.split(sep)])


_MISSING = object()


class Template:
    delimiter = "$"
    idpattern = "(?a:[_a-z][_a-z0-9]*)"
    braceidpattern = None
    flags = _re.IGNORECASE

    def __init__(self, template):
        self.template = template

    def __init_subclass__(cls):
        super().__init_subclass__()
        cls._regex()

    @classmethod
    def _regex(cls):
        found = cls.__dict__.get("_compiled")
        if found is None:
            pattern = cls.__dict__.get("pattern")
            if pattern is None:
                pattern = "%s(?:(?P<escaped>%s)|(?P<named>%s)|{(?P<braced>%s)}|(?P<invalid>))" % (
                    _re.escape(cls.delimiter), _re.escape(cls.delimiter), cls.idpattern,
                    cls.braceidpattern or cls.idpattern)
            found = cls.pattern = _re.compile(pattern, cls.flags | _re.VERBOSE) if isinstance(pattern, str) else pattern
            cls._compiled = found
        return found

    def _complain(self, match):
        before = self.template[:match.start("invalid")]
        lines = before.splitlines(True)
        if lines:
            column = len(before) - len("".join(lines[:-1]))
        else:
            column = 1
        raise ValueError("Invalid placeholder in string: line %d, col %d" % (len(lines) or 1, column))

    def _fill(self, mapping, keywords, safe):
        if mapping is _MISSING:
            mapping = keywords
        elif keywords:
            mapping = _ChainMap(keywords, mapping)

        def convert(match):
            groups = match.groupdict()
            name = groups["named"] or groups["braced"]
            if name is not None:
                if not safe:
                    return str(mapping[name])
                try:
                    return str(mapping[name])
                except KeyError:
                    return match.group()
            if groups["escaped"] is not None:
                return self.delimiter
            if groups["invalid"] is None:
                raise ValueError("Unrecognized named group in pattern", match.re)
            if not safe:
                self._complain(match)
            return match.group()

        return self._regex().sub(convert, self.template)

    def substitute(self, mapping=_MISSING, /, **keywords):
        return self._fill(mapping, keywords, False)

    def safe_substitute(self, mapping=_MISSING, /, **keywords):
        return self._fill(mapping, keywords, True)

    def _names(self):
        for match in self._regex().finditer(self.template):
            groups = match.groupdict()
            name = groups["named"] or groups["braced"]
            escaped = groups["escaped"] is not None
            if name is None and not escaped and groups["invalid"] is None:
                raise ValueError("Unrecognized named group in pattern", match.re)
            yield name, escaped

    def is_valid(self):
        return not [1 for name, escaped in self._names() if name is None and not escaped]

    def get_identifiers(self):
        return list(dict.fromkeys([name for name, _ in self._names() if name is not None]))


def _parse(text):
    # (literal, field, spec, conversion) for each part of a format string.
    i = 0
    n = len(text)
    literal = []
    while i < n:
        c = text[i]
        if c in "{}" and text[i + 1:i + 2] == c:
            literal.append(c)
            yield "".join(literal), None, None, None
            literal = []
            i += 2
        elif c == "}":
            raise ValueError("Single '}' encountered in format string")
        elif c == "{":
            depth, start, i = 1, i + 1, i + 1
            colon = bang = None
            bracket = False
            while i < n and depth:
                c = text[i]
                if c == "[" and colon is None and depth == 1:
                    bracket = True
                elif c == "]":
                    bracket = False
                elif c == "{":
                    depth += 1
                elif c == "}":
                    depth -= 1
                elif not bracket and depth == 1 and colon is None:
                    if c == ":":
                        colon = i
                    elif c == "!" and bang is None:
                        bang = i
                i += 1
            if depth:
                raise ValueError("expected '}' before end of string" if i > start
                                 else "Single '{' encountered in format string")
            end = i - 1
            conversion = None
            name_end = end if colon is None else colon
            if bang is not None:
                conversion = text[bang + 1:name_end]
                name_end = bang
                if len(conversion) != 1:
                    raise ValueError("expected ':' after conversion specifier" if conversion
                                     else "end of string while looking for conversion specifier")
            yield "".join(literal), text[start:name_end], "" if colon is None else text[colon + 1:end], conversion
            literal = []
        else:
            stop = i
            while stop < n and text[stop] not in "{}":
                stop += 1
            literal.append(text[i:stop])
            i = stop
    if literal:
        yield "".join(literal), None, None, None


def _split_field(name):
    stop = 0
    while stop < len(name) and name[stop] not in ".[":
        stop += 1
    first, rest = name[:stop], []
    while stop < len(name):
        if name[stop] == ".":
            start = stop = stop + 1
            while stop < len(name) and name[stop] not in ".[":
                stop += 1
            rest.append((True, name[start:stop]))
        else:
            end = name.find("]", stop)
            if end < 0:
                raise ValueError("Missing ']' in format string")
            item = name[stop + 1:end]
            rest.append((False, int(item) if item.isdigit() else item))
            stop = end + 1
            if stop < len(name) and name[stop] not in ".[":
                raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
        if rest[-1][1] == "":
            raise ValueError("Empty attribute in format string")
    return int(first) if first.isdigit() else first, rest


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2, 0)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used, depth, auto=0):
        if depth < 0:
            raise ValueError("Max string recursion exceeded")
        out = []
        for literal, name, spec, conversion in self.parse(format_string):
            if literal:
                out.append(literal)
            if name is None:
                continue
            first = name[:1]
            if first in ("", ".", "["):
                if auto is False:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                name = str(auto) + name
                auto += 1
            elif name.isdigit():
                if auto:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                auto = False
            obj, key = self.get_field(name, args, kwargs)
            used.add(key)
            obj = self.convert_field(obj, conversion)
            spec, auto = self._vformat(spec, args, kwargs, used, depth - 1, auto)
            out.append(self.format_field(obj, spec))
        return "".join(out), auto

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion == "s":
            return str(value)
        if conversion == "r":
            return repr(value)
        if conversion == "a":
            return ascii(value)
        raise ValueError("Unknown conversion specifier %s" % conversion)

    def parse(self, format_string):
        return _parse(format_string)

    def get_field(self, field_name, args, kwargs):
        first, rest = _split_field(field_name)
        obj = self.get_value(first, args, kwargs)
        for is_attr, key in rest:
            obj = getattr(obj, key) if is_attr else obj[key]
        return obj, first
