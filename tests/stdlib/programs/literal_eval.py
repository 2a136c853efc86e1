from ast import literal_eval

for s in ("1", "-2.5", "'a'", "[1, 2, (3,)]", "{'a': [None, True], 'b': {1}}", "b'x' b'y'", "1+2j", "()", "(1)", "0x1F",
          "1_000", "set()", "{}", "[]", "r'\\n'", "1,2", " {'x' : 1 ,}", "...", "-0", "+3", "a", "f(1)", "[1", "'a",
          "__import__('os')", "", "2**3", "'a'+'b'", "[x for x in y]", "lambda: 1", "01", "1 2"):
    try:
        print(repr(s), repr(literal_eval(s)))
    except (ValueError, SyntaxError) as e:
        print(repr(s), type(e).__name__)
