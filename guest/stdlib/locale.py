"""Numbers and text by the customs of a place. The C locale is the only one that can be set here."""

import re as _re
from builtins import str as _str

LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
CHAR_MAX = 127

# What nl_langinfo() is asked, with glibc's numbers.
CODESET = 14
RADIXCHAR, THOUSEP = 65536, 65537
ABDAY_1, ABDAY_2, ABDAY_3, ABDAY_4, ABDAY_5, ABDAY_6, ABDAY_7 = range(131072, 131079)
DAY_1, DAY_2, DAY_3, DAY_4, DAY_5, DAY_6, DAY_7 = range(131079, 131086)
ABMON_1, ABMON_2, ABMON_3, ABMON_4, ABMON_5, ABMON_6, ABMON_7, ABMON_8, ABMON_9, ABMON_10, ABMON_11, ABMON_12 = range(131086, 131098)
MON_1, MON_2, MON_3, MON_4, MON_5, MON_6, MON_7, MON_8, MON_9, MON_10, MON_11, MON_12 = range(131098, 131110)
AM_STR, PM_STR, D_T_FMT, D_FMT, T_FMT, T_FMT_AMPM = range(131110, 131116)
YESEXPR, NOEXPR = 327680, 327681
CRNCYSTR = 262159


class Error(Exception):
    __module__ = "locale"


_C = {"int_curr_symbol": "", "currency_symbol": "", "mon_decimal_point": "", "mon_thousands_sep": "", "mon_grouping": (),
      "positive_sign": "", "negative_sign": "", "int_frac_digits": CHAR_MAX, "frac_digits": CHAR_MAX,
      "p_cs_precedes": CHAR_MAX, "p_sep_by_space": CHAR_MAX, "n_cs_precedes": CHAR_MAX, "n_sep_by_space": CHAR_MAX,
      "p_sign_posn": CHAR_MAX, "n_sign_posn": CHAR_MAX, "decimal_point": ".", "thousands_sep": "", "grouping": ()}

# A program that wants other customs may put them here, as it may in CPython.
_override_localeconv = {}


def localeconv():
    conventions = {key: list(value) if isinstance(value, tuple) else value for key, value in _C.items()}
    conventions.update(_override_localeconv)
    return conventions


def setlocale(category, locale=None):
    if not isinstance(category, int):
        raise TypeError("'%s' object cannot be interpreted as an integer" % type(category).__name__)
    if locale is not None and not isinstance(locale, _str):
        locale = normalize(_build_localename(locale))
    if not LC_CTYPE <= category <= LC_ALL:
        raise Error("invalid locale category" if locale is None else "unsupported locale setting")
    if locale not in (None, "", "C", "POSIX"):
        raise Error("unsupported locale setting")
    return "C"


def resetlocale(category=LC_ALL):
    setlocale(category, "")


def getlocale(category=LC_CTYPE):
    name = setlocale(category)
    if category == LC_ALL and ";" in name:
        raise TypeError("category LC_ALL is not supported")
    return _parse_localename(name)


def getdefaultlocale(envvars=("LC_ALL", "LC_CTYPE", "LANG", "LANGUAGE")):
    import os

    for name in envvars:
        value = os.environ.get(name)
        if value:
            return _parse_localename(value.split(":")[0] if name == "LANGUAGE" else value)
    return None, None


def getpreferredencoding(do_setlocale=True):
    return "UTF-8"


def getencoding():
    return "UTF-8"


def nl_langinfo(key, /):
    if ABDAY_1 <= key <= MON_12:
        days = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
        months = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                  "November", "December")
        names = [day[:3] for day in days] + list(days) + [month[:3] for month in months] + list(months)
        return names[key - ABDAY_1]
    known = {CODESET: "UTF-8", RADIXCHAR: ".", THOUSEP: "", AM_STR: "AM", PM_STR: "PM", D_T_FMT: "%a %b %e %H:%M:%S %Y",
             D_FMT: "%m/%d/%y", T_FMT: "%H:%M:%S", T_FMT_AMPM: "%I:%M:%S %p", YESEXPR: "^[yY]", NOEXPR: "^[nN]", CRNCYSTR: "-"}
    if key not in known:
        raise ValueError("unsupported langinfo constant")
    return known[key]


def strcoll(os1, os2, /):
    for text in (os1, os2):
        if not isinstance(text, _str):
            raise TypeError("strcoll() argument must be str, not %s" % type(text).__name__)
        if "\0" in text:
            raise ValueError("embedded null character")
    return (os1 > os2) - (os1 < os2)


def strxfrm(string, /):
    if "\0" in string:
        raise ValueError("embedded null character")
    return string


# Numbers.

def _group_sizes(grouping):
    """Sizes from the right; the last one again and again, unless CHAR_MAX ends them."""
    last = None
    for size in grouping:
        if size == CHAR_MAX:
            return
        if size == 0:
            if last is None:
                raise ValueError("invalid grouping")
            while True:
                yield last
        yield size
        last = size


def _group(text, monetary=False):
    """The digits of a number, with blanks and sign around them, in groups; and how many separators that took."""
    conventions = localeconv()
    separator = conventions["mon_thousands_sep" if monetary else "thousands_sep"]
    grouping = conventions["mon_grouping" if monetary else "grouping"]
    if not grouping:
        return text, 0
    right = text[len(text.rstrip()):]
    left = text.rstrip()
    groups = []
    for size in _group_sizes(grouping):
        if not left or left[-1] not in "0123456789":
            break
        groups.append(left[-size:])
        left = left[:-size]
    # A sign or blanks may have come along with the last group.
    if left and left[-1] in "0123456789":
        groups.append(left)
        left = ""
    groups.reverse()
    return left + separator.join(groups) + right, len(separator) * (len(groups) - 1)


def _strip_padding(text, amount):
    """Takes away as many of the blanks around it as separators have made it longer, those on the left first."""
    left = min(amount, len(text) - len(text.lstrip(" ")))
    text = text[left:]
    right = min(amount - left, len(text) - len(text.rstrip(" ")))
    return text[:len(text) - right]


def _localize(formatted, grouping=False, monetary=False):
    whole, point, fraction = formatted.partition(".")
    separators = 0
    if grouping:
        whole, separators = _group(whole, monetary)
    if point:
        point = localeconv()["mon_decimal_point" if monetary else "decimal_point"]
    return _strip_padding(whole + point + fraction, separators)


def localize(string, grouping=False, monetary=False):
    return _localize(string, grouping, monetary)


_SPEC = _re.compile(r"%(?:\((?P<key>.*?)\))?(?P<modifiers>[-#0-9 +*.hlL]*?)[eEfFgGdiouxXcrs%]")


def _one(spec, values, grouping, monetary):
    formatted = spec % values
    return _localize(formatted, grouping, monetary) if spec[-1] in "eEfFgGdiu" else formatted


def format_string(f, val, grouping=False, monetary=False):
    mapping = hasattr(val, "keys") and not isinstance(val, tuple)
    values = val if mapping or isinstance(val, tuple) else (val,)
    taken = 0
    parts, at = [], 0
    for match in _SPEC.finditer(f):
        spec = match.group()
        parts.append(f[at:match.start()])
        at = match.end()
        if spec[-1] == "%":
            parts.append("%")
        elif mapping:
            parts.append(_one(spec, values, grouping, monetary))
        else:
            count = 1 + match.group("modifiers").count("*")
            if taken >= len(values):
                raise IndexError("tuple index out of range")
            parts.append(_one(spec, values[taken:taken + count], grouping, monetary))
            taken += count
    rest = f[at:]
    if "%" in rest or "%" in "".join(parts[::2]):
        f % val  # raises
    return "".join(parts) + rest


def format(percent, value, grouping=False, monetary=False, *additional):
    """As format_string(), for one number."""
    import warnings

    warnings.warn("locale.format() is deprecated, use locale.format_string()", DeprecationWarning, stacklevel=2)
    match = _SPEC.match(percent)
    if not match or len(match.group()) != len(percent):
        raise ValueError("format() must be given exactly one %%char format specifier, %r not valid" % percent)
    return _one(percent, (value,) + additional, grouping, monetary)


def currency(val, symbol=True, grouping=False, international=False):
    conventions = localeconv()
    digits = conventions["int_frac_digits" if international else "frac_digits"]
    if digits == CHAR_MAX:
        raise ValueError("Currency formatting is not possible using the 'C' locale.")
    kind = "n" if val < 0 else "p"
    before, after = "", ""
    text = _localize("%.*f" % (digits, abs(val)), grouping, True)
    sign = conventions["negative_sign" if val < 0 else "positive_sign"]
    place = conventions[kind + "_sign_posn"]
    # Next to the number, where the sign belongs there.
    if place == 3:
        text = sign + text
    elif place == 4:
        text = text + sign
    if symbol:
        mark = conventions["int_curr_symbol" if international else "currency_symbol"]
        blank = " " if conventions[kind + "_sep_by_space"] else ""
        if conventions[kind + "_cs_precedes"]:
            before = mark + blank
        else:
            after = blank + (mark[:-1] if international and mark[-1:] == " " else mark)
    text = before + text + after
    if place == 0:
        return "(" + text + ")"
    if place == 2:
        return text + sign
    return text if place in (3, 4) else sign + text


def str(val):
    return _one("%.12g", (val,), False, False)


def delocalize(string):
    conventions = localeconv()
    if conventions["thousands_sep"]:
        string = string.replace(conventions["thousands_sep"], "")
    if conventions["decimal_point"]:
        string = string.replace(conventions["decimal_point"], ".")
    return string


def atof(string, func=float):
    return func(delocalize(string))


def atoi(string):
    return int(delocalize(string))


# Names of locales.

# The encoding that a name without one has had of old, by language and its usual territory.
_LANGUAGES = {
    "ISO8859-1": "af_ZA br_FR ca_ES da_DK de_DE en_US es_ES eu_ES fi_FI fo_FO fr_FR ga_IE gl_ES id_ID is_IS it_IT ms_MY nb_NO "
                 "nl_NL nn_NO no_NO oc_FR pt_PT sq_AL sv_SE",
    "ISO8859-2": "bs_BA cs_CZ hr_HR hu_HU pl_PL ro_RO sk_SK sl_SI",
    "ISO8859-3": "mt_MT", "ISO8859-5": "mk_MK", "ISO8859-6": "ar_AA", "ISO8859-7": "el_GR", "ISO8859-8": "he_IL",
    "ISO8859-9": "tr_TR", "ISO8859-9E": "az_AZ", "ISO8859-13": "lt_LT lv_LV", "ISO8859-15": "et_EE", "CP1251": "be_BY bg_BG", "KOI8-U": "uk_UA",
    "UTF-8": "bn_BD fa_IR hi_IN hy_AM ka_GE kk_KZ ks_IN sd_IN ru_RU sr_RS sw_KE ta_IN te_IN tt_RU ur_PK", "eucJP": "ja_JP", "eucKR": "ko_KR",
    "gb2312": "zh_CN", "TIS620": "th_TH", "TCVN": "vi_VN",
}
_WORDS = {"c": "C", "posix": "C", "english": "en_EN.ISO8859-1", "french": "fr_FR.ISO8859-1", "german": "de_DE.ISO8859-1",
          "spanish": "es_ES.ISO8859-1", "italian": "it_IT.ISO8859-1", "japanese": "ja_JP.eucJP", "c.utf8": "en_US.UTF-8",
          "en_us.utf8": "en_US.UTF-8"}
_ENCODINGS = {"utf8": "UTF-8", "ascii": "ISO8859-1", "usascii": "ISO8859-1", "ajec": "eucJP", "eucjp": "eucJP", "ujis": "eucJP",
              "sjis": "SJIS", "shiftjis": "SJIS", "jis": "JIS7", "jis7": "JIS7", "euckr": "eucKR", "gb2312": "gb2312", "gbk": "gbk",
              "gb18030": "gb18030", "big5": "big5", "koi8r": "KOI8-R", "koi8u": "KOI8-U", "koi8c": "KOI8-C", "iso2022jp": "JIS7",
              "euctw": "eucTW", "euccn": "eucCN", "mscode": "SJIS", "tis620": "TIS620"}


def _encoding_of(name, place):
    """An encoding as names of locales spell it."""
    bare = name.lower().replace("-", "").replace("_", "")
    if bare in _ENCODINGS:
        return _ENCODINGS[bare]
    if bare == "euc":
        return {"ko_KR": "eucKR", "zh_CN": "eucCN", "zh_TW": "eucTW"}.get(place, "eucJP")
    match = _re.match(r"(?:iso)?8859(\d+e?)$", bare)
    if match:
        return "ISO8859-" + match.group(1).upper()
    match = _re.match(r"(?:cp|windows|microsoftcp)(125[156])$", bare)
    return "CP" + match.group(1) if match else name


def normalize(localename):
    lowered = localename.lower()
    name, _, modifier = lowered.replace(":", ".").partition("@")
    modifier = "latin" if modifier == "latn" else modifier
    language, _, encoding = name.partition(".")
    word = _WORDS.get(language + ("." + encoding.replace("-", "") if encoding else ""))
    if word and not modifier:
        return word
    language = {"english_uk": "en_gb", "english_us": "en_us"}.get(language, language).replace("-", "_")
    start, _, territory = language.partition("_")
    for default, known in _LANGUAGES.items():
        for entry in known.split():
            if entry[:len(start) + 1] == start + "_":
                place = start + "_" + (territory.upper() or entry[len(start) + 1:])
                if encoding:
                    found = _encoding_of(encoding, place)
                elif modifier == "euro":
                    found, modifier = "ISO8859-15", ""
                elif modifier in ("latin", "cyrillic", "devanagari") or (modifier == "valencia" and territory):
                    found = "UTF-8"
                else:
                    found = {"zh_TW": "big5", "zh_HK": "big5hkscs"}.get(place, default)
                return place + "." + found + ("@" + modifier if modifier and modifier != "euro" else "")
    return localename


def _parse_localename(localename):
    code, at, modifier = normalize(localename).partition("@")
    if modifier == "euro" and "." not in code:
        return code, "iso-8859-15"
    if "." in code:
        return tuple(code.split(".")[:2])
    if code == "C":
        return None, None
    if code == "UTF-8":
        return None, "UTF-8"
    raise ValueError("unknown locale: %s" % localename)


def _build_localename(localetuple):
    try:
        language, encoding = localetuple
    except (TypeError, ValueError):
        raise TypeError("Locale must be None, a string, or an iterable of two strings -- language code, encoding.") from None
    language = "C" if language is None else language
    return language if encoding is None else language + "." + encoding
