// String literals: their prefixes, escapes, and f-strings.
//
// An f-string is read as a call: f"{x!r:>{w}} of {y}" as <fstring>("Rlv", (x), <fstring>("lv", ">", (w)), " of ", (y)).
// The first argument says what the others are: l text, v r s a a value with that conversion, in capitals when its
// format specification follows. The name cannot be written in a program; the compiler puts the function there.

#include <string.h>

#include "py/builtin.h"
#include "py/cstack.h"
#include "py/objstr.h"
#include "py/runtime.h"
#include "lexing.h"

// Nested f-strings are scanned once for each level.
#define NESTING_MAX 100

typedef struct _prefix_t {
    size_t len;
    bool raw, bytes, format;
} prefix_t;

// Of the literal at `p`; len is up to the quote. False when no literal begins there.
static bool read_prefix(const byte *p, const byte *end, prefix_t *prefix) {
    *prefix = (prefix_t) { 0 };
    bool unicode = false;
    for (; p < end && prefix->len < 3; p++, prefix->len++) {
        bool *seen;
        switch (*p | 0x20) {
            case 'r':
                seen = &prefix->raw;
                break;
            case 'b':
                seen = &prefix->bytes;
                break;
            case 'f':
                seen = &prefix->format;
                break;
            case 'u':
                seen = &unicode;
                break;
            default:
                return (*p == '"' || *p == '\'') && !(unicode && prefix->len > 1) && !(prefix->bytes && prefix->format);
        }
        if (*seen) {
            return false;
        }
        *seen = true;
    }
    return false;
}

bool lexer_at_string(const mp_lexer_t *lex) {
    prefix_t prefix;
    return read_prefix(lex->pos, lex->end, &prefix);
}

// ---- the fields of f-strings ----

typedef struct _scanner_t {
    mp_lexer_t *lex;
    const byte *end;
    unsigned depth;
} scanner_t;

static const byte *past_field(scanner_t *scanner, const byte *p);

static bool closes(const byte *p, const byte *end, byte quote, size_t quotes) {
    return *p == quote && (quotes == 1 || (end - p >= 3 && p[1] == quote && p[2] == quote));
}

static size_t count_quotes(const byte *p, const byte *end) {
    return end - p >= 3 && p[1] == *p && p[2] == *p ? 3 : 1;
}

// Past a string literal in an expression. `p` is at its quote.
static const byte *past_literal(scanner_t *scanner, const byte *p, prefix_t prefix) {
    byte quote = *p;
    size_t quotes = count_quotes(p, scanner->end);
    const byte *start = p;
    for (p += quotes; p < scanner->end;) {
        if (closes(p, scanner->end, quote, quotes)) {
            return p + quotes;
        } else if (*p == '\\') {
            p += 2;
        } else if (prefix.format && *p == '{') {
            p = p + 1 < scanner->end && p[1] == '{' ? p + 2 : past_field(scanner, p + 1);
        } else if (*p == '\n' && quotes == 1) {
            break;
        } else {
            p++;
        }
    }
    lexer_error(scanner->lex, start, "unterminated string literal");
}

typedef struct _expression_t {
    const byte *end;       // of its text
    const byte *equals;    // of a {x=}, or NULL
    const byte *next;      // the conversion, specification or closing brace
} expression_t;

static bool ends_debug(const byte *p, const byte *end) {
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')) {
        p++;
    }
    return p < end && (*p == '}' || *p == ':' || *p == '!');
}

static expression_t scan_expression(scanner_t *scanner, const byte *p) {
    expression_t found = { NULL, NULL, NULL };
    const byte *start = p, *end = scanner->end;
    int depth = 0;
    bool name = false; // what is before `p` goes on as a name
    while (p < end) {
        prefix_t prefix;
        byte c = *p;
        if (!name && read_prefix(p, end, &prefix)) {
            p = past_literal(scanner, p + prefix.len, prefix);
            continue;
        }
        name = c >= 0x80 || c == '_' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9');
        if (c == '#') {
            while (p < end && *p != '\n') {
                p++;
            }
            continue;
        }
        if (c == '(' || c == '[' || c == '{') {
            depth++;
        } else if (depth > 0) {
            depth -= c == ')' || c == ']' || c == '}';
        } else if (c == '}' || c == ':') {
            found.end = found.next = p;
            return found;
        } else if (c == '!' && !(p + 1 < end && p[1] == '=')) {
            found.end = found.next = p;
            return found;
        } else if (c == ')' || c == ']') {
            lexer_error(scanner->lex, p, c == ')' ? "f-string: unmatched ')'" : "f-string: unmatched ']'");
        } else if (c == '=') {
            if (p + 1 < end && p[1] == '=') {
                p++;
            } else if (!(p > start && strchr("!<>=", p[-1])) && ends_debug(p + 1, end)) {
                found.end = found.equals = p;
                for (p++; *p != '}' && *p != ':' && *p != '!'; p++) {
                }
                found.next = p;
                return found;
            }
        }
        p++;
    }
    lexer_error(scanner->lex, start, "f-string: expecting '}'");
}

// Past the specification of a field, which may have fields. `p` is behind the colon; returns where the brace is.
static const byte *past_specification(scanner_t *scanner, const byte *p) {
    while (p < scanner->end && *p != '}') {
        p = *p == '{' ? past_field(scanner, p + 1) : p + 1;
    }
    if (p >= scanner->end) {
        lexer_error(scanner->lex, p, "f-string: expecting '}'");
    }
    return p;
}

static const byte *past_conversion(scanner_t *scanner, const byte *p) {
    if (*p == '!') {
        p++;
        while (p < scanner->end && ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z')) {
            p++;
        }
    }
    while (p < scanner->end && *p == ' ') {
        p++;
    }
    if (p >= scanner->end || (*p != ':' && *p != '}')) {
        lexer_error(scanner->lex, p, "f-string: expecting '}'");
    }
    return p;
}

// Past a whole field. `p` is behind its brace.
static const byte *past_field(scanner_t *scanner, const byte *p) {
    mp_cstack_check();
    if (++scanner->depth > NESTING_MAX) {
        lexer_error(scanner->lex, p, "f-string: expressions nested too deeply");
    }
    p = past_conversion(scanner, scan_expression(scanner, p).next);
    if (*p == ':') {
        p = past_specification(scanner, p + 1);
    }
    scanner->depth--;
    return p + 1;
}

// ---- literals ----

// What the literals that follow each other become.
typedef struct _builder_t {
    mp_lexer_t *lex;
    vstr_t *text;   // not yet added
    vstr_t kinds;
    vstr_t arguments;
    size_t line;    // that the end of `arguments` is on
} builder_t;

static void builder_init(builder_t *builder, mp_lexer_t *lex, vstr_t *text) {
    builder->lex = lex;
    builder->text = text;
    builder->line = lex->line;
    vstr_init(&builder->kinds, 8);
    vstr_init(&builder->arguments, 64);
}

// As a literal that reads as that text.
static void add_quoted(vstr_t *out, const vstr_t *text) {
    vstr_add_byte(out, '"');
    for (size_t i = 0; i < text->len; i++) {
        byte c = text->buf[i];
        if (c == '"' || c == '\\') {
            vstr_add_byte(out, '\\');
            vstr_add_byte(out, c);
        } else if (c < ' ') {
            vstr_printf(out, "\\x%02x", c);
        } else {
            vstr_add_byte(out, c);
        }
    }
    vstr_add_byte(out, '"');
}

static void add_text(builder_t *builder) {
    if (builder->text->len) {
        vstr_add_byte(&builder->kinds, 'l');
        vstr_add_byte(&builder->arguments, ',');
        add_quoted(&builder->arguments, builder->text);
        vstr_reset(builder->text);
    }
}

// The call's arguments, in parentheses.
static void builder_finish(builder_t *builder, vstr_t *out) {
    add_text(builder);
    vstr_add_str(out, "(\"");
    vstr_add_strn(out, builder->kinds.buf, builder->kinds.len);
    vstr_add_byte(out, '"');
    vstr_add_strn(out, builder->arguments.buf, builder->arguments.len);
    vstr_add_byte(out, ')');
    vstr_clear(&builder->kinds);
    vstr_clear(&builder->arguments);
}

static void count_lines(mp_lexer_t *lex, const byte *to) {
    for (; lex->pos < to; lex->pos++) {
        if (*lex->pos == '\n') {
            lex->line++;
            lex->line_start = lex->pos + 1;
        }
    }
}

static void read_escape(mp_lexer_t *lex, vstr_t *out, bool bytes);
static void read_field(builder_t *builder, bool raw, unsigned depth);

// The specification at lex->pos, up to its brace, as an argument.
static void read_specification(builder_t *outer, bool raw, unsigned depth) {
    mp_lexer_t *lex = outer->lex;
    vstr_t text;
    vstr_init(&text, 16);
    builder_t builder;
    builder_init(&builder, lex, &text);
    while (lex->pos < lex->end && *lex->pos != '}') {
        if (*lex->pos == '{') {
            read_field(&builder, raw, depth + 1);
        } else if (*lex->pos == '\\' && !raw) {
            read_escape(lex, &text, false);
        } else {
            vstr_add_byte(&text, *lex->pos);
            count_lines(lex, lex->pos + 1);
        }
    }
    vstr_add_byte(&outer->arguments, ',');
    if (builder.kinds.len == 0) {
        add_quoted(&outer->arguments, &text);
    } else {
        // A name that only the inset can hold, see py/lexer.c.
        vstr_add_str(&outer->arguments, "\xff");
        builder_finish(&builder, &outer->arguments);
        outer->line = builder.line;
    }
    vstr_clear(&text);
}

// The field at lex->pos, from brace to brace.
static void read_field(builder_t *builder, bool raw, unsigned depth) {
    mp_lexer_t *lex = builder->lex;
    scanner_t scanner = { lex, lex->end, depth };
    if (depth > NESTING_MAX) {
        lexer_error(lex, lex->pos, "f-string: expressions nested too deeply");
    }
    const byte *start = lex->pos + 1;
    expression_t found = scan_expression(&scanner, start);
    bool empty = true;
    for (const byte *p = start; p < found.end; p++) {
        empty &= *p == ' ' || *p == '\t' || *p == '\n' || *p == '\r';
    }
    if (empty) {
        lexer_error(lex, start, "f-string: empty expression not allowed");
    }
    const byte *p = past_conversion(&scanner, found.next);
    char kind = 'v';
    if (*found.next == '!') {
        kind = found.next[1];
        if ((kind != 'r' && kind != 's' && kind != 'a') || (found.next[2] != ' ' && found.next[2] != ':' && found.next[2] != '}')) {
            lexer_error(lex, found.next, "f-string: invalid conversion character: expected 's', 'r', or 'a'");
        }
    } else if (found.equals && *p == '}') {
        kind = 'r';
    }
    if (found.equals) {
        vstr_add_strn(builder->text, (const char *)start, found.next - start);
    }
    add_text(builder);
    vstr_add_byte(&builder->kinds, *p == ':' ? kind - 'a' + 'A' : kind);
    vstr_add_byte(&builder->arguments, ',');
    for (; builder->line < lex->line; builder->line++) {
        vstr_add_byte(&builder->arguments, '\n');
    }
    vstr_add_byte(&builder->arguments, '(');
    vstr_add_strn(&builder->arguments, (const char *)start, found.end - start);
    vstr_add_str(&builder->arguments, memchr(start, '#', found.end - start) ? "\n)" : ")");
    count_lines(lex, found.end);
    builder->line = lex->line + (memchr(start, '#', found.end - start) != NULL);
    count_lines(lex, p);
    if (*p == ':') {
        lex->pos++;
        read_specification(builder, raw, depth);
    }
    if (lex->pos >= lex->end) {
        lexer_error(lex, start, "f-string: expecting '}'");
    }
    lex->pos++;
}

static unsigned read_hex(mp_lexer_t *lex, size_t digits, const char *what) {
    unsigned value = 0;
    for (size_t i = 0; i < digits; i++, lex->pos++) {
        if (lex->pos >= lex->end || !unichar_isxdigit(*lex->pos)) {
            lexer_error(lex, lex->tok_pos, what);
        }
        value = value << 4 | unichar_xdigit_value(*lex->pos);
    }
    return value;
}

// \N{name}: from the unicodedata module, when there is one.
static unichar read_character_name(mp_lexer_t *lex) {
    const byte *start = lex->pos + 1;
    const byte *stop = lex->pos < lex->end && *lex->pos == '{' ? memchr(start, '}', lex->end - start) : NULL;
    if (stop == NULL) {
        lexer_error(lex, lex->tok_pos, "(unicode error) 'unicodeescape' codec can't decode bytes: malformed \\N character escape");
    }
    mp_obj_t lookup[3];
    mp_obj_t none[] = { mp_const_none };
    mp_obj_t module = mp_import_name(MP_QSTR_unicodedata, mp_obj_new_tuple(1, none), MP_OBJ_NEW_SMALL_INT(0));
    mp_load_method(module, MP_QSTR_lookup, lookup);
    size_t extra = lookup[1] != MP_OBJ_NULL;
    lookup[1 + extra] = mp_obj_new_str((const char *)start, stop - start);
    mp_obj_t found = mp_call_function_n_kw(lookup[0], 1 + extra, 0, lookup + 1);
    lex->pos = stop + 1;
    size_t len;
    return utf8_get_char((const byte *)mp_obj_str_get_data(found, &len));
}

static void read_escape(mp_lexer_t *lex, vstr_t *out, bool bytes) {
    lex->pos++;
    byte c = lex->pos < lex->end ? *lex->pos : 0;
    lex->pos++;
    switch (c) {
        case '\r':
            lex->pos += lex->pos < lex->end && *lex->pos == '\n';
            // fall through
        case '\n':
            lex->line++;
            lex->line_start = lex->pos;
            return;
        case '\\':
        case '\'':
        case '"':
            vstr_add_byte(out, c);
            return;
        case 'a':
            vstr_add_byte(out, '\a');
            return;
        case 'b':
            vstr_add_byte(out, '\b');
            return;
        case 'f':
            vstr_add_byte(out, '\f');
            return;
        case 'n':
            vstr_add_byte(out, '\n');
            return;
        case 'r':
            vstr_add_byte(out, '\r');
            return;
        case 't':
            vstr_add_byte(out, '\t');
            return;
        case 'v':
            vstr_add_byte(out, '\v');
            return;
        case 'x': {
            unsigned value = read_hex(lex, 2, bytes ? "(value error) invalid \\x escape at position 0"
                : "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: truncated \\xXX escape");
            bytes ? vstr_add_byte(out, value) : vstr_add_char(out, value);
            return;
        }
        case '0' ... '7': {
            unsigned value = c - '0';
            for (size_t i = 0; i < 2 && lex->pos < lex->end && *lex->pos >= '0' && *lex->pos <= '7'; i++) {
                value = value * 8 + *lex->pos++ - '0';
            }
            bytes ? vstr_add_byte(out, value) : vstr_add_char(out, value);
            return;
        }
        case 'u':
        case 'U':
        case 'N':
            if (!bytes) {
                unichar value = c == 'N' ? read_character_name(lex)
                    : read_hex(lex, c == 'u' ? 4 : 8, c == 'u'
                        ? "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: truncated \\uXXXX escape"
                        : "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: truncated \\UXXXXXXXX escape");
                if (value > 0x10ffff) {
                    lexer_error(lex, lex->tok_pos,
                        "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-9: illegal Unicode character");
                }
                vstr_add_char(out, value);
                return;
            }
            break;
        default:
            break;
    }
    // Not an escape: both characters stand for themselves.
    vstr_add_byte(out, '\\');
    lex->pos--;
}

static void read_literal(builder_t *builder, prefix_t prefix) {
    mp_lexer_t *lex = builder->lex;
    vstr_t *out = builder->text;
    const byte *start = lex->pos;
    size_t line = lex->line;
    byte quote = *start;
    size_t quotes = count_quotes(start, lex->end);
    for (lex->pos += quotes; lex->pos < lex->end;) {
        byte c = *lex->pos;
        if (closes(lex->pos, lex->end, quote, quotes)) {
            lex->pos += quotes;
            return;
        } else if (c == '\n' || c == '\r') {
            if (quotes == 1) {
                break;
            }
            lex->pos += c == '\r' && lex->pos + 1 < lex->end && lex->pos[1] == '\n' ? 2 : 1;
            lex->line++;
            lex->line_start = lex->pos;
            vstr_add_byte(out, '\n');
        } else if (c == '\\') {
            if (prefix.raw) {
                // A quote after it does not end the literal, and both stay.
                vstr_add_byte(out, c);
                lex->pos++;
                if (lex->pos < lex->end && (*lex->pos == quote || *lex->pos == '\\')) {
                    vstr_add_byte(out, *lex->pos++);
                }
            } else {
                read_escape(lex, out, prefix.bytes);
            }
        } else if (prefix.format && (c == '{' || c == '}')) {
            if (lex->pos + 1 < lex->end && lex->pos[1] == c) {
                vstr_add_byte(out, c);
                lex->pos += 2;
            } else if (c == '}') {
                lexer_error(lex, lex->pos, "f-string: single '}' is not allowed");
            } else {
                read_field(builder, prefix.raw, 0);
            }
        } else {
            if (prefix.bytes && c >= 0x80) {
                lexer_error(lex, lex->pos, "bytes can only contain ASCII literal characters");
            }
            vstr_add_byte(out, c);
            lex->pos++;
        }
    }
    unsigned detected = lex->line;
    lex->line = line;
    vstr_t message;
    vstr_init(&message, 80);
    vstr_printf(&message, "unterminated %sstring literal (detected at line %u)", quotes == 3 ? "triple-quoted " : "", detected);
    lexer_error(lex, start, vstr_null_terminated_str(&message));
}

void lexer_read_string(mp_lexer_t *lex) {
    prefix_t prefix;
    read_prefix(lex->pos, lex->end, &prefix);
    bool bytes = prefix.bytes;
    size_t line = lex->line;
    builder_t builder;
    builder_init(&builder, lex, &lex->vstr);
    do {
        if (prefix.bytes != bytes) {
            lexer_error(lex, lex->pos, "cannot mix bytes and nonbytes literals");
        }
        lex->pos += prefix.len;
        read_literal(&builder, prefix);
        lexer_skip_blank(lex);
    } while (read_prefix(lex->pos, lex->end, &prefix));
    lex->tok_kind = bytes ? MP_TOKEN_BYTES : MP_TOKEN_STRING;
    if (builder.kinds.len == 0) {
        vstr_clear(&builder.kinds);
        vstr_clear(&builder.arguments);
        return;
    }
    vstr_t text;
    vstr_init(&text, builder.arguments.len + 64);
    builder_finish(&builder, &text);
    lexer_inset(lex, &text, line);
    lex->tok_kind = MP_TOKEN_NAME;
    vstr_reset(&lex->vstr);
    vstr_add_str(&lex->vstr, qstr_str(MP_QSTR__lt_fstring_gt_));
}
