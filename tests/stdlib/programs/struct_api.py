# struct: every format in every byte order, alignment, ranges, errors.
import struct

VALUES = {"b": [0, -1, 127, -128], "B": [0, 255], "h": [-2, 32767], "H": [65535], "i": [-3, 2**31 - 1], "I": [2**32 - 1], "l": [-4, 5], "L": [2**32 - 1],
          "q": [-2**63, 2**63 - 1, -5], "Q": [2**64 - 1, 2**63], "f": [1.5, -0.0, 1e-40, float("inf")], "d": [0.1, -1e300, 5e-324],
          "e": [1.0, -2.5, 65504.0, 6e-8, 1e-5, 0.0, float("-inf"), 0.333], "?": [True, False, 5, ""], "c": [b"x"], "n": [-7], "N": [7], "P": [9]}
for order in ("", "@", "=", "<", ">", "!"):
    for code, values in VALUES.items():
        if code in "nNP" and order not in ("", "@"):
            continue
        for value in values:
            packed = struct.pack(order + code, value)
            print(order + code, packed.hex(), struct.unpack(order + code, packed) == (value,) or code in "fe?", struct.calcsize(order + code), end=" ")
    print()
print(struct.pack("bhiq", 1, 2, 3, 4).hex(), struct.calcsize("bhiqb"), struct.calcsize("<bhiqb"), struct.calcsize("cxi"), struct.calcsize("ci0q"), struct.calcsize("0s"))
print(struct.pack("5s3p10p", b"ab", b"xyz", b"hello"), struct.unpack("5s3p10p", struct.pack("5s3p10p", b"abcdefg", b"xyz", b"hello")), struct.pack("0s", b"a"))
print(struct.pack("<2h3xB", 1, -1, 255), struct.unpack("<2h3xB", bytes(range(8))), struct.unpack("<3c", b"abc"), struct.pack(" < i".replace(" <", "<"), 1))
print(struct.unpack(">I", b"\x80\0\0\0"), struct.unpack("<q", b"\xff" * 8), struct.unpack("<Q", b"\xff" * 8), struct.unpack("<d", struct.pack("<d", 3.14)))
s = struct.Struct("<IHb")
print(s.format, s.size, s.pack(1, 2, -3), s.unpack(b"\1\0\0\0\2\0\xfd"), list(s.iter_unpack(bytes(14))))
buffer = bytearray(10)
s.pack_into(buffer, 2, 7, 8, 9)
print(buffer, s.unpack_from(buffer, 2), s.unpack_from(buffer, offset=-8), struct.unpack_from("<H", buffer, 6), struct.unpack_from("B", memoryview(buffer)[2:]))
struct.pack_into(">H", buffer, -2, 0xabcd)
print(buffer, list(struct.iter_unpack(">H", b"abcdef")))


class Index:
    def __index__(self):
        return 300


print(struct.pack("<h", Index()), struct.pack("<d", 5), struct.pack("<i", True))
for f in (lambda: struct.pack("i", 2**31), lambda: struct.pack("<h", 40000), lambda: struct.pack("b", 200), lambda: struct.pack("B", -1), lambda: struct.pack("<H", -1),
          lambda: struct.pack("I", -1), lambda: struct.pack("<I", 2**32), lambda: struct.pack("q", 2**63), lambda: struct.pack("Q", -1), lambda: struct.pack("Q", 2**64),
          lambda: struct.pack("<f", 1e40), lambda: struct.pack("e", 1e6), lambda: struct.pack("i", "a"), lambda: struct.pack("i", 1.5), lambda: struct.pack("f", "a"),
          lambda: struct.pack("c", 5), lambda: struct.pack("c", b"ab"), lambda: struct.pack("s", 5), lambda: struct.pack("z", 1), lambda: struct.pack("5", 1),
          lambda: struct.pack("ii", 1), lambda: struct.pack("<n", 1), lambda: struct.pack("i", 2**70), lambda: struct.pack("3s", "abc"), lambda: struct.pack("=l", 2**31),
          lambda: struct.unpack("i", b"123"), lambda: struct.unpack_from("i", b"12345", 2), lambda: struct.unpack_from("i", b"12345", -9),
          lambda: struct.unpack_from("i", b"12345", -2), lambda: list(struct.iter_unpack("i", b"12345")), lambda: list(struct.iter_unpack("", b"12345")),
          lambda: struct.pack_into("i", bytearray(3), 0, 1), lambda: struct.pack_into("i", bytearray(6), 4, 1), lambda: struct.pack_into("i", bytearray(6), -9, 1),
          lambda: struct.pack_into("i", b"abcd", 0, 1), lambda: struct.pack_into("i", bytearray(6), -2, 1), lambda: struct.unpack("i", 5),
          lambda: struct.calcsize("99999999999999999999i")):
    try:
        print(f())
    except (struct.error, TypeError, OverflowError) as e:
        print(type(e).__name__, e)
