/* A guest whose memory and globals are overwritten at every event, as if each of its bugs had been used: the host must
 * hold (run under a sanitizer), every run must end with an answer, and after a reset all is as new. */
#include <stdlib.h>
#include <string.h>

#include "../../src/sandbox.h"

static const char *const programs[] = {
    "for i in range(30):\n    f(i, [i, str(i)], k={'a': i})\n    print(i)\n{'done': True}",
    "class A:\n    def __init__(self, n): self.n = n\n"
    "l = [A(i) for i in range(50)]\nfor a in l:\n    a.n += len(f(str(a.n)) or '')\n    print(a.n)\n",
    "def g(n):\n    try:\n        yield f(n)\n    except Exception as e:\n        print(e)\n"
    "for i in range(20):\n    for v in g(i): print(v, input('p'))\nf(sorted(map(str, range(100))))",
    "s = 'x'\nfor i in range(12):\n    s += s\n    f(s)\n    print(len(s))\nimport sys\nsys.exit(len(s))",
};

size_t fuzz_seed(unsigned i, uint8_t *to, size_t room)
{
    if (i > 3 || room < 256)
        return 0;
    for (unsigned n = 0; n < 256; n++)
        to[n] = (uint8_t)(n * 37 + i * 101);
    to[0] = (uint8_t)i;
    return 256;
}

struct input {
    const uint8_t *at, *end;
    uint32_t state; /* what the bytes do not say follows from them */
};

static uint32_t next(struct input *in)
{
    if (in->at < in->end)
        in->state ^= *in->at++;
    in->state = in->state * 1664525 + 1013904223;
    return in->state >> 4 ^ in->state << 20;
}

static void overwrite(hermetic_sandbox *sb, struct input *in)
{
    struct hermetic__memory *m = &sb->instance.memory;
    uint64_t size = hermetic__memory_size(m);
    /* Seldom and little, so that runs get far with broken state, and not only to the first trap. */
    for (uint32_t n = next(in) % 8 ? 0 : 1 + next(in) % 3; n; n--) {
        uint8_t bytes[8];
        uint32_t value = next(in) % 4 ? next(in) % (uint32_t)size : next(in);
        uint32_t len = 1 + next(in) % 8, at = next(in) % (uint32_t)(size - 8);
        if (next(in) % 4 == 0) /* where the live data are */
            at = sb->instance.stack_pointer + next(in) % 4096;
        memcpy(bytes, &value, 4);
        memcpy(bytes + 4, &value, 4);
        hermetic__memory_write(m, (struct gaddr){at}, bytes, len);
    }
    if (next(in) % 256 == 0)
        sb->instance.stack_pointer = next(in);
    if (next(in) % 32 == 0) /* more than a slice is noticed at the next event, and a loop without events would not end */
        sb->instance.fuel = (int64_t)(next(in) % HERMETIC__SLICE) - (next(in) % 2 ? 1000 : 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static hermetic_sandbox *sandboxes[2];
    static hermetic_run_options run = HERMETIC_RUN_OPTIONS_INIT;
    if (len < 2)
        return 0;
    struct input in = {data + 2, data + len, 1};
    int which = data[1] & 1;
    hermetic_options o = HERMETIC_OPTIONS_INIT;
    o.fuel = 300000000;
    o.wall = 2000000000;
    o.memory = 4 << 20;
    o.output = 5000;
    o.flags = HERMETIC_OUTPUT_EVENTS | HERMETIC_INPUT_EVENTS | (data[1] & 2 ? HERMETIC_JOURNAL : 0);
    o.backend = which ? HERMETIC_BACKEND_BOUNDS : HERMETIC_BACKEND_AUTO;
    hermetic_sandbox *sb = sandboxes[which];
    if (!sb && hermetic_create(&o, &sb) < 0)
        abort();
    sandboxes[which] = sb;
    if (hermetic_set_options(sb, &o) < 0)
        abort();
    run.functions = (hermetic_bytes){(const uint8_t *)"\x81\x61" "f", 3};
    const char *code = programs[data[0] % 4];
    int status = hermetic_start(sb, code, strlen(code), &run);
    for (int event = 0; status > 0 && event < 1000; event++) {
        overwrite(sb, &in);
        if (status == HERMETIC_CALL &&
            (hermetic_validate(hermetic_call_args(sb).data, hermetic_call_args(sb).len) < 0 ||
             hermetic_validate(hermetic_call_kwargs(sb).data, hermetic_call_kwargs(sb).len) < 0))
            abort();
        if (status != HERMETIC_OUTPUT && hermetic_reply(sb, "\x63" "abc", 4) < 0)
            abort();
        status = hermetic_resume(sb);
    }
    if (status > 0)
        hermetic_abandon(sb);
    else if (status < 0 && hermetic_error_class_of(status) == HERMETIC_CLASS_HOST && status != HERMETIC_E_TOO_BIG)
        abort();
    /* What a committed run left may be broken in any way, and still answers. */
    status = hermetic_start(sb, "print(x)", 8, NULL);
    while (status > 0) {
        if (status != HERMETIC_OUTPUT && hermetic_reply_error(sb, "ValueError", "no") < 0)
            abort();
        status = hermetic_resume(sb);
    }
    if (hermetic_reset(sb) < 0 || hermetic_start(sb, "6 * 7", 5, NULL) != HERMETIC_DONE ||
        hermetic_result(sb).len != 2 || memcmp(hermetic_result(sb).data, "\x18\x2a", 2) != 0 || hermetic_reset(sb) < 0)
        abort();
    return 0;
}
