// The module _csv: what readers and writers of CSV do for each character. Dialects and what programs import are in
// guest/stdlib/csv.py.
//
// A reader is fed from the program's own iterator, which may do anything, even read from the same reader: all state is in
// the object, and no pointer into it is kept over a call.

#include <string.h>

#include "py/objlist.h"
#include "py/objstr.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/strtext.h"
#include "textindex.h"

#define NONE 0xffffffffu // no such character

enum { QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE };

typedef struct _dialect_t {
    uint32_t delimiter, quote, escape;
    uint8_t quoting;
    bool double_quote, skip_space, strict;
} dialect_t;

static mp_int_t field_limit = 131072; // in characters

static uint32_t character(mp_obj_t text) {
    if (text == mp_const_none) {
        return NONE;
    }
    GET_STR_DATA_LEN(text, data, len);
    return len == 0 ? NONE : text_decode(&data);
}

// (delimiter, quotechar, escapechar, doublequote, skipinitialspace, quoting, strict), checked by csv.py.
static void get_dialect(dialect_t *d, mp_obj_t options) {
    mp_obj_t *o;
    mp_obj_get_array_fixed_n(options, 7, &o);
    d->delimiter = character(o[0]);
    d->quote = character(o[1]);
    d->escape = character(o[2]);
    d->double_quote = mp_obj_is_true(o[3]);
    d->skip_space = mp_obj_is_true(o[4]);
    d->quoting = mp_obj_get_int(o[5]);
    d->strict = mp_obj_is_true(o[6]);
}

static NORETURN void raise(mp_obj_t error, vstr_t *message) {
    nlr_raise(mp_call_function_1(error, mp_obj_new_str_from_vstr(message)));
}

static NORETURN void raise_text(mp_obj_t error, const char *message) {
    nlr_raise(mp_call_function_1(error, mp_obj_new_str_from_cstr(message)));
}

// ---- reader ----

typedef enum {
    START_RECORD, START_FIELD, ESCAPED, IN_FIELD, IN_QUOTED, ESCAPED_IN_QUOTED, QUOTE_IN_QUOTED, END_OF_RECORD,
    AFTER_ESCAPED_NEWLINE,
} state_t;

typedef struct _reader_t {
    mp_obj_base_t base;
    mp_obj_t lines; // an iterator
    mp_obj_t shown; // the dialect as Python sees it
    mp_obj_t error; // csv.Error
    mp_obj_t row;
    vstr_t field;
    mp_int_t line_num;
    dialect_t dialect;
    state_t state;
    bool numeric;
} reader_t;

// reader(lines, dialect, options, error)
static mp_obj_t reader_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_arg_check_num(n_args, n_kw, 4, 4, false);
    reader_t *self = mp_obj_malloc(reader_t, type);
    self->lines = args[0];
    self->shown = args[1];
    get_dialect(&self->dialect, args[2]);
    self->error = args[3];
    self->row = MP_OBJ_NULL;
    vstr_init(&self->field, 16);
    self->line_num = 0;
    self->state = START_RECORD;
    self->numeric = false;
    return MP_OBJ_FROM_PTR(self);
}

static void save_field(reader_t *self) {
    mp_obj_t field = str_new((const byte *)self->field.buf, self->field.len);
    self->field.len = 0;
    if (self->numeric) {
        self->numeric = false;
        field = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_float), field);
    }
    mp_obj_list_append(self->row, field);
}

static void add(reader_t *self, const byte *from, const byte *to) {
    vstr_add_strn(&self->field, (const char *)from, to - from);
    if (self->field.len > (size_t)field_limit
        && text_count((const byte *)self->field.buf, self->field.len) > (size_t)field_limit) {
        vstr_t message;
        vstr_init(&message, 48);
        vstr_printf(&message, "field larger than field limit (%d)", (int)field_limit);
        raise(self->error, &message);
    }
}

// Where an ordinary part of a field ends.
static const byte *ordinary_end(const reader_t *self, const byte *s, const byte *top) {
    const dialect_t *d = &self->dialect;
    bool quoted = self->state == IN_QUOTED;
    uint32_t stop = quoted ? d->quote : d->delimiter;
    if ((stop >= 0x80 && stop != NONE) || (d->escape >= 0x80 && d->escape != NONE)) {
        return s;
    }
    while (s < top && *s != stop && *s != d->escape && (quoted || (*s != '\n' && *s != '\r'))) {
        s++;
    }
    return s;
}

// One character, which is text[0 .. end]; or the end of the line, when `c` is NONE.
static void take(reader_t *self, uint32_t c, const byte *text, const byte *end) {
    const dialect_t *d = &self->dialect;
    bool newline = c == '\n' || c == '\r';
    bool at_end = c == NONE;
    bool is_quote = c == d->quote && !at_end && d->quoting != QUOTE_NONE;
    bool is_escape = c == d->escape && !at_end;
    static const byte line_feed[] = "\n";
    switch (self->state) {
        case START_RECORD:
            if (at_end) {
                return;
            }
            if (newline) {
                self->state = END_OF_RECORD;
                return;
            }
            self->state = START_FIELD;
            MP_FALLTHROUGH
        case START_FIELD:
            if (newline || at_end) {
                save_field(self);
                self->state = at_end ? START_RECORD : END_OF_RECORD;
            } else if (is_quote) {
                self->state = IN_QUOTED;
            } else if (is_escape) {
                self->state = ESCAPED;
            } else if (c == ' ' && d->skip_space) {
                // dropped
            } else if (c == d->delimiter) {
                save_field(self);
            } else {
                self->numeric = d->quoting == QUOTE_NONNUMERIC;
                add(self, text, end);
                self->state = IN_FIELD;
            }
            return;
        case ESCAPED:
            if (newline) {
                add(self, text, end);
                self->state = AFTER_ESCAPED_NEWLINE;
                return;
            }
            add(self, at_end ? line_feed : text, at_end ? line_feed + 1 : end);
            self->state = IN_FIELD;
            return;
        case AFTER_ESCAPED_NEWLINE:
            if (at_end) {
                return;
            }
            MP_FALLTHROUGH
        case IN_FIELD:
            if (newline || at_end) {
                save_field(self);
                self->state = at_end ? START_RECORD : END_OF_RECORD;
            } else if (is_escape) {
                self->state = ESCAPED;
            } else if (c == d->delimiter) {
                save_field(self);
                self->state = START_FIELD;
            } else {
                add(self, text, end);
                self->state = IN_FIELD;
            }
            return;
        case IN_QUOTED:
            if (at_end) {
                // The field goes on in the next line.
            } else if (is_escape) {
                self->state = ESCAPED_IN_QUOTED;
            } else if (is_quote) {
                self->state = d->double_quote ? QUOTE_IN_QUOTED : IN_FIELD;
            } else {
                add(self, text, end);
            }
            return;
        case ESCAPED_IN_QUOTED:
            add(self, at_end ? line_feed : text, at_end ? line_feed + 1 : end);
            self->state = IN_QUOTED;
            return;
        case QUOTE_IN_QUOTED:
            if (is_quote) {
                add(self, text, end);
                self->state = IN_QUOTED;
            } else if (c == d->delimiter) {
                save_field(self);
                self->state = START_FIELD;
            } else if (newline || at_end) {
                save_field(self);
                self->state = at_end ? START_RECORD : END_OF_RECORD;
            } else if (!d->strict) {
                add(self, text, end);
                self->state = IN_FIELD;
            } else {
                vstr_t message;
                vstr_init(&message, 32);
                vstr_add_byte(&message, '\'');
                vstr_add_char(&message, d->delimiter);
                vstr_add_str(&message, "' expected after '");
                vstr_add_char(&message, d->quote);
                vstr_add_byte(&message, '\'');
                raise(self->error, &message);
            }
            return;
        case END_OF_RECORD:
            if (at_end) {
                self->state = START_RECORD;
            } else if (!newline) {
                raise_text(self->error, "new-line character seen in unquoted field - do you need to open the file in "
                    "universal-newline mode?");
            }
            return;
    }
}

static mp_obj_t reader_iternext(mp_obj_t self_in) {
    reader_t *self = MP_OBJ_TO_PTR(self_in);
    self->row = mp_obj_new_list(0, NULL);
    self->field.len = 0;
    self->state = START_RECORD;
    self->numeric = false;
    do {
        mp_obj_t line = mp_iternext(self->lines);
        if (line == MP_OBJ_STOP_ITERATION) {
            if (self->field.len == 0 && self->state != IN_QUOTED) {
                return MP_OBJ_STOP_ITERATION;
            }
            if (self->dialect.strict) {
                raise_text(self->error, "unexpected end of data");
            }
            save_field(self);
            break;
        }
        if (!mp_obj_is_str(line)) {
            vstr_t message;
            vstr_init(&message, 96);
            vstr_printf(&message, "iterator should return strings, not %s (the file should be opened in text mode)",
                mp_obj_get_type_str(line));
            raise(self->error, &message);
        }
        self->line_num++;
        GET_STR_DATA_LEN(line, s, len);
        const byte *top = s + len;
        while (s < top) {
            if (self->state == IN_FIELD || self->state == IN_QUOTED) {
                const byte *end = ordinary_end(self, s, top);
                if (end != s) {
                    add(self, s, end);
                    s = end;
                    continue;
                }
            }
            const byte *start = s;
            uint32_t c = text_decode(&s);
            take(self, c, start, s);
        }
        take(self, NONE, NULL, NULL);
    } while (self->state != START_RECORD);
    mp_obj_t row = self->row;
    self->row = MP_OBJ_NULL;
    return row;
}

static void reader_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    reader_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    if (attr == MP_QSTR_dialect) {
        dest[0] = self->shown;
    } else if (attr == MP_QSTR_line_num) {
        dest[0] = mp_obj_new_int(self->line_num);
    } else {
        dest[1] = MP_OBJ_SENTINEL;
    }
}

static MP_DEFINE_CONST_OBJ_TYPE(
    csv_type_reader, MP_QSTR_reader, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
    make_new, reader_make_new,
    attr, reader_attr,
    iter, reader_iternext
    );

// ---- writer ----

typedef struct _format_t {
    mp_obj_base_t base;
    mp_obj_t error, lineterminator;
    uint32_t special[4]; // which of the first 128 characters need quotes or an escape
    dialect_t dialect;
} format_t;

static bool in_text(mp_obj_t text, uint32_t c) {
    GET_STR_DATA_LEN(text, s, len);
    for (const byte *top = s + len; s < top;) {
        if (text_decode(&s) == c) {
            return true;
        }
    }
    return false;
}

static bool is_special(const format_t *self, uint32_t c) {
    const dialect_t *d = &self->dialect;
    return c == d->delimiter || c == d->quote || c == d->escape || in_text(self->lineterminator, c);
}

// format(lineterminator, options, error): an object to call with a row, which returns its text.
static mp_obj_t format_make_new(const mp_obj_type_t *type, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_arg_check_num(n_args, n_kw, 3, 3, false);
    format_t *self = mp_obj_malloc(format_t, type);
    self->lineterminator = args[0];
    get_dialect(&self->dialect, args[1]);
    self->error = args[2];
    memset(self->special, 0, sizeof(self->special));
    for (uint32_t c = 0; c < 128; c++) {
        self->special[c / 32] |= (uint32_t)is_special(self, c) << c % 32;
    }
    return MP_OBJ_FROM_PTR(self);
}

// Adds a field. `quoted` says that it gets quotes in any case.
static void put_field(const format_t *self, vstr_t *out, mp_obj_t text, bool quoted) {
    const dialect_t *d = &self->dialect;
    GET_STR_DATA_LEN(text, s, len);
    const byte *top = s + len;
    size_t start = out->len;
    if (quoted) {
        vstr_add_char(out, d->quote);
    }
    while (s < top) {
        const byte *from = s;
        bool special = false;
        const byte *at = s;
        uint32_t c = 0;
        while (s < top) {
            at = s;
            c = *s < 0x80 ? *s++ : text_decode(&s);
            special = c < 128 ? self->special[c / 32] >> c % 32 & 1 : is_special(self, c);
            if (special) {
                break;
            }
        }
        vstr_add_strn(out, (const char *)from, (special ? at : s) - from);
        if (!special) {
            break;
        }
        bool escape = d->quoting == QUOTE_NONE || c == d->escape;
        if (!escape && c == d->quote) {
            if (d->double_quote) {
                vstr_add_char(out, c);
            } else {
                escape = true;
            }
        }
        if (escape) {
            if (d->escape == NONE) {
                raise_text(self->error, "need to escape, but no escapechar set");
            }
            vstr_add_char(out, d->escape);
        } else if (!quoted) {
            // It turns out to need quotes: they go in front of what there is.
            quoted = true;
            byte mark[4];
            size_t n = text_encode(d->quote, mark);
            vstr_add_len(out, n);
            memmove(out->buf + start + n, out->buf + start, out->len - n - start);
            memcpy(out->buf + start, mark, n);
        }
        vstr_add_char(out, c);
    }
    if (quoted) {
        vstr_add_char(out, d->quote);
    }
}

static bool is_number(mp_obj_t value) {
    if (mp_obj_is_int(value) || mp_obj_is_float(value) || mp_obj_is_bool(value)
        || mp_obj_is_exact_type(value, &mp_type_complex)) {
        return true;
    }
    if (!mp_obj_is_instance_type(mp_obj_get_type(value))) {
        return false;
    }
    static const qstr names[] = { MP_QSTR___index__, MP_QSTR___float__, MP_QSTR___int__ };
    for (size_t i = 0; i < MP_ARRAY_SIZE(names); i++) {
        mp_obj_t dest[2];
        mp_load_method_maybe(MP_OBJ_FROM_PTR(mp_obj_get_type(value)), names[i], dest);
        if (dest[0] != MP_OBJ_NULL) {
            return true;
        }
    }
    return false;
}

static mp_obj_t format_call(mp_obj_t self_in, size_t n_args, size_t n_kw, const mp_obj_t *args) {
    mp_arg_check_num(n_args, n_kw, 1, 1, false);
    const format_t *self = MP_OBJ_TO_PTR(self_in);
    const dialect_t *d = &self->dialect;
    mp_obj_t iterator = mp_getiter(args[0], NULL);
    vstr_t out;
    vstr_init(&out, 64);
    size_t n = 0;
    mp_obj_t value;
    while ((value = mp_iternext(iterator)) != MP_OBJ_STOP_ITERATION) {
        if (n++ > 0) {
            vstr_add_char(&out, d->delimiter);
        }
        bool quoted = d->quoting == QUOTE_ALL || (d->quoting == QUOTE_NONNUMERIC && !is_number(value));
        if (value == mp_const_none) {
            value = MP_OBJ_NEW_QSTR(MP_QSTR_);
        } else if (!mp_obj_is_str(value)) {
            value = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_str), value);
        }
        put_field(self, &out, value, quoted);
    }
    if (n > 0 && out.len == 0) {
        if (d->quoting == QUOTE_NONE) {
            raise_text(self->error, "single empty field record must be quoted");
        }
        put_field(self, &out, MP_OBJ_NEW_QSTR(MP_QSTR_), true);
    }
    GET_STR_DATA_LEN(self->lineterminator, end, end_len);
    vstr_add_strn(&out, (const char *)end, end_len);
    return mp_obj_new_str_from_vstr(&out);
}

static MP_DEFINE_CONST_OBJ_TYPE(
    csv_type_format, MP_QSTR_format, MP_TYPE_FLAG_NONE,
    make_new, format_make_new,
    call, format_call
    );

static mp_obj_t csv_field_size_limit(mp_obj_t limit) {
    field_limit = mp_obj_get_int(limit);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(csv_field_size_limit_obj, csv_field_size_limit);

static const mp_rom_map_elem_t csv_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__csv) },
    { MP_ROM_QSTR(MP_QSTR_field_size_limit), MP_ROM_PTR(&csv_field_size_limit_obj) },
    { MP_ROM_QSTR(MP_QSTR_format), MP_ROM_PTR(&csv_type_format) },
    { MP_ROM_QSTR(MP_QSTR_reader), MP_ROM_PTR(&csv_type_reader) },
};
static MP_DEFINE_CONST_DICT(csv_globals, csv_globals_table);

const mp_obj_module_t mp_module__csv = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&csv_globals,
};
MP_REGISTER_MODULE(MP_QSTR__csv, mp_module__csv);
