// Tracebacks as CPython prints them, and their parts as data.

#include <string.h>

#include "py/objlist.h"
#include "py/objstr.h"
#include "py/runtime.h"
#include "cbor.h"
#include "traceback.h"
#include "utf8.h"

// Sources kept, and how many bytes of them at most, so that a long session does not grow by its own text.
#define SOURCES 16
#define SOURCE_BYTES (64 * 1024)

// CPython prints that many equal frames before it counts the others.
#define REPEATED 3

// [file, source, file, source, ...], oldest first.
MP_REGISTER_ROOT_POINTER(mp_obj_t hermetic_sources);

typedef struct _frame_t {
    qstr file;
    size_t line;
    qstr function; // MP_QSTRnull for a syntax error: its line was not running
    const char *text; // of the source line, without indentation; NULL when it is not known
    size_t text_len;
} frame_t;

static size_t source_len(mp_obj_t source) {
    size_t len;
    mp_obj_str_get_data(source, &len);
    return len;
}

void traceback_remember(qstr file, mp_obj_t source) {
    mp_obj_t old = MP_STATE_VM(hermetic_sources);
    mp_obj_t kept = mp_obj_new_list(0, NULL);
    if (old != MP_OBJ_NULL) {
        size_t len;
        mp_obj_t *items;
        mp_obj_list_get(old, &len, &items);
        size_t budget = SOURCE_BYTES - MIN(SOURCE_BYTES, source_len(source));
        size_t first = len;
        while (first > 0 && len - first < 2 * (SOURCES - 1) && source_len(items[first - 1]) <= budget) {
            budget -= source_len(items[first - 1]);
            first -= 2;
        }
        for (size_t i = first; i < len; i += 2) {
            if (items[i] != MP_OBJ_NEW_QSTR(file)) {
                mp_obj_list_append(kept, items[i]);
                mp_obj_list_append(kept, items[i + 1]);
            }
        }
    }
    mp_obj_list_append(kept, MP_OBJ_NEW_QSTR(file));
    mp_obj_list_append(kept, source);
    MP_STATE_VM(hermetic_sources) = kept;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\f' || c == '\r';
}

static void find_source_line(frame_t *frame) {
    frame->text = NULL;
    frame->text_len = 0;
    if (MP_STATE_VM(hermetic_sources) == MP_OBJ_NULL) {
        return;
    }
    size_t n;
    mp_obj_t *items;
    mp_obj_list_get(MP_STATE_VM(hermetic_sources), &n, &items);
    for (size_t i = 0; i < n; i += 2) {
        if (items[i] != MP_OBJ_NEW_QSTR(frame->file)) {
            continue;
        }
        size_t len;
        const char *text = mp_obj_str_get_data(items[i + 1], &len);
        const char *end = text + len;
        for (size_t line = 1; line < frame->line && text < end; line++) {
            const char *newline = memchr(text, '\n', end - text);
            text = newline ? newline + 1 : end;
        }
        const char *newline = memchr(text, '\n', end - text);
        end = newline ? newline : end;
        while (text < end && is_blank(*text)) {
            text++;
        }
        while (text < end && is_blank(end[-1])) {
            end--;
        }
        if (text < end && utf8_valid_prefix((const byte *)text, end - text) == (size_t)(end - text)) {
            frame->text = text;
            frame->text_len = end - text;
        }
    }
}

// The i-th frame, the outermost first.
static frame_t get_frame(const size_t *values, size_t count, size_t i) {
    const size_t *entry = values + 3 * (count - 1 - i);
    frame_t frame = { .file = entry[0], .line = entry[1], .function = entry[2] };
    find_source_line(&frame);
    return frame;
}

static bool same_frame(const size_t *values, size_t count, size_t i, size_t j) {
    return memcmp(values + 3 * (count - 1 - i), values + 3 * (count - 1 - j), 3 * sizeof(size_t)) == 0;
}

static void print_frames(const mp_print_t *print, const size_t *values, size_t count) {
    bool header = false;
    for (size_t i = 0; i < count; i++) {
        size_t repeated = 1;
        while (i + repeated < count && same_frame(values, count, i, i + repeated)) {
            repeated++;
        }
        frame_t frame = get_frame(values, count, i);
        if (frame.function != MP_QSTRnull && !header) {
            mp_print_str(print, "Traceback (most recent call last):\n");
            header = true;
        }
        for (size_t k = 0; k < MIN(repeated, REPEATED); k++) {
            mp_printf(print, "  File \"%q\", line %u", frame.file, (unsigned)frame.line);
            if (frame.function != MP_QSTRnull) {
                mp_printf(print, ", in %q", frame.function);
            }
            mp_print_str(print, "\n");
            if (frame.text) {
                mp_printf(print, "    %.*s\n", (int)frame.text_len, frame.text);
            }
        }
        if (repeated > REPEATED) {
            mp_printf(print, "  [Previous line repeated %u more time%s]\n", (unsigned)(repeated - REPEATED),
                repeated - REPEATED == 1 ? "" : "s");
        }
        i += repeated - 1;
    }
}

static void str_run(void *exception_and_text) {
    mp_obj_t *args = exception_and_text;
    args[1] = mp_call_function_1(MP_OBJ_FROM_PTR(&mp_type_str), args[0]);
}

// str(exception), which may be code of the program's own.
static mp_obj_t message_of(mp_obj_t exception) {
    mp_obj_t args[2] = { exception, MP_OBJ_NULL };
    if (nlr_try(str_run, args) || !mp_obj_is_str(args[1])) {
        return mp_obj_new_str_from_cstr("<exception str() failed>");
    }
    size_t len;
    const char *text = mp_obj_str_get_data(args[1], &len);
    size_t valid = utf8_valid_prefix((const byte *)text, len);
    return valid == len ? args[1] : mp_obj_new_str(text, valid);
}

// What sys.exit() was called with, as a process's exit status.
static int64_t exit_status(mp_obj_t exception) {
    mp_obj_t value = mp_obj_exception_get_value(exception);
    if (value == mp_const_none) {
        return 0;
    }
    return mp_obj_is_small_int(value) ? MP_OBJ_SMALL_INT_VALUE(value) : 1;
}

static void add_key(cbor_writer_t *out, const char *key) {
    cbor_write_text(out, key, strlen(key));
}

static void add_qstr(cbor_writer_t *out, qstr q) {
    cbor_write_text(out, qstr_str(q), qstr_len(q));
}

void traceback_report(cbor_writer_t *out, mp_obj_t exception) {
    const mp_obj_type_t *type = mp_obj_get_type(exception);
    bool is_exit = mp_obj_is_subclass_fast(MP_OBJ_FROM_PTR(type), MP_OBJ_FROM_PTR(&mp_type_SystemExit));
    mp_obj_t message = message_of(exception);
    size_t count, *values;
    mp_obj_exception_get_traceback(exception, &count, &values);
    count /= 3;

    vstr_t text;
    mp_print_t print;
    vstr_init_print(&text, 128, &print);
    print_frames(&print, values, count);
    size_t message_len;
    const char *message_text = mp_obj_str_get_data(message, &message_len);
    mp_printf(&print, "%q%s", type->name, message_len ? ": " : "");
    mp_print_strn(&print, message_text, message_len, 0, 0, 0);
    mp_print_str(&print, "\n");

    cbor_write_map(out, is_exit ? 5 : 4);
    add_key(out, "type");
    add_qstr(out, type->name);
    add_key(out, "message");
    cbor_write_text(out, message_text, message_len);
    add_key(out, "traceback");
    cbor_write_text(out, text.buf, text.len);
    add_key(out, "frames");
    cbor_write_array(out, count);
    for (size_t i = 0; i < count; i++) {
        frame_t frame = get_frame(values, count, i);
        cbor_write_array(out, 4);
        add_qstr(out, frame.file);
        cbor_write_int(out, frame.line);
        add_qstr(out, frame.function);
        cbor_write_text(out, frame.text ? frame.text : "", frame.text_len);
    }
    if (is_exit) {
        add_key(out, "exit");
        cbor_write_int(out, exit_status(exception));
    }
}
