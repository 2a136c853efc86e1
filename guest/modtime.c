// The time module. The time is the host's grant; without one there is none.

#include "py/runtime.h"
#include "host.h"

// How long the program has slept. There is nobody to wait for: a sandbox that waits would only burn fuel. So sleep()
// returns at once, and all clocks are ahead of the host's by this.
static int64_t slept_ns;

static int64_t clock_ns(int kind) {
    int64_t ns = host_clock(kind);
    if (ns == -1) {
        if (kind == HOST_CLOCK_MONOTONIC) {
            return slept_ns; // what was not granted stands still
        }
        mp_raise_msg(&mp_type_OSError, MP_ERROR_TEXT("no clock was granted"));
    }
    return ns + slept_ns;
}

static mp_obj_t seconds(int64_t ns) {
    return mp_obj_new_float(ns / 1e9);
}

static mp_obj_t time_time(void) {
    return seconds(clock_ns(HOST_CLOCK_WALL));
}
static MP_DEFINE_CONST_FUN_OBJ_0(time_time_obj, time_time);

static mp_obj_t time_time_ns(void) {
    return mp_obj_new_int(clock_ns(HOST_CLOCK_WALL));
}
static MP_DEFINE_CONST_FUN_OBJ_0(time_time_ns_obj, time_time_ns);

static mp_obj_t time_monotonic(void) {
    return seconds(clock_ns(HOST_CLOCK_MONOTONIC));
}
static MP_DEFINE_CONST_FUN_OBJ_0(time_monotonic_obj, time_monotonic);

static mp_obj_t time_monotonic_ns(void) {
    return mp_obj_new_int(clock_ns(HOST_CLOCK_MONOTONIC));
}
static MP_DEFINE_CONST_FUN_OBJ_0(time_monotonic_ns_obj, time_monotonic_ns);

#define SLEEP_MOST 1e9 // seconds

static mp_obj_t time_sleep(mp_obj_t duration) {
    mp_float_t seconds = mp_obj_get_float(duration);
    if (!(seconds >= 0)) {
        mp_raise_ValueError(MP_ERROR_TEXT("sleep length must be non-negative"));
    }
    if (seconds > SLEEP_MOST || slept_ns > (int64_t)(SLEEP_MOST * 1e9)) {
        mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("timestamp too large to convert to C PyTime_t"));
    }
    slept_ns += (int64_t)(seconds * 1e9);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(time_sleep_obj, time_sleep);

// Days since 1970-01-01 of a date in the proleptic Gregorian calendar, and back. Years start in March, so that the
// leap day is a year's last, and eras of 400 years all have the same days.
static int64_t days_from_date(int64_t year, int64_t month, int64_t day) {
    month -= 1;
    year += month >= 0 ? month / 12 : -((11 - month) / 12);
    month = ((month % 12) + 12) % 12 + 1;
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

static void date_from_days(int64_t days, int64_t *year, int64_t *month, int64_t *day) {
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t from_march = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

// In UTC: the sandbox has no time zone, so localtime() is the same.
static mp_obj_t time_gmtime(size_t n_args, const mp_obj_t *args) {
    int64_t at = n_args == 0 || args[0] == mp_const_none ? clock_ns(HOST_CLOCK_WALL) / 1000000000
        : mp_obj_is_float(args[0]) ? (int64_t)__builtin_floor(mp_obj_get_float(args[0])) : mp_obj_get_int(args[0]);
    int64_t days = at / 86400 - (at % 86400 < 0), second = at - days * 86400;
    int64_t year, month, day;
    date_from_days(days, &year, &month, &day);
    if (year < 1 || year > 9999) {
        mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("timestamp out of range"));
    }
    const int fields[] = {
        year, month, day, second / 3600, second / 60 % 60, second % 60,
        ((days + 3) % 7 + 7) % 7, days - days_from_date(year, 1, 1) + 1, 0,
    };
    mp_obj_t items[MP_ARRAY_SIZE(fields)];
    for (size_t i = 0; i < MP_ARRAY_SIZE(fields); i++) {
        items[i] = MP_OBJ_NEW_SMALL_INT(fields[i]);
    }
    return mp_obj_new_tuple(MP_ARRAY_SIZE(items), items);
}
static MP_DEFINE_CONST_FUN_OBJ_VAR_BETWEEN(time_gmtime_obj, 0, 1, time_gmtime);

static mp_obj_t time_mktime(mp_obj_t tuple) {
    size_t len;
    mp_obj_t *items;
    mp_obj_get_array(tuple, &len, &items);
    if (len < 6) {
        mp_raise_TypeError(MP_ERROR_TEXT("mktime() needs a time tuple"));
    }
    int64_t field[6];
    for (size_t i = 0; i < 6; i++) {
        field[i] = mp_obj_get_int(items[i]);
        if (field[i] < -100000 || field[i] > 100000) {
            mp_raise_msg(&mp_type_OverflowError, MP_ERROR_TEXT("mktime argument out of range"));
        }
    }
    return mp_obj_new_float(days_from_date(field[0], field[1], field[2]) * 86400.0
        + field[3] * 3600 + field[4] * 60 + field[5]);
}
static MP_DEFINE_CONST_FUN_OBJ_1(time_mktime_obj, time_mktime);

static const mp_rom_map_elem_t time_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR_time) },
    { MP_ROM_QSTR(MP_QSTR_time), MP_ROM_PTR(&time_time_obj) },
    { MP_ROM_QSTR(MP_QSTR_time_ns), MP_ROM_PTR(&time_time_ns_obj) },
    { MP_ROM_QSTR(MP_QSTR_monotonic), MP_ROM_PTR(&time_monotonic_obj) },
    { MP_ROM_QSTR(MP_QSTR_monotonic_ns), MP_ROM_PTR(&time_monotonic_ns_obj) },
    { MP_ROM_QSTR(MP_QSTR_perf_counter), MP_ROM_PTR(&time_monotonic_obj) },
    { MP_ROM_QSTR(MP_QSTR_perf_counter_ns), MP_ROM_PTR(&time_monotonic_ns_obj) },
    { MP_ROM_QSTR(MP_QSTR_process_time), MP_ROM_PTR(&time_monotonic_obj) },
    { MP_ROM_QSTR(MP_QSTR_sleep), MP_ROM_PTR(&time_sleep_obj) },
    { MP_ROM_QSTR(MP_QSTR_gmtime), MP_ROM_PTR(&time_gmtime_obj) },
    { MP_ROM_QSTR(MP_QSTR_localtime), MP_ROM_PTR(&time_gmtime_obj) },
    { MP_ROM_QSTR(MP_QSTR_mktime), MP_ROM_PTR(&time_mktime_obj) },
};
static MP_DEFINE_CONST_DICT(time_globals, time_globals_table);

const mp_obj_module_t hermetic_module_time = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&time_globals,
};
// Extensible: guest/stdlib/time.py adds what is best written in Python.
MP_REGISTER_EXTENSIBLE_MODULE(MP_QSTR_time, hermetic_module_time);
