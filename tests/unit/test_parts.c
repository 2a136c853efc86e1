/* The small parts under the library: pages, journal, grants, buffers, digests, UTF-8, the seeded sequence. */
#include "../../src/blake2b.h"
#include "../../src/entropy.h"
#include "../../src/grants.h"
#include "../../src/journal.h"
#include "../../src/pages.h"
#include "../../src/utf8.h"

#include "check.h"

static uint32_t random_state = 1;

static uint32_t random_bits(void)
{
    random_state = random_state * 1664525 + 1013904223;
    return random_state >> 8;
}

/* ---- pages ---- */

static size_t code_len;
static uint8_t code[HERMETIC__PAGE_CODE_MAX];

static void check_round_trip(const uint8_t *page, const uint8_t *base)
{
    static uint8_t restored[HERMETIC__PAGE];
    code_len = hermetic__page_encode(code, page, base);
    CHECK(code_len <= sizeof(code));
    memcpy(restored, base, sizeof(restored));
    if (code_len) {
        const uint8_t *p = code;
        CHECK(hermetic__page_decode(&p, code + code_len, NULL));
        CHECK_INT(p - code, code_len);
        p = code;
        CHECK(hermetic__page_decode(&p, code + code_len, restored));
    }
    CHECK_BYTES(restored, sizeof(restored), page, HERMETIC__PAGE);
}

TEST(a_page_comes_back_from_its_difference)
{
    static uint8_t base[HERMETIC__PAGE], page[HERMETIC__PAGE];
    for (int round = 0; round < 300; round++) {
        int changes = round % 3 == 0 ? 5 : round % 3 == 1 ? 300 : 5000;
        for (size_t i = 0; i < sizeof(base); i++)
            base[i] = round % 2 ? (uint8_t)random_bits() : 0;
        memcpy(page, base, sizeof(page));
        for (int i = 0; i < changes; i++)
            page[random_bits() % sizeof(page)] = (uint8_t)random_bits();
        check_round_trip(page, base);
    }
}

TEST(an_equal_page_takes_nothing_and_the_worst_page_fits)
{
    static uint8_t base[HERMETIC__PAGE], page[HERMETIC__PAGE];
    check_round_trip(page, base);
    CHECK_INT(code_len, 0);
    memset(page, 255, sizeof(page));
    check_round_trip(page, base);
    memset(page, 0, sizeof(page));
    for (size_t word = 0; word < sizeof(page) / 8; word += 3) /* two equal words between: a row for each */
        memset(page + 8 * word, 1, 8);
    check_round_trip(page, base);
}

TEST(a_damaged_difference_is_refused_or_stays_in_the_page)
{
    static uint8_t base[HERMETIC__PAGE], page[HERMETIC__PAGE];
    for (int i = 0; i < 200; i++)
        page[random_bits() % sizeof(page)] = (uint8_t)random_bits();
    check_round_trip(page, base);
    for (size_t cut = 0; cut < code_len; cut++) {
        uint8_t *exact = malloc(cut ? cut : 1);
        memcpy(exact, code, cut);
        const uint8_t *p = exact;
        CHECK(!hermetic__page_decode(&p, exact + cut, page));
        free(exact);
    }
    for (size_t bit = 0; bit < code_len * 8; bit++) {
        uint8_t *target = malloc(HERMETIC__PAGE), *copy = malloc(code_len);
        memcpy(copy, code, code_len);
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
        const uint8_t *p = copy, *q = copy;
        bool checked = hermetic__page_decode(&p, copy + code_len, NULL);
        CHECK_INT(hermetic__page_decode(&q, copy + code_len, target), checked);
        free(target), free(copy);
    }
}

TEST(varints_of_more_than_32_bits_are_refused)
{
    uint8_t bytes[6];
    uint32_t value;
    const uint8_t *p = bytes;
    size_t len = hermetic__varint_write(bytes, UINT32_MAX);
    CHECK_INT(len, 5);
    CHECK(hermetic__varint_read(&p, bytes + len, &value));
    CHECK_INT(value, UINT32_MAX);
    bytes[4] = 0x1f;
    p = bytes;
    CHECK(!hermetic__varint_read(&p, bytes + 5, &value));
    memset(bytes, 0x80, sizeof(bytes));
    p = bytes;
    CHECK(!hermetic__varint_read(&p, bytes + 6, &value));
}

/* ---- journal ---- */

TEST(the_journal_answers_in_order_and_sees_another_way)
{
    struct hermetic__journal j = {.recording = true};
    bool error;
    hermetic_bytes reply;
    hermetic__journal_record(&j, 11, false, (const uint8_t *)"one", 3);
    hermetic__journal_record(&j, 12, true, (const uint8_t *)"", 0);
    CHECK(hermetic__journal_valid(j.entries.data, j.entries.len));
    CHECK(!hermetic__journal_valid(j.entries.data, j.entries.len - 1));
    j.waiting_digest = 13;
    CHECK_INT(hermetic__journal_next(&j, 11, &error, &reply), HERMETIC__JOURNAL_ANSWER);
    CHECK_TEXT(reply, "one");
    CHECK_INT(hermetic__journal_next(&j, 12, &error, &reply), HERMETIC__JOURNAL_ANSWER);
    CHECK(error);
    CHECK_INT(hermetic__journal_next(&j, 14, &error, &reply), HERMETIC__JOURNAL_DIVERGED);
    CHECK_INT(hermetic__journal_next(&j, 13, &error, &reply), HERMETIC__JOURNAL_END);
    j.at = 0;
    CHECK_INT(hermetic__journal_next(&j, 12, &error, &reply), HERMETIC__JOURNAL_DIVERGED);
    hermetic__journal_free(&j);
}

TEST(a_journal_past_its_limit_is_lost_and_holds_nothing)
{
    struct hermetic__journal j = {.recording = true};
    uint8_t *large = calloc(1, 1 << 20);
    for (int i = 0; i < 20; i++) {
        hermetic__journal_record(&j, 1, false, large, 1 << 20);
        CHECK(hermetic__journal_bytes(&j) <= HERMETIC__JOURNAL_MAX);
    }
    CHECK(j.lost);
    CHECK_INT(hermetic__journal_bytes(&j), 0);
    hermetic__journal_free(&j);
    free(large);
}

TEST(digests_tell_kinds_lengths_and_bytes_apart)
{
    const uint8_t *text = (const uint8_t *)"0123456789abcdef0";
    CHECK(hermetic__journal_digest(3, text, 17) != hermetic__journal_digest(6, text, 17));
    CHECK(hermetic__journal_digest(3, text, 17) != hermetic__journal_digest(3, text, 16));
    CHECK(hermetic__journal_digest(3, text, 8) != hermetic__journal_digest(3, text + 1, 8));
}

/* ---- grants ---- */

TEST(grants_hold_what_was_added_once_each_and_can_be_cut_back)
{
    struct hermetic__grants g = {0};
    char name[16];
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 1000; i++) {
            int len = snprintf(name, sizeof(name), "f%d", i);
            CHECK(hermetic__grants_add(&g, (uint8_t *)name, (size_t)len));
        }
    CHECK_INT(g.count, 1000);
    CHECK(hermetic__grants_has(&g, (const uint8_t *)"f999", 4));
    CHECK(!hermetic__grants_has(&g, (const uint8_t *)"f1000", 5));
    CHECK(!hermetic__grants_has(&g, (const uint8_t *)"", 0));
    hermetic__grants_cut(&g, 10);
    CHECK_INT(g.count, 10);
    CHECK(hermetic__grants_has(&g, (const uint8_t *)"f9", 2));
    CHECK(!hermetic__grants_has(&g, (const uint8_t *)"f10", 3));
    hermetic__grants_cut(&g, 0);
    CHECK(!hermetic__grants_has(&g, (const uint8_t *)"f9", 2));
    hermetic__grants_free(&g);
    CHECK(!hermetic__grants_has(&g, (const uint8_t *)"f9", 2));
}

/* ---- buffers ---- */

TEST(a_buffer_never_has_room_for_more_than_allowed)
{
    struct hermetic__buffer b = {0};
    for (int i = 0; i < 1000; i++) {
        CHECK(hermetic__buffer_append(&b, "x", 1, 1000));
        CHECK(b.capacity <= 1000);
    }
    CHECK(!hermetic__buffer_append(&b, "x", 1, 1000));
    CHECK_INT(b.len, 1000);
    CHECK(!hermetic__buffer_reserve(&b, SIZE_MAX, SIZE_MAX));
    hermetic__buffer_free(&b);
}

/* ---- digests ---- */

static void check_digest(const uint8_t *key, size_t len, const char *expected)
{
    uint8_t data[256], digest[HERMETIC__DIGEST];
    char hex[2 * HERMETIC__DIGEST + 1];
    for (size_t i = 0; i < sizeof(data); i++)
        data[i] = (uint8_t)i;
    hermetic__blake2b(key, data, len, digest);
    for (int i = 0; i < HERMETIC__DIGEST; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    CHECK_STR(hex, expected);
}

TEST(blake2b_agrees_with_another_implementation) /* Python's hashlib, data 0, 1, 2 ..., key 0 to 31 */
{
    uint8_t key[32];
    for (int i = 0; i < 32; i++)
        key[i] = (uint8_t)i;
    check_digest(NULL, 0, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    check_digest(NULL, 1, "03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314");
    check_digest(NULL, 127, "f2fe67ff342e21b8f45e8f2e0bcd1d9243245d50ee6c78042e9c491388791c72");
    check_digest(NULL, 128, "c3582f71ebb2be66fa5dd750f80baae97554f3b015663c8be377cfcb2488c1d1");
    check_digest(NULL, 129, "f7f3c46ba2564ff4c4c162da1f5b605f9f1c4aa6a20652a9f9a337c1a2f5b9c9");
    check_digest(NULL, 256, "39a7eb9fedc19aabc83425c6755dd90e6f9d0c804964a1f4aaeea3b9fb599835");
    check_digest(key, 0, "4e51e7a913fc80137da52880fecca175bf81e117d5c68126dc2774033517ea0d");
    check_digest(key, 1, "41ff93a4eaeebd3b78a93438a6f62a92ab5959c859e682b72c7def406197ca4d");
    check_digest(key, 128, "138893f1631ef3165629515d6ed800da3771b7926dced294205c7507351deebc");
    check_digest(key, 256, "b42be36ea26392f67d1d3706ffa72b6c61c2ff38e1fabd9a49e154d54b967d83");
}

TEST(digests_compare_by_every_byte)
{
    uint8_t a[HERMETIC__DIGEST] = {0}, b[HERMETIC__DIGEST] = {0};
    CHECK(hermetic__digest_equal(a, b));
    for (int i = 0; i < HERMETIC__DIGEST; i++) {
        b[i] = 128;
        CHECK(!hermetic__digest_equal(a, b));
        b[i] = 0;
    }
}

/* ---- UTF-8 ---- */

TEST(text_is_cut_between_characters)
{
    const uint8_t *text = (const uint8_t *)"a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80";
    static const size_t cuts[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10};
    for (size_t max = 0; max <= 10; max++) {
        CHECK_INT(hermetic__utf8_cut(text, 10, max), cuts[max]);
        CHECK_INT(hermetic__utf8_whole(text, max), cuts[max]);
    }
    CHECK_INT(hermetic__utf8_whole((const uint8_t *)"\x80\x80\x80\x80", 4), 4);
}

/* ---- the seeded sequence ---- */

TEST(the_seeded_sequence_is_splitmix64)
{
    uint8_t draw[8];
    hermetic__entropy_seeded(1234567, 0, draw); /* 6457827717110365317, the first number in other implementations */
    CHECK_BYTES(draw, 8, "\x85\xfc\x08\xfb\x17\xd0\x9e\x59", 8);
}

TESTS_MAIN(CHECK_ENTRY(a_page_comes_back_from_its_difference)
           CHECK_ENTRY(an_equal_page_takes_nothing_and_the_worst_page_fits)
           CHECK_ENTRY(a_damaged_difference_is_refused_or_stays_in_the_page)
           CHECK_ENTRY(varints_of_more_than_32_bits_are_refused)
           CHECK_ENTRY(the_journal_answers_in_order_and_sees_another_way)
           CHECK_ENTRY(a_journal_past_its_limit_is_lost_and_holds_nothing)
           CHECK_ENTRY(digests_tell_kinds_lengths_and_bytes_apart)
           CHECK_ENTRY(grants_hold_what_was_added_once_each_and_can_be_cut_back)
           CHECK_ENTRY(a_buffer_never_has_room_for_more_than_allowed)
           CHECK_ENTRY(blake2b_agrees_with_another_implementation) CHECK_ENTRY(digests_compare_by_every_byte)
           CHECK_ENTRY(text_is_cut_between_characters) CHECK_ENTRY(the_seeded_sequence_is_splitmix64))
