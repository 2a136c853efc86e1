# Encodings that are in no C: what bytes 128 to 255 are in one-byte character sets, and escapes. codecs.lookup() asks here.
#
# find(name) gives (name, encode, decode) of an encoding, by its name without "-", "_" and blanks; the functions are as codecs
# has them: (input, errors) to (output, length).

_HIGH = {
    "cp437": (
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘"
        "┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\xa0"
    ),
    "cp850": (
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘"
        "┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\xad±‗¾¶§÷¸°¨·¹³²■\xa0"
    ),
    "cp866": (
        "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘"
        "┌█▄▌▐▀рстуфхцчшщъыьэюяЁёЄєЇїЎў°∙·√№¤■\xa0"
    ),
    "cp1250": (
        "€\ufffe‚\ufffe„…†‡\ufffe‰Š‹ŚŤŽŹ\ufffe‘’“”•–—\ufffe™š›śťžź\xa0ˇ˘Ł¤Ą¦§¨©Ş«¬\xad®Ż°±˛ł´µ¶·¸ąş"
        "»Ľ˝ľżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙"
    ),
    "cp1251": (
        "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\ufffe™љ›њќћџ\xa0ЎўЈ¤Ґ¦§Ё©Є«¬\xad®Ї°±Ііґµ¶·ё№є»јЅѕїАБВГДЕЖЗИЙКЛМНО"
        "ПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя"
    ),
    "cp1253": (
        "€\ufffe‚ƒ„…†‡\ufffe‰\ufffe‹\ufffe\ufffe\ufffe\ufffe\ufffe‘’“”•–—\ufffe™\ufffe›\ufffe\ufffe"
        "\ufffe\ufffe\xa0΅Ά£¤¥¦§¨©\ufffe«¬\xad®―°±²³΄µ¶·ΈΉΊ»Ό½ΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ\ufffeΣΤΥΦΧΨΩΪΫάέ"
        "ήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ\ufffe"
    ),
    "cp1254": (
        "€\ufffe‚ƒ„…†‡ˆ‰Š‹Œ\ufffe\ufffe\ufffe\ufffe‘’“”•–—˜™š›œ\ufffe\ufffeŸ\xa0¡¢£¤¥¦§¨©ª«¬\xad®¯°"
        "±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞßàáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ"
    ),
    "iso8859-2": (
        "\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95"
        "\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f\xa0Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\xadŽŻ°ą˛ł´ľśˇ¸šşťź˝žżŔÁÂĂÄĹĆÇČÉĘË"
        "ĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙"
    ),
    "iso8859-5": (
        "\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95"
        "\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f\xa0ЁЂЃЄЅІЇЈЉЊЋЌ\xadЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫ"
        "ЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя№ёђѓєѕіїјљњћќ§ўџ"
    ),
    "iso8859-7": (
        "\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95"
        "\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f\xa0‘’£€₯¦§¨©ͺ«¬\xad\ufffe―°±²³΄΅Ά·ΈΉΊ»Ό½ΎΏΐΑΒΓΔΕΖ"
        "ΗΘΙΚΛΜΝΞΟΠΡ\ufffeΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ\ufffe"
    ),
    "iso8859-9": (
        "\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95"
        "\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f\xa0¡¢£¤¥¦§¨©ª«¬\xad®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊË"
        "ÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞßàáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ"
    ),
    "iso8859-15": (
        "\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95"
        "\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f\xa0¡¢£€¥Š§š©ª«¬\xad®¯°±²³Žµ¶·ž¹º»ŒœŸ¿ÀÁÂÃÄÅÆÇÈÉÊË"
        "ÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ"
    ),
    "koi8-r": (
        "─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\xa0⌡°²·÷═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©юабцдефгхийклмнопярстуж"
        "вьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ"
    ),
    "mac-roman": (
        "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\xa0ÀÃÕŒœ–—“”‘’÷"
        "◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ"
    ),
}

_NAMES = {
    "ibm437": "cp437", "437": "cp437", "ibm850": "cp850", "850": "cp850", "ibm866": "cp866", "866": "cp866",
    "windows1250": "cp1250", "windows1251": "cp1251", "windows1253": "cp1253", "windows1254": "cp1254",
    "latin2": "iso8859-2", "l2": "iso8859-2", "cyrillic": "iso8859-5", "greek": "iso8859-7", "latin5": "iso8859-9",
    "latin9": "iso8859-15", "macroman": "mac-roman", "macintosh": "mac-roman", "koi8r": "koi8-r",
    "unicodeescape": "unicode-escape", "rawunicodeescape": "raw-unicode-escape", "punycode": "punycode", "idna": "idna",
    "utf7": "utf-7", "u7": "utf-7",
}


def find(name):
    for known in _HIGH:
        if name == known.replace("-", "") or name == known.replace("iso8859-", "iso8859"):
            return _charmap(known)
    known = _NAMES.get(name)
    if known in _HIGH:
        return _charmap(known)
    return None if known is None else (known, *_OTHERS[known])


def _charmap(name):
    high = _HIGH[name]
    lows = {c: 128 + i for i, c in enumerate(high) if c != "\ufffe"}

    def encode(text, errors="strict"):
        from codecs import _replaced
        out, at = bytearray(), 0
        while at < len(text):
            c = text[at]
            if c < "\x80":
                out.append(ord(c))
            elif c in lows:
                out.append(lows[c])
            else:
                end = at + 1
                while end < len(text) and text[end] >= "\x80" and text[end] not in lows:
                    end += 1
                more, at = _replaced(UnicodeEncodeError("charmap", text, at, end, "character maps to <undefined>"), errors)
                out += more if isinstance(more, bytes) else encode(more)[0]
                continue
            at += 1
        return bytes(out), len(text)

    def decode(data, errors="strict"):
        from codecs import _replaced
        out, at = [], 0
        while at < len(data):
            c = data[at]
            c = chr(c) if c < 128 else high[c - 128]
            if c == "\ufffe":
                c, at = _replaced(UnicodeDecodeError("charmap", bytes(data), at, at + 1, "character maps to <undefined>"), errors)
                at -= 1
            out.append(c)
            at += 1
        return "".join(out), len(data)
    return name, encode, decode


_SHORT = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def _escape_encode(text, errors="strict"):
    out = []
    for c in text:
        n = ord(c)
        out.append(_SHORT[c] if c in _SHORT else c if 32 <= n < 127 else "\\x%02x" % n if n < 256
                   else "\\u%04x" % n if n < 65536 else "\\U%08x" % n)
    return "".join(out).encode("ascii"), len(text)


def _escape_decode(data, errors="strict"):
    return _unescape(data, errors, "unicodeescape", {
        "\n": "", "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"})


def _unescape(data, errors, name, short):
    from codecs import _replaced
    data = data.encode("latin-1") if isinstance(data, str) else bytes(data)
    text = data.decode("latin-1")
    out, at = [], 0
    while at < len(text):
        start, c = at, text[at]
        at += 1
        if c != "\\":
            out.append(c)
            continue
        kind = text[at:at + 1]
        at += 1
        size = {"x": 2, "u": 4, "U": 8}.get(kind) if short or kind in ("u", "U") else None
        problem = None
        if size is not None:
            digits = text[at:at + size]
            good = 0
            while good < len(digits) and digits[good] in "0123456789abcdefABCDEF":
                good += 1
            at += good
            if good < size:
                problem = "truncated \\%s%s escape" % (kind, kind == "x" and "XX" or "X" * size)
            elif int(digits, 16) > 0x10ffff:
                problem = "illegal Unicode character"
            else:
                out.append(chr(int(digits, 16)))
        elif not short:
            out.append(c)
            at -= 1
        elif kind in short and kind:
            out.append(short[kind])
        elif kind and kind in "01234567":
            end = at
            while end < at + 2 and text[end:end + 1] and text[end] in "01234567":
                end += 1
            out.append(chr(int(text[at - 1:end], 8)))
            at = end
        elif kind == "N" and text[at:at + 1] == "{" and "}" in text[at:]:
            from unicodedata import lookup
            end = text.index("}", at)
            try:
                out.append(lookup(text[at + 1:end]))
            except KeyError:
                problem = "unknown Unicode character name"
            at = end + 1
        elif not kind:
            problem = "\\ at end of string"
            at = len(text)
        else:
            out.append(c + kind)
        if problem is not None:
            more, at = _replaced(UnicodeDecodeError(name, data, start, at, problem), errors)
            out.append(more)
    return "".join(out), len(data)


def _raw_encode(text, errors="strict"):
    return b"".join([c.encode("latin-1") if ord(c) < 256 else (b"\\u%04x" if ord(c) < 65536 else b"\\U%08x") % ord(c)
                     for c in text]), len(text)


def _raw_decode(data, errors="strict"):
    return _unescape(data, errors, "rawunicodeescape", {})


# Punycode, RFC 3492.

def _adapt(delta, first, count):
    delta = delta // 700 if first else delta // 2
    delta += delta // count
    k = 0
    while delta > 455:
        delta //= 35
        k += 36
    return k + 36 * delta // (delta + 38)


def _punycode_encode(text, errors="strict"):
    out = [c for c in text if c < "\x80"]
    handled = basic = len(out)
    if basic:
        out.append("-")
    n, delta, bias = 128, 0, 72
    while handled < len(text):
        m = min([ord(c) for c in text if ord(c) >= n])
        delta += (m - n) * (handled + 1)
        n = m
        for c in text:
            if ord(c) < n:
                delta += 1
            elif ord(c) == n:
                q, k = delta, 36
                while True:
                    t = min(max(k - bias, 1), 26)
                    if q < t:
                        break
                    q, r = divmod(q - t, 36 - t)
                    out.append("abcdefghijklmnopqrstuvwxyz0123456789"[t + r])
                    k += 36
                out.append("abcdefghijklmnopqrstuvwxyz0123456789"[q])
                bias = _adapt(delta, handled == basic, handled + 1)
                delta = 0
                handled += 1
        delta += 1
        n += 1
    return "".join(out).encode("ascii"), len(text)


def _punycode_decode(data, errors="strict"):
    text = bytes(data).decode("ascii")
    basic, _, rest = text.rpartition("-")
    out = list(basic)
    n, i, bias, at = 128, 0, 72, 0
    rest = rest.lower()
    while at < len(rest):
        old, w, k = i, 1, 36
        while True:
            if at == len(rest):
                raise UnicodeError("incomplete punicode string")
            digit = "abcdefghijklmnopqrstuvwxyz0123456789".find(rest[at])
            if digit < 0:
                raise UnicodeError("Invalid extended code point '%s'" % rest[at].upper())
            at += 1
            i += digit * w
            t = min(max(k - bias, 1), 26)
            if digit < t:
                break
            w *= 36 - t
            k += 36
        bias = _adapt(i - old, old == 0, len(out) + 1)
        n += i // (len(out) + 1)
        i %= len(out) + 1
        out.insert(i, chr(n))
        i += 1
    return "".join(out), len(data)


def _idna_encode(text, errors="strict"):
    from unicodedata import normalize
    labels = []
    for label in text.replace("\u3002", ".").split("."):
        if not label.isascii():
            label = normalize("NFKC", label.casefold())
            label = "xn--" + _punycode_encode(label)[0].decode("ascii") if not label.isascii() else label
        if not 0 < len(label) < 64 and not (label == "" and labels):
            raise UnicodeError("label empty or too long")
        labels.append(label)
    return ".".join(labels).encode("ascii"), len(text)


def _idna_decode(data, errors="strict"):
    labels = bytes(data).decode("ascii").split(".")
    return ".".join([_punycode_decode(label[4:].encode())[0] if label.lower().startswith("xn--") else label
                     for label in labels]), len(data)


# UTF-7, RFC 2152.

def _utf7_encode(text, errors="strict"):
    from binascii import b2a_base64
    out, run = [], ""
    for i, c in enumerate(text + "\0"):
        if i < len(text) and (ord(c) > 126 or c in "\\~"):
            run += c
            continue
        if run:
            coded = b2a_base64(run.encode("utf-16-be"), newline=False).decode().rstrip("=")
            more = c.isalnum() or c in "+/-"
            out.append("+" + coded + ("-" if i == len(text) or more else ""))
            run = ""
        if i < len(text):
            out.append("+-" if c == "+" else c)
    return "".join(out).encode("ascii"), len(text)


def _utf7_decode(data, errors="strict"):
    from binascii import a2b_base64
    text = bytes(data).decode("ascii")
    out, at = [], 0
    while at < len(text):
        if text[at] != "+":
            out.append(text[at])
            at += 1
            continue
        end = at + 1
        while end < len(text) and (text[end].isalnum() or text[end] in "+/"):
            end += 1
        coded = text[at + 1:end]
        if not coded:
            out.append("+")
        else:
            raw = a2b_base64(coded + "=" * (-len(coded) % 4))
            out.append(raw[:len(raw) & ~1].decode("utf-16-be"))
        at = end + (text[end:end + 1] == "-")
    return "".join(out), len(data)


_OTHERS = {"unicode-escape": (_escape_encode, _escape_decode), "raw-unicode-escape": (_raw_encode, _raw_decode),
           "punycode": (_punycode_encode, _punycode_decode), "idna": (_idna_encode, _idna_decode),
           "utf-7": (_utf7_encode, _utf7_decode)}
