// What the parts of the lexer share: py/lexer.c, and fstring.c for string literals.
#ifndef HERMETIC_GUEST_LEXING_H
#define HERMETIC_GUEST_LEXING_H

#include "py/lexer.h"

typedef struct _lexer_bracket_t {
    const byte *pos;
    size_t line;
} lexer_bracket_t;

// Text that is read in the place of an f-string, and where to go on behind it.
typedef struct _lexer_inset_t {
    struct _lexer_inset_t *outer;
    const byte *pos, *end;
    size_t line;
    const byte *tok_pos; // of the f-string
    size_t tok_line;
    vstr_t text;
} lexer_inset_t;

// Goes on with `text`, whose first line counts as `line`, and then with what comes now.
void lexer_inset(mp_lexer_t *lex, vstr_t *text, size_t line);

// Skips blanks, comments and continued lines; ends of lines as well where those do not end a statement.
void lexer_skip_blank(mp_lexer_t *lex);

// Whether a string literal begins here, and the token of it and those that follow it directly.
bool lexer_at_string(const mp_lexer_t *lex);
void lexer_read_string(mp_lexer_t *lex);

// A SyntaxError that the compiler made, with its place.
mp_obj_t lexer_compile_error(mp_obj_t exc, qstr file, size_t line);

// Raises SyntaxError at that place.
NORETURN void lexer_error(mp_lexer_t *lex, const byte *at, const char *message);

// format(value, specification), as f-strings do it.
mp_obj_t fstring_format(mp_obj_t value, mp_obj_t specification);

#endif
