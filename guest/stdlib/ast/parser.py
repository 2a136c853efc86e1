"""The syntax tree of a program, by recursive descent over its tokens.

The compiler has seen the text before (see parse() in the package): what reaches this file is valid, so errors are not
looked for here.
"""

import re
import token
import tokenize
from . import nodes as n

_BINARY = {
    "|": (1, n.BitOr), "^": (2, n.BitXor), "&": (3, n.BitAnd), "<<": (4, n.LShift), ">>": (4, n.RShift), "+": (5, n.Add),
    "-": (5, n.Sub), "*": (6, n.Mult), "/": (6, n.Div), "//": (6, n.FloorDiv), "%": (6, n.Mod), "@": (6, n.MatMult),
}
_UNARY = {"+": n.UAdd, "-": n.USub, "~": n.Invert}
_COMPARE = {"==": n.Eq, "!=": n.NotEq, "<": n.Lt, "<=": n.LtE, ">": n.Gt, ">=": n.GtE, "in": n.In, "is": n.Is, "not": n.NotIn}
_CONSTANTS = {"True": True, "False": False, "None": None, "...": ...}
_NOT_STARTS = frozenset("= . ) ] } , : ; + / % | & ^ < > == != <= >= << >> // ** += -= *= /= //= %= @= &= |= ^= >>= <<= **= := in is and or if else".split())
_KEYWORDS = frozenset("and as assert async await break class continue def del elif else except finally for from global if "
                      "import in is lambda nonlocal not or pass raise return try while with yield".split())
_LAYOUT = (token.NEWLINE, token.INDENT, token.DEDENT, token.ENDMARKER)


class _Retreat(Exception):
    """What was tried as a match statement is none."""


class Parser:
    def __init__(self, text, line=1, column=0):
        self.lines = text.splitlines(True)
        self.shift = line - 1, column
        lines = iter(self.lines)
        self.tokens = [t for t in tokenize.generate_tokens(lambda: next(lines, "")) if t[0] not in (token.NL, token.COMMENT)]
        self.at = -1
        self.end = (1, 0)
        self.next()

    def place(self, position):
        row, column = position
        text = self.lines[row - 1] if row <= len(self.lines) else ""
        if not text.isascii():
            column = len(text[:column].encode("utf-8", "surrogatepass"))
        return row + self.shift[0], column + self.shift[1] if row == 1 else column

    def next(self):
        """Take a token; the text of the one taken."""
        taken = None
        if self.at >= 0:
            taken = self.text
            if self.kind not in _LAYOUT:
                self.end = self.tokens[self.at][3]
        self.at += 1
        self.kind, self.text = self.tokens[self.at][:2]
        return taken

    def back(self, at, end):
        self.at = at - 1
        self.kind = token.NEWLINE
        self.next()
        self.end = end

    @property
    def start(self):
        return self.tokens[self.at][2]

    def ahead(self, by=1):
        return self.tokens[min(self.at + by, len(self.tokens) - 1)][1]

    def eat(self, text):
        if self.text == text and self.kind in (token.OP, token.NAME):
            self.next()
            return True
        return False

    def need(self, text):
        if not self.eat(text):
            raise SyntaxError("invalid syntax", ("<unknown>", self.start[0], self.start[1] + 1, ""))

    def set(self, node, start, end=None):
        node.lineno, node.col_offset = self.place(start)
        node.end_lineno, node.end_col_offset = self.place(end or self.end)
        return node

    # Statements.

    def module(self):
        body = []
        while self.kind != token.ENDMARKER:
            self.statement(body)
        return body

    def block(self):
        self.need(":")
        body = []
        if self.kind != token.NEWLINE:
            self.simple(body)
            return body
        self.next()
        self.next()
        while self.kind != token.DEDENT:
            self.statement(body)
        self.next()
        return body

    def statement(self, body):
        if self.kind == token.NEWLINE:
            self.next()
            return
        compound = self.text if self.kind in (token.NAME, token.OP) else None
        method = self.COMPOUND.get(compound)
        if method is not None and not (compound in ("match",) and self.ahead() in _NOT_STARTS):
            at, end = self.at, self.end
            try:
                body.append(method(self))
                return
            except _Retreat:
                self.back(at, end)
        self.simple(body)

    def simple(self, body):
        while True:
            body.append(self.small())
            if not self.eat(";") or self.kind == token.NEWLINE:
                break
        if self.kind == token.NEWLINE:
            self.next()

    def small(self):
        start = self.start
        method = self.SMALL.get(self.text) if self.kind == token.NAME else None
        if method is not None and not (self.text == "type" and not (
                self.tokens[self.at + 1][0] == token.NAME and self.ahead() not in _KEYWORDS)):
            return self.set(method(self), start)
        grouped = self.text == "("
        value = self.yield_or_stars()
        if self.eat(":"):
            annotation = self.expression()
            assigned = self.yield_or_stars() if self.eat("=") else None
            simple = int(isinstance(value, n.Name) and not grouped)
            return self.set(n.AnnAssign(self.store(value), annotation, assigned, simple), start)
        if self.kind == token.OP and self.text[-1] == "=" and self.text[:-1] in _BINARY or self.text == "**=":
            operator = self.next()[:-1]
            operator = n.Pow() if operator == "**" else _BINARY[operator][1]()
            return self.set(n.AugAssign(self.store(value), operator, self.yield_or_stars()), start)
        if self.text == "=":
            targets = []
            while self.eat("="):
                targets.append(self.store(value))
                value = self.yield_or_stars()
            return self.set(n.Assign(targets, value, None), start)
        return self.set(n.Expr(value), start)

    def store(self, node, context=n.Store):
        node.ctx = context()
        if isinstance(node, (n.Tuple, n.List)):
            for element in node.elts:
                self.store(element, context)
        elif isinstance(node, n.Starred):
            self.store(node.value, context)
        return node

    def s_pass(self):
        return {"pass": n.Pass, "break": n.Break, "continue": n.Continue}[self.next()]()

    def ended(self):
        return self.kind == token.NEWLINE or self.text == ";"

    def s_return(self):
        self.next()
        return n.Return(None if self.ended() else self.stars())

    def s_raise(self):
        self.next()
        if self.ended():
            return n.Raise(None, None)
        return n.Raise(self.expression(), self.expression() if self.eat("from") else None)

    def s_global(self):
        kind = n.Global if self.next() == "global" else n.Nonlocal
        names = [self.next()]
        while self.eat(","):
            names.append(self.next())
        return kind(names)

    def s_del(self):
        self.next()
        targets = []
        while not self.ended():
            targets.append(self.store(self.binary(1), n.Del))
            if not self.eat(","):
                break
        return n.Delete(targets)

    def s_assert(self):
        self.next()
        return n.Assert(self.expression(), self.expression() if self.eat(",") else None)

    def dotted(self):
        name = self.next()
        while self.text == ".":
            name += self.next() + self.next()
        return name

    def alias(self, name):
        start = self.start
        name = name()
        return self.set(n.alias(name, self.next() if self.eat("as") else None), start)

    def s_import(self):
        self.next()
        names = [self.alias(self.dotted)]
        while self.eat(","):
            names.append(self.alias(self.dotted))
        return n.Import(names)

    def s_from(self):
        self.next()
        level = 0
        while self.text in (".", "..."):
            level += len(self.next())
        module = None if self.text == "import" else self.dotted()
        self.need("import")
        group = self.eat("(")
        names = []
        while self.text != ")" and not self.ended():
            names.append(self.alias(self.next))
            if not self.eat(","):
                break
        if group:
            self.need(")")
        return n.ImportFrom(module, names, level)

    def s_type(self):
        self.next()
        start = self.start
        name = self.set(n.Name(self.next(), n.Store()), start)
        self.type_parameters()
        self.need("=")
        return n.TypeAlias(name, [], self.expression())

    SMALL = {"pass": s_pass, "break": s_pass, "continue": s_pass, "return": s_return, "raise": s_raise, "global": s_global,
             "nonlocal": s_global, "del": s_del, "assert": s_assert, "import": s_import, "from": s_from, "type": s_type}

    def type_parameters(self):
        """Read over the [T] of 3.12, for which 3.11 has no nodes."""
        if self.text == "[":
            depth = 0
            while True:
                depth += {"[": 1, "]": -1}.get(self.text, 0)
                self.next()
                if not depth:
                    break

    def c_if(self):
        start = self.start
        self.next()
        test = self.named()
        body = self.block()
        if self.text == "elif":
            orelse = [self.c_if()]
        else:
            orelse = self.otherwise()
        return self.set(n.If(test, body, orelse), start)

    def otherwise(self):
        return self.block() if self.eat("else") else []

    def c_while(self):
        start = self.start
        self.next()
        return self.set(n.While(self.named(), self.block(), self.otherwise()), start)

    def c_for(self, start=None, kind=n.For):
        start = start or self.start
        self.next()
        target = self.targets()
        self.need("in")
        return self.set(kind(target, self.stars(), self.block(), self.otherwise(), None), start)

    def c_try(self):
        start = self.start
        self.next()
        body, handlers, kind = self.block(), [], n.Try
        while self.text == "except":
            begin = self.start
            self.next()
            if self.eat("*"):
                kind = n.TryStar
            what = None if self.text == ":" else self.expression()
            name = self.next() if self.eat("as") else None
            handlers.append(self.set(n.ExceptHandler(what, name, self.block()), begin))
        orelse = self.otherwise()
        final = self.block() if self.eat("finally") else []
        return self.set(kind(body, handlers, orelse, final), start)

    def c_with(self, start=None, kind=n.With):
        start = start or self.start
        self.next()
        at, end = self.at, self.end
        items = None
        if self.eat("("):
            try:
                items = self.with_items(")")
                self.need(")")
                if self.text != ":":
                    items = None
            except SyntaxError:
                items = None
            if items is None:
                self.back(at, end)
        if items is None:
            items = self.with_items(":")
        return self.set(kind(items, self.block(), None), start)

    def with_items(self, close):
        items = []
        while self.text != close:
            manager = self.expression()
            name = self.store(self.target()) if self.eat("as") else None
            items.append(n.withitem(manager, name))
            if not self.eat(","):
                break
        return items

    def c_decorated(self):
        decorators = []
        while self.eat("@"):
            decorators.append(self.named())
            self.next()
        return self.COMPOUND[self.text](self, decorators=decorators)

    def c_def(self, start=None, kind=n.FunctionDef, decorators=()):
        start = start or self.start
        self.next()
        name = self.next()
        self.type_parameters()
        self.need("(")
        arguments = self.parameters(")", True)
        self.need(")")
        returns = self.expression() if self.eat("->") else None
        body = self.block()
        return self.set(kind(name, arguments, body, list(decorators), returns, None), start)

    def c_class(self, decorators=()):
        start = self.start
        self.next()
        name = self.next()
        self.type_parameters()
        bases, keywords = [], []
        if self.eat("("):
            bases, keywords = self.arguments()
        return self.set(n.ClassDef(name, bases, keywords, self.block(), list(decorators)), start)

    def c_async(self, decorators=()):
        start = self.start
        self.next()
        if self.text == "def":
            return self.c_def(start, n.AsyncFunctionDef, decorators)
        return self.c_for(start, n.AsyncFor) if self.text == "for" else self.c_with(start, n.AsyncWith)

    def c_match(self):
        start = self.start
        self.next()
        try:
            subject = self.stars()
        except SyntaxError:
            raise _Retreat from None
        if not (self.text == ":" and self.tokens[self.at + 1][0] == token.NEWLINE and self.ahead(3) == "case"):
            raise _Retreat
        self.next()
        self.next()
        self.next()
        cases = []
        while self.kind != token.DEDENT:
            self.need("case")
            pattern = self.open_pattern()
            guard = self.named() if self.eat("if") else None
            cases.append(n.match_case(pattern, guard, self.block()))
        self.next()
        return self.set(n.Match(subject, cases), start)

    COMPOUND = {"if": c_if, "while": c_while, "for": c_for, "try": c_try, "with": c_with, "def": c_def, "class": c_class,
                "async": c_async, "@": c_decorated, "match": c_match}

    # Patterns.

    def open_pattern(self):
        start = self.start
        first = self.maybe_star()
        if self.text != ",":
            return first if not isinstance(first, n.MatchStar) else self.set(n.MatchSequence([first]), start)
        patterns = [first]
        while self.eat(","):
            if self.text in (":", "if"):
                break
            patterns.append(self.maybe_star())
        return self.set(n.MatchSequence(patterns), start)

    def maybe_star(self):
        start = self.start
        if self.eat("*"):
            name = self.next()
            return self.set(n.MatchStar(None if name == "_" else name), start)
        return self.pattern()

    def pattern(self):
        start = self.start
        alternatives = [self.closed_pattern()]
        while self.eat("|"):
            alternatives.append(self.closed_pattern())
        pattern = alternatives[0] if len(alternatives) == 1 else self.set(n.MatchOr(alternatives), start)
        return self.set(n.MatchAs(pattern, self.next()), start) if self.eat("as") else pattern

    def closed_pattern(self):
        start = self.start
        if self.kind == token.NAME and self.text not in _CONSTANTS and self.tokens[self.at + 1][1] not in (".", "("):
            if not (self.tokens[self.at + 1][0] == token.STRING):
                name = self.next()
                return self.set(n.MatchAs(None, None if name == "_" else name), start)
        if self.text in _CONSTANTS and self.kind == token.NAME:
            return self.set(n.MatchSingleton(_CONSTANTS[self.next()]), start)
        if self.kind == token.NAME:
            value = self.set(n.Name(self.next(), n.Load()), start)
            while self.eat("."):
                value = self.set(n.Attribute(value, self.next(), n.Load()), start)
            if self.eat("("):
                return self.class_pattern(value, start)
            return self.set(n.MatchValue(value), start)
        if self.text in ("[", "(") and self.kind == token.OP:
            close = "]" if self.next() == "[" else ")"
            patterns, comma = [], False
            while self.text != close:
                patterns.append(self.maybe_star())
                comma = self.eat(",")
                if not comma:
                    break
            self.need(close)
            if close == ")" and len(patterns) == 1 and not comma and not isinstance(patterns[0], n.MatchStar):
                return patterns[0]
            return self.set(n.MatchSequence(patterns), start)
        if self.text == "{" and self.kind == token.OP:
            return self.mapping_pattern(start)
        return self.set(n.MatchValue(self.binary(5)), start)

    def mapping_pattern(self, start):
        self.next()
        keys, patterns, rest = [], [], None
        while self.text != "}":
            if self.eat("**"):
                rest = self.next()
            else:
                keys.append(self.binary(5))
                self.need(":")
                patterns.append(self.pattern())
            if not self.eat(","):
                break
        self.need("}")
        return self.set(n.MatchMapping(keys, patterns, rest), start)

    def class_pattern(self, kind, start):
        patterns, names, named = [], [], []
        while self.text != ")":
            if self.kind == token.NAME and self.ahead() == "=":
                names.append(self.next())
                self.next()
                named.append(self.pattern())
            else:
                patterns.append(self.pattern())
            if not self.eat(","):
                break
        self.need(")")
        return self.set(n.MatchClass(kind, patterns, names, named), start)

    # Expressions.

    def expression_ends(self):
        return self.kind in _LAYOUT or self.kind == token.OP and (
            self.text in (")", "]", "}", "=", ":", ";", "!") or self.text[-1] == "=" and len(self.text) > 1
            and self.text not in _COMPARE and self.text != ":=") or self.text in ("in", "for", "async") and self.kind == token.NAME

    def listed(self, item):
        """One item, or a tuple of several."""
        start = self.start
        first = item()
        if self.text != ",":
            return first
        elements = [first]
        while self.eat(","):
            if self.expression_ends() and not (item == self.slice and self.text == ":"):
                break
            elements.append(item())
        return self.set(n.Tuple(elements, n.Load()), start)

    def stars(self):
        return self.listed(self.starred)

    def yield_or_stars(self):
        return self.yields() if self.text == "yield" and self.kind == token.NAME else self.stars()

    def starred(self):
        if self.text == "*" and self.kind == token.OP:
            start = self.start
            self.next()
            return self.set(n.Starred(self.binary(1), n.Load()), start)
        return self.named()

    def yields(self):
        start = self.start
        self.next()
        if self.eat("from"):
            return self.set(n.YieldFrom(self.expression()), start)
        return self.set(n.Yield(None if self.expression_ends() else self.stars()), start)

    def target(self):
        start = self.start
        if self.eat("*"):
            return self.set(n.Starred(self.binary(1), n.Load()), start)
        return self.binary(1)

    def targets(self):
        return self.store(self.listed(self.target))

    def named(self):
        if self.kind == token.NAME and self.ahead() == ":=":
            start = self.start
            target = self.set(n.Name(self.next(), n.Store()), start)
            self.next()
            return self.set(n.NamedExpr(target, self.expression()), start)
        return self.expression()

    def expression(self):
        start = self.start
        if self.text == "lambda" and self.kind == token.NAME:
            self.next()
            arguments = self.parameters(":", False)
            self.need(":")
            return self.set(n.Lambda(arguments, self.expression()), start)
        body = self.boolean("or", n.Or)
        if self.text != "if" or self.kind != token.NAME:
            return body
        self.next()
        test = self.boolean("or", n.Or)
        self.need("else")
        return self.set(n.IfExp(test, body, self.expression()), start)

    def boolean(self, word, operator):
        start = self.start
        value = self.boolean("and", n.And) if word == "or" else self.inversion()
        if self.text != word or self.kind != token.NAME:
            return value
        values = [value]
        while self.eat(word):
            values.append(self.boolean("and", n.And) if word == "or" else self.inversion())
        return self.set(n.BoolOp(operator(), values), start)

    def inversion(self):
        if self.text != "not" or self.kind != token.NAME:
            return self.comparison()
        start = self.start
        self.next()
        return self.set(n.UnaryOp(n.Not(), self.inversion()), start)

    def comparison(self):
        start = self.start
        left = self.binary(1)
        operators, others = [], []
        while self.kind in (token.OP, token.NAME) and self.text in _COMPARE:
            operator = _COMPARE[self.next()]
            if operator is n.NotIn:
                self.need("in")
            elif operator is n.Is and self.eat("not"):
                operator = n.IsNot
            operators.append(operator())
            others.append(self.binary(1))
        return self.set(n.Compare(left, operators, others), start) if operators else left

    def binary(self, least):
        start = self.start
        left = self.factor()
        while self.kind == token.OP:
            level, operator = _BINARY.get(self.text, (0, None))
            if level < least:
                break
            self.next()
            left = self.set(n.BinOp(left, operator(), self.binary(level + 1)), start)
        return left

    def factor(self):
        start = self.start
        if self.kind == token.OP and self.text in _UNARY:
            operator = _UNARY[self.next()]()
            return self.set(n.UnaryOp(operator, self.factor()), start)
        if self.text == "await" and self.kind == token.NAME:
            self.next()
            base = self.set(n.Await(self.primary()), start)
        else:
            base = self.primary()
        if self.kind == token.OP and self.text == "**":
            self.next()
            return self.set(n.BinOp(base, n.Pow(), self.factor()), start)
        return base

    def primary(self):
        start = self.start
        value = self.atom()
        while self.kind == token.OP:
            if self.text == ".":
                self.next()
                value = self.set(n.Attribute(value, self.next(), n.Load()), start)
            elif self.text == "(":
                self.next()
                args, keywords = self.arguments()
                value = self.set(n.Call(value, args, keywords), start)
            elif self.text == "[":
                self.next()
                index = self.listed(self.slice)
                if isinstance(index, n.Starred):
                    index = self.set(n.Tuple([index], n.Load()), self.tokens[self.at][2])
                    index.lineno, index.col_offset = index.elts[0].lineno, index.elts[0].col_offset
                self.need("]")
                value = self.set(n.Subscript(value, index, n.Load()), start)
            else:
                break
        return value

    def slice(self):
        start = self.start
        lower = None
        if self.text != ":":
            lower = self.starred()
            if self.text != ":":
                return lower
        parts = []
        while len(parts) < 2 and self.eat(":"):
            parts.append(None if self.text in (":", ",", "]") else self.expression())
        return self.set(n.Slice(lower, parts[0], parts[1] if len(parts) > 1 else None), start)

    def arguments(self):
        """What comes between the brackets of a call or a class, and the closing bracket."""
        args, keywords = [], []
        opened = self.tokens[self.at - 1][2]
        while self.text != ")":
            start = self.start
            if self.eat("**"):
                keywords.append(self.set(n.keyword(None, self.expression()), start))
            elif self.eat("*"):
                args.append(self.set(n.Starred(self.expression(), n.Load()), start))
            elif self.kind == token.NAME and self.ahead() == "=":
                name = self.next()
                self.next()
                keywords.append(self.set(n.keyword(name, self.expression()), start))
            else:
                value = self.named()
                if self.text in ("for", "async") and self.kind == token.NAME:
                    generators = self.generators()
                    args.append(self.set(n.GeneratorExp(value, generators), opened, self.tokens[self.at][3]))
                else:
                    args.append(value)
            if not self.eat(","):
                break
        self.need(")")
        return args, keywords

    def parameters(self, close, annotated):
        positional_only, plain, variable, by_name, defaults, name_defaults, rest = [], [], None, [], [], [], None
        starred = False

        def parameter(star=False):
            start = self.start
            name = self.next()
            annotation = None
            if annotated and self.eat(":"):
                annotation = self.starred() if star else self.expression()
            return self.set(n.arg(name, annotation, None), start)

        while self.text != close:
            if self.eat("/"):
                positional_only, plain = plain, []
            elif self.eat("**"):
                rest = parameter()
            elif self.eat("*"):
                starred = True
                if self.text != ",":
                    variable = parameter(True)
            else:
                (by_name if starred else plain).append(parameter())
                if self.eat("="):
                    (name_defaults if starred else defaults).append(self.expression())
                elif starred:
                    name_defaults.append(None)
            if not self.eat(","):
                break
        return n.arguments(positional_only, plain, variable, by_name, name_defaults, rest, defaults)

    def generators(self):
        found = []
        while self.kind == token.NAME and self.text in ("for", "async"):
            asynchronous = int(self.eat("async"))
            self.next()
            target = self.targets()
            self.need("in")
            source = self.boolean("or", n.Or)
            conditions = []
            while self.kind == token.NAME and self.eat("if"):
                conditions.append(self.condition())
            found.append(n.comprehension(target, source, conditions, asynchronous))
        return found

    def condition(self):
        if self.kind == token.NAME and self.ahead() == ":=":
            return self.named()
        return self.boolean("or", n.Or)

    def atom(self):
        start, kind, text = self.start, self.kind, self.text
        if kind == token.NAME:
            self.next()
            if text in ("True", "False", "None"):
                return self.set(n.Constant(_CONSTANTS[text], None), start)
            return self.set(n.Name(_normal(text), n.Load()), start)
        if kind == token.NUMBER:
            self.next()
            return self.set(n.Constant(_number(text), None), start)
        if kind == token.STRING:
            return self.strings()
        if text == "...":
            self.next()
            return self.set(n.Constant(..., None), start)
        if text == "(":
            return self.group(start)
        if text == "[":
            self.next()
            elements = self.elements("]")
            if isinstance(elements, tuple):
                return self.set(n.ListComp(*elements), start)
            return self.set(n.List(elements, n.Load()), start)
        if text == "{":
            return self.braces(start)
        raise SyntaxError("invalid syntax", ("<unknown>", start[0], start[1] + 1, ""))

    def elements(self, close):
        """A list of elements, or the parts of a comprehension; and the closing bracket."""
        self.commas = False
        found = []
        while self.text != close:
            found.append(self.starred())
            if len(found) == 1 and self.kind == token.NAME and self.text in ("for", "async"):
                generators = self.generators()
                self.need(close)
                return found[0], generators
            comma = self.eat(",")
            if not comma:
                break
        commas = bool(found) and self.tokens[self.at - 1][1] == ","
        self.need(close)
        self.commas = commas
        return found

    def group(self, start):
        self.next()
        if self.text == "yield" and self.kind == token.NAME:
            value = self.yields()
            self.need(")")
            return value
        found = self.elements(")")
        if isinstance(found, tuple):
            return self.set(n.GeneratorExp(*found), start)
        if len(found) == 1 and not self.commas:
            return found[0]
        return self.set(n.Tuple(found, n.Load()), start)

    def braces(self, start):
        self.next()
        keys, values = [], []
        if self.text not in ("}", "**"):
            first = self.starred()
            if self.text != ":":
                elements = [first]
                if self.kind == token.NAME and self.text in ("for", "async"):
                    generators = self.generators()
                    self.need("}")
                    return self.set(n.SetComp(first, generators), start)
                if self.eat(","):
                    elements += self.elements("}")
                else:
                    self.need("}")
                return self.set(n.Set(elements), start)
            self.next()
            value = self.expression()
            if self.kind == token.NAME and self.text in ("for", "async"):
                generators = self.generators()
                self.need("}")
                return self.set(n.DictComp(first, value, generators), start)
            keys.append(first)
            values.append(value)
            self.eat(",")
        while self.text != "}":
            if self.eat("**"):
                keys.append(None)
                values.append(self.binary(1))
            else:
                keys.append(self.expression())
                self.need(":")
                values.append(self.expression())
            if not self.eat(","):
                break
        self.need("}")
        return self.set(n.Dict(keys, values), start)

    # Strings.

    def strings(self):
        start = self.start
        literals = []
        while self.kind == token.STRING:
            literals.append((self.text, self.start))
            self.next()
        end = self.end
        prefixes = [text[:min(i for i in (text.find("'"), text.find('"')) if i >= 0)].lower() for text, _ in literals]
        if not any("f" in prefix for prefix in prefixes):
            values = [eval(text, {}) for text, _ in literals]
            value = b"".join(values) if isinstance(values[0], bytes) else "".join(values)
            return self.set(n.Constant(value, "u" if prefixes[0] == "u" else None), start, end)
        parts = []
        for (text, where), prefix in zip(literals, prefixes):
            if "f" not in prefix:
                parts.append(eval(text, {}))
                continue
            body = text[len(prefix):]
            quote = body[:3] if body[:3] in ("'''", '"""') else body[0]
            row, column = self.place(where)
            _FString(self, "r" in prefix, quote, start, end, row, column + len(prefix) + len(quote)).read(
                body[len(quote):-len(quote)], parts)
        return self.join(parts, start, end)

    def join(self, parts, start, end):
        values = []
        for part in parts:
            if isinstance(part, str):
                if not part:
                    continue
                if values and isinstance(values[-1], n.Constant):
                    values[-1].value += part
                    continue
                part = self.set(n.Constant(part, None), start, end)
            values.append(part)
        return self.set(n.JoinedStr(values), start, end)


class _FString:
    """The parts of one f-string literal: text, and FormattedValue nodes."""

    def __init__(self, parser, raw, quote, start, end, row, column):
        self.parser = parser
        self.raw = raw
        self.quote = quote
        self.start, self.end = start, end
        self.row, self.column = row, column

    def text(self, source):
        return source if self.raw or "\\" not in source else eval(self.quote + source + self.quote, {})

    def read(self, source, parts, base=0, whole=None, nested=False):
        whole = source if whole is None else whole
        at = begin = 0
        text = ""
        while at < len(source):
            c = source[at]
            if c == "\\" and not self.raw:
                at = source.index("}", at) + 1 if source[at + 1] == "N" and source[at + 2:at + 3] == "{" else at + 2
            elif c in "{}" and source[at + 1:at + 2] == c and not (nested and c == "}"):
                text += self.text(source[begin:at + 1])
                begin = at = at + 2
            elif c == "{":
                parts.append(text + self.text(source[begin:at]))
                text = ""
                begin = at = self.field(source, at + 1, parts, base, whole)
            else:
                at += 1
        parts.append(text + self.text(source[begin:]))

    def field(self, source, at, parts, base, whole):
        begin, depth, quote = at, 0, None
        while True:
            c = source[at]
            if quote:
                if c == "\\":
                    at += 1
                elif source.startswith(quote, at):
                    at += len(quote) - 1
                    quote = None
            elif c in "'\"":
                quote = c * 3 if source.startswith(c * 3, at) else c
                at += len(quote) - 1
            elif c in "([{":
                depth += 1
            elif depth and c in ")]}":
                depth -= 1
            elif not depth and (c in "}:" or c == "!" and source[at + 1] != "="
                                or c == "=" and source[at + 1] != "=" and source[at - 1] not in "=!<>"):
                break
            at += 1
        expression = source[begin:at]
        value = self.expression(expression, base + begin, whole)
        shown = None
        if source[at] == "=":
            at += 1
            while source[at].isspace():
                at += 1
            shown = source[begin:at]
            parts.append(shown)
        conversion, spec = -1, None
        if source[at] == "!":
            conversion = ord(source[at + 1])
            at += 2
        if source[at] == ":":
            at += 1
            begin, depth, quote = at, 0, None
            while depth or source[at] != "}":
                c = source[at]
                if quote is not None:
                    quote = None if c == quote else quote
                elif depth and c in "'\"":
                    quote = c
                else:
                    depth += {"{": 1, "}": -1}.get(c, 0)
                at += 1
            inner = []
            self.read(source[begin:at], inner, base + begin, whole, True)
            spec = self.parser.join(inner, self.start, self.end)
        elif shown is not None and conversion == -1:
            conversion = 114
        parts.append(self.parser.set(n.FormattedValue(value, conversion, spec), self.start, self.end))
        return at + 1

    def expression(self, source, at, whole):
        before = whole[:at]
        row = self.row + before.count("\n")
        line = before.rpartition("\n")[2]
        column = len(line.encode("utf-8", "surrogatepass")) + (self.column if row == self.row else 0)
        inner = Parser("(" + source + ")", row, column - 1)
        inner.next()
        value = inner.yield_or_stars()
        return value


_SEPARATED = re.compile("_")


def _number(text):
    text = _SEPARATED.sub("", text)
    if text[-1] in "jJ" and text[:2].lower() != "0x":
        return complex(0.0, float(text[:-1]))
    if text[:2].lower() in ("0x", "0b", "0o"):
        return int(text, 0)
    return float(text) if "." in text or "e" in text.lower() else int(text)


def _normal(name):
    if name.isascii():
        return name
    try:
        from unicodedata import normalize
    except ImportError:
        return name
    return normalize("NFKC", name)
