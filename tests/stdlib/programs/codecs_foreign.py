# Encodings and error handlers that str.encode() and bytes.decode() find in codecs.

import codecs

for name in ("unicode_escape", "raw_unicode_escape", "punycode", "cp437", "cp850", "cp866", "cp1250", "cp1251", "iso8859-2",
             "iso8859_15", "latin9", "koi8-r", "mac_roman", "utf-7"):
    text = {"cp866": "Привет", "cp1251": "Привет", "koi8-r": "Привет"}.get(name, "naïve Übung é\n")
    data = text.encode(name, "replace")
    print(name, data, data.decode(name) == text, codecs.lookup(name).encode(text, "ignore")[1])
print("bücher.example".encode("idna"), b"xn--bcher-kva.example".decode("idna"), b"\\x41\\u00e9\\n\\101\\N{BULLET}".decode("unicode_escape"))
for data, name in ((b"\x81", "cp1253"), (b"\\x4", "unicode_escape"), (b"\\", "unicode_escape")):
    try:
        print(data.decode(name))
    except UnicodeDecodeError as e:
        print(e)
try:
    "snow ☃".encode("cp437")
except UnicodeEncodeError as e:
    print(e, e.start, e.end, e.reason)
for name in ("nope", "rot13", "hex"):
    try:
        "x".encode(name)
    except LookupError as e:
        print(e)
codecs.register_error("dashes", lambda e: ("-" * (e.end - e.start), e.end))
print("aéïb".encode("ascii", "dashes"), b"a\xff\xfeb".decode("utf-8", "dashes"), "aéb☃".encode("latin-1", "dashes"))
print("é☃".encode("ascii", "namereplace"), "é☃".encode("cp437", "xmlcharrefreplace"), "☃".encode("koi8-r", "backslashreplace"))
try:
    "é".encode("ascii", "unknown-handler")
except LookupError as e:
    print(e)
print("e".encode("ascii", "unknown-handler"))
for handler in ("strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace"):
    try:
        print(codecs.lookup_error(handler)(UnicodeEncodeError("ascii", "aéb", 1, 2, "why")))
    except UnicodeEncodeError as e:
        print(e)
