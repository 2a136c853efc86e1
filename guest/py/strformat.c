// str.format() and str.format_map(): fields, their names and conversions. What a specification does is in formatspec.c.

#include <string.h>

#include "py/cstack.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/slice.h"
#include "py/strtext.h"

typedef struct _fields_t {
    size_t n_args;
    const mp_obj_t *args;
    mp_map_t *kwargs; // or
    mp_obj_t mapping; // of format_map()
    mp_int_t next; // automatic field number
    bool automatic, manual;
} fields_t;

static mp_obj_t named(fields_t *fields, const byte *s, size_t len) {
    mp_obj_t key = str_new(s, len);
    if (fields->mapping != MP_OBJ_NULL) {
        return mp_obj_subscr(fields->mapping, key, MP_OBJ_SENTINEL);
    }
    mp_map_elem_t *elem = fields->kwargs ? mp_map_lookup(fields->kwargs, key, MP_MAP_LOOKUP) : NULL;
    if (elem == NULL) {
        mp_raise_type_arg(&mp_type_KeyError, key);
    }
    return elem->value;
}

// Number of a field or an item: only digits; -1 for a name.
static mp_int_t number_of(const byte *s, size_t len) {
    mp_int_t value = 0;
    for (size_t i = 0; i < len; i++) {
        if (s[i] < '0' || s[i] > '9') {
            return -1;
        }
        if (value > (INT64_MAX - 9) / 10) {
            mp_raise_ValueError(MP_ERROR_TEXT("Too many decimal digits in format string"));
        }
        value = value * 10 + (s[i] - '0');
    }
    return len ? value : -1;
}

// The object that a field's name is the way to.
static mp_obj_t lookup(fields_t *fields, const byte *s, const byte *top) {
    const byte *start = s;
    while (s < top && *s != '.' && *s != '[') {
        s++;
    }
    mp_int_t index = number_of(start, s - start);
    mp_obj_t value;
    if (s == start || index >= 0) {
        bool automatic = s == start;
        if (automatic ? fields->manual : fields->automatic) {
            mp_raise_ValueError(automatic
                ? MP_ERROR_TEXT("cannot switch from manual field specification to automatic field numbering")
                : MP_ERROR_TEXT("cannot switch from automatic field numbering to manual field specification"));
        }
        if (automatic) {
            fields->automatic = true;
            index = fields->next++;
        } else {
            fields->manual = true;
        }
        if (fields->mapping != MP_OBJ_NULL) {
            mp_raise_ValueError(MP_ERROR_TEXT("Format string contains positional fields"));
        }
        if ((mp_uint_t)index >= fields->n_args) {
            mp_raise_msg_varg(&mp_type_IndexError,
                MP_ERROR_TEXT("Replacement index %d out of range for positional args tuple"), (int)index);
        }
        value = fields->args[index];
    } else {
        value = named(fields, start, s - start);
    }
    while (s < top) {
        if (*s == '.') {
            start = ++s;
            while (s < top && *s != '.' && *s != '[') {
                s++;
            }
            if (s == start) {
                mp_raise_ValueError(MP_ERROR_TEXT("Empty attribute in format string"));
            }
            value = mp_load_attr(value, qstr_from_strn((const char *)start, s - start));
        } else if (*s == '[') {
            start = ++s;
            while (s < top && *s != ']') {
                s++;
            }
            if (s == top) {
                mp_raise_ValueError(MP_ERROR_TEXT("Missing ']' in format string"));
            }
            if (s == start) {
                mp_raise_ValueError(MP_ERROR_TEXT("Empty attribute in format string"));
            }
            index = number_of(start, s - start);
            value = mp_obj_subscr(value, index >= 0 ? mp_obj_new_int(index) : str_new(start, s - start),
                MP_OBJ_SENTINEL);
            s++;
        } else {
            mp_raise_ValueError(MP_ERROR_TEXT("Only '.' or '[' may follow ']' in format field specifier"));
        }
    }
    return value;
}

static mp_obj_t convert(mp_obj_t value, unichar conversion) {
    switch (conversion) {
        case 'r':
            return str_of(value, PRINT_REPR);
        case 's':
            return str_of(value, PRINT_STR);
        case 'a':
            return str_ascii(value);
        default:
            if (conversion > ' ' && conversion < 0x7f) {
                mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("Unknown conversion specifier %c"), (int)conversion);
            }
            mp_raise_msg_varg(&mp_type_ValueError, MP_ERROR_TEXT("Unknown conversion specifier \\x%x"), (int)conversion);
    }
}

static void render(vstr_t *out, fields_t *fields, const byte *s, const byte *top, int depth);

// Renders the field whose text begins at `s`, behind its brace; returns the place behind it.
static const byte *render_field(vstr_t *out, fields_t *fields, const byte *s, const byte *top, int depth) {
    const byte *name = s;
    if (s == top) {
        mp_raise_ValueError(MP_ERROR_TEXT("Single '{' encountered in format string"));
    }
    // The name ends at : or ! or the closing brace, but for what is in brackets.
    bool bracket = false;
    for (; s < top && (bracket || (*s != ':' && *s != '!' && *s != '}')); s++) {
        if (*s == '{') {
            mp_raise_ValueError(MP_ERROR_TEXT("unexpected '{' in field name"));
        }
        bracket = *s == '[' || (bracket && *s != ']');
    }
    if (s == top) {
        mp_raise_ValueError(MP_ERROR_TEXT("expected '}' before end of string"));
    }
    const byte *name_end = s;
    unichar conversion = 0;
    if (*s == '!') {
        s++;
        if (s == top) {
            mp_raise_ValueError(MP_ERROR_TEXT("end of string while looking for conversion specifier"));
        }
        conversion = utf8_get_char(s);
        s += utf8_size(*s);
        if (s == top) {
            mp_raise_ValueError(MP_ERROR_TEXT("unmatched '{' in format spec"));
        }
        if (*s != ':' && *s != '}') {
            mp_raise_ValueError(MP_ERROR_TEXT("expected ':' after conversion specifier"));
        }
    }
    const byte *spec = s, *spec_end = s;
    bool nested = false;
    if (*s == ':') {
        spec = ++s;
        int open = 1;
        for (; s < top; s++) {
            if (*s == '{') {
                open++;
                nested = true;
            } else if (*s == '}' && --open == 0) {
                break;
            }
        }
        if (s == top) {
            mp_raise_ValueError(MP_ERROR_TEXT("unmatched '{' in format spec"));
        }
        spec_end = s;
    }
    mp_obj_t value = lookup(fields, name, name_end);
    if (conversion) {
        value = convert(value, conversion);
    }
    mp_obj_t spec_text;
    if (nested) {
        if (depth == 0) {
            mp_raise_ValueError(MP_ERROR_TEXT("Max string recursion exceeded"));
        }
        vstr_t vstr;
        vstr_init(&vstr, 16);
        render(&vstr, fields, spec, spec_end, depth - 1);
        spec_text = str_finish(&vstr);
    } else {
        spec_text = str_new(spec, spec_end - spec);
    }
    mp_obj_t text = format_object(value, spec_text);
    GET_STR_DATA_LEN(text, part, part_len);
    vstr_add_strn(out, (const char *)part, part_len);
    return s + 1;
}

static void render(vstr_t *out, fields_t *fields, const byte *s, const byte *top, int depth) {
    mp_cstack_check();
    while (s < top) {
        const byte *plain = s;
        while (s < top && *s != '{' && *s != '}') {
            s++;
        }
        vstr_add_strn(out, (const char *)plain, s - plain);
        if (s == top) {
            break;
        }
        byte brace = *s++;
        if (s < top && *s == brace) {
            vstr_add_byte(out, brace);
            s++;
        } else if (brace == '}') {
            mp_raise_ValueError(MP_ERROR_TEXT("Single '}' encountered in format string"));
        } else {
            s = render_field(out, fields, s, top, depth);
        }
    }
}

static mp_obj_t render_all(mp_obj_t self, fields_t *fields) {
    GET_STR_DATA_LEN(self, s, len);
    vstr_t out;
    vstr_init(&out, len + 16);
    render(&out, fields, s, s + len, 1);
    return str_finish(&out);
}

mp_obj_t mp_obj_str_format(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    fields_t fields = { .n_args = n_args - 1, .args = args + 1, .kwargs = kwargs };
    return render_all(args[0], &fields);
}
MP_DEFINE_CONST_FUN_OBJ_KW(str_format_obj, 1, mp_obj_str_format);

static mp_obj_t str_format_map(mp_obj_t self, mp_obj_t mapping) {
    fields_t fields = { .mapping = mapping };
    return render_all(self, &fields);
}
MP_DEFINE_CONST_FUN_OBJ_2(str_format_map_obj, str_format_map);
