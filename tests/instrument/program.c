/* A guest with the control flow that clang makes of real code: switches, nested loops with several exits, recursion,
 * calls through pointers, variable-length arrays, values of both widths kept over collections. */
typedef unsigned uint32;
typedef unsigned long long uint64;

#define IMPORT(name) __attribute__((import_module("hermetic"), import_name(name)))
IMPORT("event") int event(int kind, uint32 ptr, int len);
IMPORT("try") int try_(void (*fn)(uint32), uint32 arg);
IMPORT("throw") void throw_(void) __attribute__((noreturn));
IMPORT("fuel") void fuel(void);

#define NOINLINE __attribute__((noinline))
#define EXPORT(name) __attribute__((export_name(name)))

NOINLINE void gc_collect(void) { event(100, 0, 0); }
static NOINLINE uint32 alloc(void) { gc_collect(); return (uint32)event(101, 0, 0); }
static NOINLINE void use(uint32 p) { event(102, p, 0); }
static NOINLINE void trace(uint32 n) { event(103, n, 0); }
static NOINLINE uint64 box(uint32 p) { return (uint64)p | 0x7ffcull << 48; }

static NOINLINE uint32 pair(uint32 a, uint32 b) { use(a); use(b); return alloc(); }
static NOINLINE uint64 pair64(uint64 a, uint64 b) { use((uint32)a); use((uint32)b); return box(alloc()); }

static uint32 op_keep(uint32 p, uint32 n) { (void)n; return p; }
static uint32 op_new(uint32 p, uint32 n) { uint32 q = alloc(); use(p); return n & 1 ? q : p; }
static uint32 op_pair(uint32 p, uint32 n) { (void)n; return pair(p, alloc()); }
static uint32 (*const ops[])(uint32, uint32) = {op_keep, op_new, op_pair};

static NOINLINE uint32 tree(uint32 depth, uint32 parent)
{
    if (depth == 0)
        return alloc();
    uint32 left = tree(depth - 1, parent), right = tree(depth - 1, left);
    use(parent);
    return pair(left, right);
}

static NOINLINE uint32 array(uint32 n)
{
    uint32 objects[n + 1];
    volatile uint32 *o = objects;
    for (uint32 i = 0; i <= n; i++)
        o[i] = alloc();
    uint32 last = alloc();
    for (uint32 i = 0; i <= n; i++)
        use(o[i]);
    use(last);
    return o[n / 2];
}

static void body(uint32 arg)
{
    uint32 p = alloc();
    use(arg);
    if (arg & 64)
        throw_();
    use(p);
}

static NOINLINE uint32 machine(const unsigned char *code, uint32 seed)
{
    uint32 a = alloc(), b = alloc(), steps = 0;
    uint64 x = box(a);
    for (;;) {
        if (++steps > 200)
            return b;
        switch (*code++) {
        case 0: return a;
        case 1: a = alloc(); break;
        case 2: b = pair(a, b); break;
        case 3: x = pair64(x, box(alloc())); break;
        case 4: { uint32 t = a; a = b; b = t; break; }
        case 5: a = ops[seed % 3](a, seed); seed = seed / 3 + 1; break;
        case 6: if (seed & 1) code++; break;
        case 7: a = tree(3, b); break;
        case 8: b = array(seed & 7); break;
        case 9: trace((uint32)try_(body, a)); break;
        case 10:
            for (uint32 i = 0; i < 4; i++) {
                for (uint32 p = a; ; p = alloc()) {
                    use(p);
                    if (++steps % 7 == 0) goto out;
                    if (steps % 3 == 0) break;
                }
                b = pair(b, a);
            }
        out: break;
        case 11: x = pair64(box(pair(alloc(), a)), x); break;
        case 12: if ((seed & 3) == 2) return (uint32)x; break;
        case 13: a = (uint32)x; break;
        case 14: use((uint32)x); use(a); use(b); break;
        case 15: seed = seed * 1103515245u + 12345u; trace(seed); break;
        case 16: __builtin_memcpy((void *)0x9000, code, 64); __builtin_memset((void *)0x9100, 1, seed & 255); break;
        case 17: trace(*(unsigned char *)0x9100); break;
        default: use(x >> 63 ? a : b);
        }
    }
}

static unsigned char code[256];

EXPORT("f") uint32 run(uint32 seed)
{
    uint32 n = seed;
    for (uint32 i = 0; i < 200; i++) {
        n = n * 1664525u + 1013904223u;
        code[i] = (unsigned char)((n >> 24) % 19 == 0 ? 14 : (n >> 24) % 19);
    }
    uint32 result = machine(code, seed);
    use(result);
    if (seed == 0xffffffff)
        fuel();
    return result;
}
