/* rt/switch_x86_64_sysv.S: see rt/switch.h. System V calling convention: Linux, macOS, BSD. */
#if defined(__x86_64__) && !defined(_WIN32) && !defined(HERMETIC_PORTABLE_SWITCH)

#if defined(__APPLE__)
#define SYMBOL(name) _##name
#define LOCAL(name) L##name
#define HIDDEN(name) .private_extern _##name
#define TYPE(name)
#define SIZE(name)
        .text
#else
#define SYMBOL(name) name
#define LOCAL(name) .L##name
#define HIDDEN(name) .hidden name
#define TYPE(name) .type name, @function
#define SIZE(name) .size name, . - name
        .section .text.hermetic_switch, "ax", @progbits
#endif

#define FUNCTION(name) .globl SYMBOL(name); HIDDEN(name); TYPE(name); .p2align 4; SYMBOL(name):

/* The frame that a suspended context points to, from low addresses:
 *   0 mxcsr (4 bytes), x87 control word (2), padding;  8 r15  16 r14  24 r13  32 r12  40 rbx  48 rbp  56 return address
 */

/* void hermetic__switch(void **save, void *load) */
FUNCTION(hermetic__switch)
        .cfi_startproc
        endbr64
        pushq   %rbp
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %rbp, 0
        pushq   %rbx
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %rbx, 0
        pushq   %r12
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %r12, 0
        pushq   %r13
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %r13, 0
        pushq   %r14
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %r14, 0
        pushq   %r15
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %r15, 0
        subq    $8, %rsp
        .cfi_adjust_cfa_offset 8
        stmxcsr (%rsp)
        fnstcw  4(%rsp)
        movq    %rsp, (%rdi)
        movq    %rsi, %rsp              /* the other stack, in the same layout: the CFA rules still hold */
        ldmxcsr (%rsp)
        fldcw   4(%rsp)
        addq    $8, %rsp
        .cfi_adjust_cfa_offset -8
        popq    %r15
        .cfi_adjust_cfa_offset -8
        .cfi_restore %r15
        popq    %r14
        .cfi_adjust_cfa_offset -8
        .cfi_restore %r14
        popq    %r13
        .cfi_adjust_cfa_offset -8
        .cfi_restore %r13
        popq    %r12
        .cfi_adjust_cfa_offset -8
        .cfi_restore %r12
        popq    %rbx
        .cfi_adjust_cfa_offset -8
        .cfi_restore %rbx
        popq    %rbp
        .cfi_adjust_cfa_offset -8
        .cfi_restore %rbp
        /* A jump, because a return to another stack's caller would always be mispredicted. */
        popq    %rcx
        .cfi_adjust_cfa_offset -8
        .cfi_register %rip, %rcx
        notrack jmp *%rcx
        .cfi_endproc
SIZE(hermetic__switch)

/* Where a prepared context starts: hermetic__fiber_main(r12). The end of the stack for every unwinder. */
FUNCTION(hermetic__switch_entry)
        .cfi_startproc
        .cfi_undefined %rip
        endbr64
        xorl    %ebp, %ebp
        movq    %r12, %rdi
        call    SYMBOL(hermetic__fiber_main)
        ud2
        .cfi_endproc
SIZE(hermetic__switch_entry)

/* int hermetic__protect(struct hermetic__jump *jump, void (*fn)(instance, arg), instance, uint32_t arg) */
FUNCTION(hermetic__protect)
        .cfi_startproc
        endbr64
        pushq   %rbp
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %rbp, 0
        pushq   %rbx
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %rbx, 0
        pushq   %r12
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %r12, 0
        pushq   %r13
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %r13, 0
        pushq   %r14
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %r14, 0
        pushq   %r15
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %r15, 0
        movq    %rsp, (%rdi)
        subq    $8, %rsp
        .cfi_adjust_cfa_offset 8
        movq    %rsi, %rax
        movq    %rdx, %rdi
        movl    %ecx, %esi
        call    *%rax
        addq    $8, %rsp
        .cfi_adjust_cfa_offset -8
        xorl    %eax, %eax
LOCAL(leave):
        popq    %r15
        .cfi_adjust_cfa_offset -8
        .cfi_restore %r15
        popq    %r14
        .cfi_adjust_cfa_offset -8
        .cfi_restore %r14
        popq    %r13
        .cfi_adjust_cfa_offset -8
        .cfi_restore %r13
        popq    %r12
        .cfi_adjust_cfa_offset -8
        .cfi_restore %r12
        popq    %rbx
        .cfi_adjust_cfa_offset -8
        .cfi_restore %rbx
        popq    %rbp
        .cfi_adjust_cfa_offset -8
        .cfi_restore %rbp
        ret
        .cfi_endproc
SIZE(hermetic__protect)

/* _Noreturn void hermetic__unwind(struct hermetic__jump *jump): control flags need no care, no guest code changes them. */
FUNCTION(hermetic__unwind)
        .cfi_startproc
        endbr64
        movq    (%rdi), %rsp
        movl    $1, %eax
        jmp     LOCAL(leave)
        .cfi_endproc
SIZE(hermetic__unwind)

#if defined(__linux__)
        /* GNU property note: IBT, and no SHSTK. */
        .section .note.gnu.property, "a"
        .p2align 3
        .long   4
        .long   16
        .long   5
        .asciz  "GNU"
        .long   0xc0000002
        .long   4
        .long   1
        .long   0
#endif
#endif

#if defined(__linux__)
        .section .note.GNU-stack, "", %progbits
#endif
