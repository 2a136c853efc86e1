import shlex

for text in ("a b  c", "it's' a'", '"x y" z', r"a\ b \"c\"", "x'y'z", '"a\\"b"', "a # c", "", "''"):
    try:
        print(shlex.split(text))
    except ValueError as e:
        print("ValueError", e)
print(shlex.split("a # b", comments=True), shlex.join(["a b", "c", "it's", ""]), shlex.quote("x;y"))
print(list(shlex.shlex("a && b || c; d", punctuation_chars=True)), list(shlex.shlex("a.b 'c d' e=1")))
