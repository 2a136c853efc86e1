// Pattern and Match objects: positions become indices of characters here, and only when a program asks.

#include <string.h>

#include "py/objstr.h"
#include "py/objtype.h"
#include "py/objtuple.h"
#include "py/runtime.h"
#include "re.h"
#include "textindex.h"

#define LOCAL_REGISTERS 64

typedef struct _re_match_t {
    mp_obj_base_t base;
    re_pattern_t *pattern;
    mp_obj_t text;
    mp_int_t pos;
    mp_int_t endpos;
    uint32_t registers[]; // those of the groups, and the last group
} re_match_t;

// What a pattern is applied to.
typedef struct _subject_t {
    mp_obj_t object;
    const byte *data;
    size_t length; // up to endpos
    size_t start; // from pos
    mp_int_t pos;
    mp_int_t endpos;
} subject_t;

static void get_subject(re_pattern_t *self, subject_t *subject, mp_obj_t text, mp_int_t pos, mp_int_t endpos) {
    mp_buffer_info_t buffer;
    mp_obj_t native = mp_obj_is_obj(text) && mp_obj_is_instance_type(mp_obj_get_type(text))
        ? mp_obj_cast_to_native_base(text, MP_OBJ_FROM_PTR(&mp_type_str)) : text;
    bool is_str = native != MP_OBJ_NULL && mp_obj_is_str(native);
    if (is_str) {
        GET_STR_DATA_LEN(native, data, length);
        buffer.buf = (void *)data;
        buffer.len = length;
    } else if (!mp_get_buffer(text, &buffer, MP_BUFFER_READ)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("expected string or bytes-like object, got '%s'"),
            mp_obj_get_type_str(text));
    }
    if (is_str != self->program.utf8) {
        mp_raise_TypeError(is_str ? MP_ERROR_TEXT("cannot use a bytes pattern on a string-like object")
            : MP_ERROR_TEXT("cannot use a string pattern on a bytes-like object"));
    }
    subject->object = is_str ? native : text;
    subject->data = buffer.buf;
    subject->length = buffer.len;
    subject->start = 0;
    subject->pos = 0;
    subject->endpos = endpos;
    if (endpos < (mp_int_t)buffer.len) { // else there are no more characters than that
        size_t at = text_offset(subject->object, is_str, buffer.buf, buffer.len, MAX(endpos, 0), &subject->endpos);
        subject->length = at;
    } else {
        subject->endpos = -1; // to be counted when asked for
    }
    if (pos > 0) {
        subject->start = text_offset(subject->object, is_str, buffer.buf, subject->length, pos, &subject->pos);
    }
}

static mp_obj_t slice(mp_obj_t text, const byte *data, size_t from, size_t to) {
    if (mp_obj_is_str(text)) {
        if (from >= to) {
            return MP_OBJ_NEW_QSTR(MP_QSTR_);
        }
        return mp_obj_new_str_copy(&mp_type_str, data + from, to - from);
    }
    return mp_obj_new_bytes(data + from, to > from ? to - from : 0);
}

static const byte *text_data(mp_obj_t text) {
    mp_buffer_info_t buffer;
    mp_get_buffer_raise(text, &buffer, MP_BUFFER_READ);
    return buffer.buf;
}

static size_t text_length(mp_obj_t text) {
    mp_buffer_info_t buffer;
    mp_get_buffer_raise(text, &buffer, MP_BUFFER_READ);
    return buffer.len;
}

static mp_obj_t new_match(re_pattern_t *self, const subject_t *subject, const uint32_t *registers) {
    size_t words = RE_LAST_GROUP(self->program.groups) + 1;
    re_match_t *match = mp_obj_malloc_var(re_match_t, registers, uint32_t, words, &re_type_match);
    match->pattern = self;
    match->text = subject->object;
    match->pos = subject->pos;
    match->endpos = subject->endpos;
    memcpy(match->registers, registers, words * sizeof(uint32_t));
    return MP_OBJ_FROM_PTR(match);
}

// Room for a match of `self`: `local`, of LOCAL_REGISTERS words, or in the heap.
static uint32_t *registers_for(const re_pattern_t *self, uint32_t *local) {
    return self->program.registers <= LOCAL_REGISTERS ? local : m_malloc_leaf(self->program.registers * sizeof(uint32_t));
}

mp_obj_t re_pattern_search(re_pattern_t *self, re_mode_t mode, mp_obj_t text, mp_int_t pos, mp_int_t endpos) {
    uint32_t local[LOCAL_REGISTERS], *registers = registers_for(self, local);
    subject_t subject;
    get_subject(self, &subject, text, pos, endpos);
    if (subject.start > subject.length
        || !re_execute(&self->program, subject.data, subject.length, subject.start, mode, false, registers)) {
        return mp_const_none;
    }
    return new_match(self, &subject, registers);
}

// Matches one after the other. After an empty one the next must not be empty at the same place.
typedef struct _scan_t {
    subject_t subject;
    bool advance;
} scan_t;

static bool scan_next(re_pattern_t *self, scan_t *scan, re_mode_t mode, uint32_t *registers) {
    subject_t *subject = &scan->subject;
    if (subject->start > subject->length
        || !re_execute(&self->program, subject->data, subject->length, subject->start, mode, scan->advance, registers)) {
        return false;
    }
    subject->start = registers[1];
    scan->advance = registers[0] == registers[1];
    return true;
}

static mp_obj_t group_or(const subject_t *subject, const uint32_t *registers, size_t group, mp_obj_t otherwise) {
    uint32_t from = registers[2 * group], to = registers[2 * group + 1];
    if (from == RE_UNSET || to == RE_UNSET) {
        return otherwise;
    }
    return slice(subject->object, subject->data, from, to);
}

mp_obj_t re_pattern_findall(re_pattern_t *self, mp_obj_t text, mp_int_t pos, mp_int_t endpos) {
    uint32_t local[LOCAL_REGISTERS], *registers = registers_for(self, local);
    scan_t scan = { .advance = false };
    get_subject(self, &scan.subject, text, pos, endpos);
    mp_obj_t list = mp_obj_new_list(0, NULL);
    mp_obj_t empty = self->program.utf8 ? MP_OBJ_NEW_QSTR(MP_QSTR_) : mp_const_empty_bytes;
    size_t groups = self->program.groups;
    while (scan_next(self, &scan, RE_SEARCH, registers)) {
        mp_obj_t item;
        if (groups <= 1) {
            item = group_or(&scan.subject, registers, groups, empty);
        } else {
            mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(mp_obj_new_tuple(groups, NULL));
            for (size_t i = 0; i < groups; i++) {
                tuple->items[i] = empty;
            }
            for (size_t i = 0; i < groups; i++) {
                tuple->items[i] = group_or(&scan.subject, registers, i + 1, empty);
            }
            item = MP_OBJ_FROM_PTR(tuple);
        }
        mp_obj_list_append(list, item);
    }
    return list;
}

mp_obj_t re_pattern_split(re_pattern_t *self, mp_obj_t text, mp_int_t maxsplit) {
    uint32_t local[LOCAL_REGISTERS], *registers = registers_for(self, local);
    scan_t scan = { .advance = false };
    get_subject(self, &scan.subject, text, 0, MP_SSIZE_MAX);
    mp_obj_t list = mp_obj_new_list(0, NULL);
    size_t behind = 0;
    for (mp_int_t n = 0; maxsplit >= 0 && (maxsplit == 0 || n < maxsplit); n++) {
        if (!scan_next(self, &scan, RE_SEARCH, registers)) {
            break;
        }
        mp_obj_list_append(list, slice(scan.subject.object, scan.subject.data, behind, registers[0]));
        for (size_t i = 1; i <= self->program.groups; i++) {
            mp_obj_list_append(list, group_or(&scan.subject, registers, i, mp_const_none));
        }
        behind = registers[1];
    }
    mp_obj_list_append(list, slice(scan.subject.object, scan.subject.data, behind, scan.subject.length));
    return list;
}

// Templates of sub and expand.

typedef struct _template_t {
    vstr_t text; // the literal parts, joined
    uint32_t *parts; // pairs: end of a literal part in `text`, group behind it or RE_UNSET
    size_t count;
    size_t alloc;
} template_t;

static void end_part(template_t *t, uint32_t group) {
    if (t->count == t->alloc) {
        t->parts = m_renew(uint32_t, t->parts, 2 * t->alloc, 4 * t->alloc);
        t->alloc *= 2;
    }
    t->parts[2 * t->count] = t->text.len;
    t->parts[2 * t->count + 1] = group;
    t->count++;
}

static NORETURN void template_error(mp_obj_t template, const byte *data, const byte *at, const char *format, const byte *s,
    size_t n) {
    vstr_t message;
    mp_print_t print;
    vstr_init_print(&message, 48, &print);
    for (; *format; format++) {
        if (*format != '%') {
            vstr_add_char(&message, *format);
        } else if (*++format == 's') {
            vstr_add_strn(&message, (const char *)s, n);
        } else {
            mp_obj_print_helper(&print, mp_obj_new_str((const char *)s, n), PRINT_REPR);
        }
    }
    re_raise(vstr_null_terminated_str(&message), template, utf8_charlen(data, at - data));
}

static uint32_t template_group(re_pattern_t *self, mp_obj_t template, const byte *data, const byte *name, size_t n) {
    if (name[0] - '0' >= 10u) {
        mp_obj_t key = mp_obj_new_str((const char *)name, n);
        for (size_t i = 0; i < n; i++) {
            if (!re_is_word(name[i], false) && name[i] < 128) {
                template_error(template, data, name, "bad character in group name %r", name, n);
            }
        }
        mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(self->names), key, MP_MAP_LOOKUP);
        if (elem == NULL) {
            vstr_t message;
            mp_print_t print;
            vstr_init_print(&message, 48, &print);
            vstr_add_str(&message, "unknown group name ");
            mp_obj_print_helper(&print, key, PRINT_REPR);
            nlr_raise(mp_obj_new_exception_arg1(&mp_type_IndexError, mp_obj_new_str_from_vstr(&message)));
        }
        return mp_obj_get_int(elem->value);
    }
    uint64_t group = 0;
    for (size_t i = 0; i < n; i++) {
        if (name[i] - '0' >= 10u) {
            template_error(template, data, name, "bad character in group name %r", name, n);
        }
        group = MIN(group * 10 + (name[i] - '0'), (uint64_t)RE_MAX_GROUPS);
    }
    if (group > self->program.groups) {
        template_error(template, data, name, "invalid group reference %s", name, n);
    }
    return group;
}

static inline bool is_octal(byte c) {
    return c >= '0' && c < '8';
}

static void parse_template(re_pattern_t *self, template_t *t, mp_obj_t template) {
    static const char letters[] = "abfnrtv\\", values[] = "\a\b\f\n\r\t\v\\";
    mp_buffer_info_t buffer;
    mp_get_buffer_raise(template, &buffer, MP_BUFFER_READ);
    const byte *data = buffer.buf, *p = data, *end = p + buffer.len;
    vstr_init(&t->text, buffer.len + 1);
    t->count = 0;
    t->alloc = 4;
    t->parts = m_new(uint32_t, 2 * t->alloc);
    while (p < end) {
        const byte *escape = memchr(p, '\\', end - p);
        if (escape == NULL) {
            escape = end;
        }
        vstr_add_strn(&t->text, (const char *)p, escape - p);
        if (escape == end) {
            break;
        }
        p = escape + 1;
        if (p == end) {
            template_error(template, data, escape, "bad escape (end of pattern)", NULL, 0);
        }
        byte c = *p++;
        if (c == 'g') {
            const byte *name = p + 1;
            if (p == end || *p != '<') {
                template_error(template, data, p, "missing <", NULL, 0);
            }
            p = memchr(name, '>', end - name);
            if (p == NULL) {
                template_error(template, data, name, name == end ? "missing group name" : "missing >, unterminated name", NULL,
                    0);
            }
            if (p == name) {
                template_error(template, data, name, "missing group name", NULL, 0);
            }
            end_part(t, template_group(self, template, data, name, p - name));
            p++;
        } else if (c == '0') {
            uint32_t value = 0;
            for (int n = 0; n < 2 && p < end && is_octal(*p); n++) {
                value = value * 8 + (*p++ - '0');
            }
            byte encoded[4];
            vstr_add_strn(&t->text, (char *)encoded, self->program.utf8 ? text_encode(value, encoded) : (encoded[0] = value, 1));
        } else if (c - '0' < 10u) {
            const byte *digits = p - 1;
            if (p < end && *p - '0' < 10u) {
                p++;
                if (is_octal(c) && is_octal(p[-1]) && p < end && is_octal(*p)) {
                    uint32_t value = (c - '0') * 64 + (p[-1] - '0') * 8 + (*p - '0');
                    p++;
                    if (value > 0377) {
                        template_error(template, data, escape, "octal escape value %s outside of range 0-0o377", escape, 4);
                    }
                    byte encoded[4];
                    vstr_add_strn(&t->text, (char *)encoded,
                        self->program.utf8 ? text_encode(value, encoded) : (encoded[0] = value, 1));
                    continue;
                }
            }
            end_part(t, template_group(self, template, data, digits, p - digits));
        } else {
            const char *at = memchr(letters, c, sizeof(letters) - 1);
            if (at != NULL) {
                vstr_add_byte(&t->text, values[at - letters]);
            } else if ((c | 0x20) - 'a' < 26u) {
                template_error(template, data, escape, "bad escape %s", escape, 2);
            } else {
                vstr_add_byte(&t->text, '\\');
                vstr_add_byte(&t->text, c);
            }
        }
    }
    end_part(t, RE_UNSET);
}

static void expand(const template_t *t, vstr_t *out, const byte *data, const uint32_t *registers) {
    size_t from = 0;
    for (size_t i = 0; i < t->count; i++) {
        uint32_t to = t->parts[2 * i], group = t->parts[2 * i + 1];
        vstr_add_strn(out, t->text.buf + from, to - from);
        from = to;
        if (group != RE_UNSET && registers[2 * group] != RE_UNSET && registers[2 * group + 1] != RE_UNSET
            && registers[2 * group + 1] > registers[2 * group]) {
            vstr_add_strn(out, (const char *)data + registers[2 * group], registers[2 * group + 1] - registers[2 * group]);
        }
    }
}

static mp_obj_t text_from(re_pattern_t *self, vstr_t *text) {
    return self->program.utf8 ? mp_obj_new_str_from_utf8_vstr(text) : mp_obj_new_bytes_from_vstr(text);
}

static void check_template_type(re_pattern_t *self, mp_obj_t template) {
    mp_buffer_info_t buffer;
    if (!mp_get_buffer(template, &buffer, MP_BUFFER_READ)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("decoding to str: need a bytes-like object, %s found"),
            mp_obj_get_type_str(template));
    }
    if (mp_obj_is_str(template) != self->program.utf8) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("sequence item 1: expected %s, %s found"),
            self->program.utf8 ? "str instance" : "a bytes-like object", mp_obj_get_type_str(template));
    }
}

mp_obj_t re_pattern_sub(re_pattern_t *self, mp_obj_t replacement, mp_obj_t text, mp_int_t limit, bool with_count) {
    uint32_t local[LOCAL_REGISTERS], *registers = registers_for(self, local);
    scan_t scan = { .advance = false };
    get_subject(self, &scan.subject, text, 0, MP_SSIZE_MAX);
    bool call = mp_obj_is_callable(replacement);
    template_t template;
    vstr_t out;
    size_t behind = 0, items = 0;
    mp_int_t count = 0;
    if (!call) {
        check_template_type(self, replacement);
        parse_template(self, &template, replacement);
    }
    while ((limit == 0 || count < limit) && scan_next(self, &scan, RE_SEARCH, registers)) {
        if (count == 0) {
            vstr_init(&out, MIN(scan.subject.length + 16, (size_t)registers[0] + 256));
        }
        count++;
        vstr_add_strn(&out, (const char *)scan.subject.data + behind, registers[0] - behind);
        items += registers[0] > behind;
        behind = registers[1];
        if (!call) {
            expand(&template, &out, scan.subject.data, registers);
            continue;
        }
        mp_obj_t result = mp_call_function_1(replacement, new_match(self, &scan.subject, registers));
        if (result == mp_const_none) {
            continue;
        }
        if (mp_obj_is_str(result) != self->program.utf8 || !(mp_obj_is_str_or_bytes(result) || !self->program.utf8)) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("sequence item %d: expected %s, %s found"),
                (int)items, self->program.utf8 ? "str instance" : "a bytes-like object", mp_obj_get_type_str(result));
        }
        mp_buffer_info_t buffer;
        mp_get_buffer_raise(result, &buffer, MP_BUFFER_READ);
        vstr_add_strn(&out, buffer.buf, buffer.len);
        items++;
        // A bytearray may have moved.
        if (!self->program.utf8) {
            mp_get_buffer_raise(scan.subject.object, &buffer, MP_BUFFER_READ);
            scan.subject.data = buffer.buf;
            scan.subject.length = MIN(scan.subject.length, buffer.len);
            if (behind > buffer.len) {
                behind = buffer.len;
            }
        }
    }
    mp_obj_t result = scan.subject.object;
    if (count > 0) {
        vstr_add_strn(&out, (const char *)scan.subject.data + behind, scan.subject.length - behind);
        result = text_from(self, &out);
    }
    if (with_count) {
        mp_obj_t pair[2] = { result, MP_OBJ_NEW_SMALL_INT(count) };
        return mp_obj_new_tuple(2, pair);
    }
    return result;
}

// Iterators: finditer, and the scanner's methods.

typedef struct _re_iter_t {
    mp_obj_base_t base;
    re_pattern_t *pattern;
    scan_t scan;
    bool done;
} re_iter_t;

static mp_obj_t iter_step(re_iter_t *self, re_mode_t mode) {
    uint32_t local[LOCAL_REGISTERS], *registers = registers_for(self->pattern, local);
    if (!self->pattern->program.utf8) {
        mp_buffer_info_t buffer;
        mp_get_buffer_raise(self->scan.subject.object, &buffer, MP_BUFFER_READ);
        self->scan.subject.data = buffer.buf;
        self->scan.subject.length = MIN(self->scan.subject.length, buffer.len);
    }
    if (self->done || !scan_next(self->pattern, &self->scan, mode, registers)) {
        self->done = true;
        return MP_OBJ_NULL;
    }
    return new_match(self->pattern, &self->scan.subject, registers);
}

static mp_obj_t iter_next(mp_obj_t self_in) {
    mp_obj_t match = iter_step(MP_OBJ_TO_PTR(self_in), RE_SEARCH);
    return match == MP_OBJ_NULL ? MP_OBJ_STOP_ITERATION : match;
}

static MP_DEFINE_CONST_OBJ_TYPE(
    type_iter, MP_QSTR_callable_iterator, MP_TYPE_FLAG_ITER_IS_ITERNEXT,
    iter, iter_next
    );

static mp_obj_t scanner_search(mp_obj_t self_in) {
    mp_obj_t match = iter_step(MP_OBJ_TO_PTR(self_in), RE_SEARCH);
    return match == MP_OBJ_NULL ? mp_const_none : match;
}
static MP_DEFINE_CONST_FUN_OBJ_1(scanner_search_obj, scanner_search);

static mp_obj_t scanner_match(mp_obj_t self_in) {
    mp_obj_t match = iter_step(MP_OBJ_TO_PTR(self_in), RE_PREFIX);
    return match == MP_OBJ_NULL ? mp_const_none : match;
}
static MP_DEFINE_CONST_FUN_OBJ_1(scanner_match_obj, scanner_match);

static const mp_rom_map_elem_t scanner_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_search), MP_ROM_PTR(&scanner_search_obj) },
    { MP_ROM_QSTR(MP_QSTR_match), MP_ROM_PTR(&scanner_match_obj) },
};
static MP_DEFINE_CONST_DICT(scanner_locals, scanner_locals_table);

static MP_DEFINE_CONST_OBJ_TYPE(
    type_scanner, MP_QSTR_SRE_Scanner, MP_TYPE_FLAG_NONE,
    locals_dict, &scanner_locals
    );

static mp_obj_t new_iter(re_pattern_t *self, const mp_obj_type_t *type, mp_obj_t text, mp_int_t pos, mp_int_t endpos) {
    re_iter_t *iter = mp_obj_malloc(re_iter_t, type);
    iter->pattern = self;
    get_subject(self, &iter->scan.subject, text, pos, endpos);
    return MP_OBJ_FROM_PTR(iter);
}

mp_obj_t re_pattern_finditer(re_pattern_t *self, mp_obj_t text, mp_int_t pos, mp_int_t endpos) {
    return new_iter(self, &type_iter, text, pos, endpos);
}

// Match.

static void group_error(void) {
    mp_raise_msg(&mp_type_IndexError, MP_ERROR_TEXT("no such group"));
}

static size_t group_of(const re_match_t *self, mp_obj_t which) {
    if (mp_obj_is_str(which)) {
        mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(self->pattern->names), which, MP_MAP_LOOKUP);
        if (elem == NULL) {
            group_error();
        }
        return mp_obj_get_int(elem->value);
    }
    mp_int_t group = -1;
    if (!mp_obj_get_int_maybe(which, &group) || group < 0 || group > (mp_int_t)self->pattern->program.groups) {
        group_error();
    }
    return group;
}

static mp_obj_t get_group(const re_match_t *self, size_t group, mp_obj_t otherwise) {
    uint32_t from = self->registers[2 * group], to = self->registers[2 * group + 1];
    if (from == RE_UNSET || to == RE_UNSET) {
        return otherwise;
    }
    size_t length = text_length(self->text);
    return slice(self->text, text_data(self->text), MIN(from, length), MIN(to, length));
}

static mp_obj_t match_group(size_t n_args, const mp_obj_t *args) {
    const re_match_t *self = MP_OBJ_TO_PTR(args[0]);
    if (n_args == 1) {
        return get_group(self, 0, mp_const_none);
    }
    if (n_args == 2) {
        return get_group(self, group_of(self, args[1]), mp_const_none);
    }
    mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(mp_obj_new_tuple(n_args - 1, NULL));
    for (size_t i = 1; i < n_args; i++) {
        tuple->items[i - 1] = mp_const_none;
    }
    for (size_t i = 1; i < n_args; i++) {
        tuple->items[i - 1] = get_group(self, group_of(self, args[i]), mp_const_none);
    }
    return MP_OBJ_FROM_PTR(tuple);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR(match_group_obj, 1, match_group);

static mp_obj_t match_getitem(mp_obj_t self_in, mp_obj_t which) {
    const re_match_t *self = MP_OBJ_TO_PTR(self_in);
    return get_group(self, group_of(self, which), mp_const_none);
}
static MP_DEFINE_CONST_FUN_OBJ_2(match_getitem_obj, match_getitem);

static mp_obj_t match_subscr(mp_obj_t self_in, mp_obj_t index, mp_obj_t value) {
    return value == MP_OBJ_SENTINEL ? match_getitem(self_in, index) : MP_OBJ_NULL;
}

static mp_obj_t default_argument(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = { { MP_QSTR_default, MP_ARG_OBJ, { .u_rom_obj = MP_ROM_NONE } } };
    mp_arg_val_t value;
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, 1, allowed, &value);
    return value.u_obj;
}

static mp_obj_t match_groups(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    const re_match_t *self = MP_OBJ_TO_PTR(args[0]);
    mp_obj_t otherwise = default_argument(n_args, args, kwargs);
    size_t groups = self->pattern->program.groups;
    mp_obj_t list = mp_obj_new_list(0, NULL);
    for (size_t i = 1; i <= groups; i++) {
        mp_obj_list_append(list, get_group(self, i, otherwise));
    }
    size_t n;
    mp_obj_t *items;
    mp_obj_list_get(list, &n, &items);
    return mp_obj_new_tuple(n, items);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(match_groups_obj, 1, match_groups);

static mp_obj_t match_groupdict(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    const re_match_t *self = MP_OBJ_TO_PTR(args[0]);
    mp_obj_t otherwise = default_argument(n_args, args, kwargs);
    mp_obj_t dict = mp_obj_new_dict(0);
    mp_map_t *names = mp_obj_dict_get_map(self->pattern->names);
    for (size_t i = 0; i < names->alloc; i++) {
        if (mp_map_slot_is_filled(names, i)) {
            mp_obj_dict_store(dict, names->table[i].key, get_group(self, mp_obj_get_int(names->table[i].value), otherwise));
        }
    }
    return dict;
}
static MP_DEFINE_CONST_FUN_OBJ_KW(match_groupdict_obj, 1, match_groupdict);

static mp_obj_t index_of(const re_match_t *self, uint32_t offset) {
    if (offset == RE_UNSET) {
        return MP_OBJ_NEW_SMALL_INT(-1);
    }
    bool is_str = mp_obj_is_str(self->text);
    return MP_OBJ_NEW_SMALL_INT(text_index(self->text, is_str, is_str ? text_data(self->text) : NULL, offset));
}

static mp_obj_t bound(size_t n_args, const mp_obj_t *args, int end) {
    const re_match_t *self = MP_OBJ_TO_PTR(args[0]);
    size_t group = n_args == 1 ? 0 : group_of(self, args[1]);
    return index_of(self, self->registers[2 * group + 1] == RE_UNSET ? RE_UNSET : self->registers[2 * group + end]);
}

static mp_obj_t match_start(size_t n_args, const mp_obj_t *args) {
    return bound(n_args, args, 0);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(match_start_obj, 1, 2, match_start);

static mp_obj_t match_end(size_t n_args, const mp_obj_t *args) {
    return bound(n_args, args, 1);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(match_end_obj, 1, 2, match_end);

static mp_obj_t match_span(size_t n_args, const mp_obj_t *args) {
    mp_obj_t pair[2] = { bound(n_args, args, 0), bound(n_args, args, 1) };
    return mp_obj_new_tuple(2, pair);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(match_span_obj, 1, 2, match_span);

static mp_obj_t match_expand(mp_obj_t self_in, mp_obj_t template_in) {
    const re_match_t *self = MP_OBJ_TO_PTR(self_in);
    template_t template;
    check_template_type(self->pattern, template_in);
    parse_template(self->pattern, &template, template_in);
    vstr_t out;
    vstr_init(&out, 64);
    expand(&template, &out, text_data(self->text), self->registers);
    return text_from(self->pattern, &out);
}
static MP_DEFINE_CONST_FUN_OBJ_2(match_expand_obj, match_expand);

static mp_obj_t match_copy(size_t n_args, const mp_obj_t *args) {
    (void)n_args;
    return args[0];
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(match_copy_obj, 1, 2, match_copy);

static void match_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    const re_match_t *self = MP_OBJ_TO_PTR(self_in);
    mp_printf(print, "<re.Match object; span=(%d, %d), match=", (int)mp_obj_get_int(index_of(self, self->registers[0])),
        (int)mp_obj_get_int(index_of(self, self->registers[1])));
    mp_obj_print_helper(print, get_group(self, 0, mp_const_none), PRINT_REPR);
    mp_print_str(print, ">");
}

static const mp_rom_map_elem_t match_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_group), MP_ROM_PTR(&match_group_obj) },
    { MP_ROM_QSTR(MP_QSTR___getitem__), MP_ROM_PTR(&match_getitem_obj) },
    { MP_ROM_QSTR(MP_QSTR_groups), MP_ROM_PTR(&match_groups_obj) },
    { MP_ROM_QSTR(MP_QSTR_groupdict), MP_ROM_PTR(&match_groupdict_obj) },
    { MP_ROM_QSTR(MP_QSTR_start), MP_ROM_PTR(&match_start_obj) },
    { MP_ROM_QSTR(MP_QSTR_end), MP_ROM_PTR(&match_end_obj) },
    { MP_ROM_QSTR(MP_QSTR_span), MP_ROM_PTR(&match_span_obj) },
    { MP_ROM_QSTR(MP_QSTR_expand), MP_ROM_PTR(&match_expand_obj) },
    { MP_ROM_QSTR(MP_QSTR___copy__), MP_ROM_PTR(&match_copy_obj) },
    { MP_ROM_QSTR(MP_QSTR___deepcopy__), MP_ROM_PTR(&match_copy_obj) },
};
static MP_DEFINE_CONST_DICT(match_locals, match_locals_table);

static void match_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    const re_match_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    uint32_t last = self->registers[RE_LAST_GROUP(self->pattern->program.groups)];
    switch (attr) {
        case MP_QSTR_string:
            dest[0] = self->text;
            break;
        case MP_QSTR_re:
            dest[0] = MP_OBJ_FROM_PTR(self->pattern);
            break;
        case MP_QSTR_pos:
            dest[0] = MP_OBJ_NEW_SMALL_INT(self->pos);
            break;
        case MP_QSTR_endpos:
            dest[0] = self->endpos < 0 ? mp_obj_len(self->text) : MP_OBJ_NEW_SMALL_INT(self->endpos);
            break;
        case MP_QSTR_lastindex:
            dest[0] = last == 0 ? mp_const_none : MP_OBJ_NEW_SMALL_INT(last);
            break;
        case MP_QSTR_lastgroup: {
            dest[0] = mp_const_none;
            mp_map_t *names = mp_obj_dict_get_map(self->pattern->names);
            for (size_t i = 0; last != 0 && i < names->alloc; i++) {
                if (mp_map_slot_is_filled(names, i) && mp_obj_get_int(names->table[i].value) == (mp_int_t)last) {
                    dest[0] = names->table[i].key;
                }
            }
            break;
        }
        case MP_QSTR_regs: {
            size_t n = self->pattern->program.groups + 1;
            mp_obj_t list = mp_obj_new_list(0, NULL);
            for (size_t i = 0; i < n; i++) {
                mp_obj_t args[2] = { self_in, MP_OBJ_NEW_SMALL_INT(i) };
                mp_obj_list_append(list, match_span(2, args));
            }
            mp_obj_t *items;
            mp_obj_list_get(list, &n, &items);
            dest[0] = mp_obj_new_tuple(n, items);
            break;
        }
        default:
            dest[1] = MP_OBJ_SENTINEL; // go on in locals_dict
    }
}

MP_DEFINE_CONST_OBJ_TYPE(
    re_type_match, MP_QSTR_Match, MP_TYPE_FLAG_NONE,
    print, match_print,
    attr, match_attr,
    subscr, match_subscr,
    locals_dict, &match_locals
    );

// Pattern.

mp_obj_t re_pattern_new(mp_obj_t source, uint32_t flags) {
    bool is_str = mp_obj_is_str(source);
    if (!is_str && !mp_obj_is_type(source, &mp_type_bytes) && !mp_obj_is_type(source, &mp_type_bytearray)) {
        mp_raise_TypeError(MP_ERROR_TEXT("first argument must be string or compiled pattern"));
    }
    re_tree_t tree;
    re_parse(&tree, source, flags);
    flags = tree.flags;
    if (is_str) {
        if (flags & RE_LOCALE) {
            mp_raise_ValueError(MP_ERROR_TEXT("cannot use LOCALE flag with a str pattern"));
        }
        if (flags & RE_ASCII && flags & RE_UNICODE) {
            mp_raise_ValueError(MP_ERROR_TEXT("ASCII and UNICODE flags are incompatible"));
        }
        tree.flags |= flags & RE_ASCII ? 0 : RE_UNICODE;
    } else {
        if (flags & RE_UNICODE) {
            mp_raise_ValueError(MP_ERROR_TEXT("cannot use UNICODE flag with a bytes pattern"));
        }
        if (flags & RE_ASCII && flags & RE_LOCALE) {
            mp_raise_ValueError(MP_ERROR_TEXT("ASCII and LOCALE flags are incompatible"));
        }
    }
    re_pattern_t *self = mp_obj_malloc(re_pattern_t, &re_type_pattern);
    self->pattern = source;
    self->names = tree.names;
    re_compile(&self->program, &tree, is_str);
    return MP_OBJ_FROM_PTR(self);
}

static void pattern_print(const mp_print_t *print, mp_obj_t self_in, mp_print_kind_t kind) {
    (void)kind;
    static const char names[][12] = { "TEMPLATE", "IGNORECASE", "LOCALE", "MULTILINE", "DOTALL", "UNICODE", "VERBOSE", "DEBUG",
                                      "ASCII" };
    const re_pattern_t *self = MP_OBJ_TO_PTR(self_in);
    vstr_t text;
    mp_print_t to_text;
    vstr_init_print(&text, 64, &to_text);
    mp_obj_print_helper(&to_text, self->pattern, PRINT_REPR);
    const byte *at = (const byte *)text.buf, *end = at + text.len;
    for (int n = 0; n < 200 && at < end; n++) {
        text_decode(&at);
    }
    mp_printf(print, "re.compile(%.*s", (int)(at - (const byte *)text.buf), text.buf);
    uint32_t flags = self->program.flags;
    if (self->program.utf8 && (flags & RE_TYPE_FLAGS) == RE_UNICODE) {
        flags &= ~RE_UNICODE;
    }
    const char *separator = ", ";
    for (size_t i = 0; i < MP_ARRAY_SIZE(names); i++) {
        if (flags >> i & 1) {
            mp_printf(print, "%sre.%s", separator, names[i]);
            separator = "|";
        }
    }
    mp_print_str(print, ")");
}

enum { ARG_string, ARG_pos, ARG_endpos };
static const mp_arg_t search_args[] = {
    { MP_QSTR_string, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
    { MP_QSTR_pos, MP_ARG_INT, { .u_int = 0 } },
    { MP_QSTR_endpos, MP_ARG_INT, { .u_int = MP_SSIZE_MAX } },
};

#define PATTERN_METHOD(name, call) \
    static mp_obj_t pattern_##name(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) { \
        mp_arg_val_t v[3]; \
        re_pattern_t *self = MP_OBJ_TO_PTR(args[0]); \
        mp_arg_parse_all(n_args - 1, args + 1, kwargs, 3, search_args, v); \
        mp_obj_t string = v[ARG_string].u_obj; \
        mp_int_t pos = v[ARG_pos].u_int, endpos = v[ARG_endpos].u_int; \
        return call; \
    } \
    static MP_DEFINE_CONST_FUN_OBJ_KW(pattern_##name##_obj, 1, pattern_##name)

PATTERN_METHOD(search, re_pattern_search(self, RE_SEARCH, string, pos, endpos));
PATTERN_METHOD(match, re_pattern_search(self, RE_PREFIX, string, pos, endpos));
PATTERN_METHOD(fullmatch, re_pattern_search(self, RE_FULL, string, pos, endpos));
PATTERN_METHOD(findall, re_pattern_findall(self, string, pos, endpos));
PATTERN_METHOD(finditer, re_pattern_finditer(self, string, pos, endpos));
PATTERN_METHOD(scanner, new_iter(self, &type_scanner, string, pos, endpos));

static mp_obj_t pattern_split(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    static const mp_arg_t allowed[] = {
        { MP_QSTR_string, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
        { MP_QSTR_maxsplit, MP_ARG_INT, { .u_int = 0 } },
    };
    mp_arg_val_t v[2];
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, 2, allowed, v);
    return re_pattern_split(MP_OBJ_TO_PTR(args[0]), v[0].u_obj, v[1].u_int);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(pattern_split_obj, 1, pattern_split);

static const mp_arg_t sub_args[] = {
    { MP_QSTR_repl, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
    { MP_QSTR_string, MP_ARG_OBJ | MP_ARG_REQUIRED, { .u_obj = MP_OBJ_NULL } },
    { MP_QSTR_count, MP_ARG_INT, { .u_int = 0 } },
};

static mp_obj_t pattern_sub(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_arg_val_t v[3];
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, 3, sub_args, v);
    return re_pattern_sub(MP_OBJ_TO_PTR(args[0]), v[0].u_obj, v[1].u_obj, v[2].u_int, false);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(pattern_sub_obj, 1, pattern_sub);

static mp_obj_t pattern_subn(size_t n_args, const mp_obj_t *args, mp_map_t *kwargs) {
    mp_arg_val_t v[3];
    mp_arg_parse_all(n_args - 1, args + 1, kwargs, 3, sub_args, v);
    return re_pattern_sub(MP_OBJ_TO_PTR(args[0]), v[0].u_obj, v[1].u_obj, v[2].u_int, true);
}
static MP_DEFINE_CONST_FUN_OBJ_KW(pattern_subn_obj, 1, pattern_subn);

static const mp_rom_map_elem_t pattern_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR_search), MP_ROM_PTR(&pattern_search_obj) },
    { MP_ROM_QSTR(MP_QSTR_match), MP_ROM_PTR(&pattern_match_obj) },
    { MP_ROM_QSTR(MP_QSTR_fullmatch), MP_ROM_PTR(&pattern_fullmatch_obj) },
    { MP_ROM_QSTR(MP_QSTR_findall), MP_ROM_PTR(&pattern_findall_obj) },
    { MP_ROM_QSTR(MP_QSTR_finditer), MP_ROM_PTR(&pattern_finditer_obj) },
    { MP_ROM_QSTR(MP_QSTR_scanner), MP_ROM_PTR(&pattern_scanner_obj) },
    { MP_ROM_QSTR(MP_QSTR_split), MP_ROM_PTR(&pattern_split_obj) },
    { MP_ROM_QSTR(MP_QSTR_sub), MP_ROM_PTR(&pattern_sub_obj) },
    { MP_ROM_QSTR(MP_QSTR_subn), MP_ROM_PTR(&pattern_subn_obj) },
    { MP_ROM_QSTR(MP_QSTR___copy__), MP_ROM_PTR(&match_copy_obj) },
    { MP_ROM_QSTR(MP_QSTR___deepcopy__), MP_ROM_PTR(&match_copy_obj) },
};
static MP_DEFINE_CONST_DICT(pattern_locals, pattern_locals_table);

static void pattern_attr(mp_obj_t self_in, qstr attr, mp_obj_t *dest) {
    const re_pattern_t *self = MP_OBJ_TO_PTR(self_in);
    if (dest[0] != MP_OBJ_NULL) {
        return;
    }
    switch (attr) {
        case MP_QSTR_pattern:
            dest[0] = self->pattern;
            break;
        case MP_QSTR_flags:
            dest[0] = MP_OBJ_NEW_SMALL_INT(self->program.flags);
            break;
        case MP_QSTR_groups:
            dest[0] = MP_OBJ_NEW_SMALL_INT(self->program.groups);
            break;
        case MP_QSTR_groupindex:
            dest[0] = mp_obj_dict_copy(self->names);
            break;
        default:
            dest[1] = MP_OBJ_SENTINEL; // go on in locals_dict
    }
}

MP_DEFINE_CONST_OBJ_TYPE(
    re_type_pattern, MP_QSTR_Pattern, MP_TYPE_FLAG_NONE,
    print, pattern_print,
    attr, pattern_attr,
    locals_dict, &pattern_locals
    );
