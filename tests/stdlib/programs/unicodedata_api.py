import hashlib
import unicodedata as u

digest = hashlib.sha256()
for code in [*range(0, 0x3000, 3), *range(0x3000, 0x110000, 197), *range(0xF900, 0xFFFF, 9), *range(0x1D400, 0x1F700, 31)]:
    if 0xD800 <= code < 0xE000:
        continue
    c = chr(code)
    digest.update(repr((
        u.name(c, None), u.category(c), u.bidirectional(c), u.combining(c), u.decomposition(c), u.numeric(c, None),
        u.digit(c, None), u.decimal(c, None), u.east_asian_width(c), u.mirrored(c),
        [[ord(x) for x in u.normalize(form, c)] for form in ("NFC", "NFD", "NFKC", "NFKD")])).encode())
    if code % 4096 == 0 and code <= 0x3000:
        print(hex(code), digest.hexdigest()[:16])
print(digest.hexdigest())
for name in ("GREEK SMALL LETTER ALPHA", "HANGUL SYLLABLE GAG", "CJK UNIFIED IDEOGRAPH-4E00", "snowman", "LINE FEED"):
    print(name, ascii(u.lookup(name)))
for name in ("", "NO SUCH NAME", "SNOWMAN ", "CJK UNIFIED IDEOGRAPH-0041", "HANGUL SYLLABLE"):
    try:
        print(u.lookup(name))
    except KeyError as e:
        print(e)
marks = "a\u0315\u0300\u05ae\u0062 \u0344 \u1100\u1161\u11a8 e\u0301\u0327 \ufdfa"
for form in ("NFC", "NFD", "NFKC", "NFKD"):
    text = u.normalize(form, marks)
    print(form, ascii(text), u.is_normalized(form, text), u.is_normalized(form, marks))
for call in (lambda: u.name("\n"), lambda: u.digit("x"), lambda: u.numeric("x"), lambda: u.decimal("½"),
             lambda: u.normalize("NFX", "é"), lambda: u.category("ab"), lambda: u.name("")):
    try:
        print(call())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
print("\N{SNOWMAN} \N{LATIN SMALL LETTER E WITH ACUTE} \N{EURO SIGN}", u.unidata_version)
