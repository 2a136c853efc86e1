# tokenize: every kind of token, untokenize, encodings, errors.
import io
import token
import tokenize

source = '''# a comment
def f(a, b=1_0, *c):  # more
    """doc
    string"""
    if a <= b != 0x1F and .5e-3j:
\treturn rb'x\\'y', f"{a}" 'z' \\
            + u"w"

    x @= y // z ** 2 << 3 ; l = lambda: ...
    ete = (1,
       2, # inside

       [3])
class C: pass
'''
for t in tokenize.generate_tokens(io.StringIO(source).readline):
    print(tokenize.tok_name[t.type], token.tok_name[t.exact_type], repr(t.string), t.start, t.end, repr(t.line))
tokens = list(tokenize.tokenize(io.BytesIO(source.encode()).readline))
print(tokens[0], tokens[-1])
print(tokenize.untokenize(tokens).decode() == source)
print(tokenize.untokenize([t[:2] for t in tokenize.generate_tokens(io.StringIO("def f(x):\n    return x+1\n").readline)]))
for text in (b"# coding: latin-1\nx = '\xe9'\n", b"\xef\xbb\xbfx = 1\n", b"#!/x\n# -*- coding: utf-8 -*-\n", b"x"):
    print(tokenize.detect_encoding(io.BytesIO(text).readline))
for text in ("x = (1,\n", "'''abc\n", "if x:\n        y\n    z\n", "x = $ ?\n", "'abc\n", "a\\\nb", "x = 1  # no newline"):
    try:
        print([(t.type, t.string) for t in tokenize.generate_tokens(io.StringIO(text).readline)])
    except (tokenize.TokenError, IndentationError) as e:
        print(type(e).__name__, e.args)
