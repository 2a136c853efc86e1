// The module _datetime: the short ways of guest/stdlib/datetime.py, which makes, compares and moves most dates here. A
// function that finds anything out of the ordinary (another type, a value out of range, another form of text) returns None,
// and the Python code beside it does the work, or raises the error.
//
// An object's fields are its attributes _year, _month, ... as __slots__ keeps them. What is read from them is not trusted:
// it can be wrong, but every value is in range before it is used.

#include "py/objstr.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "textindex.h"

#define DAY_US 86400000000ll
#define LAST_ORDINAL 3652059
#define LAST_DELTA 999999999ll

static const uint8_t month_days[] = { 0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
static const uint16_t days_before[] = { 0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };

enum { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, MICROSECOND, N_FIELDS };
static const qstr field_names[N_FIELDS] = {
    MP_QSTR__year, MP_QSTR__month, MP_QSTR__day, MP_QSTR__hour, MP_QSTR__minute, MP_QSTR__second, MP_QSTR__microsecond,
};
static const qstr delta_names[] = { MP_QSTR__days, MP_QSTR__seconds, MP_QSTR__microseconds };

static bool is_leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool is_valid(const int *f, size_t n) {
    if (f[YEAR] < 1 || f[YEAR] > 9999 || f[MONTH] < 1 || f[MONTH] > 12 || f[DAY] < 1
        || f[DAY] > month_days[f[MONTH]] + (f[MONTH] == 2 && is_leap(f[YEAR]))) {
        return false;
    }
    return n == 3 || (f[HOUR] >= 0 && f[HOUR] < 24 && f[MINUTE] >= 0 && f[MINUTE] < 60 && f[SECOND] >= 0 && f[SECOND] < 60
        && f[MICROSECOND] >= 0 && f[MICROSECOND] < 1000000);
}

static int ordinal_of(const int *f) {
    int y = f[YEAR] - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 + days_before[f[MONTH]] + f[DAY] + (f[MONTH] > 2 && is_leap(f[YEAR]));
}

static void from_ordinal(int ordinal, int *f) {
    int n = ordinal - 1;
    int y400 = n / 146097, y100, y4, y1;
    n %= 146097;
    y100 = n / 36524;
    n %= 36524;
    y4 = n / 1461;
    n %= 1461;
    y1 = n / 365;
    n %= 365;
    f[YEAR] = y400 * 400 + y100 * 100 + y4 * 4 + y1 + 1;
    if (y1 == 4 || y100 == 4) {
        f[YEAR]--;
        f[MONTH] = 12;
        f[DAY] = 31;
        return;
    }
    int month = 12;
    while (days_before[month] + (month > 2 && is_leap(f[YEAR])) > n) {
        month--;
    }
    f[MONTH] = month;
    f[DAY] = n - days_before[month] - (month > 2 && is_leap(f[YEAR])) + 1;
}

static int64_t us_of(const int *f) {
    return ((int64_t)ordinal_of(f) * 86400 + f[HOUR] * 3600 + f[MINUTE] * 60 + f[SECOND]) * 1000000 + f[MICROSECOND];
}

// ---- objects ----

static bool small(mp_obj_t value, int *out) {
    mp_int_t n;
    if (mp_obj_is_small_int(value)) {
        n = MP_OBJ_SMALL_INT_VALUE(value);
    } else if (mp_obj_is_exact_type(value, &mp_type_int)) { // one that does not need the room that it takes
        n = mp_obj_int_get_truncated(value);
        if (!mp_obj_equal(value, mp_obj_new_int(n))) {
            return false;
        }
    } else {
        return false;
    }
    *out = n;
    return n == *out;
}

static bool attribute(mp_obj_t object, qstr name, mp_obj_t *value) {
    mp_map_elem_t *elem = mp_map_lookup(instance_map(MP_OBJ_TO_PTR(object)), MP_OBJ_NEW_QSTR(name), MP_MAP_LOOKUP);
    if (elem == NULL) {
        return false;
    }
    *value = elem->value;
    return true;
}

static bool is_plain(mp_obj_t object) {
    return mp_obj_is_obj(object) && mp_obj_is_instance_type(mp_obj_get_type(object));
}

// The fields of a date (3) or datetime (7).
static bool fields_of(mp_obj_t object, int *f, size_t n) {
    if (!is_plain(object)) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        mp_obj_t value;
        if (!attribute(object, field_names[i], &value) || !small(value, &f[i])) {
            return false;
        }
    }
    return is_valid(f, n);
}

// In microseconds.
static bool delta_of(mp_obj_t object, int64_t *us) {
    int f[3];
    if (!is_plain(object)) {
        return false;
    }
    for (size_t i = 0; i < 3; i++) {
        mp_obj_t value;
        if (!attribute(object, delta_names[i], &value) || !small(value, &f[i])) {
            return false;
        }
    }
    // No more days than a 64-bit count of microseconds has room for, twice.
    if (f[0] < -40000000 || f[0] > 40000000) {
        return false;
    }
    *us = f[0] * DAY_US + f[1] * 1000000ll + f[2];
    return true;
}

static void put(mp_obj_instance_t *self, qstr name, mp_obj_t value) {
    mp_map_lookup(&self->members, MP_OBJ_NEW_QSTR(name), MP_MAP_LOOKUP_ADD_IF_NOT_FOUND)->value = value;
}

static mp_obj_instance_t *new_object(mp_obj_t cls, size_t n) {
    const mp_obj_type_t *native;
    mp_obj_instance_t *self = mp_obj_new_instance(MP_OBJ_TO_PTR(cls), &native);
    mp_map_init(&self->members, n);
    return self;
}

static mp_obj_t make(mp_obj_t cls, const int *f, size_t n, mp_obj_t tz, mp_obj_t fold) {
    mp_obj_instance_t *self = new_object(cls, n == 3 ? 3 : 9);
    for (size_t i = 0; i < n; i++) {
        put(self, field_names[i], MP_OBJ_NEW_SMALL_INT(f[i]));
    }
    if (n == N_FIELDS) {
        put(self, MP_QSTR__tzinfo, tz);
        put(self, MP_QSTR__fold, fold);
    }
    return MP_OBJ_FROM_PTR(self);
}

static mp_obj_t make_delta(mp_obj_t cls, int64_t us) {
    int64_t days = us / DAY_US;
    us %= DAY_US;
    if (us < 0) {
        us += DAY_US;
        days--;
    }
    if (days < -LAST_DELTA || days > LAST_DELTA) {
        return mp_const_none;
    }
    mp_obj_instance_t *self = new_object(cls, 3);
    put(self, MP_QSTR__days, MP_OBJ_NEW_SMALL_INT(days));
    put(self, MP_QSTR__seconds, MP_OBJ_NEW_SMALL_INT(us / 1000000));
    put(self, MP_QSTR__microseconds, MP_OBJ_NEW_SMALL_INT(us % 1000000));
    return MP_OBJ_FROM_PTR(self);
}

// build(cls, year, month, day[, hour, minute, second, microsecond, tzinfo, fold])
static mp_obj_t datetime_build(size_t n_args, const mp_obj_t *args) {
    size_t n = n_args == 4 ? 3 : N_FIELDS;
    int f[N_FIELDS];
    for (size_t i = 0; i < n; i++) {
        if (!small(args[1 + i], &f[i])) {
            return mp_const_none;
        }
    }
    int fold = 0;
    if (!is_valid(f, n) || (n == N_FIELDS && (n_args != 10 || !small(args[9], &fold) || fold < 0 || fold > 1))) {
        return mp_const_none;
    }
    return make(args[0], f, n, n == 3 ? MP_OBJ_NULL : args[8], n == 3 ? MP_OBJ_NULL : args[9]);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(datetime_build_obj, 4, 10, datetime_build);

// delta(cls, days, seconds, microseconds, milliseconds, minutes, hours, weeks)
static mp_obj_t datetime_delta(size_t n_args, const mp_obj_t *args) {
    static const int64_t units[] = { DAY_US, 1000000, 1, 1000, 60000000, 3600000000ll, 7 * DAY_US };
    int64_t us = 0;
    for (size_t i = 1; i < n_args; i++) {
        int value;
        int64_t part;
        if (!small(args[i], &value) || __builtin_mul_overflow(value, units[i - 1], &part)
            || __builtin_add_overflow(us, part, &us)) {
            return mp_const_none;
        }
    }
    return make_delta(args[0], us);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(datetime_delta_obj, 8, 8, datetime_delta);

// sum(cls, timedelta, timedelta, sign)
static mp_obj_t datetime_sum(size_t n_args, const mp_obj_t *args) {
    int64_t a, b;
    if (!delta_of(args[1], &a) || !delta_of(args[2], &b)) {
        return mp_const_none;
    }
    return make_delta(args[0], args[3] == MP_OBJ_NEW_SMALL_INT(1) ? a + b : a - b);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(datetime_sum_obj, 4, 4, datetime_sum);

// shift(cls, datetime, timedelta, sign): an object of cls, with the same tzinfo
static mp_obj_t datetime_shift(size_t n_args, const mp_obj_t *args) {
    int f[N_FIELDS];
    int64_t by;
    mp_obj_t tz;
    if (!fields_of(args[1], f, N_FIELDS) || !delta_of(args[2], &by) || !attribute(args[1], MP_QSTR__tzinfo, &tz)) {
        return mp_const_none;
    }
    int64_t us = us_of(f) + (args[3] == MP_OBJ_NEW_SMALL_INT(1) ? by : -by);
    if (us < DAY_US || us >= (LAST_ORDINAL + 1) * DAY_US) {
        return mp_const_none;
    }
    from_ordinal(us / DAY_US, f);
    us %= DAY_US;
    f[HOUR] = us / 3600000000ll;
    f[MINUTE] = us / 60000000 % 60;
    f[SECOND] = us / 1000000 % 60;
    f[MICROSECOND] = us % 1000000;
    return make(args[0], f, N_FIELDS, tz, MP_OBJ_NEW_SMALL_INT(0));
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(datetime_shift_obj, 4, 4, datetime_shift);

// difference(cls, datetime, datetime): a timedelta, of the fields as they are
static mp_obj_t datetime_difference(mp_obj_t cls, mp_obj_t a_in, mp_obj_t b_in) {
    int a[N_FIELDS], b[N_FIELDS];
    if (!fields_of(a_in, a, N_FIELDS) || !fields_of(b_in, b, N_FIELDS)) {
        return mp_const_none;
    }
    return make_delta(cls, us_of(a) - us_of(b));
}
static MP_DEFINE_CONST_FUN_OBJ_3(datetime_difference_obj, datetime_difference);

// order(a, b, n): -1, 0 or 1, by the first n fields
static mp_obj_t datetime_order(mp_obj_t a_in, mp_obj_t b_in, mp_obj_t n_in) {
    size_t n = n_in == MP_OBJ_NEW_SMALL_INT(3) ? 3 : N_FIELDS;
    int a[N_FIELDS], b[N_FIELDS];
    if (!fields_of(a_in, a, n) || !fields_of(b_in, b, n)) {
        return mp_const_none;
    }
    for (size_t i = 0; i < n; i++) {
        if (a[i] != b[i]) {
            return MP_OBJ_NEW_SMALL_INT(a[i] < b[i] ? -1 : 1);
        }
    }
    return MP_OBJ_NEW_SMALL_INT(0);
}
static MP_DEFINE_CONST_FUN_OBJ_3(datetime_order_obj, datetime_order);

// ---- text ----

typedef struct _scanner_t {
    const byte *s, *top;
} scanner_t;

// Exactly n digits.
static bool digits(scanner_t *in, size_t n, int *out) {
    if ((size_t)(in->top - in->s) < n) {
        return false;
    }
    *out = 0;
    for (; n > 0; n--, in->s++) {
        if (*in->s < '0' || *in->s > '9') {
            return false;
        }
        *out = *out * 10 + *in->s - '0';
    }
    return true;
}

static bool accept(scanner_t *in, byte c) {
    if (in->s < in->top && *in->s == c) {
        in->s++;
        return true;
    }
    return false;
}

// A fraction of a second: one to six digits; with `more`, what follows them is left out.
static bool fraction(scanner_t *in, bool more, int *us) {
    int n = 0;
    *us = 0;
    for (; in->s < in->top && *in->s >= '0' && *in->s <= '9' && (more || n < 6); in->s++, n++) {
        if (n < 6) {
            *us = *us * 10 + *in->s - '0';
        }
    }
    for (int i = n; i < 6; i++) {
        *us *= 10;
    }
    return n > 0;
}

// +HH:MM[:SS], or +HHMM[SS] when `colons` is 0, or either when it is -1.
static bool offset(scanner_t *in, int colons, int *seconds) {
    int sign = accept(in, '-') ? -1 : accept(in, '+') ? 1 : 0, h, m, s = 0;
    if (sign == 0 || !digits(in, 2, &h)) {
        return false;
    }
    bool colon = accept(in, ':');
    if ((colons >= 0 && colon != colons) || !digits(in, 2, &m)) {
        return false;
    }
    if (in->s < in->top && (colon ? accept(in, ':') : *in->s >= '0' && *in->s <= '9') && !digits(in, 2, &s)) {
        return false;
    }
    *seconds = sign * (h * 3600 + m * 60 + s);
    return h < 24 && m < 60 && s < 60;
}

static bool zone_of(mp_obj_t zones, int seconds, mp_obj_t *tz) {
    mp_map_elem_t *elem = mp_map_lookup(mp_obj_dict_get_map(zones), MP_OBJ_NEW_SMALL_INT(seconds), MP_MAP_LOOKUP);
    if (elem == NULL) {
        return false;
    }
    *tz = elem->value;
    return true;
}

// iso(cls, text, zones): YYYY-MM-DD[ HH:MM[:SS[.f]][Z or +HH:MM]]; zones: dict of offsets in seconds to objects
static mp_obj_t datetime_iso(mp_obj_t cls, mp_obj_t text, mp_obj_t zones) {
    if (!mp_obj_is_str(text) || !mp_obj_is_exact_type(zones, &mp_type_dict)) {
        return mp_const_none;
    }
    GET_STR_DATA_LEN(text, s, len);
    scanner_t in = { s, s + len };
    int f[N_FIELDS] = { 0 }, seconds;
    mp_obj_t tz = mp_const_none;
    if (!digits(&in, 4, &f[YEAR]) || !accept(&in, '-') || !digits(&in, 2, &f[MONTH]) || !accept(&in, '-')
        || !digits(&in, 2, &f[DAY])) {
        return mp_const_none;
    }
    if (in.s < in.top) {
        text_decode(&in.s);
        if (!digits(&in, 2, &f[HOUR]) || !accept(&in, ':') || !digits(&in, 2, &f[MINUTE])) {
            return mp_const_none;
        }
        if (accept(&in, ':')
            && (!digits(&in, 2, &f[SECOND]) || (accept(&in, '.') && !fraction(&in, true, &f[MICROSECOND])))) {
            return mp_const_none;
        }
        if (in.s < in.top) {
            seconds = 0;
            if ((!accept(&in, 'Z') && !offset(&in, 1, &seconds)) || in.s != in.top || !zone_of(zones, seconds, &tz)) {
                return mp_const_none;
            }
        }
    }
    return is_valid(f, N_FIELDS) ? make(cls, f, N_FIELDS, tz, MP_OBJ_NEW_SMALL_INT(0)) : mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_3(datetime_iso_obj, datetime_iso);

// A number of at most `n` digits, as CPython's patterns match it: two digits where that is in range, else one.
static bool number(scanner_t *in, int least, int most, int *out) {
    const byte *s = in->s;
    if (digits(in, 2, out) && *out >= least && *out <= most) {
        return true;
    }
    in->s = s;
    return digits(in, 1, out) && *out >= least && *out <= most;
}

// One of several names, each followed by a blank: its index, or -1. The longest wins.
static int one_of(scanner_t *in, const char *names, bool whole) {
    for (int i = 0; *names; i++) {
        size_t n = 0;
        while (names[n] != ' ') {
            n++;
        }
        size_t length = whole ? n : 3, k = 0;
        while (k < length && in->s + k < in->top && (in->s[k] | 0x20) == (byte)(names[k] | 0x20)) {
            k++;
        }
        if (k == length) {
            in->s += length;
            return i;
        }
        names += n + 1;
    }
    return -1;
}

static const char month_names[] = "January February March April May June July August September October November December ";
static const char day_names[] = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday ";

static bool is_blank(byte c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// Fills the fields from text by a format of strptime(); *has_zone says whether there is an offset.
static bool scan(scanner_t in, scanner_t format, int *f, int *seconds, bool *has_zone) {
    int half = -1, value;
    bool has_year = false, twelve = false;
    while (format.s < format.top) {
        byte c = *format.s++;
        if (is_blank(c)) {
            if (in.s == in.top || !is_blank(*in.s)) {
                return false;
            }
            while (format.s < format.top && is_blank(*format.s)) {
                format.s++;
            }
            while (in.s < in.top && is_blank(*in.s)) {
                in.s++;
            }
            continue;
        }
        if (c != '%') {
            if (c >= 0x80 || !accept(&in, c)) {
                return false;
            }
            continue;
        }
        if (format.s == format.top) {
            return false;
        }
        bool ok;
        switch (*format.s++) {
            case 'Y':
                ok = has_year = digits(&in, 4, &f[YEAR]);
                break;
            case 'y':
                ok = has_year = digits(&in, 2, &value);
                f[YEAR] = value + (value < 69 ? 2000 : 1900);
                break;
            case 'm':
                ok = number(&in, 1, 12, &f[MONTH]);
                break;
            case 'd':
                ok = number(&in, 1, 31, &f[DAY]);
                break;
            case 'H':
                ok = number(&in, 0, 23, &f[HOUR]);
                break;
            case 'I':
                ok = twelve = number(&in, 1, 12, &f[HOUR]);
                break;
            case 'M':
                ok = number(&in, 0, 59, &f[MINUTE]);
                break;
            case 'S':
                ok = number(&in, 0, 59, &f[SECOND]);
                break;
            case 'f':
                ok = fraction(&in, false, &f[MICROSECOND]);
                break;
            case 'p':
                half = in.top - in.s >= 2 && (in.s[1] | 0x20) == 'm' ? ((in.s[0] | 0x20) == 'a' ? 0
                    : (in.s[0] | 0x20) == 'p' ? 1 : -1) : -1;
                ok = half >= 0;
                in.s += 2;
                break;
            case 'b':
            case 'h':
                f[MONTH] = one_of(&in, month_names, false) + 1;
                ok = f[MONTH] > 0;
                break;
            case 'B':
                f[MONTH] = one_of(&in, month_names, true) + 1;
                ok = f[MONTH] > 0;
                break;
            case 'a':
                ok = one_of(&in, day_names, false) >= 0;
                break;
            case 'A':
                ok = one_of(&in, day_names, true) >= 0;
                break;
            case 'z':
                *has_zone = true;
                *seconds = 0;
                ok = accept(&in, 'Z') || offset(&in, -1, seconds);
                break;
            default:
                return false;
        }
        if (!ok) {
            return false;
        }
    }
    if (twelve && half >= 0) {
        f[HOUR] = f[HOUR] % 12 + half * 12;
    }
    return in.s == in.top && has_year && twelve == (half >= 0) && is_valid(f, N_FIELDS);
}

// scan(cls, text, format, zones)
static mp_obj_t datetime_scan(size_t n_args, const mp_obj_t *args) {
    if (!mp_obj_is_str(args[1]) || !mp_obj_is_str(args[2]) || !mp_obj_is_exact_type(args[3], &mp_type_dict)) {
        return mp_const_none;
    }
    GET_STR_DATA_LEN(args[1], text, text_len);
    GET_STR_DATA_LEN(args[2], format, format_len);
    int f[N_FIELDS] = { 1900, 1, 1 }, seconds = 0;
    bool has_zone = false;
    mp_obj_t tz = mp_const_none;
    if (!scan((scanner_t) { text, text + text_len }, (scanner_t) { format, format + format_len }, f, &seconds, &has_zone)
        || (has_zone && !zone_of(args[3], seconds, &tz))) {
        return mp_const_none;
    }
    return make(args[0], f, N_FIELDS, tz, MP_OBJ_NEW_SMALL_INT(0));
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(datetime_scan_obj, 4, 4, datetime_scan);

static const mp_rom_map_elem_t datetime_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__datetime) },
    { MP_ROM_QSTR(MP_QSTR_build), MP_ROM_PTR(&datetime_build_obj) },
    { MP_ROM_QSTR(MP_QSTR_delta), MP_ROM_PTR(&datetime_delta_obj) },
    { MP_ROM_QSTR(MP_QSTR_difference), MP_ROM_PTR(&datetime_difference_obj) },
    { MP_ROM_QSTR(MP_QSTR_iso), MP_ROM_PTR(&datetime_iso_obj) },
    { MP_ROM_QSTR(MP_QSTR_order), MP_ROM_PTR(&datetime_order_obj) },
    { MP_ROM_QSTR(MP_QSTR_scan), MP_ROM_PTR(&datetime_scan_obj) },
    { MP_ROM_QSTR(MP_QSTR_shift), MP_ROM_PTR(&datetime_shift_obj) },
    { MP_ROM_QSTR(MP_QSTR_sum), MP_ROM_PTR(&datetime_sum_obj) },
};
static MP_DEFINE_CONST_DICT(datetime_globals, datetime_globals_table);

const mp_obj_module_t mp_module__datetime = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&datetime_globals,
};
MP_REGISTER_MODULE(MP_QSTR__datetime, mp_module__datetime);
