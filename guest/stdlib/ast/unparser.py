"""Source text of a syntax tree."""

from . import nodes as n

# How tightly things bind; what binds less than its place allows is put in brackets.
(NAMED, TUPLE, YIELD, TEST, OR, AND, NOT, CMP, BOR, BXOR, BAND, SHIFT, ARITH, TERM, FACTOR, POWER, AWAIT, ATOM) = range(18)
EXPR = BOR

_BINARY = {n.Add: ("+", ARITH), n.Sub: ("-", ARITH), n.Mult: ("*", TERM), n.MatMult: ("@", TERM), n.Div: ("/", TERM),
           n.Mod: ("%", TERM), n.LShift: ("<<", SHIFT), n.RShift: (">>", SHIFT), n.BitOr: ("|", BOR), n.BitXor: ("^", BXOR),
           n.BitAnd: ("&", BAND), n.FloorDiv: ("//", TERM), n.Pow: ("**", POWER)}
_UNARY = {n.Invert: ("~", FACTOR), n.Not: ("not ", NOT), n.UAdd: ("+", FACTOR), n.USub: ("-", FACTOR)}
_COMPARE = {n.Eq: "==", n.NotEq: "!=", n.Lt: "<", n.LtE: "<=", n.Gt: ">", n.GtE: ">=", n.Is: "is", n.IsNot: "is not",
            n.In: "in", n.NotIn: "not in"}
_INFINITY = "1e309"


class Unparser:
    def __init__(self):
        self.lines = []
        self.level = 0

    def source(self, node):
        if isinstance(node, (n.mod, n.stmt)):
            self.statement(node)
            return "\n".join(self.lines).lstrip("\n")
        if isinstance(node, n.expr):
            return self.expression(node, NAMED if not isinstance(node, n.Tuple) else TUPLE)
        if isinstance(node, n.pattern):
            return self.pattern(node)
        for kind, method in ((n.arguments, self.parameters), (n.arg, self.parameter), (n.keyword, self.keyword),
                             (n.alias, self.alias), (n.comprehension, lambda node: self.generators([node])[1:]),
                             (n.withitem, self.item)):
            if isinstance(node, kind):
                return method(node)
        if isinstance(node, n.excepthandler):
            self.handler(node, "except")
        elif isinstance(node, n.match_case):
            self.case(node)
        else:
            return ""
        return "\n".join(self.lines)

    # Statements.

    def line(self, text):
        self.lines.append("    " * self.level + text)

    def body(self, statements):
        self.level += 1
        for statement in statements:
            self.statement(statement)
        self.level -= 1

    def documented(self, node):
        """The statements of a module, class or function, its docstring as a triple-quoted string."""
        body = node.body
        if body and isinstance(body[0], n.Expr) and isinstance(body[0].value, n.Constant) and isinstance(body[0].value.value, str):
            self.line(self.docstring(body[0].value.value, body[0].value.kind))
            body = body[1:]
        for statement in body:
            self.statement(statement)

    def docstring(self, text, kind):
        shown = "".join(c if c.isprintable() or c in "\n\t" else ascii(c)[1:-1] for c in text.replace("\\", "\\\\"))
        quote = '"""' if '"""' not in shown or "'''" in shown else "'''"
        if quote in shown:
            return repr(text)
        if shown[-1:] == quote[0]:
            shown = shown[:-1] + "\\" + quote[0]
        return ("u" if kind == "u" else "") + quote + shown + quote

    def block(self, head, body):
        self.line(head + ":")
        self.body(body)

    def statement(self, node):
        getattr(self, "s_" + type(node).__name__)(node)

    def s_Module(self, node):
        self.documented(node)

    def s_Interactive(self, node):
        for statement in node.body:
            self.statement(statement)

    def s_Expression(self, node):
        self.line(self.expression(node.body))

    def s_FunctionType(self, node):
        self.line("(%s) -> %s" % (", ".join(map(self.expression, node.argtypes)), self.expression(node.returns)))

    def s_Expr(self, node):
        self.line(self.expression(node.value, YIELD if not isinstance(node.value, n.NamedExpr) else ATOM))

    def s_Pass(self, node):
        self.line(type(node).__name__.lower())

    s_Break = s_Continue = s_Pass

    def s_Return(self, node):
        self.line("return " + self.expression(node.value) if node.value else "return")

    def s_Delete(self, node):
        self.line("del " + self.several(node.targets))

    def several(self, nodes):
        return ", ".join([self.expression(node) for node in nodes])

    def s_Assign(self, node):
        targets = "".join([self.expression(target, TUPLE) + " = " for target in node.targets])
        self.line(targets + self.expression(node.value) + self.comment(node))

    def comment(self, node):
        return " # type: " + node.type_comment if getattr(node, "type_comment", None) else ""

    def s_AugAssign(self, node):
        self.line("%s %s= %s" % (self.expression(node.target), _BINARY[type(node.op)][0], self.expression(node.value)))

    def s_AnnAssign(self, node):
        target = self.expression(node.target)
        if not node.simple and isinstance(node.target, n.Name):
            target = "(%s)" % target
        text = "%s: %s" % (target, self.expression(node.annotation))
        self.line(text + " = " + self.expression(node.value) if node.value else text)

    def s_For(self, node, word="for"):
        self.block("%s %s in %s" % (word, self.expression(node.target, TUPLE), self.expression(node.iter)), node.body)
        self.otherwise(node)

    def s_AsyncFor(self, node):
        self.s_For(node, "async for")

    def otherwise(self, node):
        if node.orelse:
            self.block("else", node.orelse)

    def s_While(self, node):
        self.block("while " + self.expression(node.test, NAMED), node.body)
        self.otherwise(node)

    def s_If(self, node, word="if"):
        self.block("%s %s" % (word, self.expression(node.test, NAMED)), node.body)
        rest = node.orelse
        if len(rest) == 1 and isinstance(rest[0], n.If):
            self.s_If(rest[0], "elif")
        else:
            self.otherwise(node)

    def item(self, node):
        text = self.expression(node.context_expr)
        return text + " as " + self.expression(node.optional_vars) if node.optional_vars else text

    def s_With(self, node, word="with"):
        self.block("%s %s" % (word, ", ".join([self.item(item) for item in node.items])), node.body)

    def s_AsyncWith(self, node):
        self.s_With(node, "async with")

    def s_Raise(self, node):
        text = "raise"
        if node.exc:
            text += " " + self.expression(node.exc)
            if node.cause:
                text += " from " + self.expression(node.cause)
        self.line(text)

    def handler(self, node, word):
        text = word
        if node.type:
            text += " " + self.expression(node.type)
        if node.name:
            text += " as " + node.name
        self.block(text, node.body)

    def s_Try(self, node, word="except"):
        self.block("try", node.body)
        for handler in node.handlers:
            self.handler(handler, word)
        self.otherwise(node)
        if node.finalbody:
            self.block("finally", node.finalbody)

    def s_TryStar(self, node):
        self.s_Try(node, "except*")

    def s_Assert(self, node):
        self.line("assert " + self.expression(node.test) + (", " + self.expression(node.msg) if node.msg else ""))

    def alias(self, node):
        return node.name + " as " + node.asname if node.asname else node.name

    def s_Import(self, node):
        self.line("import " + ", ".join(map(self.alias, node.names)))

    def s_ImportFrom(self, node):
        self.line("from %s%s import %s" % ("." * (node.level or 0), node.module or "", ", ".join(map(self.alias, node.names))))

    def s_Global(self, node):
        self.line(type(node).__name__.lower() + " " + ", ".join(node.names))

    s_Nonlocal = s_Global

    def s_TypeAlias(self, node):
        self.line("type %s = %s" % (self.expression(node.name), self.expression(node.value)))

    def decorators(self, node):
        self.lines.append("")
        for decorator in node.decorator_list:
            self.line("@" + self.expression(decorator))

    def s_ClassDef(self, node):
        self.decorators(node)
        arguments = [self.expression(base) for base in node.bases] + [self.keyword(word) for word in node.keywords]
        self.line("class %s%s:" % (node.name, "(%s)" % ", ".join(arguments) if arguments else ""))
        self.level += 1
        self.documented(node)
        self.level -= 1

    def s_FunctionDef(self, node, word="def"):
        self.decorators(node)
        self.line("%s %s(%s)%s:%s" % (word, node.name, self.parameters(node.args),
                                      " -> " + self.expression(node.returns) if node.returns else "", self.comment(node)))
        self.level += 1
        self.documented(node)
        self.level -= 1

    def s_AsyncFunctionDef(self, node):
        self.s_FunctionDef(node, "async def")

    def s_Match(self, node):
        self.line("match %s:" % self.expression(node.subject))
        self.level += 1
        for case in node.cases:
            self.case(case)
        self.level -= 1

    def case(self, node):
        self.block("case " + self.pattern(node.pattern) + (" if " + self.expression(node.guard, NAMED) if node.guard else ""),
                   node.body)

    # Patterns.

    def pattern(self, node, level=TEST):
        kind = type(node)
        if kind is n.MatchValue:
            return self.expression(node.value)
        if kind is n.MatchSingleton:
            return repr(node.value)
        if kind is n.MatchSequence:
            return "[%s]" % ", ".join(map(self.pattern, node.patterns))
        if kind is n.MatchStar:
            return "*" + (node.name or "_")
        if kind is n.MatchMapping:
            parts = ["%s: %s" % (self.expression(key), self.pattern(value)) for key, value in zip(node.keys, node.patterns)]
            return "{%s}" % ", ".join(parts + (["**" + node.rest] if node.rest else []))
        if kind is n.MatchClass:
            parts = [self.pattern(p) for p in node.patterns]
            parts += ["%s=%s" % (name, self.pattern(p)) for name, p in zip(node.kwd_attrs, node.kwd_patterns)]
            return "%s(%s)" % (self.expression(node.cls, ATOM), ", ".join(parts))
        if kind is n.MatchAs:
            if node.pattern is None:
                return node.name or "_"
            text = "%s as %s" % (self.pattern(node.pattern, BOR), node.name)
            return "(%s)" % text if level > TEST else text
        text = " | ".join([self.pattern(p, BXOR) for p in node.patterns])
        return "(%s)" % text if level > BOR else text

    # Expressions: each method returns text and how tightly it binds.

    def expression(self, node, level=TEST):
        text, binds = getattr(self, "e_" + type(node).__name__)(node)
        return "(%s)" % text if binds < level else text

    def parameter(self, node):
        return node.arg + (": " + self.expression(node.annotation) if node.annotation else "")

    def keyword(self, node):
        return ("**" if node.arg is None else node.arg + "=") + self.expression(node.value)

    def parameters(self, node):
        parts = []
        plain = node.posonlyargs + node.args
        defaults = [None] * (len(plain) - len(node.defaults)) + list(node.defaults)
        for i, (parameter, default) in enumerate(zip(plain, defaults), 1):
            parts.append(self.parameter(parameter) + ("=" + self.expression(default) if default else ""))
            if i == len(node.posonlyargs):
                parts.append("/")
        if node.vararg or node.kwonlyargs:
            parts.append("*" + (self.parameter(node.vararg) if node.vararg else ""))
            for parameter, default in zip(node.kwonlyargs, node.kw_defaults):
                parts.append(self.parameter(parameter) + ("=" + self.expression(default) if default else ""))
        if node.kwarg:
            parts.append("**" + self.parameter(node.kwarg))
        return ", ".join(parts)

    def e_Name(self, node):
        return node.id, ATOM

    def e_Constant(self, node):
        value = node.value
        if value is ...:
            return "...", ATOM
        if isinstance(value, tuple):
            return "(%s)" % ", ".join(map(self.constant, value)) if len(value) != 1 else "(%s,)" % self.constant(value[0]), ATOM
        return ("u" if node.kind == "u" else "") + self.constant(value), ATOM

    def constant(self, value):
        text = repr(value)
        if isinstance(value, (float, complex)):
            return text.replace("inf", _INFINITY).replace("nan", "(%s-%s)" % (_INFINITY, _INFINITY))
        return text

    def e_JoinedStr(self, node):
        parts = self.pieces(node)
        for quote in ("'", '"', '"""', "'''"):
            if not any(quote in text for _, text in parts) and parts[-1:] and parts[-1][1][-1:] != quote[0]:
                return "f" + quote + "".join([text for _, text in parts]) + quote, ATOM
        shown = "".join([text.replace("'", "\\'") if literal else text for literal, text in parts])
        return "f'%s'" % shown, ATOM

    def pieces(self, node):
        """(is it literal, text) of the parts of an f-string."""
        parts = []
        for value in node.values:
            if isinstance(value, n.Constant):
                text = value.value.replace("{", "{{").replace("}", "}}")
                parts.append((True, "".join([c if c.isprintable() and c != "\\" else ascii(c)[1:-1] for c in text])))
                continue
            inner = Unparser().expression(value.value, OR)
            text = "{" + (" " if inner.startswith("{") else "") + inner
            if value.conversion != -1:
                text += "!" + chr(value.conversion)
            if value.format_spec:
                text += ":" + "".join([piece for _, piece in self.pieces(value.format_spec)])
            parts.append((False, text + "}"))
        return parts

    def e_FormattedValue(self, node):
        return self.e_JoinedStr(n.JoinedStr([node]))

    def e_Attribute(self, node):
        value = self.expression(node.value, ATOM)
        if isinstance(node.value, n.Constant) and isinstance(node.value.value, int) and not isinstance(node.value.value, bool):
            value += " "
        return value + "." + node.attr, ATOM

    def e_Subscript(self, node):
        index = node.slice
        if isinstance(index, n.Tuple) and index.elts:
            text = ", ".join([self.expression(element) for element in index.elts]) + ("," if len(index.elts) == 1 else "")
        else:
            text = self.expression(index, NAMED)
        return "%s[%s]" % (self.expression(node.value, ATOM), text), ATOM

    def e_Slice(self, node):
        text = (self.expression(node.lower) if node.lower else "") + ":" + (self.expression(node.upper) if node.upper else "")
        return text + (":" + self.expression(node.step) if node.step else ""), ATOM

    def e_Starred(self, node):
        return "*" + self.expression(node.value, EXPR), ATOM

    def e_Call(self, node):
        arguments = [self.expression(a) for a in node.args] + [self.keyword(k) for k in node.keywords]
        return "%s(%s)" % (self.expression(node.func, ATOM), ", ".join(arguments)), ATOM

    def e_Await(self, node):
        return "await " + self.expression(node.value, ATOM), AWAIT

    def e_Yield(self, node):
        return "yield " + self.expression(node.value, ATOM) if node.value else "yield", YIELD

    def e_YieldFrom(self, node):
        return "yield from " + self.expression(node.value, ATOM), YIELD

    def e_Tuple(self, node):
        elements = [self.expression(element) for element in node.elts]
        if not elements:
            return "()", ATOM
        return ", ".join(elements) + ("," if len(elements) == 1 else ""), TUPLE

    def e_List(self, node):
        return "[%s]" % self.several(node.elts), ATOM

    def e_Set(self, node):
        return "{%s}" % self.several(node.elts) if node.elts else "{*()}", ATOM

    def e_Dict(self, node):
        return "{%s}" % ", ".join(["**" + self.expression(value, EXPR) if key is None else
                                   "%s: %s" % (self.expression(key), self.expression(value))
                                   for key, value in zip(node.keys, node.values)]), ATOM

    def generators(self, generators):
        parts = []
        for generator in generators:
            parts.append(" %s %s in %s" % ("async for" if generator.is_async else "for", self.expression(generator.target, TUPLE),
                                           self.expression(generator.iter, OR)))
            parts.extend([" if " + self.expression(test, OR) for test in generator.ifs])
        return "".join(parts)

    def e_ListComp(self, node):
        return "[%s%s]" % (self.expression(node.elt), self.generators(node.generators)), ATOM

    def e_SetComp(self, node):
        return "{%s%s}" % (self.expression(node.elt), self.generators(node.generators)), ATOM

    def e_GeneratorExp(self, node):
        return "(%s%s)" % (self.expression(node.elt), self.generators(node.generators)), ATOM

    def e_DictComp(self, node):
        return "{%s: %s%s}" % (self.expression(node.key), self.expression(node.value), self.generators(node.generators)), ATOM

    def e_NamedExpr(self, node):
        return "(%s := %s)" % (self.expression(node.target, ATOM), self.expression(node.value, ATOM)), ATOM

    def e_IfExp(self, node):
        return "%s if %s else %s" % (self.expression(node.body, OR), self.expression(node.test, OR), self.expression(node.orelse)), TEST

    def e_Lambda(self, node):
        parameters = self.parameters(node.args)
        return "lambda%s: %s" % (" " + parameters if parameters else "", self.expression(node.body)), TEST

    def e_BoolOp(self, node):
        level = AND if isinstance(node.op, n.And) else OR
        return (" and " if level == AND else " or ").join(
            [self.expression(value, min(level + i, ATOM)) for i, value in enumerate(node.values, 1)]), level

    def e_UnaryOp(self, node):
        operator, level = _UNARY[type(node.op)]
        return operator + self.expression(node.operand, level), level

    def e_BinOp(self, node):
        operator, level = _BINARY[type(node.op)]
        left, right = (level + 1, level) if isinstance(node.op, n.Pow) else (level, level + 1)
        return "%s %s %s" % (self.expression(node.left, left), operator, self.expression(node.right, right)), level

    def e_Compare(self, node):
        text = self.expression(node.left, CMP + 1)
        for operator, other in zip(node.ops, node.comparators):
            text += " %s %s" % (_COMPARE[type(operator)], self.expression(other, CMP + 1))
        return text, CMP
