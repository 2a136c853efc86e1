# f-strings: conversions, specifications, nesting, adjacent literals.
name, width, value = "Ann", 10, 3.14159
print(f"{name}", f"{name!r}", f"{name!s:>5}|", f"{value:.2f}", f"{value:{width}.{2}f}|", f"{value:>{width}}|")
print(f"{name=}", f"{name = }", f"{value=:.3f}", f"{name=!s}", f"{1 + 2=}")
print(f"{{literal}} {{{name}}}", f"a{'b' + 'c'}d", f'{"x"}')
print(f"{ {'a': 1}['a'] }", f"{[i for i in range(3)]}", f"{(lambda x: x * 2)(4)}")
print(f"{name.upper():*^9}", f"{len(name)}" f"{width}" "plain {not}" rf"\n{name}")
print("plain " f"{name}" ' more {} ' f'{width:04d}', "100%" f"{width}%")
print(f"""multi
{name}
  {value:.1f} end""")
print(f"{'a' if width > 5 else 'b'}", f"{width!r:>4}", f"{width:d}{width:x}{width:#b}")
print(f"{name[0]}{name[-1]}", f"{width == 10}", f"{width != 10}", f"{width >= 10}")
print(f"{1,2}", f"{'nested ' + f'{name} ' + f'{1 + 1}'}")


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __format__(self, spec):
        return f"<{spec or 'none'}>({self.x}, {self.y})"

    def __repr__(self):
        return f"Point({self.x!r}, {self.y!r})"


p = Point(1, 2)
print(f"{p}", f"{p:abc}", f"{p!r}", f"{p!s:>15}", f"{p.x + p.y}")
print(f"{'é'}{'日本'} é {name}", f"\x41\u00e9")
print(f"{''}", f"", f"{0}", f"{None} {True}")
d = {"key": {"inner": [1, 2, 3]}}
print(f"{d['key']['inner'][1]}")
print(f"\t{name}\\ \"quoted\" {'it''s'}", f'{name!r}\'')
for row in [("a", 1), ("bb", 22)]:
    print(f"{row[0]:<{width}}|{row[1]:>{width // 2}}|")
x = 5
print(f"{x:=+5}|", f"{(y := x + 1)} {y}")
print(f'{x:{"<" if x > 3 else ">"}{width}}|')
print(f"{x!r:^{width}}|{x:0{4}}|")
