# Comma-separated values. A part in C, where there is one, is in the module _csv.

import io as _io

__version__ = "1.0"
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)


class Error(Exception):
    pass


class Dialect:
    _name = ""
    delimiter = ","
    quotechar = '"'
    escapechar = None
    doublequote = True
    skipinitialspace = False
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL
    strict = False

    def __init__(self):
        try:
            _check(self)
        except TypeError as error:
            raise Error(str(error)) from None


class excel(Dialect):
    pass


class excel_tab(excel):
    delimiter = "\t"


class unix_dialect(Dialect):
    quoting = QUOTE_ALL
    lineterminator = "\n"


_dialects = {"excel": excel, "excel-tab": excel_tab, "unix": unix_dialect}
_OPTIONS = ("delimiter", "quotechar", "escapechar", "doublequote", "skipinitialspace", "lineterminator", "quoting",
            "strict")
_limit = 131072


def _check(d):
    for name in ("delimiter", "quotechar", "escapechar"):
        value = getattr(d, name)
        if value is None and name != "delimiter" or isinstance(value, str) and len(value) == 1:
            continue
        if name == "quotechar" and value == "":
            d.quotechar = None
            continue
        if value is None or not isinstance(value, str):
            raise TypeError('"%s" must be %s, not %s' % (
                name, "string" if name == "delimiter" else "string or None", type(value).__name__))
        raise TypeError('"%s" must be a 1-character string' % name)
    if type(d.quoting) is not int or not 0 <= d.quoting <= 3:
        raise TypeError('bad "quoting" value' if isinstance(d.quoting, int) else '"quoting" must be an integer')
    if d.quoting != QUOTE_NONE and d.quotechar is None:
        raise TypeError("quotechar must be set if quoting enabled")
    if not isinstance(d.lineterminator, str):
        raise TypeError("lineterminator must be set")


class _Options:
    pass


def _dialect(dialect, options):
    if isinstance(dialect, str):
        dialect = get_dialect(dialect)
    d = _Options()
    for name in _OPTIONS:
        setattr(d, name, getattr(dialect, name, getattr(Dialect, name)))
    for name, value in options.items():
        if name not in _OPTIONS:
            raise TypeError("'%s' is an invalid keyword argument for this function" % name)
        setattr(d, name, value)
    if options.get("quotechar", 0) is None and "quoting" not in options:
        d.quoting = QUOTE_NONE
    _check(d)
    return d


def register_dialect(name, dialect=excel, **options):
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = _dialect(dialect, options)


def unregister_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    del _dialects[name]


def get_dialect(name):
    try:
        return _dialects[name]
    except (KeyError, TypeError):
        raise Error("unknown dialect") from None


def list_dialects():
    return list(_dialects)


def field_size_limit(new_limit=None):
    global _limit
    old = _limit
    if new_limit is not None:
        if not isinstance(new_limit, int):
            raise TypeError("limit must be an integer")
        _limit = new_limit
    return old


class reader:
    def __init__(self, csvfile, dialect=excel, **options):
        self._lines = iter(csvfile)
        self.dialect = _dialect(dialect, options)
        self.line_num = 0

    def __iter__(self):
        return self

    def _line(self):
        line = next(self._lines)
        if not isinstance(line, str):
            raise Error("iterator should return strings, not %s (the file should be opened in text mode)"
                        % type(line).__name__)
        self.line_num += 1
        return line

    def __next__(self):
        line = self._line()
        d = self.dialect
        quote = d.quotechar if d.quoting != QUOTE_NONE else None
        if (quote is None or quote not in line) and not d.escapechar and d.quoting != QUOTE_NONNUMERIC:
            # Nothing in the line but fields.
            body = line
            while body[-1:] in ("\n", "\r") and body:
                body = body[:-1]
            if "\n" in body or "\r" in body:
                raise Error("new-line character seen in unquoted field - do you need to open the file in "
                            "universal-newline mode?")
            if not body:
                return []
            row = body.split(d.delimiter)
            if d.skipinitialspace:
                row = [field.lstrip(" ") for field in row]
            if len(body) > _limit and max([len(field) for field in row]) > _limit:
                raise Error("field larger than field limit (%d)" % _limit)
            return row
        return self._slow(line, d, quote)

    def _slow(self, line, d, quote):
        delimiter, escape = d.delimiter, d.escapechar
        row = []
        i, n = 0, len(line)
        if not line.strip("\r\n"):
            return row
        while True:
            # At the start of a field.
            numeric = d.quoting == QUOTE_NONNUMERIC
            field = []
            if d.skipinitialspace:
                while i < n and line[i] == " ":
                    i += 1
            if i < n and quote is not None and line[i] == quote:
                numeric = False
                i += 1
                while True:
                    stop = line.find(quote, i)
                    if escape is not None:
                        at = line.find(escape, i)
                        if 0 <= at and (stop < 0 or at < stop):
                            field.append(line[i:at])
                            if at + 1 < n:
                                field.append(line[at + 1])
                                i = at + 2
                            else:
                                i = n
                            continue
                    if stop < 0:
                        field.append(line[i:])
                        try:
                            line = self._line()
                        except StopIteration:
                            if d.strict:
                                raise Error("unexpected end of data")
                            row.append("".join(field))
                            return row
                        i, n = 0, len(line)
                        self._size(field)
                        continue
                    field.append(line[i:stop])
                    i = stop + 1
                    if i < n and line[i] == quote and d.doublequote:
                        field.append(quote)
                        i += 1
                        continue
                    break
                if i < n and line[i] not in (delimiter, "\n", "\r") and d.strict:
                    raise Error("'%s' expected after '%s'" % (delimiter, quote))
            while i < n and line[i] != delimiter and line[i] not in "\r\n":
                c = line[i]
                if c == escape:
                    i += 1
                    c = line[i] if i < n else "\n"
                field.append(c)
                i += 1
            self._size(field)
            text = "".join(field)
            row.append(float(text) if numeric and text else text)
            if i >= n:
                return row
            if line[i] in "\r\n":
                if line[i:].strip("\r\n"):
                    raise Error("new-line character seen in unquoted field - do you need to open the file in "
                                "universal-newline mode?")
                return row
            i += 1

    def _size(self, field):
        if sum([len(part) for part in field]) > _limit:
            raise Error("field larger than field limit (%d)" % _limit)


class writer:
    def __init__(self, csvfile, dialect=excel, **options):
        if not hasattr(csvfile, "write"):
            raise TypeError('argument 1 must have a "write" method')
        self._write = csvfile.write
        self.dialect = _dialect(dialect, options)

    def _field(self, value, d, alone):
        if value is None:
            text = ""
        elif type(value) is str:
            text = value
        elif isinstance(value, float):
            text = repr(value)
        else:
            text = str(value)
        quoting = d.quoting
        quote = quoting == QUOTE_ALL or quoting == QUOTE_NONNUMERIC and not isinstance(value, (int, float))
        special = False
        for c in text:
            if c == d.delimiter or c == d.quotechar or c == d.escapechar or c in "\r\n" or c in d.lineterminator:
                special = True
                break
        if alone and not text:
            if quoting == QUOTE_NONE:
                raise Error("single empty field record must be quoted")
            quote = True
        if not special:
            return d.quotechar + text + d.quotechar if quote else text
        out = []
        for c in text:
            escape = False
            if quoting == QUOTE_NONE:
                escape = c == d.delimiter or c == d.escapechar or c in "\r\n" or c == d.quotechar or \
                    c in d.lineterminator
            elif c == d.quotechar:
                quote = quote or d.doublequote
                if d.doublequote:
                    out.append(c)
                else:
                    escape = True
            elif c == d.escapechar:
                escape = True
            else:
                if c == d.delimiter or c in "\r\n" or c in d.lineterminator:
                    quote = True
            if escape:
                if not d.escapechar:
                    raise Error("need to escape, but no escapechar set")
                out.append(d.escapechar)
            out.append(c)
        text = "".join(out)
        return d.quotechar + text + d.quotechar if quote else text

    def writerow(self, row):
        d = self.dialect
        try:
            row = list(row)
        except TypeError:
            raise Error("iterable expected, not %s" % type(row).__name__) from None
        alone = len(row) == 1
        return self._write(d.delimiter.join([self._field(value, d, alone) for value in row]) + d.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


try:
    from _csv import *
except ImportError:
    pass


class DictReader:
    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **options):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self._fieldnames = fieldnames
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, *args, **options)
        self.dialect = dialect
        self.line_num = 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            try:
                self._fieldnames = next(self.reader)
            except StopIteration:
                pass
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while not row:
            row = next(self.reader)
        self.line_num = self.reader.line_num
        d = dict(zip(names, row))
        if len(names) < len(row):
            d[self.restkey] = row[len(names):]
        else:
            for name in names[len(row):]:
                d[name] = self.restval
        return d


class DictWriter:
    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **options):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self.fieldnames = fieldnames
        self.restval = restval
        if extrasaction.lower() not in ("raise", "ignore"):
            raise ValueError("extrasaction (%s) must be 'raise' or 'ignore'" % extrasaction)
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **options)

    def writeheader(self):
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _row(self, rowdict):
        if self.extrasaction == "raise":
            wrong = [key for key in rowdict if key not in self.fieldnames]
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: " + ", ".join([repr(x) for x in wrong]))
        return [rowdict.get(key, self.restval) for key in self.fieldnames]

    def writerow(self, rowdict):
        return self.writer.writerow(self._row(rowdict))

    def writerows(self, rowdicts):
        return self.writer.writerows([self._row(row) for row in rowdicts])


class Sniffer:
    preferred = [",", "\t", ";", " ", ":"]

    def sniff(self, sample, delimiters=None):
        lines = [line for line in sample.splitlines() if line.strip()]
        quote = '"'
        for c in "\"'":
            # A quote that opens fields gives away the character before it.
            if [1 for line in lines for d in self.preferred if line[:1] == c or d + c in line]:
                quote = c
                break
        best, best_score = None, 0
        for d in (delimiters if delimiters is not None else
                  self.preferred + ["|"] + [c for c in dict.fromkeys(sample) if not c.isalnum()
                                            and c not in "\r\n\"'_.-" and ord(c) < 128]):
            counts = [self._count(line, d, quote) for line in lines[:50]]
            common = max(counts, key=counts.count) if counts else 0
            if common:
                score = counts.count(common) / len(counts)
                if score > best_score and score >= 0.7:
                    best, best_score = d, score
        if best is None:
            raise Error("Could not determine delimiter")

        class dialect(Dialect):
            _name = "sniffed"
            lineterminator = "\r\n"
            quoting = QUOTE_MINIMAL

        dialect.delimiter = best
        dialect.quotechar = quote
        dialect.doublequote = quote * 2 in sample.replace(best + quote * 2 + best, "")
        fields = [line.split(best)[1:] for line in lines]
        after = [field for line in fields for field in line]
        dialect.skipinitialspace = bool(after) and best != " " and not [1 for field in after if field[:1] != " "]
        return dialect

    def _count(self, line, delimiter, quote):
        inside = False
        n = 0
        for c in line:
            if c == quote:
                inside = not inside
            elif c == delimiter and not inside:
                n += 1
        return n

    def has_header(self, sample):
        rows = reader(_io.StringIO(sample), self.sniff(sample))
        header = next(rows)
        kinds = {i: None for i in range(len(header))}
        for checked, row in enumerate(rows):
            if checked > 20:
                break
            if len(row) != len(header):
                continue
            for i in list(kinds):
                try:
                    complex(row[i])
                    kind = complex
                except ValueError:
                    kind = len(row[i])
                if kind != kinds[i]:
                    if kinds[i] is None:
                        kinds[i] = kind
                    else:
                        del kinds[i]
        score = 0
        for i, kind in kinds.items():
            if kind is complex:
                try:
                    complex(header[i])
                    score -= 1
                except (ValueError, TypeError):
                    score += 1
            elif kind is not None:
                score += 1 if len(header[i]) != kind else -1
        return score > 0
