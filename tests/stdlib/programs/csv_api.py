# csv, quote by quote.

import csv
import io

rows = [["id", "name", "note"], [1, "A, B", 'say "hi"'], [2, None, "line\nbreak"], [3.5, "", "it's"], ["é", " lead", "tab\t"]]
for options in ({}, {"quoting": csv.QUOTE_ALL}, {"quoting": csv.QUOTE_NONNUMERIC}, {"delimiter": ";", "lineterminator": "\n"},
                {"quotechar": "'", "doublequote": False, "escapechar": "\\"}, {"delimiter": "é", "quotechar": "→"},
                {"quoting": csv.QUOTE_NONE, "escapechar": "\\", "lineterminator": "|"}, {"dialect": "excel-tab"}, {"dialect": "unix"}):
    out = io.StringIO()
    csv.writer(out, **options).writerows(rows)
    print(options, repr(out.getvalue()))
    if options.get("lineterminator") != "|" and options.get("quoting") != csv.QUOTE_NONNUMERIC:
        print(list(csv.reader(io.StringIO(out.getvalue(), newline=""), **options)) == [
            ["" if field is None else str(field) for field in row] for row in rows])
for line, options in (('a b "c d"', {"delimiter": " "}), ("x  y", {"delimiter": " ", "skipinitialspace": True}),
                      ('1,"2",', {"quoting": csv.QUOTE_NONNUMERIC}), ("a|b'c|d'", {"delimiter": "|", "quotechar": "'"}),
                      ("a\\,b,c\\", {"escapechar": "\\"}), ('"a"b,c', {}), (' "a",b', {}), ('a,"b', {}), ("", {}), ("\n", {}),
                      ('"x""y",', {}), ('"a""', {}), ('"a\\"b"', {"escapechar": "\\", "doublequote": False}), ("a,b\r\n", {}),
                      ('a,"b"c', {"quoting": csv.QUOTE_NONE})):
    print(line, list(csv.reader([line], **options)))
print(list(csv.reader(['a,"b', 'c",d', "e"])), list(csv.reader(iter(["\n", "x\n"]))))
for lines, options in ((['a,"b"c'], {"strict": True}), (['"abc'], {"strict": True}), ([b"x"], {}), (["1,x"], {"quoting": 2}),
                       (["a\rb"], {}), (["x"], {"delimiter": "ab"}), (["x"], {"quoting": 9}), (["x"], {"foo": 1})):
    try:
        print(list(csv.reader(lines, **options)))
    except (csv.Error, TypeError, ValueError) as e:
        print(type(e).__name__, e)
for row, options in ((5, {}), (["a,b"], {"quoting": csv.QUOTE_NONE}), ([""], {"quoting": csv.QUOTE_NONE})):
    try:
        csv.writer(io.StringIO(), **options).writerow(row)
    except csv.Error as e:
        print(e)
out = io.StringIO()
writer = csv.writer(out)
for row in ([], [""], [None], [True, 1.0, 1e20, 10 ** 20, b"x", (1, 2)], "abc", (x * x for x in range(3)), ["a\rb", "c;d", '"']):
    writer.writerow(row)
print(repr(out.getvalue()))
old = csv.field_size_limit(5)
try:
    list(csv.reader(["abcdefgh,b"]))
except csv.Error as e:
    print(e)
print(csv.field_size_limit(old), list(csv.reader(["ééééé,b"])))
reader = csv.DictReader(io.StringIO("a,b\n1,2,3\n\n4\n"), restkey="more", restval="-")
for row in reader:
    print(row, reader.line_num)


def lines():
    yield "a,b\n"
    yield next(rest)
    yield "c\n"


rest = csv.reader(['"q'])
try:
    print(list(csv.reader(lines())))
except csv.Error as e:
    print(e)


def inner():
    yield 'x,"y\n'
    yield "nested," + ",".join(next(outer)) + "\n"
    yield 'z"\n'


outer = csv.reader(["p,q"])
print(list(csv.reader(inner())))
