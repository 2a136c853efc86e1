// The format specification mini-language. See formatspec.c.
#ifndef HERMETIC_GUEST_PY_FORMATSPEC_H
#define HERMETIC_GUEST_PY_FORMATSPEC_H

#include "py/obj.h"

typedef struct _format_spec_t {
    unichar fill; // 0: not given
    char align; // < > = ^, 0: not given
    char sign; // + - or space, 0: not given
    bool no_negative_zero; // z
    bool alternate; // #
    char grouping; // , or _ , 0: none
    mp_int_t width; // -1: not given
    mp_int_t precision; // -1: not given
    unichar type; // 0: not given
} format_spec_t;

// Appends text of `count` characters padded to the width; `align` is what holds when the specification says nothing.
void format_pad(vstr_t *out, const format_spec_t *spec, char align, const char *s, size_t len, size_t count);

// Appends a number: sign, prefix ("0x"), digits which may be grouped, and what follows them, padded.
typedef struct _format_number_t {
    bool negative;
    const char *prefix;
    const char *digits;
    size_t digits_len;
    const char *rest;
    size_t rest_len;
} format_number_t;
void format_number(vstr_t *out, const format_spec_t *spec, const format_number_t *number);

// The same for a float's text from float_format(): its digits before the point are the ones to group.
void format_float_text(vstr_t *out, const format_spec_t *spec, bool negative, const char *text, size_t len);

#endif
