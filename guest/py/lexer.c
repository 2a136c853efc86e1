// The tokens of a source text: upstream's interface (py/lexer.h), with the whole lexical grammar of Python 3.12.
//
// Reads from memory, so that it can look ahead: `match`, `case` and `type` are keywords by what follows on their line,
// and the parentheses around the items of a `with` statement are dropped when they are that and not a tuple. The text
// that an f-string stands for (see fstring.c) is read in its place, as an inset.
//
// The text is the program's own and valid UTF-8; every look ahead is bounded by its end.

#include <stdarg.h>
#include <string.h>

#include "py/lexer.h"
#include "py/runtime.h"
#include "lexing.h"

#define TAB_SIZE 8

// Must have the order of the keywords in py/lexer.h, which is that of strcmp().
static const char *const keywords[] = {
    "False", "None", "True", "__debug__", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
    "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
};

typedef struct _operator_t {
    char text[4];
    uint8_t kind;
} operator_t;

// Longer ones before those that they begin with.
static const operator_t operators[] = {
    { "...", MP_TOKEN_ELLIPSIS }, { "**=", MP_TOKEN_DEL_DBL_STAR_EQUAL }, { "//=", MP_TOKEN_DEL_DBL_SLASH_EQUAL },
    { ">>=", MP_TOKEN_DEL_DBL_MORE_EQUAL }, { "<<=", MP_TOKEN_DEL_DBL_LESS_EQUAL },
    { "==", MP_TOKEN_OP_DBL_EQUAL }, { "!=", MP_TOKEN_OP_NOT_EQUAL }, { "<=", MP_TOKEN_OP_LESS_EQUAL },
    { ">=", MP_TOKEN_OP_MORE_EQUAL }, { ":=", MP_TOKEN_OP_ASSIGN }, { "->", MP_TOKEN_DEL_MINUS_MORE },
    { "+=", MP_TOKEN_DEL_PLUS_EQUAL }, { "-=", MP_TOKEN_DEL_MINUS_EQUAL }, { "*=", MP_TOKEN_DEL_STAR_EQUAL },
    { "/=", MP_TOKEN_DEL_SLASH_EQUAL }, { "%=", MP_TOKEN_DEL_PERCENT_EQUAL }, { "&=", MP_TOKEN_DEL_AMPERSAND_EQUAL },
    { "|=", MP_TOKEN_DEL_PIPE_EQUAL }, { "^=", MP_TOKEN_DEL_CARET_EQUAL }, { "@=", MP_TOKEN_DEL_AT_EQUAL },
    { "**", MP_TOKEN_OP_DBL_STAR }, { "//", MP_TOKEN_OP_DBL_SLASH }, { ">>", MP_TOKEN_OP_DBL_MORE },
    { "<<", MP_TOKEN_OP_DBL_LESS },
    { "(", MP_TOKEN_DEL_PAREN_OPEN }, { ")", MP_TOKEN_DEL_PAREN_CLOSE }, { "[", MP_TOKEN_DEL_BRACKET_OPEN },
    { "]", MP_TOKEN_DEL_BRACKET_CLOSE }, { "{", MP_TOKEN_DEL_BRACE_OPEN }, { "}", MP_TOKEN_DEL_BRACE_CLOSE },
    { ",", MP_TOKEN_DEL_COMMA }, { ":", MP_TOKEN_DEL_COLON }, { ".", MP_TOKEN_DEL_PERIOD },
    { ";", MP_TOKEN_DEL_SEMICOLON }, { "=", MP_TOKEN_DEL_EQUAL }, { "+", MP_TOKEN_OP_PLUS },
    { "-", MP_TOKEN_OP_MINUS }, { "*", MP_TOKEN_OP_STAR }, { "/", MP_TOKEN_OP_SLASH }, { "%", MP_TOKEN_OP_PERCENT },
    { "<", MP_TOKEN_OP_LESS }, { ">", MP_TOKEN_OP_MORE }, { "&", MP_TOKEN_OP_AMPERSAND }, { "|", MP_TOKEN_OP_PIPE },
    { "^", MP_TOKEN_OP_CARET }, { "~", MP_TOKEN_OP_TILDE }, { "@", MP_TOKEN_OP_AT },
};

// ---- errors ----

// The text of the line that `at` is in, and the column of `at` in characters, from 1.
static mp_obj_t error_details(mp_lexer_t *lex, const byte *at, size_t line) {
    const byte *start = at, *stop = at;
    while (start > lex->begin && start[-1] != '\n') {
        start--;
    }
    while (stop < lex->end && *stop != '\n' && *stop != '\r') {
        stop++;
    }
    size_t column = utf8_charlen(start, at - start) + 1;
    vstr_t text;
    vstr_init(&text, stop - start + 2);
    vstr_add_strn(&text, (const char *)start, stop - start);
    vstr_add_byte(&text, '\n');
    mp_obj_t items[] = {
        MP_OBJ_NEW_QSTR(lex->source_name), MP_OBJ_NEW_SMALL_INT(line), MP_OBJ_NEW_SMALL_INT(column),
        mp_obj_new_str_from_vstr(&text),
    };
    return mp_obj_new_tuple(MP_ARRAY_SIZE(items), items);
}

static NORETURN void raise_at(mp_lexer_t *lex, const mp_obj_type_t *type, const byte *at, size_t line, mp_obj_t message) {
    while (lex->inset != NULL) {
        // Inside of an f-string: what it stands for is not in the source.
        lexer_inset_t *inset = lex->inset;
        lex->pos = inset->pos;
        lex->end = inset->end;
        lex->inset = inset->outer;
        at = inset->tok_pos;
        line = inset->tok_line;
    }
    mp_obj_t args[] = { message, error_details(lex, at, line) };
    mp_obj_t exc = mp_call_function_n_kw(MP_OBJ_FROM_PTR(type), 2, 0, args);
    mp_obj_exception_add_traceback(exc, lex->source_name, line, MP_QSTRnull);
    nlr_raise(exc);
}

static mp_obj_t text_of(const char *message) {
    return mp_obj_new_str_from_cstr(message);
}

NORETURN void lexer_error(mp_lexer_t *lex, const byte *at, const char *message) {
    raise_at(lex, &mp_type_SyntaxError, at, lex->line, text_of(message));
}

static mp_obj_t format(const char *format, ...) {
    vstr_t text;
    mp_print_t print;
    vstr_init_print(&text, 64, &print);
    va_list args;
    va_start(args, format);
    mp_vprintf(&print, format, args);
    va_end(args);
    return mp_obj_new_str_from_vstr(&text);
}

static lexer_bracket_t *open_brackets(mp_lexer_t *lex, size_t *count) {
    *count = lex->brackets.len / sizeof(lexer_bracket_t);
    return (lexer_bracket_t *)lex->brackets.buf;
}

// Where `print` stands at the start of the line and what it is to print begins with the current token; or NULL.
static const byte *old_print(mp_lexer_t *lex) {
    if (lex->tok_kind != MP_TOKEN_NAME && lex->tok_kind != MP_TOKEN_STRING && lex->tok_kind != MP_TOKEN_INTEGER
        && lex->tok_kind != MP_TOKEN_FLOAT_OR_IMAG) {
        return NULL;
    }
    const byte *start = lex->tok_pos;
    while (start > lex->begin && start[-1] != '\n') {
        start--;
    }
    while (*start == ' ' || *start == '\t') {
        start++;
    }
    const byte *after = start + 5;
    if (after >= lex->tok_pos || memcmp(start, "print", 5) != 0) {
        return NULL;
    }
    while (after < lex->tok_pos && (*after == ' ' || *after == '\t')) {
        after++;
    }
    return after == lex->tok_pos ? start : NULL;
}

NORETURN void mp_lexer_raise_syntax_error(mp_lexer_t *lex) {
    size_t open;
    lexer_bracket_t *brackets = open_brackets(lex, &open);
    switch (lex->tok_kind) {
        case MP_TOKEN_INDENT:
            raise_at(lex, &mp_type_IndentationError, lex->pos, lex->line, text_of("unexpected indent"));
        case MP_TOKEN_DEDENT_MISMATCH:
            raise_at(lex, &mp_type_IndentationError, lex->pos, lex->line,
                text_of("unindent does not match any outer indentation level"));
        case MP_TOKEN_END:
            if (open > 0) {
                raise_at(lex, &mp_type_SyntaxError, brackets[open - 1].pos, brackets[open - 1].line,
                    format("'%c' was never closed", *brackets[open - 1].pos));
            }
            break;
        default:
            break;
    }
    const byte *print = old_print(lex);
    if (print != NULL) {
        raise_at(lex, &mp_type_SyntaxError, print, lex->tok_line,
            text_of("Missing parentheses in call to 'print'. Did you mean print(...)?"));
    }
    raise_at(lex, &mp_type_SyntaxError, lex->tok_pos, lex->tok_line, text_of("invalid syntax"));
}

mp_obj_t lexer_compile_error(mp_obj_t exc, qstr file, size_t line) {
    mp_obj_t items[] = { MP_OBJ_NEW_QSTR(file), MP_OBJ_NEW_SMALL_INT(line), mp_const_none, mp_const_none };
    mp_obj_t args[] = { mp_obj_exception_get_value(exc), mp_obj_new_tuple(MP_ARRAY_SIZE(items), items) };
    return mp_call_function_n_kw(MP_OBJ_FROM_PTR(mp_obj_get_type(exc)), 2, 0, args);
}

static const char *statement_name(mp_token_kind_t kind) {
    switch (kind) {
        case MP_TOKEN_KW_DEF:
        case MP_TOKEN_KW_ASYNC:
            return "function definition";
        case MP_TOKEN_KW_CLASS:
            return "class definition";
        case MP_TOKEN_KW_MATCH:
            return "'match' statement";
        case MP_TOKEN_KW_CASE:
            return "'case' statement";
        default:
            return NULL;
    }
}

void mp_lexer_raise_expected(mp_lexer_t *lex, mp_token_kind_t expected) {
    if (expected == MP_TOKEN_INDENT && lex->tok_kind != MP_TOKEN_DEDENT_MISMATCH) {
        // The current token may have begun the next one.
        size_t which = lex->tok_kind == lex->statements[1].kind && lex->tok_line == lex->statements[1].line ? 0 : 1;
        mp_token_kind_t kind = lex->statements[which].kind;
        size_t line = lex->statements[which].line;
        const char *name = statement_name(kind);
        mp_obj_t message;
        if (name != NULL) {
            message = format("expected an indented block after %s on line %u", name, (unsigned)line);
        } else if (kind >= MP_TOKEN_KW_FALSE && kind <= MP_TOKEN_KW_YIELD) {
            message = format("expected an indented block after '%s' statement on line %u",
                keywords[kind - MP_TOKEN_KW_FALSE], (unsigned)line);
        } else {
            message = text_of("expected an indented block");
        }
        raise_at(lex, &mp_type_IndentationError, lex->pos, lex->line, message);
    } else if (expected == MP_TOKEN_DEL_COLON && (lex->tok_kind == MP_TOKEN_NEWLINE || lex->tok_kind == MP_TOKEN_END)) {
        raise_at(lex, &mp_type_SyntaxError, lex->tok_pos, lex->tok_line, text_of("expected ':'"));
    } else if (expected == MP_TOKEN_KW_EXCEPT && lex->tok_kind != MP_TOKEN_INDENT && lex->tok_kind != MP_TOKEN_DEDENT_MISMATCH) {
        raise_at(lex, &mp_type_SyntaxError, lex->tok_pos, lex->tok_line, text_of("expected 'except' or 'finally' block"));
    }
}

// ---- reading ----

static int peek(const mp_lexer_t *lex, size_t n) {
    return n < (size_t)(lex->end - lex->pos) ? lex->pos[n] : -1;
}

static bool is_newline(int c) {
    return c == '\n' || c == '\r';
}

static bool is_blank(int c) {
    return c == ' ' || c == '\t' || c == '\f';
}

static bool is_identifier_start(int c) {
    return c >= 0x80 || c == '_' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool is_decimal(int c) {
    return c >= '0' && c <= '9';
}

static bool is_identifier(int c) {
    return is_identifier_start(c) || is_decimal(c);
}

// At a line's end: "\n", "\r\n" or "\r".
static void skip_newline(mp_lexer_t *lex) {
    lex->pos += peek(lex, 0) == '\r' && peek(lex, 1) == '\n' ? 2 : 1;
    lex->line++;
    lex->line_start = lex->pos;
}

// Goes to the next thing that is not blank, a comment or a continued line; across lines when those do not matter.
static void skip_blank(mp_lexer_t *lex, bool lines) {
    for (;;) {
        int c = peek(lex, 0);
        if (is_blank(c)) {
            lex->pos++;
        } else if (c == '#') {
            while (peek(lex, 0) != -1 && !is_newline(peek(lex, 0))) {
                lex->pos++;
            }
        } else if (is_newline(c) && lines) {
            skip_newline(lex);
        } else if (c == '\\' && is_newline(peek(lex, 1))) {
            lex->pos++;
            skip_newline(lex);
        } else if (c == '\\') {
            lexer_error(lex, lex->pos + 1, peek(lex, 1) == -1 ? "unexpected EOF while parsing"
                : "unexpected character after line continuation character");
        } else if (c == -1 && lex->inset != NULL) {
            lexer_inset_t *inset = lex->inset;
            lex->pos = inset->pos;
            lex->end = inset->end;
            lex->line = inset->line;
            lex->inset = inset->outer;
            lines = lex->nested_bracket_level > 0;
        } else {
            break;
        }
    }
}

void lexer_skip_blank(mp_lexer_t *lex) {
    skip_blank(lex, lex->nested_bracket_level > 0);
}

void lexer_inset(mp_lexer_t *lex, vstr_t *text, size_t line) {
    lexer_inset_t *inset = m_new_obj(lexer_inset_t);
    *inset = (lexer_inset_t) {
        .outer = lex->inset, .pos = lex->pos, .end = lex->end, .line = lex->line, .text = *text,
        .tok_pos = lex->tok_pos, .tok_line = lex->tok_line,
    };
    lex->inset = inset;
    lex->pos = (const byte *)inset->text.buf;
    lex->end = lex->pos + inset->text.len;
    lex->line = line;
}

// ---- indentation ----

static size_t indentation(mp_lexer_t *lex) {
    size_t width = 0;
    for (const byte *p = lex->line_start; p < lex->pos; p++) {
        width = *p == '\t' ? (width / TAB_SIZE + 1) * TAB_SIZE : *p == '\f' ? 0 : width + 1;
    }
    return width;
}

static void set_indentation(mp_lexer_t *lex, size_t width) {
    size_t top = lex->indent_level[lex->num_indent_level - 1];
    if (width > top) {
        if (width > UINT16_MAX || lex->num_indent_level >= 100) {
            raise_at(lex, &mp_type_IndentationError, lex->pos, lex->line, text_of("too many levels of indentation"));
        }
        if (lex->num_indent_level == lex->alloc_indent_level) {
            lex->indent_level = m_renew(uint16_t, lex->indent_level, lex->alloc_indent_level, 2 * lex->alloc_indent_level);
            lex->alloc_indent_level *= 2;
        }
        lex->indent_level[lex->num_indent_level++] = width;
        lex->emit_dent++;
    } else {
        while (width < lex->indent_level[lex->num_indent_level - 1]) {
            lex->num_indent_level--;
            lex->emit_dent--;
        }
        if (width != lex->indent_level[lex->num_indent_level - 1]) {
            lex->tok_kind = MP_TOKEN_DEDENT_MISMATCH;
        }
    }
}

// ---- looking ahead ----

// Past a string literal whose prefix was read; `p` is at its quote.
static const byte *past_string(const byte *p, const byte *end) {
    byte quote = *p;
    size_t n = end - p >= 3 && p[1] == quote && p[2] == quote ? 3 : 1;
    for (p += n; p < end; p++) {
        if (*p == '\\') {
            p++;
        } else if (*p == quote && (n == 1 || (end - p >= 3 && p[1] == quote && p[2] == quote))) {
            return p + n;
        } else if (n == 1 && is_newline(*p)) {
            return p;
        }
    }
    return end;
}

typedef struct _scan_t {
    bool colon;      // there is one outside of brackets
    bool colon_last; // and it is the last thing on the line
} scan_t;

// Looks at what follows up to the end of the logical line.
static scan_t scan_line(const byte *p, const byte *end) {
    scan_t scan = { false, false };
    size_t depth = 0;
    while (p < end && !(is_newline(*p) && depth == 0)) {
        byte c = *p;
        if (c == '#') {
            while (p < end && !is_newline(*p)) {
                p++;
            }
        } else if (c == '\'' || c == '"') {
            p = past_string(p, end);
            scan.colon_last = false;
        } else if (c == '\\') {
            p += 2;
        } else {
            if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (depth > 0 && (c == ')' || c == ']' || c == '}')) {
                depth--;
            }
            if (!is_blank(c)) {
                scan.colon_last = c == ':' && depth == 0;
                scan.colon |= scan.colon_last;
            }
            p++;
        }
    }
    return scan;
}

// Whether the parenthesis at `p` holds the items of a with statement. Then *close is the one that ends them.
static bool with_items(const byte *p, const byte *end, const byte **close) {
    size_t depth = 1;
    bool items = false;
    for (p++; p < end;) {
        byte c = *p;
        if (c == '\'' || c == '"') {
            p = past_string(p, end);
            continue;
        } else if (c == '#') {
            while (p < end && !is_newline(*p)) {
                p++;
            }
            continue;
        } else if (c == '(' || c == '[' || c == '{') {
            depth++;
        } else if (c == ')' || c == ']' || c == '}') {
            if (--depth == 0) {
                break;
            }
        } else if (depth == 1 && c == ',') {
            items = true;
        } else if (depth == 1 && is_identifier_start(c)) {
            const byte *name = p;
            while (p < end && is_identifier(*p)) {
                p++;
            }
            items |= p - name == 2 && memcmp(name, "as", 2) == 0;
            continue;
        } else if (c == '\\') {
            p++;
        }
        p++;
    }
    if (p >= end || !items) {
        return false;
    }
    *close = p;
    for (p++; p < end && is_blank(*p); p++) {
    }
    return p < end && *p == ':';
}

// The kind of a name at the start of a statement, which may be a soft keyword. `p` is behind it.
static mp_token_kind_t soft_keyword(mp_lexer_t *lex, const char *name, size_t len) {
    const byte *p = lex->pos;
    while (p < lex->end && is_blank(*p)) {
        p++;
    }
    if (p >= lex->end) {
        return MP_TOKEN_NAME;
    }
    bool operand = is_identifier(*p) || strchr("([{'\"-~+*", *p) != NULL
        || (*p == '.' && p + 1 < lex->end && (is_decimal(p[1]) || p[1] == '.'));
    if (len == 5 && memcmp(name, "match", 5) == 0) {
        return operand && (p > lex->pos || !is_identifier(*p)) && scan_line(p, lex->end).colon_last
               ? MP_TOKEN_KW_MATCH : MP_TOKEN_NAME;
    }
    if (len == 4 && memcmp(name, "case", 4) == 0) {
        return operand && scan_line(p, lex->end).colon ? MP_TOKEN_KW_CASE : MP_TOKEN_NAME;
    }
    if (len == 4 && memcmp(name, "type", 4) == 0 && is_identifier_start(*p)) {
        while (p < lex->end && is_identifier(*p)) {
            p++;
        }
        while (p < lex->end && is_blank(*p)) {
            p++;
        }
        if (p < lex->end && (*p == '[' || (*p == '=' && !(p + 1 < lex->end && p[1] == '=')))) {
            return MP_TOKEN_KW_TYPE;
        }
    }
    return MP_TOKEN_NAME;
}

// ---- tokens ----

static void read_name(mp_lexer_t *lex, bool statement_start) {
    const byte *start = lex->pos;
    while (is_identifier(peek(lex, 0))) {
        int c = peek(lex, 0);
        if (c == 0xff && lex->inset != NULL) {
            // A byte that no text has: fstring.c put it here.
            lex->pos++;
            vstr_add_str(&lex->vstr, qstr_str(MP_QSTR__lt_fstring_gt_));
            lex->tok_kind = MP_TOKEN_NAME;
            return;
        } else if (c >= 0x80) {
            unichar u = utf8_get_char(lex->pos);
            // Punctuation, arrows, symbols, emoji: in no identifier, and often pasted into programs.
            if ((u < 0xc0 && u != 0xaa && u != 0xb5 && u != 0xb7 && u != 0xba) || u == 0xd7 || u == 0xf7
                || (u >= 0x2000 && u <= 0x206f && u != 0x203f && u != 0x2040) || (u >= 0x2190 && u <= 0x2bff)
                || (u >= 0x3000 && u <= 0x3004) || (u >= 0xff01 && u <= 0xff0f) || u >= 0x1f000) {
                raise_at(lex, &mp_type_SyntaxError, lex->pos, lex->line,
                    format((u < 0xa1 || u == 0x200b || u == 0xfeff) ? "invalid non-printable character U+%04X"
                        : "invalid character '%.*s' (U+%04X)",
                        (int)(utf8_next_char(lex->pos) - lex->pos), lex->pos, (unsigned)u));
            }
            lex->pos = utf8_next_char(lex->pos);
        } else {
            lex->pos++;
        }
    }
    vstr_add_strn(&lex->vstr, (const char *)start, lex->pos - start);
    const char *name = vstr_null_terminated_str(&lex->vstr);
    lex->tok_kind = MP_TOKEN_NAME;
    for (size_t i = 0; i < MP_ARRAY_SIZE(keywords); i++) {
        int order = strcmp(name, keywords[i]);
        if (order < 0) {
            break;
        }
        if (order == 0) {
            lex->tok_kind = MP_TOKEN_KW_FALSE + i;
            break;
        }
    }
    if (lex->tok_kind == MP_TOKEN_KW___DEBUG__) {
        lex->tok_kind = MP_STATE_VM(mp_optimise_value) == 0 ? MP_TOKEN_KW_TRUE : MP_TOKEN_KW_FALSE;
    } else if (lex->tok_kind == MP_TOKEN_NAME && statement_start) {
        lex->tok_kind = soft_keyword(lex, lex->vstr.buf, lex->vstr.len);
    }
}

static NORETURN void invalid_number(mp_lexer_t *lex, const char *what) {
    raise_at(lex, &mp_type_SyntaxError, lex->pos, lex->line, format("invalid %s literal", what));
}

static bool digit_of(int c, int base) {
    return base == 16 ? unichar_isxdigit(c) : c >= '0' && c < '0' + base;
}

// Digits with single underscores between them.
static void read_digits(mp_lexer_t *lex, int base, const char *what) {
    for (;;) {
        while (peek(lex, 0) != -1 && digit_of(peek(lex, 0), base)) {
            vstr_add_byte(&lex->vstr, *lex->pos++);
        }
        if (peek(lex, 0) != '_') {
            break;
        }
        lex->pos++;
        if (peek(lex, 0) == -1 || !digit_of(peek(lex, 0), base)) {
            invalid_number(lex, what);
        }
    }
}

static void read_number(mp_lexer_t *lex) {
    lex->tok_kind = MP_TOKEN_INTEGER;
    int marker = peek(lex, 1) | 0x20;
    const char *what = "decimal";
    if (peek(lex, 0) == '0' && peek(lex, 1) != -1 && (marker == 'x' || marker == 'o' || marker == 'b')) {
        int base = marker == 'x' ? 16 : marker == 'o' ? 8 : 2;
        what = marker == 'x' ? "hexadecimal" : marker == 'o' ? "octal" : "binary";
        vstr_add_strn(&lex->vstr, (const char *)lex->pos, 2);
        lex->pos += 2;
        if (peek(lex, 0) == '_') {
            lex->pos++;
        }
        size_t len = lex->vstr.len;
        read_digits(lex, base, what);
        if (lex->vstr.len == len) {
            invalid_number(lex, what);
        }
        if (is_decimal(peek(lex, 0))) {
            raise_at(lex, &mp_type_SyntaxError, lex->pos, lex->line,
                format("invalid digit '%c' in %s literal", peek(lex, 0), what));
        }
    } else {
        if (peek(lex, 0) != '.') {
            read_digits(lex, 10, what);
        }
        if (peek(lex, 0) == '.') {
            lex->tok_kind = MP_TOKEN_FLOAT_OR_IMAG;
            vstr_add_byte(&lex->vstr, *lex->pos++);
            if (is_decimal(peek(lex, 0))) {
                read_digits(lex, 10, what);
            }
        }
        if ((peek(lex, 0) | 0x20) == 'e' && peek(lex, 0) != -1) {
            size_t sign = peek(lex, 1) == '+' || peek(lex, 1) == '-';
            if (is_decimal(peek(lex, 1 + sign))) {
                lex->tok_kind = MP_TOKEN_FLOAT_OR_IMAG;
                vstr_add_strn(&lex->vstr, (const char *)lex->pos, 1 + sign);
                lex->pos += 1 + sign;
                read_digits(lex, 10, what);
            }
        }
        if ((peek(lex, 0) | 0x20) == 'j' && peek(lex, 0) != -1) {
            lex->tok_kind = MP_TOKEN_FLOAT_OR_IMAG;
            what = "imaginary";
            vstr_add_byte(&lex->vstr, 'j');
            lex->pos++;
        } else if (lex->tok_kind == MP_TOKEN_INTEGER && lex->vstr.buf[0] == '0') {
            for (size_t i = 1; i < lex->vstr.len; i++) {
                if (lex->vstr.buf[i] != '0') {
                    raise_at(lex, &mp_type_SyntaxError, lex->tok_pos, lex->line,
                        text_of("leading zeros in decimal integer literals are not permitted; "
                            "use an 0o prefix for octal integers"));
                }
            }
        }
    }
    // A keyword may follow at once, as in `1if x else 2`.
    if (is_identifier_start(peek(lex, 0))) {
        static const char *const after[] = { "and", "else", "for", "if", "in", "is", "not", "or" };
        for (size_t i = 0; i < MP_ARRAY_SIZE(after); i++) {
            size_t n = strlen(after[i]);
            if ((size_t)(lex->end - lex->pos) >= n && memcmp(lex->pos, after[i], n) == 0 && !is_identifier(peek(lex, n))) {
                return;
            }
        }
        invalid_number(lex, what);
    }
}

static void read_operator(mp_lexer_t *lex) {
    size_t left = lex->end - lex->pos;
    const operator_t *op = NULL;
    for (size_t i = 0; op == NULL && i < MP_ARRAY_SIZE(operators); i++) {
        if (operators[i].text[0] != *lex->pos) {
            continue;
        }
        size_t n = strlen(operators[i].text);
        if (n <= left && memcmp(operators[i].text, lex->pos, n) == 0) {
            op = &operators[i];
            left = n;
        }
    }
    if (op == NULL) {
        lexer_error(lex, lex->pos, "invalid syntax");
    }
    size_t open;
    lexer_bracket_t *brackets = open_brackets(lex, &open);
    switch (op->kind) {
        case MP_TOKEN_DEL_PAREN_OPEN:
        case MP_TOKEN_DEL_BRACKET_OPEN:
        case MP_TOKEN_DEL_BRACE_OPEN: {
            if (open >= MICROPY_LEXER_BRACKETS_MAX) {
                lexer_error(lex, lex->pos, "too many nested parentheses");
            }
            lexer_bracket_t bracket = { lex->pos, lex->line };
            vstr_add_strn(&lex->brackets, (const char *)&bracket, sizeof(bracket));
            lex->nested_bracket_level++;
            break;
        }
        case MP_TOKEN_DEL_PAREN_CLOSE:
        case MP_TOKEN_DEL_BRACKET_CLOSE:
        case MP_TOKEN_DEL_BRACE_CLOSE: {
            if (open == 0) {
                raise_at(lex, &mp_type_SyntaxError, lex->pos, lex->line, format("unmatched '%c'", *lex->pos));
            }
            char opening = *brackets[open - 1].pos;
            if (*lex->pos != (opening == '(' ? ')' : opening == '[' ? ']' : '}')) {
                raise_at(lex, &mp_type_SyntaxError, lex->pos, lex->line, brackets[open - 1].line == lex->line
                    ? format("closing parenthesis '%c' does not match opening parenthesis '%c'", *lex->pos, opening)
                    : format("closing parenthesis '%c' does not match opening parenthesis '%c' on line %u",
                        *lex->pos, opening, (unsigned)brackets[open - 1].line));
            }
            vstr_cut_tail_bytes(&lex->brackets, sizeof(lexer_bracket_t));
            lex->nested_bracket_level--;
            break;
        }
        default:
            break;
    }
    lex->pos += left;
    lex->tok_kind = op->kind;
}

// The items of a with statement in parentheses are read without those.
static void open_with_items(mp_lexer_t *lex) {
    const byte *p = lex->pos;
    while (p < lex->end && is_blank(*p)) {
        p++;
    }
    if (p < lex->end && *p == '(' && with_items(p, lex->end, &lex->with_close)) {
        lexer_bracket_t bracket = { p, lex->line };
        vstr_add_strn(&lex->brackets, (const char *)&bracket, sizeof(bracket));
        lex->nested_bracket_level++;
        lex->pos = p + 1;
    }
}

void mp_lexer_to_next(mp_lexer_t *lex) {
    mp_token_kind_t previous = lex->tok_kind;
    bool statement_start = previous == MP_TOKEN_NEWLINE || previous == MP_TOKEN_INDENT || previous == MP_TOKEN_DEDENT;
    vstr_reset(&lex->vstr);
    if (lex->emit_dent != 0) {
        lex->tok_kind = lex->emit_dent > 0 ? MP_TOKEN_INDENT : MP_TOKEN_DEDENT;
        lex->emit_dent += lex->emit_dent > 0 ? -1 : 1;
        return;
    }
    skip_blank(lex, lex->nested_bracket_level > 0);
    if (lex->with_close != NULL && lex->pos == lex->with_close) {
        vstr_cut_tail_bytes(&lex->brackets, sizeof(lexer_bracket_t));
        lex->nested_bracket_level--;
        lex->with_close = NULL;
        lex->pos++;
        skip_blank(lex, false);
    }
    lex->tok_pos = lex->pos;
    lex->tok_line = lex->line;
    lex->tok_column = lex->pos - lex->line_start + 1;
    int c = peek(lex, 0);
    if ((is_newline(c) || c == -1) && lex->nested_bracket_level == 0 && !(c == -1 && statement_start)) {
        skip_blank(lex, true);
        lex->tok_kind = MP_TOKEN_NEWLINE;
        set_indentation(lex, peek(lex, 0) == -1 ? 0 : indentation(lex));
    } else if (c == -1) {
        lex->tok_kind = MP_TOKEN_END;
    } else if (lexer_at_string(lex)) {
        lexer_read_string(lex);
    } else if (is_identifier_start(c)) {
        read_name(lex, statement_start);
        if (lex->tok_kind == MP_TOKEN_KW_WITH) {
            open_with_items(lex);
        }
    } else if (is_decimal(c) || (c == '.' && is_decimal(peek(lex, 1)))) {
        read_number(lex);
    } else {
        read_operator(lex);
    }
    if (statement_start) {
        lex->statements[0] = lex->statements[1];
        lex->statements[1].kind = lex->tok_kind;
        lex->statements[1].line = lex->tok_line;
    }
}

bool mp_lexer_at_lone_atom(const mp_lexer_t *lex) {
    switch (lex->tok_kind) {
        case MP_TOKEN_NAME:
        case MP_TOKEN_INTEGER:
        case MP_TOKEN_FLOAT_OR_IMAG:
        case MP_TOKEN_STRING:
        case MP_TOKEN_BYTES:
        case MP_TOKEN_KW_NONE:
        case MP_TOKEN_KW_TRUE:
        case MP_TOKEN_KW_FALSE:
            break;
        default:
            return false;
    }
    const byte *p = lex->pos;
    if (lex->inset != NULL || lex->emit_dent != 0) {
        return false;
    }
    while (p < lex->end && *p == ' ') {
        p++;
    }
    if (p == lex->with_close) {
        return false;
    }
    int c = p < lex->end ? *p : -1, next = p + 1 < lex->end ? p[1] : -1;
    switch (c) {
        case -1:
        case '\n':
        case '\r':
        case '#':
            return lex->nested_bracket_level == 0;
        case ')':
        case ']':
        case '}':
        case ',':
        case ';':
            return true;
        case '=':
        case ':':
            return next != '=';
        case '+':
        case '-':
        case '*':
        case '/':
        case '%':
        case '&':
        case '|':
        case '^':
        case '@':
            return next == '='; // an assignment
        default:
            return false;
    }
}

mp_lexer_t *mp_lexer_new_from_str_len(qstr src_name, const char *str, size_t len, size_t free_len) {
    mp_lexer_t *lex = m_new_obj(mp_lexer_t);
    *lex = (mp_lexer_t) {
        .source_name = src_name, .begin = (const byte *)str, .pos = (const byte *)str, .end = (const byte *)str + len,
        .line_start = (const byte *)str, .free_len = free_len, .line = 1, .num_indent_level = 1,
        .alloc_indent_level = MICROPY_ALLOC_LEXER_INDENT_INIT, .tok_kind = MP_TOKEN_NEWLINE,
    };
    lex->indent_level = m_new0(uint16_t, lex->alloc_indent_level);
    vstr_init(&lex->vstr, 32);
    vstr_init(&lex->brackets, 8 * sizeof(lexer_bracket_t));
    if (len >= 3 && memcmp(str, "\xef\xbb\xbf", 3) == 0) {
        lex->pos += 3; // byte order mark
        lex->line_start += 3;
    }
    // Blank lines come first without a token; a first statement that is indented is an error of the parser's.
    skip_blank(lex, true);
    if (peek(lex, 0) != -1 && indentation(lex) != 0) {
        lex->tok_pos = lex->pos;
        lex->tok_line = lex->line;
        lex->tok_kind = MP_TOKEN_INDENT;
        return lex;
    }
    mp_lexer_to_next(lex);
    return lex;
}

void mp_lexer_free(mp_lexer_t *lex) {
    if (lex) {
        if (lex->free_len) {
            m_del(char, (char *)lex->begin, lex->free_len);
        }
        vstr_clear(&lex->vstr);
        vstr_clear(&lex->brackets);
        m_del(uint16_t, lex->indent_level, lex->alloc_indent_level);
        m_del_obj(mp_lexer_t, lex);
    }
}

#if MICROPY_READER_POSIX // in the cross compiler

#include "py/reader.h"

static mp_lexer_t *new_from_reader(qstr src_name, mp_reader_t reader) {
    vstr_t text;
    vstr_init(&text, 4096);
    for (mp_uint_t c; (c = reader.readbyte(reader.data)) != MP_READER_EOF;) {
        vstr_add_byte(&text, c);
    }
    reader.close(reader.data);
    return mp_lexer_new_from_str_len(src_name, text.buf, text.len, text.alloc);
}

mp_lexer_t *mp_lexer_new_from_file(qstr filename) {
    mp_reader_t reader;
    mp_reader_new_file(&reader, filename);
    return new_from_reader(filename, reader);
}

mp_lexer_t *mp_lexer_new_from_fd(qstr filename, int fd, bool close_fd) {
    mp_reader_t reader;
    mp_reader_new_file_from_fd(&reader, fd, close_fd);
    return new_from_reader(filename, reader);
}

#endif
