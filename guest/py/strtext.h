// What the files of the text types share: str (objstr.c, strmethods.c, strformat.c, strmodulo.c), bytes and bytearray
// (bytesmethods.c), and encodings between them (codecs.c).
#ifndef HERMETIC_GUEST_PY_STRTEXT_H
#define HERMETIC_GUEST_PY_STRTEXT_H

#include "py/objstr.h"
#include "py/unidata.h"

// The str that an object is or, in an instance of a subclass, holds; MP_OBJ_NULL for others.
mp_obj_t str_native(mp_obj_t obj);

// The same, raising TypeError `"%s must be str, not T"` with the given start.
mp_obj_t str_expect(mp_obj_t obj, const char *what);

// New text from bytes that are known to be valid.
mp_obj_t str_new(const byte *s, size_t len);

// A new str or bytes of `len` > 1 bytes, which are to be written to *data before anybody sees it.
mp_obj_t str_unfilled(const mp_obj_type_t *type, size_t len, byte **data);

mp_obj_t str_from_char(unichar c);
mp_obj_t str_finish(vstr_t *vstr);

// Number of characters, and byte offset of the character at `index` (0 <= index <= count). Constant time in the long
// run for text that is read by index in order, and for ASCII.
size_t str_count(const byte *s, size_t len);
size_t str_offset(const byte *s, size_t len, size_t index);
void str_index_forget(void);

// str(x) or repr(x) as a str.
mp_obj_t str_of(mp_obj_t obj, mp_print_kind_t kind);

// repr(x) with \x, \u and \U for all that is not ASCII.
mp_obj_t str_ascii(mp_obj_t obj);

// The result of a special method that an instance's class defines, called with `n` arguments; MP_OBJ_NULL without it.
mp_obj_t call_special(mp_obj_t obj, qstr name, size_t n, const mp_obj_t *args);

// The native object of a built-in type that an instance of a subclass holds; otherwise the object itself.
mp_obj_t native_value(mp_obj_t obj);

// format(obj, spec), str.format() and the operator %.
mp_obj_t format_object(mp_obj_t obj, mp_obj_t spec);
mp_obj_t str_modulo(mp_obj_t pattern, mp_obj_t args);

// Encodings by name; `errors` is the error handler's name, NULL for strict.
mp_obj_t codec_encode(mp_obj_t str, const char *encoding, const char *errors);
mp_obj_t codec_decode(const byte *s, size_t len, const char *encoding, const char *errors);

extern const mp_obj_dict_t str_locals_dict;
extern const mp_obj_dict_t bytes_locals_dict;

// Splits an argument's text into the words that it has between white space, for namedtuple's field names.
mp_obj_t str_split_words(mp_obj_t str);

#endif
