/* src/cbor_time.c: the texts of datetimes, dates and times.
 *
 * Checked here, in one place, so that neither a host's parser nor the guest's ever meets a text that it could choke on:
 * only what Python's datetime classes can hold passes. RFC 3339, with the offset optional (a naive datetime has none)
 * and seconds in an offset allowed (Python has them).
 */
#include "cbor.h"

struct text {
    const uint8_t *at, *end;
};

static bool digits(struct text *t, int count, int *value)
{
    *value = 0;
    for (int i = 0; i < count; i++) {
        if (t->at == t->end || *t->at < '0' || *t->at > '9')
            return false;
        *value = *value * 10 + (*t->at++ - '0');
    }
    return true;
}

static bool literal(struct text *t, char c)
{
    if (t->at == t->end || *t->at != (uint8_t)c)
        return false;
    t->at++;
    return true;
}

static bool date(struct text *t)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day;
    if (!digits(t, 4, &year) || !literal(t, '-') || !digits(t, 2, &month) || !literal(t, '-') || !digits(t, 2, &day))
        return false;
    if (year < 1 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= days[month - 1] + (month == 2 && leap);
}

static bool clock_time(struct text *t)
{
    int hour, minute, second, digit;
    if (!digits(t, 2, &hour) || !literal(t, ':') || !digits(t, 2, &minute) || !literal(t, ':') || !digits(t, 2, &second))
        return false;
    if (hour > 23 || minute > 59 || second > 59)
        return false;
    if (!literal(t, '.'))
        return true;
    int count = 0;
    while (count < 6 && digits(t, 1, &digit))
        count++;
    return count > 0;
}

/* "Z", "+01:00" or "-00:00:30"; less than a day. */
static bool offset(struct text *t)
{
    int hour, minute, second;
    if (literal(t, 'Z'))
        return true;
    if (!literal(t, '+') && !literal(t, '-'))
        return false;
    if (!digits(t, 2, &hour) || !literal(t, ':') || !digits(t, 2, &minute) || hour > 23 || minute > 59)
        return false;
    if (!literal(t, ':'))
        return true;
    if (!digits(t, 2, &second) || second > 59)
        return false;
    return !literal(t, '.') || digits(t, 6, &second);
}

bool hermetic__cbor_time_valid(enum hermetic_kind kind, const uint8_t *text, size_t len)
{
    if (len == 0)
        return false;
    struct text t = {text, text + len};
    if (kind != HERMETIC_TIME && !date(&t))
        return false;
    if (kind == HERMETIC_DATE)
        return t.at == t.end;
    if (kind == HERMETIC_DATETIME && !literal(&t, 'T') && !literal(&t, ' '))
        return false;
    if (!clock_time(&t))
        return false;
    return t.at == t.end || (offset(&t) && t.at == t.end);
}
