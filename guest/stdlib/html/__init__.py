# Escaping of HTML.

__all__ = ["escape", "unescape"]


def escape(s, quote=True):
    s = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return s.replace('"', "&quot;").replace("'", "&#x27;") if quote else s


_WINDOWS = {0: 0xfffd, 13: 13, 0x80: 0x20ac, 0x82: 0x201a, 0x83: 0x192, 0x84: 0x201e, 0x85: 0x2026, 0x86: 0x2020,
            0x87: 0x2021, 0x88: 0x2c6, 0x89: 0x2030, 0x8a: 0x160, 0x8b: 0x2039, 0x8c: 0x152, 0x8e: 0x17d, 0x91: 0x2018,
            0x92: 0x2019, 0x93: 0x201c, 0x94: 0x201d, 0x95: 0x2022, 0x96: 0x2013, 0x97: 0x2014, 0x98: 0x2dc,
            0x99: 0x2122, 0x9a: 0x161, 0x9b: 0x203a, 0x9c: 0x153, 0x9e: 0x17e, 0x9f: 0x178,
            0x81: 0x81, 0x8d: 0x8d, 0x8f: 0x8f, 0x90: 0x90, 0x9d: 0x9d}


def _number(text):
    hexadecimal = text[:1] in "xX"
    digits = text[1:] if hexadecimal else text
    try:
        n = int(digits, 16 if hexadecimal else 10)
    except ValueError:
        return None
    if n in _WINDOWS:
        return chr(_WINDOWS[n])
    if 0xd800 <= n <= 0xdfff or n > 0x10ffff:
        return "\ufffd"
    if 1 <= n <= 8 or n == 0xb or 0xe <= n <= 0x1f or 0x7f <= n <= 0x9f or 0xfdd0 <= n <= 0xfdef or \
            n & 0xfffe == 0xfffe:
        return ""
    return chr(n)


def unescape(s):
    if "&" not in s:
        return s
    from html.entities import html5
    out = []
    i = 0
    while True:
        at = s.find("&", i)
        if at < 0:
            out.append(s[i:])
            return "".join(out)
        out.append(s[i:at])
        j = at + 1
        if s[j:j + 1] == "#":
            j += 1
            allowed = "0123456789"
            start = j
            if s[j:j + 1] in ("x", "X"):
                j += 1
                allowed = "0123456789abcdefABCDEF"
            first = j
            while j < len(s) and s[j] in allowed:
                j += 1
            text = _number(s[start:j]) if j > first else None
            if text is None:
                out.append("&")
                i = at + 1
                continue
            out.append(text)
            i = j + 1 if s[j:j + 1] == ";" else j
            continue
        while j < len(s) and j - at <= 32 and s[j].isalnum():
            j += 1
        if s[j:j + 1] == ";" and s[at + 1:j + 1] in html5:
            out.append(html5[s[at + 1:j + 1]])
            i = j + 1
            continue
        # The longest name that needs no semicolon.
        while j > at + 1 and s[at + 1:j] not in html5:
            j -= 1
        if j > at + 1:
            out.append(html5[s[at + 1:j]])
            i = j
        else:
            out.append("&")
            i = at + 1
