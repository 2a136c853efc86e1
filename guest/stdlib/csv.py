# Comma-separated values. What is done for each character is in C, in the module _csv.

import _csv
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
        _csv.field_size_limit(new_limit)
    return old


def _options(d):
    return d.delimiter, d.quotechar, d.escapechar, d.doublequote, d.skipinitialspace, d.quoting, d.strict


def reader(csvfile, dialect=excel, **options):
    lines = iter(csvfile)
    d = _dialect(dialect, options)
    return _csv.reader(lines, d, _options(d), Error)


class writer:
    def __init__(self, csvfile, dialect=excel, **options):
        if not hasattr(csvfile, "write"):
            raise TypeError('argument 1 must have a "write" method')
        self._write = csvfile.write
        self.dialect = d = _dialect(dialect, options)
        self._format = _csv.format(d.lineterminator, _options(d), Error)

    def writerow(self, row):
        try:
            iter(row)
        except TypeError:
            raise Error("iterable expected, not %s" % type(row).__name__) from None
        return self._write(self._format(row))

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)


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
        names = self._fieldnames
        if names is None:
            names = self.fieldnames
        reader = self.reader
        row = next(reader)
        while not row:
            row = next(reader)
        self.line_num = reader.line_num
        d = dict(zip(names, row))
        if len(names) < len(row):
            d[self.restkey] = row[len(names):]
        elif len(names) > len(row):
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
