# locale: the C locale's conventions, formatting by conventions that a program sets, parsing, names of locales.
import locale


def attempt(function, *args, **kwargs):
    try:
        print("->", repr(function(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error)


print(locale.setlocale(locale.LC_ALL, "C"), locale.setlocale(locale.LC_ALL), locale.setlocale(locale.LC_NUMERIC, ("C", None)))
print(locale.getlocale(), locale.getlocale(locale.LC_NUMERIC))
print(sorted(locale.localeconv().items()))
for name in ("xx_YY", "en_US.nothing"):
    attempt(locale.setlocale, locale.LC_ALL, name)
attempt(locale.setlocale, 99, "C")
attempt(locale.setlocale, locale.LC_ALL, ("a", "b", "c"))
attempt(locale.currency, 12.5)
for f, value in (("%d", 1234567), ("%.2f", 1234.5), ("%10.2f|", -1234.5), ("%s and %s", ("a", 2)), ("%(a)d%% %(b)s", {"a": 5, "b": "c"}),
                 ("%*d", (6, 42)), ("%%", ()), ("%-8d|", 12), ("%e", 12345.678), ("%x", 255)):
    attempt(locale.format_string, f, value)
    attempt(locale.format_string, f, value, grouping=True)
attempt(locale.format_string, "%d %d", (1,))
attempt(locale.format_string, "%d", (1, 2))
print(locale.str(1.5), locale.str(1e20), locale.atof("1234.5"), locale.atoi("42"), locale.delocalize("1,5"), locale.localize("1234.5", True))
attempt(locale.atof, "x")
print([locale.strcoll(a, b) > 0 for a, b in (("a", "b"), ("b", "a"), ("a", "a"))], sorted(["b", "A", "a", "B"], key=locale.strxfrm))

conventions = {"decimal_point": ",", "thousands_sep": ".", "grouping": [3, 3, 0], "mon_decimal_point": ",", "mon_thousands_sep": ".",
               "mon_grouping": [3, 3, 0], "currency_symbol": "EUR", "int_curr_symbol": "EUR ", "frac_digits": 2, "int_frac_digits": 2,
               "positive_sign": "", "negative_sign": "-", "p_cs_precedes": 0, "n_cs_precedes": 0, "p_sep_by_space": 1, "n_sep_by_space": 1,
               "p_sign_posn": 1, "n_sign_posn": 1}
locale._override_localeconv = conventions
for f, value in (("%d", 1234567), ("%.2f", 1234567.891), ("%15.2f|", -1234567.891), ("%-15.2f|", 1234.5), ("%+d", 1000), ("%d", 999), ("%010d", 12345)):
    attempt(locale.format_string, f, value, True)
print(locale.atof("1.234,5"), locale.atoi("1.234.567"), locale.delocalize("1.234,5"), locale.localize("1234567.5", True), locale.str(1.25))
for place in range(5):
    conventions.update(n_sign_posn=place, p_sign_posn=place, p_cs_precedes=place % 2, n_cs_precedes=place % 2)
    print(locale.currency(1234.5), locale.currency(-1234567.891, grouping=True), locale.currency(-5, symbol=False), locale.currency(5, international=True))
conventions.update(grouping=[2, locale.CHAR_MAX], thousands_sep=" ")
print(locale.format_string("%d", 1234567, True))
locale._override_localeconv = {}

for name in ("C", "POSIX", "en_US", "en", "de", "de_DE.utf8", "de_DE.UTF-8", "fr_FR@euro", "ja_JP", "ja_JP.ujis", "ru_RU.koi8r", "pl", "zh_TW", "zh_CN.gbk",
             "xx_YY", "en_GB.iso88591", "english", "pt_BR", "es_MX.utf-8", "cs_CZ.cp1250", "sr_RS@latin"):
    print(name, locale.normalize(name))
print(locale.LC_CTYPE, locale.LC_NUMERIC, locale.LC_TIME, locale.LC_COLLATE, locale.LC_MONETARY, locale.LC_MESSAGES, locale.LC_ALL, locale.CHAR_MAX)
print(locale.nl_langinfo(locale.DAY_1), locale.nl_langinfo(locale.ABMON_12), locale.nl_langinfo(locale.RADIXCHAR), issubclass(locale.Error, Exception))
