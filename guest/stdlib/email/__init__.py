"""Mail messages: read from text, built, and written. message.py has most of it."""

__all__ = ["message_from_string", "message_from_bytes", "message_from_file", "message_from_binary_file"]


def message_from_string(s, *args, **kwargs):
    from .parser import Parser
    return Parser(*args, **kwargs).parsestr(s)


def message_from_bytes(s, *args, **kwargs):
    from .parser import BytesParser
    return BytesParser(*args, **kwargs).parsebytes(s)


def message_from_file(fp, *args, **kwargs):
    return message_from_string(fp.read(), *args, **kwargs)


def message_from_binary_file(fp, *args, **kwargs):
    return message_from_bytes(fp.read(), *args, **kwargs)
