// Indices and slices of sequences, of any element size.

#include <string.h>

#include "py/objint.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "py/slice.h"
#include "py/strtext.h"

// What __index__ returns; for a built-in type that derives from int, its value.
static mp_obj_t special_int(mp_obj_t obj) {
    const mp_obj_type_t *type = mp_obj_get_type(obj);
    if (mp_obj_is_instance_type(type)) {
        return call_special(obj, MP_QSTR___index__, 0, NULL);
    }
    return MP_OBJ_TYPE_HAS_SLOT(type, unary_op) ? MP_OBJ_TYPE_GET_SLOT(type, unary_op)(MP_UNARY_OP_INT_MAYBE, obj)
        : MP_OBJ_NULL;
}

bool index_maybe(mp_obj_t obj, mp_int_t *value) {
    if (mp_obj_is_small_int(obj)) {
        *value = MP_OBJ_SMALL_INT_VALUE(obj);
        return true;
    }
    if (mp_obj_is_bool(obj)) {
        *value = obj == mp_const_true;
        return true;
    }
    obj = native_value(obj);
    if (!mp_obj_is_int(obj)) {
        obj = special_int(obj);
        if (obj == MP_OBJ_NULL) {
            return false;
        }
        obj = native_value(obj);
        if (!mp_obj_is_int(obj)) {
            mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("__index__ returned non-int (type %s)"),
                mp_obj_get_type_str(obj));
        }
    }
    if (mp_obj_is_small_int(obj)) {
        *value = MP_OBJ_SMALL_INT_VALUE(obj);
        return true;
    }
    mp_obj_int_t *number = MP_OBJ_TO_PTR(obj);
    if (!mpz_as_int_checked(&number->mpz, value)) {
        *value = number->mpz.neg ? INT64_MIN : INT64_MAX;
    }
    return true;
}

bool index_fitting(mp_obj_t obj, mp_int_t *value) {
    if (!index_maybe(obj, value)) {
        return false;
    }
    if ((*value == INT64_MIN || *value == INT64_MAX) && mp_obj_is_int(native_value(obj))
        && !mp_obj_equal(native_value(obj), mp_obj_new_int_from_ll(*value))) {
        mp_raise_msg_varg(&mp_type_IndexError, MP_ERROR_TEXT("cannot fit '%s' into an index-sized integer"),
            mp_obj_get_type_str(obj));
    }
    return true;
}

mp_int_t index_clamped(mp_obj_t obj) {
    mp_int_t value;
    if (!index_maybe(obj, &value)) {
        mp_raise_msg_varg(&mp_type_TypeError, MP_ERROR_TEXT("'%s' object cannot be interpreted as an integer"),
            mp_obj_get_type_str(obj));
    }
    return value;
}

void slice_copy(void *to, const void *from, size_t size, size_t count, const mp_bound_slice_t *bounds) {
    if (bounds->step == 1) {
        memcpy(to, (const byte *)from + bounds->start * size, count * size);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        memcpy((byte *)to + i * size, (const byte *)from + (bounds->start + (mp_int_t)i * bounds->step) * size, size);
    }
}

size_t slice_remove(void *items, size_t size, size_t len, size_t count, const mp_bound_slice_t *bounds) {
    if (count == 0) {
        return len;
    }
    // From the lowest on: each kept run between two that go moves down.
    mp_int_t step = bounds->step < 0 ? -bounds->step : bounds->step;
    size_t first = bounds->step < 0 ? bounds->start - (count - 1) * step : (size_t)bounds->start;
    byte *to = (byte *)items + first * size;
    for (size_t i = 0; i < count; i++) {
        size_t from = first + i * step + 1;
        size_t end = i + 1 < count ? from + step - 1 : len;
        memmove(to, (byte *)items + from * size, (end - from) * size);
        to += (end - from) * size;
    }
    return len - count;
}
