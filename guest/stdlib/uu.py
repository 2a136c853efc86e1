"""uuencoded files."""

import binascii

__all__ = ["Error", "encode", "decode"]


class Error(Exception):
    pass


def encode(in_file, out_file, name=None, mode=None, *, backtick=False):
    head = "begin %o %s\n" % ((0o666 if mode is None else mode) & 0o777, name or "-")
    out_file.write(head.encode("ascii"))
    data = in_file.read(45)
    while data:
        out_file.write(binascii.b2a_uu(data, backtick=backtick))
        data = in_file.read(45)
    out_file.write(b"`\nend\n" if backtick else b" \nend\n")


def decode(in_file, out_file=None, mode=None, quiet=False):
    while True:
        line = in_file.readline()
        if not line:
            raise Error("No valid begin line found in input file")
        if line.startswith(b"begin ") and len(line.split(b" ", 2)) == 3:
            break
    line = in_file.readline()
    while line and line.strip(b" \t\r\n\f") != b"end":
        out_file.write(binascii.a2b_uu(line))
        line = in_file.readline()
    if not line:
        raise Error("Truncated input file")
