/* bench/bench_embed.c: measures the library through its public header, from inside one process.
 *
 *     bench_embed compute FILE     time of one hermetic_start of the program, without making the sandbox
 *     bench_embed startup N        create + print(1+1) + destroy
 *     bench_embed fresh N          reset + print(1+1)
 *     bench_embed threads T MS     the same in T threads at once, for MS milliseconds
 *     bench_embed call N           one call of a host function with two small ints, and its answer
 *     bench_embed snapshot N       snapshot, restore and fork of a sandbox that has run a program
 *     bench_embed memory N         N live sandboxes that have each run a program: growth of the resident set
 *     bench_embed stop N           how long after a deadline, or a cancel, start returns; in several guest codes
 *
 * Each prints one JSON object on one line. Nothing here is asserted about speed: bench/run.py makes the table.
 * The `bounds` first argument (bench_embed bounds compute ...) asks for the backend with explicit checks.
 */
#define _POSIX_C_SOURCE 200809L
#include <hermetic.h>

#include <inttypes.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char hello[] = "print(1+1)";

/* What a sandbox of someone's application might hold: a function, some data, a little output. */
static const char small_program[] =
    "def mean(xs):\n"
    "    return sum(xs) / len(xs)\n"
    "rows = [{'name': 'n' + str(i), 'value': i * 1.5} for i in range(50)]\n"
    "print(mean([row['value'] for row in rows]))\n";

static enum hermetic_backend backend = HERMETIC_BACKEND_AUTO;

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

_Noreturn static void fail(const char *what, int status) {
    fprintf(stderr, "bench_embed: %s: %s (%s)\n", what, hermetic_error_name(status), hermetic_last_create_error());
    exit(1);
}

static hermetic_options roomy_options(void) {
    hermetic_options options = HERMETIC_OPTIONS_INIT;
    options.fuel = UINT64_C(1) << 60;
    options.wall = UINT64_C(600000000000);
    options.memory = 256u << 20;
    options.output = 16u << 20;
    options.calls = UINT64_C(1) << 40;
    options.backend = backend;
    return options;
}

static hermetic_sandbox *create(const hermetic_options *options) {
    hermetic_sandbox *sb;
    int status = hermetic_create(options, &sb);
    if (status < 0) fail("create", status);
    return sb;
}

/* Runs `code`, which must end well. */
static void run(hermetic_sandbox *sb, const char *code, size_t len) {
    int status = hermetic_start(sb, code, len, NULL);
    if (status == HERMETIC_DONE) return;
    hermetic_failure failure = hermetic_failure_of(sb);
    fprintf(stderr, "%.*s%.*s\n", (int)failure.message.len, (const char *)failure.message.data,
            (int)failure.traceback.len, (const char *)failure.traceback.data);
    fail("run", status);
}

static void run_text(hermetic_sandbox *sb, const char *code) { run(sb, code, strlen(code)); }

static void expect_two(hermetic_sandbox *sb) {
    hermetic_bytes out = hermetic_output(sb, 1);
    if (out.len != 2 || memcmp(out.data, "2\n", 2) != 0) fail("print(1+1) wrote something else", HERMETIC_E_PROTOCOL);
}

static int by_value(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* "NAME": {"median_ns": ..., "p99_ns": ..., "min_ns": ..., "max_ns": ...}; sorts `values`. */
static void print_times(const char *name, uint64_t *values, size_t count) {
    qsort(values, count, sizeof *values, by_value);
    printf("\"%s\": {\"count\": %zu, \"median_ns\": %" PRIu64 ", \"p99_ns\": %" PRIu64 ", \"min_ns\": %" PRIu64
           ", \"max_ns\": %" PRIu64 "}",
           name, count, values[count / 2], values[count * 99 / 100], values[0], values[count - 1]);
}

static uint64_t *times(size_t count) {
    uint64_t *values = calloc(count, sizeof *values);
    if (values == NULL || count == 0) fail("times", HERMETIC_E_NOMEM);
    return values;
}

static void print_json_text(hermetic_bytes text) {
    putchar('"');
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.data[i];
        if (c == '"' || c == '\\') printf("\\%c", c);
        else if (c < 0x20) printf("\\u%04x", c);
        else putchar(c);
    }
    putchar('"');
}

/* ---- compute ----------------------------------------------------------------------------------------------------- */

static char *read_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) fail(path, HERMETIC_E_INVALID);
    long size = ftell(file);
    rewind(file);
    char *text = malloc((size_t)size + 1);
    if (text == NULL || fread(text, 1, (size_t)size, file) != (size_t)size) fail(path, HERMETIC_E_INVALID);
    fclose(file);
    *len = (size_t)size;
    return text;
}

static void compute(const char *path) {
    size_t len;
    char *code = read_file(path, &len);
    hermetic_options options = roomy_options();
    hermetic_sandbox *sb = create(&options);
    uint64_t begin = now();
    int status = hermetic_start(sb, code, len, NULL);
    uint64_t took = now() - begin;
    printf("{\"ns\": %" PRIu64 ", \"fuel\": %" PRIu64 ", \"memory\": %" PRIu64 ", \"status\": %d, \"output\": ", took,
           hermetic_usage_of(sb).fuel, hermetic_usage_of(sb).memory, status);
    print_json_text(hermetic_output(sb, 1));
    if (status < 0) {
        hermetic_failure failure = hermetic_failure_of(sb);
        printf(", \"error\": ");
        print_json_text(failure.message.len ? failure.message : failure.type);
    }
    printf("}\n");
    hermetic_destroy(sb);
    free(code);
}

/* ---- starting and resetting --------------------------------------------------------------------------------------- */

static void startup(size_t count) {
    uint64_t *values = times(count);
    hermetic_options options = HERMETIC_OPTIONS_INIT;
    options.backend = backend;
    for (size_t i = 0; i < count; i++) {
        uint64_t begin = now();
        hermetic_sandbox *sb = create(&options);
        run(sb, hello, sizeof hello - 1);
        expect_two(sb);
        hermetic_destroy(sb);
        values[i] = now() - begin;
    }
    printf("{");
    print_times("startup", values, count);
    printf("}\n");
    free(values);
}

static void reset_and_run(hermetic_sandbox *sb) {
    int status = hermetic_reset(sb);
    if (status < 0) fail("reset", status);
    run(sb, hello, sizeof hello - 1);
}

static void fresh(size_t count) {
    uint64_t *values = times(count);
    hermetic_options options = HERMETIC_OPTIONS_INIT;
    options.backend = backend;
    hermetic_sandbox *sb = create(&options);
    for (size_t i = 0; i < count / 100 + 10; i++) reset_and_run(sb);
    for (size_t i = 0; i < count; i++) {
        uint64_t begin = now();
        reset_and_run(sb);
        values[i] = now() - begin;
        expect_two(sb);
    }
    printf("{\"backend\": %d, ", hermetic_backend_of(sb));
    print_times("fresh", values, count);
    printf("}\n");
    hermetic_destroy(sb);
    free(values);
}

struct worker {
    pthread_t thread;
    uint64_t until;
    uint64_t runs;
};

static void *work(void *argument) {
    struct worker *worker = argument;
    hermetic_options options = HERMETIC_OPTIONS_INIT;
    options.backend = backend;
    hermetic_sandbox *sb = create(&options);
    while (now() < worker->until) {
        for (int i = 0; i < 100; i++) reset_and_run(sb);
        worker->runs += 100;
    }
    hermetic_destroy(sb);
    return NULL;
}

static void threads(size_t count, size_t milliseconds) {
    struct worker *workers = calloc(count, sizeof *workers);
    if (workers == NULL) fail("threads", HERMETIC_E_NOMEM);
    uint64_t begin = now();
    for (size_t i = 0; i < count; i++) {
        workers[i].until = begin + milliseconds * UINT64_C(1000000);
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0) fail("thread", HERMETIC_E_SYSTEM);
    }
    uint64_t runs = 0;
    for (size_t i = 0; i < count; i++) {
        pthread_join(workers[i].thread, NULL);
        runs += workers[i].runs;
    }
    double seconds = (double)(now() - begin) / 1e9;
    printf("{\"threads\": %zu, \"runs_per_second\": %.0f}\n", count, (double)runs / seconds);
    free(workers);
}

/* ---- host calls --------------------------------------------------------------------------------------------------- */

/* Adds the two arguments as a host would: decodes them, checks their kinds, encodes the sum. */
static void answer(hermetic_sandbox *sb) {
    hermetic_bytes args = hermetic_call_args(sb);
    const uint8_t *cursor = args.data, *end = args.data + args.len;
    hermetic_item list, a, b;
    if (hermetic_decode(&cursor, end, &list) < 0 || list.kind != HERMETIC_LIST || list.count != 2 ||
        hermetic_decode(&cursor, end, &a) < 0 || a.kind != HERMETIC_INT ||
        hermetic_decode(&cursor, end, &b) < 0 || b.kind != HERMETIC_INT) {
        hermetic_reply_error(sb, "TypeError", "add() takes two integers");
        return;
    }
    static hermetic_encoder encoder = HERMETIC_ENCODER_INIT;
    encoder.len = 0;
    hermetic_encode_int(&encoder, a.integer + b.integer);
    if (hermetic_encode_done(&encoder) < 0) fail("encode", HERMETIC_E_NOMEM);
    hermetic_reply(sb, encoder.data, encoder.len);
}

/* Time of one run of `code` with `add` granted, in ns. */
static uint64_t call_run(hermetic_sandbox *sb, const char *code) {
    hermetic_encoder names = HERMETIC_ENCODER_INIT;
    hermetic_encode_list(&names, 1);
    hermetic_encode_str(&names, "add", 3);
    if (hermetic_encode_done(&names) < 0) fail("encode", HERMETIC_E_NOMEM);
    hermetic_run_options options = HERMETIC_RUN_OPTIONS_INIT;
    options.functions = (hermetic_bytes){ names.data, names.len };
    uint64_t begin = now();
    int status = hermetic_start(sb, code, strlen(code), &options);
    while (status == HERMETIC_CALL) {
        answer(sb);
        status = hermetic_resume(sb);
    }
    uint64_t took = now() - begin;
    if (status != HERMETIC_DONE) fail("call", status);
    hermetic_free(names.data);
    return took;
}

static void call(size_t count) {
    char code[200], empty[200];
    snprintf(code, sizeof code, "def f(n):\n    t = 0\n    for i in range(n):\n        t = add(t & 7, 5)\n    return t\nf(%zu)\n",
             count);
    snprintf(empty, sizeof empty, "def f(n):\n    t = 0\n    for i in range(n):\n        t = t & 7\n    return t\nf(%zu)\n", count);
    hermetic_options options = roomy_options();
    hermetic_sandbox *sb = create(&options);
    enum { turns = 7 };
    uint64_t values[turns], loops[turns];
    for (int i = 0; i < turns; i++) {
        values[i] = call_run(sb, code);
        loops[i] = call_run(sb, empty);
    }
    if (hermetic_usage_of(sb).calls != 0) fail("the empty loop called", HERMETIC_E_PROTOCOL);
    qsort(values, turns, sizeof *values, by_value);
    qsort(loops, turns, sizeof *loops, by_value);
    printf("{\"call_ns\": %.1f, \"loop_ns\": %.1f}\n", (double)values[turns / 2] / (double)count,
           (double)loops[turns / 2] / (double)count);
    hermetic_destroy(sb);
}

/* ---- snapshots ---------------------------------------------------------------------------------------------------- */

static void snapshot(size_t count) {
    uint64_t *taken = times(count), *restored = times(count), *forked = times(count), *usable = times(count);
    hermetic_options options = HERMETIC_OPTIONS_INIT;
    options.backend = backend;
    hermetic_sandbox *sb = create(&options);
    run_text(sb, small_program);
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        uint8_t *data;
        hermetic_sandbox *other;
        int status;
        uint64_t begin = now();
        if ((status = hermetic_snapshot(sb, NULL, &data, &size)) < 0) fail("snapshot", status);
        taken[i] = now() - begin;

        begin = now();
        if ((status = hermetic_restore(&options, NULL, data, size, &other, NULL)) < 0) fail("restore", status);
        restored[i] = now() - begin;
        run_text(other, "mean([1, 2])");
        usable[i] = now() - begin;
        hermetic_destroy(other);
        hermetic_free(data);

        begin = now();
        if ((status = hermetic_fork(sb, &other)) < 0) fail("fork", status);
        forked[i] = now() - begin;
        run_text(other, "mean([1, 2])");
        hermetic_destroy(other);
    }
    printf("{\"bytes\": %zu, ", size);
    print_times("snapshot", taken, count);
    printf(", ");
    print_times("restore", restored, count);
    printf(", ");
    print_times("restore_and_run", usable, count);
    printf(", ");
    print_times("fork", forked, count);
    printf("}\n");
    hermetic_destroy(sb);
    free(taken);
    free(restored);
    free(forked);
    free(usable);
}

/* ---- memory ------------------------------------------------------------------------------------------------------- */

/* The number of kilobytes behind `name` in a file of /proc, in bytes. */
static uint64_t proc_value(const char *path, const char *name) {
    char line[200];
    unsigned long kilobytes = 0;
    bool found = false;
    FILE *file = fopen(path, "r");
    while (file != NULL && !found && fgets(line, sizeof line, file) != NULL)
        found = strncmp(line, name, strlen(name)) == 0 && sscanf(line + strlen(name), ": %lu", &kilobytes) == 1;
    if (file != NULL) fclose(file);
    if (!found) fail(path, HERMETIC_E_SYSTEM);
    return (uint64_t)kilobytes * 1024;
}

/* Memory that the process takes: its pages, a page of the image that all sandboxes map counted once, and page tables. */
static uint64_t resident(void) {
    return proc_value("/proc/self/smaps_rollup", "Pss") + proc_value("/proc/self/status", "VmPTE");
}

/* What ps and top show: a page counts as often as it is mapped. */
static uint64_t mapped(void) { return proc_value("/proc/self/status", "VmRSS"); }

static void memory(size_t count) {
    hermetic_options options = HERMETIC_OPTIONS_INIT;
    options.backend = backend;
    hermetic_sandbox **all = calloc(count, sizeof *all);
    if (all == NULL) fail("memory", HERMETIC_E_NOMEM);
    /* One first, so that what the library makes once is not counted as its own. */
    hermetic_sandbox *first = create(&options);
    run_text(first, small_program);
    uint64_t before = resident(), mapped_before = mapped(), host = 0;
    size_t guarded = 0;
    uint64_t begin = now();
    for (size_t i = 0; i < count; i++) {
        all[i] = create(&options);
        run_text(all[i], small_program);
        guarded += hermetic_backend_of(all[i]) == HERMETIC_BACKEND_GUARD;
    }
    uint64_t took = now() - begin, live = resident(), mapped_live = mapped();
    for (size_t i = 0; i < count; i++) {
        int status = hermetic_park(all[i]);
        if (status < 0) fail("park", status);
        host += hermetic_usage_of(all[i]).host_memory;
    }
    uint64_t parked = resident(), mapped_parked = mapped();
    for (size_t i = 0; i < count; i += 97) run_text(all[i], "rows[3]['value']"); /* still usable */
    printf("{\"count\": %zu, \"guarded\": %zu, \"live_bytes\": %" PRId64 ", \"parked_bytes\": %" PRId64
           ", \"live_mapped_bytes\": %" PRId64 ", \"parked_mapped_bytes\": %" PRId64
           ", \"reported_parked_bytes\": %" PRIu64 ", \"seconds\": %.3f}\n",
           count, guarded, (int64_t)(live - before), (int64_t)(parked - before), (int64_t)(mapped_live - mapped_before),
           (int64_t)(mapped_parked - mapped_before), host, (double)took / 1e9);
    for (size_t i = 0; i < count; i++) hermetic_destroy(all[i]);
    hermetic_destroy(first);
    free(all);
}

/* ---- stopping ----------------------------------------------------------------------------------------------------- */

static const struct stop_case {
    const char *name, *setup, *code;
} stop_cases[] = {
    { "tight loop", "", "while True: pass" },
    { "loop that catches everything", "", "while True:\n try:\n  1//0\n except BaseException:\n  pass" },
    { "sum of a range", "", "sum(range(10**12))" },
    { "big integer power", "", "x = 3 ** 30000000" },
    { "big integer product", "a = 7 ** 300000", "while True: a * a" },
    { "big integer modular power", "p = (1 << 9689) - 1", "pow(3, p - 2, p)" },
    { "big integer to text", "a = 7 ** 200000", "str(a)" },
    { "text to big integer", "a = '7' * 100000", "int(a)" },
    { "big integer shift", "a = 7 ** 100000", "while True: a << 900000" },
    { "string repetition", "", "while True: 'ab' * 8000000" },
    { "string search", "a = 'a' * 2000000; b = 'a' * 100000 + 'b'", "while True: a.find(b)" },
    { "string replacement", "a = 'ab' * 500000", "while True: a.replace('a', 'cd')" },
    { "string join", "a = ['abc'] * 300000", "while True: ''.join(a)" },
    { "string comparison", "a = 'x' * 8000000; b = 'x' * 8000000", "while True: a == b" },
    { "bytes copy", "a = bytes(16000000)", "while True: a + b''; bytearray(a)" },
    { "bytes repetition", "", "while True: b'abc' * 6000000" },
    { "string repetition, kept", "", "a = []\nwhile True: a.append('x' * 1000000)" },
    { "list extension", "a = [1] * 100000", "b = []\nwhile True:\n b.extend(a)\n if len(b) > 5000000: b = []" },
    { "bytearray growth", "", "b = bytearray()\nwhile True:\n b.extend(b'x' * 65536)\n if len(b) > 50000000: b = bytearray()" },
    { "memory written everywhere", "a = [0] * 5000000", "while True:\n for i in range(0, len(a), 512): a[i] = i" },
    { "list copy", "a = [1] * 1500000", "while True: a[:]" },
    { "list repetition", "", "while True: [1] * 3000000" },
    { "sort", "a = [(i * 7919) % 1000003 for i in range(200000)]", "while True: sorted(a)" },
    { "sort with comparisons of the program's", "class K:\n def __init__(s, v): s.v = v\n def __lt__(s, o): return s.v < o.v\n"
      "a = [K((i * 7919) % 100003) for i in range(50000)]", "while True: sorted(a)" },
    { "sort of long equal texts", "a = ['x' * 100000 + str(i) for i in range(300)]", "while True: sorted(a)" },
    { "dict growth", "", "while True:\n d = {}\n for i in range(1000000): d[i] = i" },
    { "number of 100,000 digits to text and back", "import sys\na = 10 ** 100000 - 1", "while True: int(str(a))" },
    { "dict copy", "a = {i: i for i in range(100000)}", "while True: dict(a)" },
    { "JSON", "import json\na = [[i, 'text', 1.5] for i in range(50000)]", "while True: json.dumps(a)" },
    { "regular expression", "import re", "re.match('(a+)+b', 'a' * 40)" },
    { "garbage collection", "a = [[i] for i in range(400000)]\nimport gc", "while True: gc.collect()" },
    { "compiling", "a = 'x = 1 + 2 * 3\\n' * 50000", "while True: exec(a)" },
};

struct canceller {
    hermetic_sandbox *sb;
    uint64_t at, asked;
};

static void *cancel_later(void *argument) {
    struct canceller *c = argument;
    uint64_t begin = now();
    while (now() < begin + c->at) {
        struct timespec nap = { 0, 200000 };
        nanosleep(&nap, NULL);
    }
    c->asked = now();
    hermetic_cancel(c->sb);
    return NULL;
}

static void stop(size_t count) {
    const uint64_t deadline = 20000000; /* ns */
    uint64_t *late = times(count), *slow = times(count);
    printf("{");
    for (size_t k = 0; k < sizeof stop_cases / sizeof *stop_cases; k++) {
        const struct stop_case *c = &stop_cases[k];
        hermetic_options options = roomy_options();
        hermetic_sandbox *sb = create(&options);
        int status = hermetic_start(sb, c->setup, strlen(c->setup), NULL);
        for (size_t i = 0; status == HERMETIC_DONE && i < count; i++) {
            run_text(sb, "0"); /* a start frees what the stop before it left: that is no time of the next stop's */
            options.wall = deadline;
            hermetic_set_options(sb, &options);
            uint64_t begin = now();
            status = hermetic_start(sb, c->code, strlen(c->code), NULL);
            uint64_t end = now();
            if (status != HERMETIC_E_WALL) break;
            late[i] = end > begin + deadline ? end - begin - deadline : 0;

            options.wall = roomy_options().wall;
            hermetic_set_options(sb, &options);
            struct canceller canceller = { sb, deadline, 0 };
            pthread_t thread;
            if (pthread_create(&thread, NULL, cancel_later, &canceller) != 0) fail("thread", HERMETIC_E_SYSTEM);
            status = hermetic_start(sb, c->code, strlen(c->code), NULL);
            end = now();
            pthread_join(thread, NULL);
            if (status != HERMETIC_E_CANCELLED) break;
            slow[i] = end - canceller.asked;
            status = HERMETIC_DONE;
        }
        printf("%s\"%s\": {", k ? ", " : "", c->name);
        if (status == HERMETIC_DONE) {
            print_times("deadline", late, count);
            printf(", ");
            print_times("cancel", slow, count);
        } else {
            printf("\"ended\": \"%s\", \"type\": ", hermetic_error_name(status));
            print_json_text(hermetic_failure_of(sb).type);
        }
        printf("}");
        hermetic_destroy(sb);
    }
    printf("}\n");
    free(late);
    free(slow);
}

/* ------------------------------------------------------------------------------------------------------------------- */

static size_t number(const char *text) {
    char *end;
    unsigned long long value = strtoull(text, &end, 10);
    if (*end != 0 || value == 0) fail(text, HERMETIC_E_INVALID);
    return (size_t)value;
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "bounds") == 0) {
        backend = HERMETIC_BACKEND_BOUNDS;
        argc--;
        argv++;
    }
    const char *verb = argc > 2 ? argv[1] : "";
    if (strcmp(verb, "compute") == 0) compute(argv[2]);
    else if (strcmp(verb, "startup") == 0) startup(number(argv[2]));
    else if (strcmp(verb, "fresh") == 0) fresh(number(argv[2]));
    else if (strcmp(verb, "threads") == 0 && argc > 3) threads(number(argv[2]), number(argv[3]));
    else if (strcmp(verb, "call") == 0) call(number(argv[2]));
    else if (strcmp(verb, "snapshot") == 0) snapshot(number(argv[2]));
    else if (strcmp(verb, "memory") == 0) memory(number(argv[2]));
    else if (strcmp(verb, "stop") == 0) stop(number(argv[2]));
    else {
        fprintf(stderr, "usage: bench_embed [bounds] compute FILE | startup N | fresh N | threads T MS | call N |\n"
                        "                            snapshot N | memory N | stop N\n");
        return 2;
    }
    return 0;
}
