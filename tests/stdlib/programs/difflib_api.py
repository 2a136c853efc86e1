import difflib

a = "one\ntwo\nthree\nfour\n".splitlines(True)
b = "one\nzwei\nthree\nfourth\nfive\n".splitlines(True)
print("".join(difflib.unified_diff(a, b, "a", "b")), end="")
print("".join(difflib.context_diff(a, b, "a", "b", n=1)), end="")
print("".join(difflib.ndiff(a, b)), end="")
s = difflib.SequenceMatcher(None, "private Thread currentThread;", "private volatile Thread currentThread;")
print(round(s.ratio(), 3), s.quick_ratio() >= s.ratio(), [tuple(m) for m in s.get_matching_blocks()], s.get_opcodes())
print(difflib.get_close_matches("appel", ["ape", "apple", "peach", "puppy"]), list(difflib.restore(difflib.ndiff(a, b), 2)) == b)
