// Encodings: str.encode(), bytes.decode() and the constructors that take an encoding.
//
// Bytes to decode are a program's or the host's: every form is checked, and what is wrong goes to the error handler.

#include <string.h>

#include "py/runtime.h"
#include "py/strtext.h"
#include "py/unicode.h"

enum { UTF8, ASCII, LATIN1, CP1252, UTF16, UTF16LE, UTF16BE, UTF32, UTF32LE, UTF32BE, UTF8_SIG };

static const struct {
    const char *name; // without - and _, small
    byte codec;
} codecs[] = {
    { "utf8", UTF8 }, { "u8", UTF8 }, { "utf", UTF8 }, { "cp65001", UTF8 },
    { "ascii", ASCII }, { "usascii", ASCII }, { "646", ASCII },
    { "latin1", LATIN1 }, { "iso88591", LATIN1 }, { "latin", LATIN1 }, { "l1", LATIN1 }, { "8859", LATIN1 },
    { "cp1252", CP1252 }, { "windows1252", CP1252 },
    { "utf16", UTF16 }, { "u16", UTF16 }, { "utf16le", UTF16LE }, { "utf16be", UTF16BE },
    { "utf32", UTF32 }, { "u32", UTF32 }, { "utf32le", UTF32LE }, { "utf32be", UTF32BE },
    { "utf8sig", UTF8_SIG },
};

// As CPython names them in messages.
static const char *const codec_names[] = {
    "utf-8", "ascii", "latin-1", "charmap", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be",
    "utf-8",
};

// What 0x80 to 0x9f are in Windows-1252; 0 for none.
static const uint16_t cp1252[] = {
    0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
    0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

static int find_codec(const char *encoding) {
    char name[16];
    size_t n = 0;
    for (const char *s = encoding; *s; s++) {
        if (*s == '-' || *s == '_' || *s == ' ' || *s == '.') {
            continue;
        }
        if (n == sizeof(name) - 1) {
            n = 0;
            break;
        }
        name[n++] = unichar_tolower((byte)*s);
    }
    name[n] = 0;
    for (size_t i = 0; i < MP_ARRAY_SIZE(codecs); i++) {
        if (strcmp(name, codecs[i].name) == 0) {
            return codecs[i].codec;
        }
    }
    return -1;
}

// Encodings and error handlers that are not here: stdlib/codecs.py has them.
static mp_obj_t by_python(qstr function, mp_obj_t object, const char *encoding, const char *errors) {
    mp_obj_t module = mp_import_name(MP_QSTR_codecs, mp_const_none, MP_OBJ_NEW_SMALL_INT(0));
    mp_obj_t args[] = {
        object, mp_obj_new_str_from_cstr(encoding),
        errors == NULL ? MP_OBJ_NEW_QSTR(MP_QSTR_strict) : mp_obj_new_str_from_cstr(errors),
    };
    return mp_call_function_n_kw(mp_load_attr(module, function), 3, 0, args);
}

enum { STRICT, IGNORE, REPLACE, BACKSLASHREPLACE, XMLCHARREFREPLACE, SURROGATEESCAPE, SURROGATEPASS, NAMEREPLACE };

static int find_handler(const char *errors) {
    static const char *const names[] = {
        "strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "surrogateescape", "surrogatepass",
        "namereplace",
    };
    for (size_t i = 0; errors && i < MP_ARRAY_SIZE(names); i++) {
        if (strcmp(errors, names[i]) == 0) {
            return i;
        }
    }
    return errors ? -1 : STRICT;
}

static NORETURN void raise_unicode(const mp_obj_type_t *type, int codec, mp_obj_t object, size_t start, size_t end,
    const char *reason) {
    mp_obj_t args[5] = {
        mp_obj_new_str_from_cstr(codec_names[codec]), object, MP_OBJ_NEW_SMALL_INT(start), MP_OBJ_NEW_SMALL_INT(end),
        mp_obj_new_str_from_cstr(reason),
    };
    nlr_raise(mp_obj_exception_make_new(type, 5, 0, args));
}

static void put_unit(vstr_t *out, uint32_t value, size_t size, bool big) {
    for (size_t i = 0; i < size; i++) {
        vstr_add_byte(out, value >> 8 * (big ? size - 1 - i : i));
    }
}

// Adds one character; false when the encoding has no form for it.
static bool put_char(vstr_t *out, int codec, unichar c) {
    bool surrogate = c >= 0xd800 && c < 0xe000;
    switch (codec) {
        case UTF8:
        case UTF8_SIG:
            if (!surrogate) {
                vstr_add_char(out, c);
            }
            return !surrogate;
        case ASCII:
        case LATIN1:
            if (c < (codec == ASCII ? 0x80 : 0x100)) {
                vstr_add_byte(out, c);
                return true;
            }
            return false;
        case CP1252:
            if (c < 0x80 || (c >= 0xa0 && c < 0x100)) {
                vstr_add_byte(out, c);
                return true;
            }
            for (size_t i = 0; i < 32; i++) {
                if (cp1252[i] == c) {
                    vstr_add_byte(out, 0x80 + i);
                    return true;
                }
            }
            return false;
        case UTF16:
        case UTF16LE:
        case UTF16BE:
            if (!surrogate && c < 0x10000) {
                put_unit(out, c, 2, codec == UTF16BE);
            } else if (!surrogate) {
                put_unit(out, 0xd800 + ((c - 0x10000) >> 10), 2, codec == UTF16BE);
                put_unit(out, 0xdc00 + ((c - 0x10000) & 0x3ff), 2, codec == UTF16BE);
            }
            return !surrogate;
        default:
            if (!surrogate) {
                put_unit(out, c, 4, codec == UTF32BE);
            }
            return !surrogate;
    }
}

static const char *encode_reason(int codec) {
    switch (codec) {
        case ASCII:
            return "ordinal not in range(128)";
        case LATIN1:
            return "ordinal not in range(256)";
        case CP1252:
            return "character maps to <undefined>";
        default:
            return "surrogates not allowed";
    }
}

mp_obj_t codec_encode(mp_obj_t str, const char *encoding, const char *errors) {
    int codec = find_codec(encoding);
    GET_STR_DATA_LEN(str, s, len);
    if (codec >= 0 && codec <= LATIN1 && utf8_is_ascii(s, len)) {
        return mp_obj_new_bytes(s, len);
    }
    int handler = find_handler(errors);
    if (codec < 0 || handler < 0 || handler == NAMEREPLACE) {
        return by_python(MP_QSTR__text_encode, str, encoding, errors);
    }
    vstr_t out;
    vstr_init(&out, len + 4);
    if (codec == UTF8_SIG) {
        vstr_add_strn(&out, "\xef\xbb\xbf", 3);
    } else if (codec == UTF16 || codec == UTF32) {
        put_unit(&out, 0xfeff, codec == UTF16 ? 2 : 4, false);
    }
    const byte *text = s;
    for (const byte *top = s + len; s < top;) {
        unichar c = utf8_get_char(s);
        const byte *at = s;
        s += utf8_size(*s);
        if (put_char(&out, codec, c)) {
            continue;
        }
        vstr_t escape;
        switch (handler) {
            case IGNORE:
                break;
            case REPLACE:
                put_char(&out, codec, '?');
                break;
            case BACKSLASHREPLACE:
            case XMLCHARREFREPLACE:
                vstr_init(&escape, 16);
                vstr_printf(&escape, handler == XMLCHARREFREPLACE ? "&#%u;"
                    : c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", (unsigned)c);
                for (size_t i = 0; i < escape.len; i++) {
                    put_char(&out, codec, escape.buf[i]);
                }
                break;
            case SURROGATEPASS:
                if (c >= 0xd800 && c < 0xe000 && codec != ASCII && codec != LATIN1 && codec != CP1252) {
                    if (codec == UTF8 || codec == UTF8_SIG) {
                        vstr_add_char(&out, c);
                    } else {
                        put_unit(&out, c, codec < UTF32 ? 2 : 4, codec == UTF16BE || codec == UTF32BE);
                    }
                    break;
                }
                MP_FALLTHROUGH
            case SURROGATEESCAPE:
                if (handler == SURROGATEESCAPE && c >= 0xdc80 && c < 0xdd00) {
                    vstr_add_byte(&out, c - 0xdc00);
                    break;
                }
                MP_FALLTHROUGH
            default: {
                // All that follows and cannot be encoded either is part of the error.
                size_t start = utf8_charlen(text, at - text), end = start + 1;
                vstr_t scratch;
                vstr_init(&scratch, 8);
                while (s < top && !put_char(&scratch, codec, utf8_get_char(s))) {
                    end++;
                    s += utf8_size(*s);
                }
                raise_unicode(&mp_type_UnicodeEncodeError, codec, str, start, end, encode_reason(codec));
            }
        }
    }
    return mp_obj_new_bytes_from_vstr(&out);
}

typedef struct _decoder_t {
    vstr_t out;
    const byte *start;
    size_t len;
    int codec, handler;
} decoder_t;

// Deals with the bytes [from, to) that are no character.
static void decode_error(decoder_t *d, size_t from, size_t to, const char *reason) {
    switch (d->handler) {
        case IGNORE:
            break;
        case REPLACE:
            vstr_add_char(&d->out, 0xfffd);
            break;
        case BACKSLASHREPLACE:
            for (; from < to; from++) {
                vstr_printf(&d->out, "\\x%02x", d->start[from]);
            }
            break;
        case SURROGATEESCAPE:
            for (size_t i = from; i < to; i++) {
                if (d->start[i] < 0x80) {
                    raise_unicode(&mp_type_UnicodeDecodeError, d->codec, mp_obj_new_bytes(d->start, d->len), from, to,
                        reason);
                }
                vstr_add_char(&d->out, 0xdc00 + d->start[i]);
            }
            break;
        default:
            raise_unicode(&mp_type_UnicodeDecodeError, d->codec, mp_obj_new_bytes(d->start, d->len), from, to, reason);
    }
}

static void decode_utf8(decoder_t *d) {
    const byte *s = d->start;
    for (size_t i = 0; i < d->len;) {
        byte lead = s[i];
        if (lead < 0x80) {
            size_t from = i;
            while (i < d->len && s[i] < 0x80) {
                i++;
            }
            vstr_add_strn(&d->out, (const char *)s + from, i - from);
            continue;
        }
        if (lead < 0xc2 || lead > 0xf4) {
            decode_error(d, i, i + 1, "invalid start byte");
            i++;
            continue;
        }
        size_t size = utf8_size(lead), n = 1;
        // The second byte's range depends on the first.
        byte low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        byte high = lead == 0xed && d->handler != SURROGATEPASS ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        while (n < size && i + n < d->len && s[i + n] >= low && s[i + n] <= high) {
            low = 0x80;
            high = 0xbf;
            n++;
        }
        if (n == size) {
            vstr_add_strn(&d->out, (const char *)s + i, size);
        } else {
            decode_error(d, i, i + n, i + n < d->len ? "invalid continuation byte" : "unexpected end of data");
        }
        i += n;
    }
}

static void decode_bytes(decoder_t *d) {
    for (size_t i = 0; i < d->len; i++) {
        unichar c = d->start[i];
        if (d->codec == ASCII && c >= 0x80) {
            decode_error(d, i, i + 1, "ordinal not in range(128)");
            continue;
        }
        if (d->codec == CP1252 && c >= 0x80 && c < 0xa0) {
            c = cp1252[c - 0x80];
            if (c == 0) {
                decode_error(d, i, i + 1, "character maps to <undefined>");
                continue;
            }
        }
        vstr_add_char(&d->out, c);
    }
}

static uint32_t get_unit(const byte *s, size_t size, bool big) {
    uint32_t value = 0;
    for (size_t i = 0; i < size; i++) {
        value |= (uint32_t)s[i] << 8 * (big ? size - 1 - i : i);
    }
    return value;
}

static void decode_wide(decoder_t *d, size_t size, bool big) {
    const byte *s = d->start;
    size_t i = 0;
    if ((d->codec == UTF16 || d->codec == UTF32) && d->len >= size) {
        uint32_t mark = size == 2 ? 0xfeff : 0x0000feff;
        if (get_unit(s, size, false) == mark) {
            i = size;
        } else if (get_unit(s, size, true) == mark) {
            i = size;
            big = true;
        }
    }
    // Errors name the byte order.
    d->codec = size == 2 ? (big ? UTF16BE : UTF16LE) : big ? UTF32BE : UTF32LE;
    while (i < d->len) {
        if (i + size > d->len) {
            decode_error(d, i, d->len, "truncated data");
            break;
        }
        uint32_t c = get_unit(s + i, size, big);
        if (size == 2 && c >= 0xd800 && c < 0xe000) {
            if (c < 0xdc00 && i + 4 <= d->len) {
                uint32_t second = get_unit(s + i + 2, 2, big);
                if (second >= 0xdc00 && second < 0xe000) {
                    vstr_add_char(&d->out, 0x10000 + ((c - 0xd800) << 10) + (second - 0xdc00));
                    i += 4;
                    continue;
                }
            }
            if (d->handler == SURROGATEPASS) {
                vstr_add_char(&d->out, c);
            } else if (c < 0xdc00 && i + 4 > d->len) {
                decode_error(d, i, d->len, "unexpected end of data");
                break;
            } else {
                decode_error(d, i, i + 2, c < 0xdc00 ? "illegal UTF-16 surrogate" : "illegal encoding");
            }
        } else if (c > UNI_MAX_CHAR || (c >= 0xd800 && c < 0xe000 && d->handler != SURROGATEPASS)) {
            decode_error(d, i, i + size, c > UNI_MAX_CHAR ? "code point not in range(0x110000)"
                : "code point in surrogate code point range(0xd800, 0xe000)");
        } else {
            vstr_add_char(&d->out, c);
        }
        i += size;
    }
}

mp_obj_t codec_decode(const byte *s, size_t len, const char *encoding, const char *errors) {
    int codec = find_codec(encoding);
    if (codec == UTF8_SIG && len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
        s += 3;
        len -= 3;
    }
    if (((codec >= 0 && codec <= CP1252) || codec == UTF8_SIG) && utf8_is_ascii(s, len)) {
        return str_new(s, len);
    }
    int handler = find_handler(errors);
    if (codec < 0 || handler < 0) {
        return by_python(MP_QSTR__text_decode, mp_obj_new_bytes(s, len), encoding, errors);
    }
    decoder_t d = { .start = s, .len = len, .codec = codec, .handler = handler };
    vstr_init(&d.out, len + 4);
    switch (codec) {
        case UTF8:
        case UTF8_SIG:
            decode_utf8(&d);
            break;
        case ASCII:
        case LATIN1:
        case CP1252:
            decode_bytes(&d);
            break;
        case UTF16:
        case UTF16LE:
        case UTF16BE:
            decode_wide(&d, 2, codec == UTF16BE);
            break;
        default:
            decode_wide(&d, 4, codec == UTF32BE);
    }
    return str_finish(&d.out);
}
