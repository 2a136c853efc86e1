// Tracebacks as CPython prints them, and their parts as data.

#include <string.h>

#include "py/cstack.h"
#include "py/objlist.h"
#include "py/objstr.h"
#include "py/objtype.h"
#include "py/runtime.h"
#include "cbor.h"
#include "exception.h"
#include "function.h"
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
    if (MP_STATE_VM(hermetic_sources) == MP_OBJ_NULL) {
        MP_STATE_VM(hermetic_sources) = mp_obj_new_list(0, NULL);
    }
    mp_obj_list_t *sources = MP_OBJ_TO_PTR(MP_STATE_VM(hermetic_sources));
    mp_obj_t *items = sources->items;
    size_t budget = SOURCE_BYTES - MIN(SOURCE_BYTES, source_len(source));
    size_t first = sources->len, kept = 0;
    while (first > 0 && sources->len - first < 2 * (SOURCES - 1) && source_len(items[first - 1]) <= budget) {
        budget -= source_len(items[first - 1]);
        first -= 2;
    }
    for (size_t i = first; i < sources->len; i += 2) {
        if (items[i] != MP_OBJ_NEW_QSTR(file)) {
            items[kept++] = items[i];
            items[kept++] = items[i + 1];
        }
    }
    for (size_t i = kept; i < sources->len; i++) {
        items[i] = MP_OBJ_NULL; // which a collection would follow
    }
    sources->len = kept;
    mp_obj_list_append(MP_STATE_VM(hermetic_sources), MP_OBJ_NEW_QSTR(file));
    mp_obj_list_append(MP_STATE_VM(hermetic_sources), source);
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

// How deep what an exception came from, and groups in groups, are shown.
#define CHAIN_MAX 100
#define GROUP_DEPTH 10
#define GROUP_WIDTH 15

typedef struct _printer_t {
    const mp_print_t *print;
    unsigned indent; // levels of groups around
    unsigned chained;
} printer_t;

// Each line of a group's parts begins with a margin.
static void margin(printer_t *printer) {
    for (unsigned i = 0; i < printer->indent; i++) {
        mp_print_str(printer->print, "  ");
    }
    if (printer->indent) {
        mp_print_str(printer->print, "| ");
    }
}

static void print_lines(printer_t *printer, const char *text, size_t len) {
    for (size_t start = 0; start < len || len == 0;) {
        const char *newline = memchr(text + start, '\n', len - start);
        size_t n = newline ? (size_t)(newline - text) - start : len - start;
        margin(printer);
        mp_print_strn(printer->print, text + start, n, 0, 0, 0);
        mp_print_str(printer->print, "\n");
        start += n + 1;
        if (len == 0) {
            break;
        }
    }
}

static void print_frames(printer_t *printer, const size_t *values, size_t count, bool group) {
    const mp_print_t *print = printer->print;
    bool header = false;
    for (size_t i = 0; i < count; i++) {
        size_t repeated = 1;
        while (i + repeated < count && same_frame(values, count, i, i + repeated)) {
            repeated++;
        }
        frame_t frame = get_frame(values, count, i);
        if (frame.function != MP_QSTRnull) {
            if (!header) {
                header = true;
                if (group && printer->indent == 0) {
                    mp_print_str(print, "  + Exception Group Traceback (most recent call last):\n");
                    printer->indent = 1;
                } else {
                    margin(printer);
                    mp_print_str(print, group ? "Exception Group Traceback (most recent call last):\n"
                        : "Traceback (most recent call last):\n");
                }
            }
            for (size_t k = 0; k < MIN(repeated, REPEATED); k++) {
                margin(printer);
                mp_printf(print, "  File \"%q\", line %u, in %q\n", frame.file, (unsigned)frame.line, qualname_tail(frame.function));
                if (frame.text) {
                    margin(printer);
                    mp_printf(print, "    %.*s\n", (int)frame.text_len, frame.text);
                }
            }
        }
        if (repeated > REPEATED) {
            margin(printer);
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

// The module that a class says it is from, unless that goes without saying.
static void print_type(const mp_print_t *print, const mp_obj_type_t *type) {
    mp_obj_t name = MP_OBJ_NEW_QSTR(type->name);
    if (mp_obj_is_instance_type(type)) {
        mp_map_t *map = &MP_OBJ_TYPE_GET_SLOT(type, locals_dict)->map;
        mp_map_elem_t *elem = mp_map_lookup(map, MP_OBJ_NEW_QSTR(MP_QSTR___module__), MP_MAP_LOOKUP);
        if (elem != NULL && mp_obj_is_str(elem->value) && elem->value != MP_OBJ_NEW_QSTR(MP_QSTR___main__)
            && elem->value != MP_OBJ_NEW_QSTR(MP_QSTR_builtins)) {
            mp_printf(print, "%s.", mp_obj_str_get_str(elem->value));
        }
        elem = mp_map_lookup(map, MP_OBJ_NEW_QSTR(MP_QSTR___qualname__), MP_MAP_LOOKUP);
        if (elem != NULL && mp_obj_is_str(elem->value)) {
            name = elem->value;
        }
    }
    mp_obj_print_helper(print, name, PRINT_STR);
}

static size_t int_or(mp_obj_t value, size_t otherwise) {
    return value != MP_OBJ_NULL && mp_obj_is_small_int(value) && MP_OBJ_SMALL_INT_VALUE(value) > 0
           ? (size_t)MP_OBJ_SMALL_INT_VALUE(value) : otherwise;
}

// File, line, text and a caret. The message is without the place then.
static mp_obj_t print_syntax_error(printer_t *printer, mp_obj_t exception, mp_obj_t message) {
    mp_obj_exception_t *exc = mp_obj_exception_get_native(exception);
    mp_obj_t line = exception_get(exc, MP_QSTR_lineno), file = exception_get(exc, MP_QSTR_filename);
    if (int_or(line, 0) == 0) {
        return message;
    }
    const mp_print_t *print = printer->print;
    margin(printer);
    mp_printf(print, "  File \"%s\", line %u\n", mp_obj_is_str(file) ? mp_obj_str_get_str(file) : "<string>", (unsigned)int_or(line, 1));
    mp_obj_t text_in = exception_get(exc, MP_QSTR_text);
    if (mp_obj_is_str(file) && (text_in == MP_OBJ_NULL || !mp_obj_is_str(text_in))) {
        frame_t frame = { .file = mp_obj_str_get_qstr(file), .line = int_or(line, 1) };
        find_source_line(&frame);
        text_in = frame.text ? mp_obj_new_str(frame.text, frame.text_len) : MP_OBJ_NULL;
    }
    if (text_in != MP_OBJ_NULL && mp_obj_is_str(text_in)) {
        size_t len, skipped = 0;
        const char *text = mp_obj_str_get_data(text_in, &len);
        while (len > 0 && (is_blank(text[len - 1]) || text[len - 1] == '\n')) {
            len--;
        }
        while (skipped < len && is_blank(text[skipped])) {
            skipped++;
        }
        margin(printer);
        mp_printf(print, "    %.*s\n", (int)(len - skipped), text + skipped);
        size_t offset = int_or(exception_get(exc, MP_QSTR_offset), 0);
        if (offset > skipped) {
            margin(printer);
            for (size_t i = 0; i < 4 + offset - 1 - skipped && i < 200; i++) {
                mp_print_str(print, " ");
            }
            mp_print_str(print, "^\n");
        }
    }
    mp_obj_t msg = exception_get(exc, MP_QSTR_msg);
    return msg != MP_OBJ_NULL && mp_obj_is_str(msg) ? msg : message;
}

static void print_type_and_message(printer_t *printer, mp_obj_t exception) {
    mp_obj_exception_t *exc = mp_obj_exception_get_native(exception);
    mp_obj_t message = message_of(exception);
    if (mp_obj_exception_match(exception, MP_OBJ_FROM_PTR(&mp_type_SyntaxError))) {
        message = print_syntax_error(printer, exception, message);
    }
    vstr_t text;
    mp_print_t print;
    vstr_init_print(&text, 64, &print);
    print_type(&print, mp_obj_get_type(exception));
    size_t len;
    const char *data = mp_obj_str_get_data(message, &len);
    if (len) {
        mp_print_str(&print, ": ");
        mp_print_strn(&print, data, len, 0, 0, 0);
    }
    print_lines(printer, text.buf, text.len);
    mp_obj_t notes = exception_get(exc, MP_QSTR___notes__);
    if (notes != MP_OBJ_NULL && mp_obj_is_type(notes, &mp_type_list)) {
        size_t n;
        mp_obj_t *items;
        mp_obj_list_get(notes, &n, &items);
        for (size_t i = 0; i < n; i++) {
            if (mp_obj_is_str(items[i])) {
                data = mp_obj_str_get_data(items[i], &len);
                print_lines(printer, data, len);
            }
        }
    }
}

static void print_exception(printer_t *printer, mp_obj_t exception, bool chain);

static void print_group(printer_t *printer, mp_obj_t exception) {
    const mp_print_t *print = printer->print;
    mp_obj_t exceptions = exception_get(mp_obj_exception_get_native(exception), MP_QSTR_exceptions);
    size_t n;
    mp_obj_t *items;
    mp_obj_get_array(exceptions, &n, &items);
    unsigned outer = printer->indent;
    if (outer > GROUP_DEPTH) {
        margin(printer);
        mp_printf(print, "... (max_group_depth is %u)\n", GROUP_DEPTH);
        return;
    }
    for (size_t i = 0; i < MIN(n, GROUP_WIDTH); i++) {
        for (unsigned k = 0; k < outer; k++) {
            mp_print_str(print, "  ");
        }
        mp_printf(print, "%s+---------------- %u ----------------\n", i == 0 ? "+-" : "  ", (unsigned)i + 1);
        printer->indent = outer + 1;
        print_exception(printer, items[i], true);
        printer->indent = outer;
    }
    for (unsigned k = 0; k < outer + 1; k++) {
        mp_print_str(print, "  ");
    }
    mp_print_str(print, "+------------------------------------\n");
}

// The exception, after what it came from. Lines of a group are indented.
static void print_exception(printer_t *printer, mp_obj_t exception, bool chain) {
    mp_cstack_check();
    mp_obj_exception_t *exc = mp_obj_exception_get_native(exception);
    if (chain && printer->chained < CHAIN_MAX) {
        mp_obj_t from = exc->cause != MP_OBJ_NULL ? exc->cause : exc->suppress_context ? MP_OBJ_NULL : exc->context;
        if (from != MP_OBJ_NULL) {
            printer->chained++;
            print_exception(printer, from, true);
            margin(printer);
            mp_print_str(printer->print, "\n");
            margin(printer);
            mp_print_str(printer->print, from == exc->cause
                ? "The above exception was the direct cause of the following exception:\n"
                : "During handling of the above exception, another exception occurred:\n");
            margin(printer);
            mp_print_str(printer->print, "\n");
        }
    }
    unsigned outer = printer->indent;
    size_t count, *values;
    mp_obj_exception_get_traceback(exception, &count, &values);
    bool group = exception_is_group(exc);
    print_frames(printer, values, count / 3, group);
    if (group && printer->indent == 0) {
        printer->indent = 1;
    }
    print_type_and_message(printer, exception);
    if (group) {
        print_group(printer, exception);
    }
    printer->indent = outer;
}

void traceback_print(const mp_print_t *print, mp_obj_t exception, bool chain) {
    printer_t printer = { print, 0, 0 };
    print_exception(&printer, exception, chain);
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
    traceback_print(&print, exception, true);
    size_t message_len;
    const char *message_text = mp_obj_str_get_data(message, &message_len);

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
        add_qstr(out, frame.function == MP_QSTRnull ? MP_QSTRnull : qualname_tail(frame.function));
        cbor_write_text(out, frame.text ? frame.text : "", frame.text_len);
    }
    if (is_exit) {
        add_key(out, "exit");
        cbor_write_int(out, exit_status(exception));
    }
}

// ---- the _traceback module: for traceback and linecache ----

// format(exception, chain) -> str
static mp_obj_t module_format(mp_obj_t exception, mp_obj_t chain) {
    if (!mp_obj_is_exception_instance(exception)) {
        mp_raise_TypeError(MP_ERROR_TEXT("an exception is required"));
    }
    vstr_t text;
    mp_print_t print;
    vstr_init_print(&text, 128, &print);
    traceback_print(&print, exception, mp_obj_is_true(chain));
    return mp_obj_new_str_from_vstr(&text);
}
static MP_DEFINE_CONST_FUN_OBJ_2(module_format_obj, module_format);

// line(file, number) -> str without indentation, or None
static mp_obj_t module_line(mp_obj_t file, mp_obj_t number) {
    frame_t frame = { .file = mp_obj_str_get_qstr(file), .line = mp_obj_get_int(number) };
    find_source_line(&frame);
    return frame.text ? mp_obj_new_str(frame.text, frame.text_len) : mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(module_line_obj, module_line);

// source(file) -> the text that was compiled under that name, or None
static mp_obj_t module_source(mp_obj_t file) {
    mp_obj_t kept = MP_STATE_VM(hermetic_sources);
    if (kept != MP_OBJ_NULL) {
        size_t n;
        mp_obj_t *items;
        mp_obj_list_get(kept, &n, &items);
        for (size_t i = 0; i < n; i += 2) {
            if (mp_obj_equal(items[i], file)) {
                size_t len;
                const char *text = mp_obj_str_get_data(items[i + 1], &len);
                return mp_obj_new_str(text, utf8_valid_prefix((const byte *)text, len));
            }
        }
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_1(module_source_obj, module_source);

static const mp_rom_map_elem_t module_globals_table[] = {
    { MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__traceback) },
    { MP_ROM_QSTR(MP_QSTR_format), MP_ROM_PTR(&module_format_obj) },
    { MP_ROM_QSTR(MP_QSTR_line), MP_ROM_PTR(&module_line_obj) },
    { MP_ROM_QSTR(MP_QSTR_source), MP_ROM_PTR(&module_source_obj) },
};
static MP_DEFINE_CONST_DICT(module_globals, module_globals_table);

const mp_obj_module_t hermetic_module_traceback = {
    .base = { &mp_type_module },
    .globals = (mp_obj_dict_t *)&module_globals,
};
MP_REGISTER_MODULE(MP_QSTR__traceback, hermetic_module_traceback);
