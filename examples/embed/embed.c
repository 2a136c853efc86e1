/* A complete host: grants one function to an untrusted program, runs it under limits, and reads its result.
 *
 *     cc embed.c $(pkg-config --cflags --libs hermetic) -o embed && ./embed
 */
#include <hermetic.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char program[] =
    "total = 0\n"
    "for name in ['apple', 'pear', 'plum']:\n"
    "    price = lookup(name)\n"
    "    if price is None:\n"
    "        print('no price for', name)\n"
    "    else:\n"
    "        total += price\n"
    "total\n";

/* The granted function: lookup(name) -> int or None. Everything in `args` is the guest's choice: check it. */
static int lookup(hermetic_sandbox *sb, hermetic_bytes args)
{
    const uint8_t *cursor = args.data, *end = args.data + args.len;
    hermetic_item list, name;
    if (hermetic_decode(&cursor, end, &list) < 0 || list.count != 1 || hermetic_decode(&cursor, end, &name) < 0 ||
        name.kind != HERMETIC_STR)
        return hermetic_reply_error(sb, "TypeError", "lookup() takes one str");

    hermetic_encoder answer = HERMETIC_ENCODER_INIT;
    if (name.bytes.len == 5 && memcmp(name.bytes.data, "apple", 5) == 0)
        hermetic_encode_int(&answer, 3);
    else if (name.bytes.len == 4 && memcmp(name.bytes.data, "pear", 4) == 0)
        hermetic_encode_int(&answer, 4);
    else
        hermetic_encode_none(&answer);
    int status = hermetic_encode_done(&answer);
    if (status == 0)
        status = hermetic_reply(sb, answer.data, answer.len);
    hermetic_free(answer.data);
    return status;
}

static int run(hermetic_sandbox *sb)
{
    hermetic_encoder names = HERMETIC_ENCODER_INIT;
    hermetic_encode_list(&names, 1);
    hermetic_encode_str(&names, "lookup", 6);
    int status = hermetic_encode_done(&names);
    if (status < 0)
        return status;

    hermetic_run_options options = HERMETIC_RUN_OPTIONS_INIT;
    options.file = "prices.py";
    options.functions = (hermetic_bytes){names.data, names.len};
    status = hermetic_start(sb, program, sizeof program - 1, &options);
    hermetic_free(names.data);

    while (status == HERMETIC_CALL) {
        status = lookup(sb, hermetic_call_args(sb));
        if (status == 0)
            status = hermetic_resume(sb);
    }
    return status;
}

int main(void)
{
    hermetic_options limits = HERMETIC_OPTIONS_INIT;
    limits.memory = 16 << 20;
    limits.fuel = 100 * 1000 * 1000;
    limits.wall = 1000 * 1000 * 1000;

    hermetic_sandbox *sb;
    if (hermetic_create(&limits, &sb) < 0) {
        fprintf(stderr, "%s\n", hermetic_last_create_error());
        return 1;
    }
    int status = run(sb);
    hermetic_bytes output = hermetic_output(sb, 1);
    fwrite(output.data, 1, output.len, stdout);
    if (status == HERMETIC_DONE) {
        hermetic_bytes result = hermetic_result(sb);
        const uint8_t *cursor = result.data;
        hermetic_item value;
        if (hermetic_decode(&cursor, result.data + result.len, &value) == 0 && value.kind == HERMETIC_INT)
            printf("total: %" PRId64 "\n", value.integer);
        printf("used %" PRIu64 " units of fuel\n", hermetic_usage_of(sb).fuel);
    } else {
        hermetic_failure failure = hermetic_failure_of(sb);
        fprintf(stderr, "%.*s\n", (int)failure.message.len, (const char *)failure.message.data);
        if (failure.traceback.len > 0)
            fprintf(stderr, "%.*s", (int)failure.traceback.len, (const char *)failure.traceback.data);
    }
    hermetic_destroy(sb);
    return status == HERMETIC_DONE ? 0 : 1;
}
