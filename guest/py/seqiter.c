// Iterators of lists, tuples, text and bytes, as programs meet them; loops of bytecode have their own (vm_iter.c).
//
// One that has come to its end stays there, whatever happens to what it went through.

#include <string.h>

#include "py/builtin.h"
#include "py/objlist.h"
#include "py/objstr.h"
#include "py/objtuple.h"
#include "py/runtime.h"
#include "py/seqiter.h"
#include "py/strtext.h"

typedef struct _seq_iterator_t {
    mp_obj_base_t base;
    mp_obj_t seq; // MP_OBJ_NULL at its end
    size_t at;
} seq_iterator_t;

mp_obj_t seq_iterator(const mp_obj_type_t *type, mp_obj_t seq, size_t at, mp_obj_iter_buf_t *buf) {
    MP_STATIC_ASSERT(sizeof(seq_iterator_t) <= sizeof(mp_obj_iter_buf_t));
    *(seq_iterator_t *)buf = (seq_iterator_t) { { type }, seq, at };
    return MP_OBJ_FROM_PTR(buf);
}

static mp_obj_t end(seq_iterator_t *self) {
    self->seq = MP_OBJ_NULL;
    return MP_OBJ_STOP_ITERATION;
}

static mp_obj_t list_next(mp_obj_t self_in) {
    seq_iterator_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->seq == MP_OBJ_NULL) {
        return MP_OBJ_STOP_ITERATION;
    }
    mp_obj_list_t *list = MP_OBJ_TO_PTR(self->seq);
    return self->at < list->len ? list->items[self->at++] : end(self);
}

static mp_obj_t tuple_next(mp_obj_t self_in) {
    seq_iterator_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->seq == MP_OBJ_NULL) {
        return MP_OBJ_STOP_ITERATION;
    }
    mp_obj_tuple_t *tuple = MP_OBJ_TO_PTR(self->seq);
    return self->at < tuple->len ? tuple->items[self->at++] : end(self);
}

static mp_obj_t str_next(mp_obj_t self_in) {
    seq_iterator_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->seq == MP_OBJ_NULL) {
        return MP_OBJ_STOP_ITERATION;
    }
    GET_STR_DATA_LEN(self->seq, s, len);
    if (self->at >= len) {
        return end(self);
    }
    s += self->at;
    size_t size = utf8_size(*s);
    self->at += size;
    return str_new(s, size);
}

static mp_obj_t bytes_next(mp_obj_t self_in) {
    seq_iterator_t *self = MP_OBJ_TO_PTR(self_in);
    if (self->seq == MP_OBJ_NULL) {
        return MP_OBJ_STOP_ITERATION;
    }
    GET_STR_DATA_LEN(self->seq, s, len);
    return self->at < len ? MP_OBJ_NEW_SMALL_INT(s[self->at++]) : end(self);
}

mp_obj_t reduced(mp_obj_t callable, size_t n, const mp_obj_t *args) {
    mp_obj_t items[] = { callable, mp_obj_new_tuple(n, args) };
    return mp_obj_new_tuple(2, items);
}

// How far text was read, in characters.
static mp_obj_t position(seq_iterator_t *self) {
    if (self->base.type != &str_iterator_type) {
        return mp_obj_new_int_from_uint(self->at);
    }
    GET_STR_DATA_LEN(self->seq, s, len);
    (void)len;
    return mp_obj_new_int_from_uint(utf8_charlen(s, self->at));
}

static mp_obj_t seq_reduce(mp_obj_t self_in) {
    seq_iterator_t *self = MP_OBJ_TO_PTR(self_in);
    mp_obj_t iter = MP_OBJ_FROM_PTR(&hermetic_iter_obj);
    if (self->seq == MP_OBJ_NULL) {
        mp_obj_t none = self->base.type == &list_iterator_type ? mp_obj_new_list(0, NULL)
            : self->base.type == &str_iterator_type ? MP_OBJ_NEW_QSTR(MP_QSTR_)
            : self->base.type == &bytes_iterator_type ? mp_const_empty_bytes : mp_const_empty_tuple;
        return reduced(iter, 1, &none);
    }
    mp_obj_t items[] = { iter, mp_obj_new_tuple(1, &self->seq), position(self) };
    return mp_obj_new_tuple(3, items);
}
static MP_DEFINE_CONST_FUN_OBJ_1(seq_reduce_obj, seq_reduce);

static mp_obj_t seq_setstate(mp_obj_t self_in, mp_obj_t state) {
    seq_iterator_t *self = MP_OBJ_TO_PTR(self_in);
    mp_int_t at = mp_obj_get_int(state);
    if (self->seq != MP_OBJ_NULL) {
        mp_int_t len = mp_obj_get_int(mp_obj_len(self->seq));
        at = at < 0 ? 0 : at > len ? len : at;
        if (self->base.type == &str_iterator_type) {
            GET_STR_DATA_LEN(self->seq, s, size);
            at = str_offset(s, size, at);
        }
        self->at = at;
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(seq_setstate_obj, seq_setstate);

static mp_obj_t seq_length_hint(mp_obj_t self_in) {
    seq_iterator_t *self = MP_OBJ_TO_PTR(self_in);
    mp_int_t left = self->seq == MP_OBJ_NULL ? 0 : mp_obj_get_int(mp_obj_len(self->seq)) - mp_obj_get_int(position(self));
    return MP_OBJ_NEW_SMALL_INT(left < 0 ? 0 : left);
}
static MP_DEFINE_CONST_FUN_OBJ_1(seq_length_hint_obj, seq_length_hint);

static const mp_rom_map_elem_t seq_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___length_hint__), MP_ROM_PTR(&seq_length_hint_obj) },
    { MP_ROM_QSTR(MP_QSTR___reduce__), MP_ROM_PTR(&seq_reduce_obj) },
    { MP_ROM_QSTR(MP_QSTR___setstate__), MP_ROM_PTR(&seq_setstate_obj) },
};
static MP_DEFINE_CONST_DICT(seq_locals, seq_locals_table);

#define SEQ_ITERATOR(type, name, next) \
    MP_DEFINE_CONST_OBJ_TYPE(type, name, MP_TYPE_FLAG_ITER_IS_ITERNEXT, iter, next, locals_dict, &seq_locals)

SEQ_ITERATOR(list_iterator_type, MP_QSTR_list_iterator, list_next);
SEQ_ITERATOR(tuple_iterator_type, MP_QSTR_tuple_iterator, tuple_next);
SEQ_ITERATOR(str_iterator_type, MP_QSTR_str_iterator, str_next);
SEQ_ITERATOR(bytes_iterator_type, MP_QSTR_bytes_iterator, bytes_next);

// ---- of which a copy tells what is left ----

static mp_obj_t rest_of(mp_obj_t self_in) {
    mp_obj_iter_buf_t copy;
    memcpy(&copy, MP_OBJ_TO_PTR(self_in), sizeof(copy));
    mp_obj_t list = mp_obj_new_list(0, NULL), item;
    while ((item = mp_iternext(MP_OBJ_FROM_PTR(&copy))) != MP_OBJ_STOP_ITERATION) {
        mp_obj_list_append(list, item);
    }
    return list;
}

static mp_obj_t rest_reduce(mp_obj_t self_in) {
    mp_obj_t list = rest_of(self_in);
    return reduced(MP_OBJ_FROM_PTR(&hermetic_iter_obj), 1, &list);
}
static MP_DEFINE_CONST_FUN_OBJ_1(rest_reduce_obj, rest_reduce);

static void length_hint_run(void *object) {
    *(mp_obj_t *)object = mp_obj_len(rest_of(*(mp_obj_t *)object));
}

static mp_obj_t rest_length_hint(mp_obj_t self_in) {
    // None is left in what changed while it was gone through.
    return nlr_try(length_hint_run, &self_in) ? MP_OBJ_NEW_SMALL_INT(0) : self_in;
}
static MP_DEFINE_CONST_FUN_OBJ_1(rest_length_hint_obj, rest_length_hint);

static const mp_rom_map_elem_t rest_locals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___length_hint__), MP_ROM_PTR(&rest_length_hint_obj) },
    { MP_ROM_QSTR(MP_QSTR___reduce__), MP_ROM_PTR(&rest_reduce_obj) },
};
MP_DEFINE_CONST_DICT(rest_iterator_locals, rest_locals_table);

MP_DEFINE_CONST_OBJ_TYPE(builtin_function_type, MP_QSTR_builtin_function_or_method, MP_TYPE_FLAG_NONE);
