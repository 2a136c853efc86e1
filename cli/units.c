/* cli/units.c: see units.h. */
#include "units.h"

#include <string.h>

struct unit {
    const char *name;
    uint64_t scale;
};

static const struct unit sizes[] = {
    { "", 1 },
    { "B", 1 },
    { "K", UINT64_C(1) << 10 },
    { "KiB", UINT64_C(1) << 10 },
    { "M", UINT64_C(1) << 20 },
    { "MiB", UINT64_C(1) << 20 },
    { "G", UINT64_C(1) << 30 },
    { "GiB", UINT64_C(1) << 30 },
    { "T", UINT64_C(1) << 40 },
    { "TiB", UINT64_C(1) << 40 },
    { NULL, 0 },
};

static const struct unit counts[] = {
    { "", 1 },
    { "K", 1000 },
    { "M", 1000000 },
    { "G", 1000000000 },
    { "T", UINT64_C(1000000000000) },
    { NULL, 0 },
};

static const struct unit times[] = {
    { "", 1000000000 },
    { "ns", 1 },
    { "us", 1000 },
    { "ms", 1000000 },
    { "s", 1000000000 },
    { "m", UINT64_C(60000000000) },
    { NULL, 0 },
};

static const struct unit integers[] = {
    { "", 1 },
    { NULL, 0 },
};

static const struct {
    const struct unit *units;
    const char *wrong;
} families[] = {
    [UNIT_SIZE] = { sizes, "is not a size: a number of bytes, or one with K, M, G or T, such as 64M" },
    [UNIT_COUNT] = { counts, "is not a number: digits, or digits with K, M, G or T, such as 10G" },
    [UNIT_TIME] = { times, "is not a time: a number of seconds, or one with ns, us, ms, s or m, such as 500ms" },
    [UNIT_INTEGER] = { integers, "is not a whole number" },
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Sizes and counts take either case of a single letter; times do not, where m might mean M to someone. */
static bool unit_matches(enum unit_family family, const char *name, const char *text)
{
    if (strcmp(name, text) == 0)
        return true;
    bool either_case = family == UNIT_SIZE || family == UNIT_COUNT;
    return either_case && name[0] && !name[1] && name[0] != 'B' && text[0] == (name[0] | 0x20) && !text[1];
}

const char *units_parse(enum unit_family family, const char *text, uint64_t *out)
{
    const char *wrong = families[family].wrong;
    const char *digits = text;
    uint64_t whole = 0;
    while (is_digit(*text)) {
        uint64_t digit = (uint64_t)(*text++ - '0');
        if (whole > (UINT64_MAX - digit) / 10)
            return "is too large";
        whole = whole * 10 + digit;
    }
    if (text == digits)
        return wrong;
    const char *fraction = NULL;
    if (*text == '.') {
        fraction = ++text;
        while (is_digit(*text))
            text++;
        if (text == fraction)
            return wrong;
    }
    const struct unit *unit = families[family].units;
    while (unit->name && !unit_matches(family, unit->name, text))
        unit++;
    if (!unit->name || (fraction && unit->scale == 1))
        return wrong;
    if (whole > UINT64_MAX / unit->scale)
        return "is too large";
    uint64_t value = whole * unit->scale;
    if (fraction) {
        /* Below the unit's resolution, digits are dropped: the scale runs out first. */
        uint64_t parts = 0, denominator = 1;
        for (const char *p = fraction; is_digit(*p) && denominator < UINT64_C(1000000); p++) {
            parts = parts * 10 + (uint64_t)(*p - '0');
            denominator *= 10;
        }
        /* parts < 10^6 and scale <= 2^40, so the product fits. */
        uint64_t extra = parts * unit->scale / denominator;
        if (value > UINT64_MAX - extra)
            return "is too large";
        value += extra;
    }
    *out = value;
    return NULL;
}
