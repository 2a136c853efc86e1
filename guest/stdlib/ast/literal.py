"""literal_eval of text, without a syntax tree."""


class _Reader:
    # Reads a Python literal, and nothing else, so that hostile text can do nothing but fail.
    def __init__(self, text):
        self.text = text
        self.at = 0
        self.depth = 0

    def fail(self):
        raise ValueError("malformed node or string: %r" % self.text)

    def syntax(self):
        raise SyntaxError("invalid syntax")

    def space(self):
        text = self.text
        while self.at < len(text):
            c = text[self.at]
            if c == "#":
                while self.at < len(text) and text[self.at] != "\n":
                    self.at += 1
            elif c in " \t\f\r" or c == "\n" and self.depth or text[self.at:self.at + 2] == "\\\n":
                self.at += 2 if c == "\\" else 1
            else:
                break

    def peek(self):
        self.space()
        return self.text[self.at:self.at + 1]

    def take(self, c):
        if self.peek() != c:
            self.syntax()
        self.at += 1

    def items(self, close):
        found = []
        comma = True
        is_pairs = None
        while self.peek() != close:
            if not comma:
                self.syntax()
            value = self.value()
            if self.peek() == ":" and close == "}":
                self.at += 1
                value = (value, self.value())
                if is_pairs is False:
                    self.syntax()
                is_pairs = True
            else:
                if is_pairs:
                    self.syntax()
                is_pairs = False
            found.append(value)
            comma = self.peek() == ","
            if comma:
                self.at += 1
        self.at += 1
        return found, comma and bool(found), is_pairs

    def value(self):
        self.depth += 1
        if self.depth > 200:
            raise RecursionError("maximum recursion depth exceeded during compilation")
        left = self.term()
        while self.peek() in ("+", "-") and self.peek():
            sign = self.peek()
            self.at += 1
            right = self.term()
            if not isinstance(right, complex) or not isinstance(left, (int, float)) or isinstance(left, bool):
                self.fail()
            left = left + right if sign == "+" else left - right
        self.depth -= 1
        return left

    def term(self):
        c = self.peek()
        if c in ("+", "-") and c:
            self.at += 1
            value = self.term()
            if not isinstance(value, (int, float, complex)) or isinstance(value, bool):
                self.fail()
            return -value if c == "-" else +value
        if c == "(":
            self.at += 1
            found, comma, _ = self.items(")")
            return tuple(found) if comma or len(found) != 1 else found[0]
        if c == "[":
            self.at += 1
            return self.items("]")[0]
        if c == "{":
            self.at += 1
            found, _, pairs = self.items("}")
            return set(found) if pairs is False else dict(found)
        if c and (c in "\"'" or c.isalpha() or c == "_"):
            return self.word()
        if c.isdigit() or c == ".":
            return self.number()
        self.syntax()

    def number(self):
        text, start = self.text, self.at
        if text[start:start + 3] == "...":
            self.at += 3
            return ...
        while self.at < len(text) and (text[self.at].isalnum() or text[self.at] in "._" or text[self.at] in "+-" and
                                       text[self.at - 1] in "eE" and text[start:start + 2].lower() != "0x"):
            self.at += 1
        word = text[start:self.at]
        try:
            if word[-1:] in ("j", "J"):
                return complex(word)
            if word[:2].lower() in ("0x", "0o", "0b"):
                return int(word, 0)
            if word.replace("_", "").isdigit():
                if word[0] == "0" and word.strip("0_"):
                    self.syntax()
                return int(word)
            return float(word)
        except ValueError:
            self.syntax()

    def word(self):
        text, start = self.text, self.at
        while self.at < len(text) and (text[self.at].isalnum() or text[self.at] == "_"):
            self.at += 1
        word = text[start:self.at]
        if text[self.at:self.at + 1] in ("'", '"') and self.at < len(text):
            if word.lower() not in ("", "r", "b", "u", "br", "rb"):
                self.fail()
            value = self.string(start)
            while self.peek() in ("'", '"', "r", "b", "u", "R", "B") and self.peek():
                c = self.peek()
                if c not in "'\"" and self.text[self.at + 1:self.at + 2] not in ("'", '"'):
                    break
                start = self.at
                while text[self.at] not in "'\"":
                    self.at += 1
                more = self.string(start)
                if type(more) is not type(value):
                    self.syntax()
                value += more
            return value
        if word in ("True", "False", "None"):
            return {"True": True, "False": False, "None": None}[word]
        if word == "set" and self.peek() == "(":
            self.at += 1
            self.take(")")
            return set()
        self.fail()

    def string(self, start):
        text = self.text
        quote = text[self.at]
        triple = text[self.at:self.at + 3] == quote * 3
        close = quote * 3 if triple else quote
        i = self.at + len(close)
        while text[i:i + len(close)] != close:
            if i >= len(text) or text[i] == "\n" and not triple:
                raise SyntaxError("unterminated string literal")
            i += 2 if text[i] == "\\" else 1
        self.at = i + len(close)
        # Quotes and all, it is a literal of the language: the compiler knows what it means.
        return eval(text[start:self.at], {"__builtins__": {}})


def literal(text):
    reader = _Reader(text.strip(" \t\n"))
    if not reader.text:
        raise SyntaxError("invalid syntax")
    value = reader.value()
    if reader.peek() == ",":
        values = [value]
        while reader.peek() == ",":
            reader.at += 1
            if not reader.peek():
                break
            values.append(reader.value())
        value = tuple(values)
    reader.space()
    if reader.at != len(reader.text):
        if reader.text[reader.at] in "*/%(.[<>=&|^":
            reader.fail()
        reader.syntax()
    return value
