# binascii: every function, lenient and strict base64, errors.
import binascii

data = bytes(range(256))
print(binascii.hexlify(data), binascii.b2a_hex(b""), binascii.hexlify(b"\x01\xab", "-"), binascii.hexlify(b"abcdefg", b":", 2), binascii.hexlify(b"abcdefg", ".", -3))
print(binascii.hexlify(bytearray(b"ab"), sep=" ", bytes_per_sep=1), binascii.unhexlify("00fFaB"), binascii.a2b_hex(b"6162"), binascii.unhexlify(b""))
for n in range(8):
    encoded = binascii.b2a_base64(data[200:200 + n], newline=False)
    print(encoded, binascii.a2b_base64(encoded) == data[200:200 + n], binascii.b2a_base64(data[:n]))
print(binascii.a2b_base64("YW Jj\nZA=="), binascii.a2b_base64(b"YWJj!!ZGVm"), binascii.a2b_base64(b"YQ==YQ=="), binascii.a2b_base64(b"YQ=="), binascii.a2b_base64(b"=YWJj"))
print(binascii.crc32(b"hello"), binascii.crc32(b"lo", binascii.crc32(b"hel")), binascii.crc_hqx(b"hello", 0), binascii.crc_hqx(b"hello", 0xffff))
print(binascii.b2a_uu(b"hello world"), binascii.a2b_uu(b"+:&5L;&\\@=V]R;&0\n"), binascii.b2a_uu(b""), binascii.b2a_uu(b"\0\0", backtick=True))
print(binascii.a2b_qp(b"a=3Db=\nc=20=E9_d"), binascii.a2b_qp(b"a_b", header=True), binascii.b2a_qp(b"a=b\xe9\tc \n.x\n"), binascii.b2a_qp(b"x" * 100), binascii.b2a_qp(b"a b_c", header=True))
for f in (lambda: binascii.unhexlify("abc"), lambda: binascii.unhexlify("zz"), lambda: binascii.a2b_base64("YQ"), lambda: binascii.a2b_base64("Y"), lambda: binascii.a2b_base64("YWJjZ"),
          lambda: binascii.a2b_base64("\u00e9"), lambda: binascii.a2b_base64("=YQ==", strict_mode=True), lambda: binascii.a2b_base64("YQ==x", strict_mode=True),
          lambda: binascii.a2b_base64("Y!Q==", strict_mode=True), lambda: binascii.a2b_base64("YQ=a=", strict_mode=True), lambda: binascii.hexlify("text"),
          lambda: binascii.hexlify(b"ab", "--"), lambda: binascii.b2a_uu(b"x" * 46), lambda: binascii.a2b_base64(5)):
    try:
        print(f())
    except (binascii.Error, ValueError, TypeError) as e:
        print(type(e).__name__, e)
