/* Sweeps: small programs under every amount of fuel up to their whole cost, and under every amount of memory, page by
 * page. Wherever it is cut, the sandbox is as before that run; wherever memory ends, the program gets MemoryError. */
#include "run.h"

/* Time must not end what is counted here, however busy the machine is. */
static hermetic_options sweep_options(void)
{
    hermetic_options o = run_options(HERMETIC_HAS_SEED);
    o.wall = UINT64_C(3600000000000);
    return o;
}

/* ---- fuel ---- */

static const char *const cut_programs[] = {
    "y = x + 1",
    "y = [str(i) for i in range(4)]\nprint(y)\n{'a': len(y)}",
    "class A:\n    def __init__(self, n): self.n = n\ny = A(3)\ntry:\n    y.m\nexcept AttributeError as e:\n    y = str(e)",
    "def g():\n    yield 1\n    yield f(2)\ny = list(g())\n",
};

/* Answers calls with 7. */
static int to_the_end(hermetic_sandbox *sb, int status)
{
    while (status == HERMETIC_CALL) {
        CHECK_STATUS(sb, hermetic_reply(sb, "\x07", 1), 0);
        status = hermetic_resume(sb);
    }
    return status;
}

static void check_same_state(hermetic_sandbox *sb, const uint8_t *before, size_t before_len)
{
    uint8_t *now;
    size_t len;
    CHECK_STATUS(sb, hermetic_snapshot(sb, NULL, &now, &len), 0);
    bool same = len == before_len && memcmp(now, before, len) == 0;
    hermetic_free(now);
    CHECK(same);
}

static void sweep_fuel(const char *code, enum hermetic_backend backend, uint64_t step)
{
    hermetic_options o = sweep_options();
    o.backend = backend;
    hermetic_sandbox *sb = run_create(&o);
    uint8_t *before;
    size_t len;
    CHECK_STATUS(sb, run_code(sb, "x = [1, 2]\nx = 41"), HERMETIC_DONE);
    CHECK_STATUS(sb, hermetic_snapshot(sb, NULL, &before, &len), 0);

    hermetic_sandbox *whole;
    CHECK_STATUS(sb, hermetic_fork(sb, &whole), 0);
    CHECK_STATUS(whole, to_the_end(whole, run_code_with_f(whole, code)), HERMETIC_DONE);
    uint64_t cost = hermetic_usage_of(whole).fuel;
    hermetic_destroy(whole);
    CHECK(cost > 100 && cost < 2000000);

    static char context[60];
    check_context = context;
    for (uint64_t fuel = 1; fuel < cost; fuel += cost - fuel > step ? step : 1) {
        snprintf(context, sizeof(context), "with %llu of %llu units", (unsigned long long)fuel, (unsigned long long)cost);
        o.fuel = fuel;
        CHECK_STATUS(sb, hermetic_set_options(sb, &o), 0);
        CHECK_STATUS(sb, to_the_end(sb, run_code_with_f(sb, code)), HERMETIC_E_FUEL);
        CHECK_INT(hermetic_failure_of(sb).limit, fuel);
        CHECK(hermetic_failure_of(sb).used > fuel);
        if (fuel % 50 == 0 || fuel + 10 > cost) /* the whole state, and that it runs */
            check_same_state(sb, before, len);
    }
    check_context = "with all it needs";
    o.fuel = cost;
    CHECK_STATUS(sb, hermetic_set_options(sb, &o), 0);
    CHECK_STATUS(sb, to_the_end(sb, run_code_with_f(sb, code)), HERMETIC_DONE);
    CHECK_INT(hermetic_usage_of(sb).fuel, cost);
    check_context = "";
    o.fuel = 0;
    CHECK_STATUS(sb, hermetic_set_options(sb, &o), 0);
    CHECK_VALUE(sb, "x", 41);
    hermetic_free(before);
    hermetic_destroy(sb);
}

/* Every unit for the smallest program; the others cost up to a million, so every 61st, in both backends. */
TEST(a_program_can_be_cut_at_any_unit_of_fuel)
{
    sweep_fuel(cut_programs[0], HERMETIC_BACKEND_AUTO, 1);
}

TEST(programs_can_be_cut_anywhere_with_either_backend)
{
    RUN_WITH_EACH_BACKEND(backend)
        for (size_t i = 0; i < sizeof(cut_programs) / sizeof(*cut_programs); i++)
            if (backend != HERMETIC_BACKEND_AUTO)
                sweep_fuel(cut_programs[i], backend, 61);
}

/* ---- memory ---- */

static const char *const hungry_programs[] = {
    "s = ''\nfor i in range(300): s += 'abc' * i\nlen(s)",
    "d = [{'n': i, 't': str(i) * 20} for i in range(1500)]\nlen(sorted(d, key=lambda r: r['t']))",
    "def g(n):\n    try:\n        return g(n - 1) + [n] if n else []\n    finally:\n        bytearray(500)\nlen(g(100))",
    "class A:\n    def __init__(self): self.a = 1; self.b = [2] * 50\nlen([A() for i in range(800)])",
    "n = 7 ** 2000\nlen(str(n * n)) + len(bytes(3000) * 40)",
    "import json\nt = json.dumps([list(range(40)), {'a': None}] * 60)\nlen(json.loads(t))",
    "len([eval('lambda: ' + str(i)) for i in range(200)])",
    "def g():\n    for i in range(2000): yield (i, [i])\nlen(dict((a, tuple(b)) for a, b in g()))",
    "t = ' '.join('word%d' % i for i in range(4000))\nlen(set(t.split())) + len(t.replace('o', '000').upper())",
};

/* Ends as usual or for want of memory; true for the former. */
static bool check_hungry(hermetic_sandbox *sb, int status)
{
    if (status == HERMETIC_E_EXCEPTION)
        CHECK_TEXT(hermetic_failure_of(sb).type, "MemoryError");
    else if (status != HERMETIC_E_MEMORY)
        CHECK_STATUS(sb, status, HERMETIC_DONE);
    CHECK_STATUS(sb, hermetic_reset(sb), 0);
    CHECK_VALUE(sb, "6 * 7", 42);
    CHECK_STATUS(sb, hermetic_reset(sb), 0);
    return status == HERMETIC_DONE;
}

/* The limit grows by a page of 64 KiB until the program ends as usual. */
TEST(every_limit_on_memory_is_a_memory_error_or_enough)
{
    static char context[60];
    check_context = context;
    for (size_t i = 0; i < sizeof(hungry_programs) / sizeof(*hungry_programs); i++)
        RUN_WITH_EACH_BACKEND(backend) {
            hermetic_options o = sweep_options();
            hermetic_sandbox *sb = run_create(&o);
            uint64_t least = hermetic_usage_of(sb).memory;
            int enough = 0;
            hermetic_destroy(sb);
            o.backend = backend;
            for (unsigned pages = 0; enough < 2; pages++) {
                CHECK(pages < 400);
                snprintf(context, sizeof(context), "program %zu, %u pages more", i, pages);
                o.memory = least + (uint64_t)pages * 65536;
                sb = run_create(&o);
                enough += check_hungry(sb, run_code(sb, hungry_programs[i]));
                hermetic_destroy(sb);
            }
        }
    check_context = "";
}

/* The same, finer: what an earlier variable leaves shrinks by a page of 4096 bytes. */
TEST(every_amount_of_memory_left_is_a_memory_error_or_enough)
{
    static char context[60], code[500];
    check_context = context;
    for (size_t i = 0; i < sizeof(hungry_programs) / sizeof(*hungry_programs); i++) {
        hermetic_options o = sweep_options();
        o.memory = 3 << 20;
        hermetic_sandbox *sb = run_create(&o);
        bool full = false;
        for (unsigned pages = 0; !full; pages++) {
            CHECK(pages < 512);
            snprintf(context, sizeof(context), "program %zu, %u pages less", i, pages);
            snprintf(code, sizeof(code), "ballast = bytearray(%u)\n", pages * 4096);
            int status = run_code(sb, code);
            full = status == HERMETIC_E_EXCEPTION;
            if (!full) {
                CHECK_STATUS(sb, status, HERMETIC_DONE);
                status = run_code(sb, hungry_programs[i]);
            }
            check_hungry(sb, status);
        }
        hermetic_destroy(sb);
    }
    check_context = "";
}

TESTS_MAIN(CHECK_ENTRY(a_program_can_be_cut_at_any_unit_of_fuel)
           CHECK_ENTRY(programs_can_be_cut_anywhere_with_either_backend)
           CHECK_ENTRY(every_limit_on_memory_is_a_memory_error_or_enough)
           CHECK_ENTRY(every_amount_of_memory_left_is_a_memory_error_or_enough))
