// The imports: everything the guest can reach outside of its own memory. docs/internals.md has their contract.
#ifndef HERMETIC_GUEST_HOST_H
#define HERMETIC_GUEST_HOST_H

#include <stddef.h>
#include <stdint.h>

#include "py/obj.h"

#define HOST_IMPORT(name) __attribute__((import_module("hermetic"), import_name(#name)))

enum { HOST_OUT = 1, HOST_ERR, HOST_CALL, HOST_RESULT, HOST_ERROR, HOST_INPUT, HOST_ENTROPY, HOST_OPAQUE = 9 };
enum { HOST_CLOCK_WALL = 0, HOST_CLOCK_MONOTONIC = 1 };
enum { HOST_TRAP_MEMORY = 1, HOST_TRAP_INTERNAL = 2 };

HOST_IMPORT(try) int host_try(void (*fun)(void *), void *arg);
HOST_IMPORT(throw) _Noreturn void host_throw(void);
HOST_IMPORT(event) int32_t host_event(int kind, const void *ptr, size_t len);
// The same, of a payload that lies in pieces.
typedef struct _host_piece_t {
    const void *ptr;
    size_t len;
} host_piece_t;
HOST_IMPORT(gather) int32_t host_gather(int kind, const host_piece_t *pieces, size_t count);

HOST_IMPORT(read) void host_read(void *ptr, size_t len);
HOST_IMPORT(clock) int64_t host_clock(int kind);
HOST_IMPORT(trap) _Noreturn void host_trap(int code);

// Sends a message as an event; returns what `event` does.
struct _cbor_writer_t;
int32_t host_send(int kind, const struct _cbor_writer_t *message);

// Sends an event and returns the host's reply, decoded; raises the exception that an error reply names.
mp_obj_t host_ask(int kind, const void *ptr, size_t len);
mp_obj_t host_call(const struct _cbor_writer_t *message);

// Random bytes of the host's, at most HOST_ENTROPY_MOST of them. Allocates nothing and raises nothing; false when the
// host has none.
#define HOST_ENTROPY_MOST 16
bool host_entropy(byte *to, size_t len);

// Reads the `len` bytes of the pending request or reply and decodes them.
mp_obj_t host_receive(size_t len);

#endif
