/* rt/switch_aarch64.S: see rt/switch.h. AAPCS64: Linux, macOS, BSD. */
#if defined(__aarch64__) && !defined(_WIN32) && !defined(HERMETIC_PORTABLE_SWITCH)

#if defined(__APPLE__)
#define SYMBOL(name) _##name
#define LOCAL(name) L##name
#define HIDDEN(name) .private_extern _##name
#define TYPE(name)
#define SIZE(name)
#else
#define SYMBOL(name) name
#define LOCAL(name) .L##name
#define HIDDEN(name) .hidden name
#define TYPE(name) .type name, %function
#define SIZE(name) .size name, . - name
#endif

        .text

/* The frame that a suspended context and a protected call point to, 176 bytes:
 *   0 fp (x29), lr (x30);  16 x19 ... x28;  96 d8 ... d15;  160 fpcr (contexts only)
 */
.macro save_frame
        sub     sp, sp, #176
        .cfi_def_cfa_offset 176
        stp     x29, x30, [sp]
        .cfi_rel_offset x29, 0
        .cfi_rel_offset x30, 8
        stp     x19, x20, [sp, #16]
        .cfi_rel_offset x19, 16
        .cfi_rel_offset x20, 24
        stp     x21, x22, [sp, #32]
        .cfi_rel_offset x21, 32
        .cfi_rel_offset x22, 40
        stp     x23, x24, [sp, #48]
        .cfi_rel_offset x23, 48
        .cfi_rel_offset x24, 56
        stp     x25, x26, [sp, #64]
        .cfi_rel_offset x25, 64
        .cfi_rel_offset x26, 72
        stp     x27, x28, [sp, #80]
        .cfi_rel_offset x27, 80
        .cfi_rel_offset x28, 88
        stp     d8, d9, [sp, #96]
        stp     d10, d11, [sp, #112]
        stp     d12, d13, [sp, #128]
        stp     d14, d15, [sp, #144]
.endm

.macro restore_frame
        ldp     d14, d15, [sp, #144]
        ldp     d12, d13, [sp, #128]
        ldp     d10, d11, [sp, #112]
        ldp     d8, d9, [sp, #96]
        ldp     x27, x28, [sp, #80]
        ldp     x25, x26, [sp, #64]
        ldp     x23, x24, [sp, #48]
        ldp     x21, x22, [sp, #32]
        ldp     x19, x20, [sp, #16]
        ldp     x29, x30, [sp]
        add     sp, sp, #176
        .cfi_def_cfa_offset 0
        .cfi_restore x29
        .cfi_restore x30
.endm

/* void hermetic__switch(void **save, void *load) */
        .globl  SYMBOL(hermetic__switch)
        HIDDEN(hermetic__switch)
        TYPE(hermetic__switch)
        .p2align 4
SYMBOL(hermetic__switch):
        .cfi_startproc
        hint    #34                     /* bti c */
        save_frame
        mrs     x9, fpcr
        str     x9, [sp, #160]
        mov     x10, sp
        str     x10, [x0]
        mov     sp, x1                  /* the other stack, in the same layout: the CFA rules still hold */
        ldr     x10, [sp, #160]
        cmp     x9, x10
        b.eq    1f
        msr     fpcr, x10               /* slow on some cores, and mostly the same */
1:
        restore_frame
        ret
        .cfi_endproc
        SIZE(hermetic__switch)

/* Where a prepared context starts: hermetic__fiber_main(x19). The end of the stack for every unwinder. */
        .globl  SYMBOL(hermetic__switch_entry)
        HIDDEN(hermetic__switch_entry)
        TYPE(hermetic__switch_entry)
        .p2align 4
SYMBOL(hermetic__switch_entry):
        .cfi_startproc
        .cfi_undefined x30
        hint    #36                     /* bti j */
        mov     x29, xzr
        mov     x30, xzr
        mov     x0, x19
        bl      SYMBOL(hermetic__fiber_main)
        brk     #1
        .cfi_endproc
        SIZE(hermetic__switch_entry)

/* int hermetic__protect(struct hermetic__jump *jump, void (*fn)(instance, arg), instance, uint32_t arg) */
        .globl  SYMBOL(hermetic__protect)
        HIDDEN(hermetic__protect)
        TYPE(hermetic__protect)
        .p2align 4
SYMBOL(hermetic__protect):
        .cfi_startproc
        hint    #34                     /* bti c */
        save_frame
        mov     x9, sp
        str     x9, [x0]
        mov     x9, x1
        mov     x0, x2
        mov     w1, w3
        blr     x9
        mov     w0, wzr
LOCAL(leave):
        restore_frame
        ret
        .cfi_endproc
        SIZE(hermetic__protect)

/* _Noreturn void hermetic__unwind(struct hermetic__jump *jump) */
        .globl  SYMBOL(hermetic__unwind)
        HIDDEN(hermetic__unwind)
        TYPE(hermetic__unwind)
        .p2align 4
SYMBOL(hermetic__unwind):
        .cfi_startproc
        hint    #34                     /* bti c */
        ldr     x9, [x0]
        mov     sp, x9
        mov     w0, #1
        b       LOCAL(leave)
        .cfi_endproc
        SIZE(hermetic__unwind)

#if defined(__linux__)
        /* GNU property note: BTI, and no PAC promise. */
        .section .note.gnu.property, "a"
        .p2align 3
        .long   4
        .long   16
        .long   5
        .asciz  "GNU"
        .long   0xc0000000
        .long   4
        .long   1
        .long   0
#endif
#endif

#if defined(__linux__)
        .section .note.GNU-stack, "", %progbits
#endif
