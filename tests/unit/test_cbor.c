/* CBOR: what is written can be read; what is not of the subset is refused; nothing is read past the end. */
#include <hermetic.h>

#include <float.h>
#include <math.h>

#include "check.h"

/* Bytes from hex, in an allocation of exactly their size, so that a sanitizer sees any read past the end. */
static uint8_t *from_hex(const char *hex, size_t *len)
{
    *len = strlen(hex) / 2;
    uint8_t *bytes = malloc(*len ? *len : 1);
    for (size_t i = 0; i < *len; i++) {
        unsigned value;
        sscanf(hex + 2 * i, "%2x", &value);
        bytes[i] = (uint8_t)value;
    }
    return bytes;
}

static int validate_hex(const char *hex)
{
    size_t len;
    uint8_t *bytes = from_hex(hex, &len);
    int status = hermetic_validate(bytes, len);
    free(bytes);
    return status;
}

static hermetic_item decode_hex(const char *hex, int *status)
{
    static uint8_t *kept; /* the item points into it */
    size_t len;
    free(kept);
    kept = from_hex(hex, &len);
    const uint8_t *p = kept;
    hermetic_item item;
    *status = hermetic_decode(&p, kept + len, &item);
    if (*status == 0 && p != kept + len && !item.count)
        *status = 1; /* not all was read */
    return item;
}

#define CHECK_ENCODED(hex)                                                                                              \
    do {                                                                                                                \
        size_t check_len;                                                                                               \
        uint8_t *check_bytes = from_hex(hex, &check_len);                                                               \
        CHECK_INT(hermetic_encode_done(&e), 0);                                                                         \
        CHECK_BYTES(e.data, e.len, check_bytes, check_len);                                                             \
        CHECK_INT(hermetic_validate(e.data, e.len), 0);                                                                 \
        free(check_bytes);                                                                                              \
        e.len = 0;                                                                                                      \
    } while (0)

TEST(the_writer_writes_shortest_heads)
{
    hermetic_encoder e = HERMETIC_ENCODER_INIT;
    static const struct {
        int64_t value;
        const char *hex;
    } ints[] = {{0, "00"}, {23, "17"}, {24, "1818"}, {255, "18ff"}, {256, "190100"}, {65535, "19ffff"},
                {65536, "1a00010000"}, {4294967295, "1affffffff"}, {4294967296, "1b0000000100000000"},
                {INT64_MAX, "1b7fffffffffffffff"}, {-1, "20"}, {-24, "37"}, {-25, "3818"},
                {INT64_MIN, "3b7fffffffffffffff"}};
    for (size_t i = 0; i < sizeof(ints) / sizeof(*ints); i++) {
        hermetic_encode_int(&e, ints[i].value);
        CHECK_ENCODED(ints[i].hex);
    }
    hermetic_free(e.data);
}

TEST(the_writer_writes_every_kind)
{
    hermetic_encoder e = HERMETIC_ENCODER_INIT;
    hermetic_encode_none(&e);
    CHECK_ENCODED("f6");
    hermetic_encode_bool(&e, 7);
    CHECK_ENCODED("f5");
    hermetic_encode_float(&e, 1.5);
    CHECK_ENCODED("fb3ff8000000000000");
    hermetic_encode_str(&e, "\xc3\xa9", 2);
    CHECK_ENCODED("62c3a9");
    hermetic_encode_bytes(&e, "\0\xff", 2);
    CHECK_ENCODED("4200ff");
    hermetic_encode_bytes(&e, NULL, 0);
    CHECK_ENCODED("40");
    hermetic_encode_tuple(&e, 1), hermetic_encode_none(&e);
    CHECK_ENCODED("d99c4081f6");
    hermetic_encode_set(&e, 0, 0);
    CHECK_ENCODED("d9010280");
    hermetic_encode_set(&e, 0, 1);
    CHECK_ENCODED("d99c41d9010280");
    hermetic_encode_dict(&e, 1), hermetic_encode_str(&e, "a", 1), hermetic_encode_list(&e, 0);
    CHECK_ENCODED("a1616180");
    hermetic_encode_time(&e, HERMETIC_DATE, "2024-02-29", 10);
    CHECK_ENCODED("d903ec6a323032342d30322d3239");
    hermetic_encode_timedelta(&e, -1, 5);
    CHECK_ENCODED("d903eaa201202505");
    hermetic_encode_decimal(&e, -2, (const uint8_t *)"\x01\x3b", 2, 0);
    CHECK_ENCODED("c4822119013b");
    hermetic_encode_decimal_special(&e, "NaN", 3);
    CHECK_ENCODED("d99c43634e614e");
    hermetic_encode_uuid(&e, (const uint8_t *)"0123456789abcdef");
    CHECK_ENCODED("d8255030313233343536373839616263646566");
    hermetic_free(e.data);
}

TEST(big_integers_that_fit_a_head_use_one)
{
    hermetic_encoder e = HERMETIC_ENCODER_INIT;
    hermetic_encode_bigint(&e, (const uint8_t *)"\0\0\0\0\0\0\0\0\0\x05", 10, 0);
    CHECK_ENCODED("05");
    hermetic_encode_bigint(&e, (const uint8_t *)"\xff\xff\xff\xff\xff\xff\xff\xff", 8, 1);
    CHECK_ENCODED("3bffffffffffffffff");
    hermetic_encode_bigint(&e, (const uint8_t *)"\x01\0\0\0\0\0\0\0\0", 9, 0);
    CHECK_ENCODED("c249010000000000000000");
    hermetic_free(e.data);
}

TEST(an_error_of_the_writer_sticks_and_frees)
{
    hermetic_encoder e = HERMETIC_ENCODER_INIT;
    hermetic_encode_int(&e, 5);
    hermetic_encode_str(&e, "\xff", 1);
    hermetic_encode_int(&e, 5);
    CHECK_INT(hermetic_encode_done(&e), HERMETIC_E_CBOR);
    CHECK(e.data == NULL);
    hermetic_encode_int(&e, 5);
    CHECK_ENCODED("05");
    hermetic_encode_time(&e, HERMETIC_DATE, "2023-02-29", 10);
    CHECK_INT(hermetic_encode_done(&e), HERMETIC_E_CBOR);
}

TEST(integers_are_int64_or_a_magnitude)
{
    int status;
    hermetic_item item = decode_hex("1b7fffffffffffffff", &status);
    CHECK_INT(item.kind, HERMETIC_INT);
    CHECK_INT(item.integer, INT64_MAX);
    item = decode_hex("3b7fffffffffffffff", &status);
    CHECK_INT(item.kind, HERMETIC_INT);
    CHECK(item.integer == INT64_MIN);
    item = decode_hex("1b8000000000000000", &status);
    CHECK_INT(item.kind, HERMETIC_BIGINT);
    CHECK_BYTES(item.bytes.data, item.bytes.len, "\x80\0\0\0\0\0\0\0", 8);
    CHECK_INT(item.negative, 0);
    item = decode_hex("3bffffffffffffffff", &status);
    CHECK_INT(item.kind, HERMETIC_BIGINT);
    CHECK_INT(item.negative, 1);
    item = decode_hex("c24900ff00000000000000", &status); /* leading zero is not part of the magnitude */
    CHECK_INT(item.kind, HERMETIC_BIGINT);
    CHECK_INT(item.bytes.len, 8);
    item = decode_hex("c2420102", &status);
    CHECK_INT(item.kind, HERMETIC_INT);
    CHECK_INT(item.integer, 258);
    item = decode_hex("c340", &status);
    CHECK_INT(item.kind, HERMETIC_INT);
    CHECK_INT(item.integer, -1);
}

TEST(longer_heads_than_needed_are_read)
{
    int status;
    hermetic_item item = decode_hex("1b0000000000000005", &status);
    CHECK_INT(status, 0);
    CHECK_INT(item.integer, 5);
    item = decode_hex("7900026869", &status);
    CHECK_INT(status, 0);
    CHECK_TEXT(item.bytes, "hi");
}

TEST(every_kind_is_read)
{
    static const struct {
        const char *hex;
        enum hermetic_kind kind;
    } cases[] = {{"f6", HERMETIC_NONE}, {"f4", HERMETIC_BOOL}, {"fb7ff0000000000000", HERMETIC_FLOAT},
                 {"60", HERMETIC_STR}, {"40", HERMETIC_BYTES}, {"80", HERMETIC_LIST}, {"d99c4080", HERMETIC_TUPLE},
                 {"d9010280", HERMETIC_SET}, {"d99c41d9010280", HERMETIC_FROZENSET}, {"a0", HERMETIC_DICT},
                 {"c074323032342d30322d32395431323a33343a35365a", HERMETIC_DATETIME},
                 {"d903ec6a323032342d30322d3239", HERMETIC_DATE}, {"d99c426831323a33343a3536", HERMETIC_TIME},
                 {"d903eaa10105", HERMETIC_TIMEDELTA}, {"c4822105", HERMETIC_DECIMAL},
                 {"d99c4368496e66696e697479", HERMETIC_DECIMAL},
                 {"d8255030313233343536373839616263646566", HERMETIC_UUID}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        int status;
        check_context = cases[i].hex;
        hermetic_item item = decode_hex(cases[i].hex, &status);
        CHECK_INT(status, 0);
        CHECK_INT(item.kind, cases[i].kind);
        CHECK_INT(validate_hex(cases[i].hex), 0);
    }
}

TEST(decimals_give_exponent_and_mantissa)
{
    int status;
    hermetic_item item = decode_hex("c4822119013b", &status);
    CHECK_INT(item.integer, -2);
    CHECK_INT(item.fraction, 315);
    CHECK_INT(item.bytes.len, 0);
    item = decode_hex("c48203c349010000000000000000", &status);
    CHECK_INT(item.integer, 3);
    CHECK_INT(item.bytes.len, 9);
    CHECK_INT(item.negative, 1);
    item = decode_hex("d99c43642d4e614e", &status);
    CHECK_INT(item.boolean, 1);
    CHECK_TEXT(item.bytes, "-NaN");
}

TEST(what_is_not_of_the_subset_is_refused)
{
    static const char *const cases[] = {
        "",           /* nothing */
        "9fff",       /* indefinite length */
        "5f4100ff", "7f6100ff", "bfff", "ff",
        "1c", "1d", "1e", "1f", "fc",  /* reserved */
        "f7", "e0", "f820", "f93c00", "fa3f800000", /* undefined, simple, short floats */
        "18", "1900", "6261", "4200", /* cut short */
        "81", "a1", "a100", "8201",
        "9bffffffffffffffff", "bb7fffffffffffffff", "5bffffffffffffffff", "7bffffffffffffffff", /* absurd lengths */
        "0000",                              /* two values */
        "61ff", "62c080", "63eda080", "64f4908080", "62c3", /* not UTF-8: bad byte, overlong, surrogate, too high */
        "c6f6", "d9d9f700", "c1fb0000000000000000", "db000000010000000000", /* tags outside the subset */
        "c2c24100", "c200", "c4c4822105", "d99c40d99c4080", /* tags on what they do not fit */
        "d99c40f6", "d99c4180", "d99c41f6", "d90102a0",
        "c482f600", "c48100", "c483000000", "c400", "c48200fb0000000000000000",
        "d903eaa0", "d903eaa10205", "d903eaa20105251a000f4240",
        "d903eaa2010525f6", "d903eaa101c249010000000000000000",
        "d99c43634e414e", "d99c43f6", "d8254f303132333435363738396162636465",
        "c060", "c06a323032342d30322d3239", "d903ec6a323032332d30322d3239", "d903ecf6",
        "d99c426832343a33343a3536",
        "a18000", "a1a000", "a1d901028000", "a1d99c40818000", /* keys that cannot be hashed */
        "d901028180", "d99c41d9010281d99c4081a0",
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        check_context = cases[i];
        CHECK_INT(validate_hex(cases[i]), HERMETIC_E_CBOR);
    }
    CHECK_INT(hermetic_validate(NULL, 0), HERMETIC_E_CBOR);
}

TEST(keys_may_be_any_hashable_value)
{
    CHECK_INT(validate_hex("a1d99c40820102f6"), 0);         /* {(1, 2): None} */
    CHECK_INT(validate_hex("a1d99c41d90102810180"), 0);     /* {frozenset([1]): []} */
    CHECK_INT(validate_hex("a3f600f501fb000000000000000002"), 0); /* {None: 0, True: 1, 0.0: 2} */
    CHECK_INT(validate_hex("81a10080"), 0);                 /* a list as a value is well */
}

TEST(a_count_that_is_handed_out_fits_the_bytes_left)
{
    int status;
    decode_hex("83f6f6", &status);
    CHECK_INT(status, HERMETIC_E_CBOR);
    decode_hex("a2f6f6f6", &status);
    CHECK_INT(status, HERMETIC_E_CBOR);
    hermetic_item item = decode_hex("83f6f6f6", &status);
    CHECK_INT(status, 0);
    CHECK_INT(item.count, 3);
}

static int validate_nested(const char *open, int depth)
{
    size_t each = strlen(open) / 2;
    char *hex = malloc(strlen(open) * (size_t)depth + 3);
    hex[0] = 0;
    for (int i = 0; i < depth; i++)
        memcpy(hex + 2 * each * (size_t)i, open, 2 * each + 1);
    strcpy(hex + 2 * each * (size_t)depth, "f6");
    int status = validate_hex(hex);
    free(hex);
    return status;
}

TEST(depth_100_passes_and_101_does_not)
{
    static const char *const opens[] = {"81", "a100", "d99c4081"};
    for (size_t i = 0; i < 3; i++) {
        check_context = opens[i];
        CHECK_INT(validate_nested(opens[i], 100), 0);
        CHECK_INT(validate_nested(opens[i], 101), HERMETIC_E_CBOR);
        CHECK_INT(validate_nested(opens[i], 100000), HERMETIC_E_CBOR);
    }
    CHECK_INT(validate_nested("8200", 100), 0);
    CHECK_INT(validate_nested("c2", 100000), HERMETIC_E_CBOR);
}

TEST(skip_passes_one_whole_item_and_stays_at_an_error)
{
    size_t len;
    uint8_t *bytes = from_hex("8201a10203f5ff", &len);
    const uint8_t *p = bytes;
    CHECK_INT(hermetic_skip(&p, bytes + len), 0);
    CHECK_INT(p - bytes, 5);
    CHECK_INT(hermetic_skip(&p, bytes + len), 0);
    CHECK_INT(hermetic_skip(&p, bytes + len), HERMETIC_E_CBOR);
    CHECK_INT(p - bytes, 6);
    hermetic_item item;
    CHECK_INT(hermetic_decode(&p, bytes + len, &item), HERMETIC_E_CBOR);
    CHECK_INT(p - bytes, 6);
    free(bytes);
}

TEST(the_end_of_the_buffer_is_told)
{
    hermetic_item item;
    const uint8_t nothing[1] = {0}, *p = nothing;
    CHECK_INT(hermetic_decode(&p, nothing, &item), 0);
    CHECK_INT(item.kind, HERMETIC_END);
}

TEST(texts_of_times_are_those_that_python_can_hold)
{
    static const struct {
        enum hermetic_kind kind;
        const char *text;
        int valid;
    } cases[] = {
        {HERMETIC_DATETIME, "2024-02-29T23:59:59Z", 1}, {HERMETIC_DATETIME, "2024-02-29 23:59:59.123456+05:30", 1},
        {HERMETIC_DATETIME, "2024-02-29T23:59:59", 1}, {HERMETIC_DATETIME, "2023-02-29T23:59:59", 0},
        {HERMETIC_DATETIME, "0000-01-01T00:00:00", 0}, {HERMETIC_DATETIME, "2024-02-29T23:59:60", 0},
        {HERMETIC_DATETIME, "2024-02-29T24:00:00", 0}, {HERMETIC_DATETIME, "2024-02-29T00:00:00.1234567", 0},
        {HERMETIC_DATETIME, "2024-02-29T00:00:00.", 0}, {HERMETIC_DATETIME, "2024-02-29T00:00:00+24:00", 0},
        {HERMETIC_DATETIME, "2024-02-29T00:00:00-00:00:30", 1}, {HERMETIC_DATETIME, "2024-02-29", 0},
        {HERMETIC_DATETIME, "2024-02-29T00:00:00Zx", 0}, {HERMETIC_DATE, "9999-12-31", 1},
        {HERMETIC_DATE, "2024-13-01", 0}, {HERMETIC_DATE, "2024-04-31", 0}, {HERMETIC_DATE, "1900-02-29", 0},
        {HERMETIC_DATE, "2000-02-29", 1}, {HERMETIC_DATE, "2000-2-29", 0}, {HERMETIC_TIME, "00:00:00", 1},
        {HERMETIC_TIME, "00:60:00", 0}, {HERMETIC_TIME, "00:00:00.5Z", 1}, {HERMETIC_TIME, "", 0},
        {HERMETIC_STR, "00:00:00", 0}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        check_context = cases[i].text;
        hermetic_encoder e = HERMETIC_ENCODER_INIT;
        hermetic_encode_time(&e, cases[i].kind, cases[i].text, strlen(cases[i].text));
        CHECK_INT(hermetic_encode_done(&e), cases[i].valid ? 0 : HERMETIC_E_CBOR);
        hermetic_free(e.data);
    }
}

/* Every truncation and every flipped bit of a value with all kinds in it: an answer, and no read past the end. */
TEST(damaged_values_are_answered_without_reading_past_the_end)
{
    size_t len;
    uint8_t *whole = from_hex("8cf6f4fb3ff800000000000062c3a94200ffd99c4081f6a10080d99c41d901028101c249010000000000000000"
                              "d903ec6a323032342d30322d3239d903eaa201202505c4822119013b", &len);
    CHECK_INT(hermetic_validate(whole, len), 0);
    for (size_t cut = 0; cut < len; cut++) {
        uint8_t *exact = malloc(cut ? cut : 1);
        memcpy(exact, whole, cut);
        CHECK_INT(hermetic_validate(exact, cut), HERMETIC_E_CBOR);
        free(exact);
    }
    for (size_t bit = 0; bit < len * 8; bit++) {
        whole[bit / 8] ^= (uint8_t)(1 << bit % 8);
        int status = hermetic_validate(whole, len);
        CHECK(status == 0 || status == HERMETIC_E_CBOR);
        whole[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    free(whole);
}

TESTS_MAIN(CHECK_ENTRY(the_writer_writes_shortest_heads) CHECK_ENTRY(the_writer_writes_every_kind)
           CHECK_ENTRY(big_integers_that_fit_a_head_use_one) CHECK_ENTRY(an_error_of_the_writer_sticks_and_frees)
           CHECK_ENTRY(integers_are_int64_or_a_magnitude) CHECK_ENTRY(longer_heads_than_needed_are_read)
           CHECK_ENTRY(every_kind_is_read) CHECK_ENTRY(decimals_give_exponent_and_mantissa)
           CHECK_ENTRY(what_is_not_of_the_subset_is_refused) CHECK_ENTRY(keys_may_be_any_hashable_value)
           CHECK_ENTRY(a_count_that_is_handed_out_fits_the_bytes_left) CHECK_ENTRY(depth_100_passes_and_101_does_not)
           CHECK_ENTRY(skip_passes_one_whole_item_and_stays_at_an_error) CHECK_ENTRY(the_end_of_the_buffer_is_told)
           CHECK_ENTRY(texts_of_times_are_those_that_python_can_hold)
           CHECK_ENTRY(damaged_values_are_answered_without_reading_past_the_end))
