/* rt/switch_x86_64_windows.S: see rt/switch.h. Microsoft's x64 calling convention; also the thread's idea of its stack
 * (TIB: base, limit, deallocation stack), which the system consults when it probes and unwinds stacks. */
#if defined(__x86_64__) && defined(_WIN32)

        .text

/* The frame that a suspended context and a protected call point to, in words from low addresses:
 *   0 mxcsr (4 bytes), x87 control word (2);  1 stack base;  2 stack limit;  3 deallocation stack;  4 xmm6 ... xmm15;
 *   24 padding;  25 r15;  26 r14;  27 r13;  28 r12;  29 rsi;  30 rdi;  31 rbx;  32 rbp;  33 return address
 */
.macro save_registers
        pushq   %rbp
        .seh_pushreg %rbp
        pushq   %rbx
        .seh_pushreg %rbx
        pushq   %rdi
        .seh_pushreg %rdi
        pushq   %rsi
        .seh_pushreg %rsi
        pushq   %r12
        .seh_pushreg %r12
        pushq   %r13
        .seh_pushreg %r13
        pushq   %r14
        .seh_pushreg %r14
        pushq   %r15
        .seh_pushreg %r15
        subq    $200, %rsp
        .seh_stackalloc 200
        .seh_endprologue
        movups  %xmm6, 32(%rsp)
        movups  %xmm7, 48(%rsp)
        movups  %xmm8, 64(%rsp)
        movups  %xmm9, 80(%rsp)
        movups  %xmm10, 96(%rsp)
        movups  %xmm11, 112(%rsp)
        movups  %xmm12, 128(%rsp)
        movups  %xmm13, 144(%rsp)
        movups  %xmm14, 160(%rsp)
        movups  %xmm15, 176(%rsp)
.endm

.macro restore_registers
        movups  32(%rsp), %xmm6
        movups  48(%rsp), %xmm7
        movups  64(%rsp), %xmm8
        movups  80(%rsp), %xmm9
        movups  96(%rsp), %xmm10
        movups  112(%rsp), %xmm11
        movups  128(%rsp), %xmm12
        movups  144(%rsp), %xmm13
        movups  160(%rsp), %xmm14
        movups  176(%rsp), %xmm15
        addq    $200, %rsp
        popq    %r15
        popq    %r14
        popq    %r13
        popq    %r12
        popq    %rsi
        popq    %rdi
        popq    %rbx
        popq    %rbp
.endm

/* void hermetic__switch(void **save, void *load) */
        .globl  hermetic__switch
        .p2align 4
        .seh_proc hermetic__switch
hermetic__switch:
        save_registers
        stmxcsr (%rsp)
        fnstcw  4(%rsp)
        movq    %gs:0x08, %rax
        movq    %rax, 8(%rsp)
        movq    %gs:0x10, %rax
        movq    %rax, 16(%rsp)
        movq    %gs:0x1478, %rax
        movq    %rax, 24(%rsp)
        movq    %rsp, (%rcx)
        movq    %rdx, %rsp
        movq    24(%rsp), %rax
        movq    %rax, %gs:0x1478
        movq    16(%rsp), %rax
        movq    %rax, %gs:0x10
        movq    8(%rsp), %rax
        movq    %rax, %gs:0x08
        ldmxcsr (%rsp)
        fldcw   4(%rsp)
        restore_registers
        popq    %rcx
        jmp     *%rcx
        .seh_endproc

/* Where a prepared context starts: hermetic__fiber_main(r12). */
        .globl  hermetic__switch_entry
        .p2align 4
        .seh_proc hermetic__switch_entry
hermetic__switch_entry:
        subq    $32, %rsp
        .seh_stackalloc 32
        .seh_endprologue
        xorl    %ebp, %ebp
        movq    %r12, %rcx
        call    hermetic__fiber_main
        ud2
        .seh_endproc

/* int hermetic__protect(struct hermetic__jump *jump, void (*fn)(instance, arg), instance, uint32_t arg) */
        .globl  hermetic__protect
        .p2align 4
        .seh_proc hermetic__protect
hermetic__protect:
        save_registers
        movq    %rsp, (%rcx)
        subq    $32, %rsp               /* the callee's home area */
        movq    %rdx, %rax
        movq    %r8, %rcx
        movl    %r9d, %edx
        call    *%rax
        addq    $32, %rsp
        xorl    %eax, %eax
.Lleave:
        restore_registers
        ret
        .seh_endproc

/* _Noreturn void hermetic__unwind(struct hermetic__jump *jump) */
        .globl  hermetic__unwind
        .p2align 4
hermetic__unwind:
        movq    (%rcx), %rsp
        movl    $1, %eax
        jmp     .Lleave
#endif

#if defined(__linux__)
        .section .note.GNU-stack, "", %progbits
#endif
