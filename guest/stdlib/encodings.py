# Names of encodings; the encodings are in codecs.

aliases = None


class CodecRegistryError(LookupError, SystemError):
    pass


def normalize_encoding(encoding):
    """Runs of characters other than letters, digits and dots become one underscore."""
    if isinstance(encoding, bytes):
        encoding = str(encoding, "ascii")
    out = []
    for c in encoding:
        if c.isascii() and (c.isalnum() or c == "."):
            out.append(c)
        elif out and out[-1] != "_":
            out.append("_")
    return "".join(out).rstrip("_")


def search_function(encoding):
    from codecs import lookup
    try:
        return lookup(encoding)
    except LookupError:
        return None
