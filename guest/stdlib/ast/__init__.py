"""Syntax trees: parse, look at, change, and write as source again."""

import sys
from .nodes import AST, CLASSES as _CLASSES, LISTS as _LISTS
from .nodes import *

__all__ = [*_CLASSES, "parse", "literal_eval", "dump", "copy_location", "fix_missing_locations", "increment_lineno",
           "iter_fields", "iter_child_nodes", "get_docstring", "get_source_segment", "walk", "NodeVisitor",
           "NodeTransformer", "unparse"]

PyCF_ONLY_AST = 0x400
PyCF_TYPE_COMMENTS = 0x1000
PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000


class _Deprecated(type):
    def __instancecheck__(cls, instance):
        return isinstance(instance, Constant) and isinstance(instance.value, cls._kinds) and not (
            isinstance(instance.value, bool) and bool not in cls._kinds)


def _constant(name, kinds, fields):
    return _Deprecated(name, (Constant,), {
        "_kinds": kinds, "__new__": lambda cls, value=..., *args, **kwargs: Constant(value, *args, **kwargs)})


def __getattr__(name):
    # Names of before 3.8; isinstance() looks at the value.
    kinds = {"Num": (int, float, complex), "Str": (str,), "Bytes": (bytes,), "NameConstant": (bool, type(None)),
             "Ellipsis": (type(...),)}.get(name)
    if kinds is None:
        raise AttributeError("module 'ast' has no attribute %r" % name)
    kind = globals()[name] = _constant(name, kinds, ())
    return kind


_NOT_SYNTAX = ("outside function", "outside loop", "not properly in loop", "outside async function", "nonlocal", "before global",
               "prior to global", "duplicate argument")


def parse(source, filename="<unknown>", mode="exec", *, type_comments=False, feature_version=None):
    if isinstance(source, AST):
        return source
    if mode == "func_type":
        raise ValueError("ast.parse: function types are left out")
    # The compiler says what is wrong with the text; the parser below expects none of it. What is wrong with a program
    # whose syntax is right does not matter here.
    try:
        compile(source, filename, "eval" if mode == "eval" else "exec")
    except SyntaxError as error:
        if not any(text in str(error.msg) for text in _NOT_SYNTAX):
            raise
    if isinstance(source, (bytes, bytearray)):
        source = bytes(source).decode("utf-8-sig")
    from .parser import Parser
    if mode == "eval":
        parser = Parser(source.lstrip(" \t"))
        return Expression(parser.stars())
    parser = Parser(source)
    body = parser.module()
    return Interactive(body) if mode == "single" else Module(body, [])


def literal_eval(node_or_string):
    if isinstance(node_or_string, str):
        from .literal import literal
        return literal(node_or_string)
    node = node_or_string.body if isinstance(node_or_string, Expression) else node_or_string
    return _literal(node)


def _malformed(node):
    text = "malformed node or string"
    line = getattr(node, "lineno", None)
    if line:
        text += " on line %d" % line
    raise ValueError("%s: %r" % (text, node))


def _number(node):
    if isinstance(node, UnaryOp) and isinstance(node.op, (UAdd, USub)):
        value = _number(node.operand)
        return +value if isinstance(node.op, UAdd) else -value
    if not isinstance(node, Constant) or type(node.value) not in (int, float, complex):
        _malformed(node)
    return node.value


def _literal(node):
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Tuple):
        return tuple([_literal(element) for element in node.elts])
    if isinstance(node, List):
        return [_literal(element) for element in node.elts]
    if isinstance(node, Set):
        return {_literal(element) for element in node.elts}
    if isinstance(node, Call) and isinstance(node.func, Name) and node.func.id == "set" and not node.args and not node.keywords:
        return set()
    if isinstance(node, Dict):
        if len(node.keys) != len(node.values):
            _malformed(node)
        return {_literal(key): _literal(value) for key, value in zip(node.keys, node.values)}
    if isinstance(node, BinOp) and isinstance(node.op, (Add, Sub)):
        left, right = _number(node.left), node.right
        right = _number(right)
        if isinstance(left, (int, float)) and isinstance(right, complex):
            return left + right if isinstance(node.op, Add) else left - right
        _malformed(node)
    return _number(node)


def iter_fields(node):
    for name in node._fields:
        try:
            yield name, getattr(node, name)
        except AttributeError:
            pass


def iter_child_nodes(node):
    for _, value in iter_fields(node):
        if isinstance(value, AST):
            yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, AST):
                    yield item


def walk(node):
    waiting = [node]
    for node in waiting:
        waiting.extend(iter_child_nodes(node))
        yield node


def dump(node, annotate_fields=True, include_attributes=False, *, indent=None):
    if not isinstance(node, AST):
        raise TypeError("expected AST, got %r" % type(node).__name__)
    if indent is not None and not isinstance(indent, str):
        indent = " " * indent

    def text(node, level):
        """The node as text, and whether it has no parts."""
        level += 1
        prefix, separator = ("\n" + indent * level, ",\n" + indent * level) if indent is not None else ("", ", ")
        if isinstance(node, AST):
            parts, plain, named = [], True, annotate_fields
            for name in node._fields:
                value = getattr(node, name, ...)
                if value is ... and not isinstance(node, Constant) or value is None and getattr(type(node), name, ...) is None:
                    named = True
                    continue
                value, simple = text(value, level)
                plain = plain and simple
                parts.append("%s=%s" % (name, value) if named else value)
            if include_attributes:
                for name in node._attributes:
                    value = getattr(node, name, None)
                    if value is None:
                        continue
                    value, simple = text(value, level)
                    plain = plain and simple
                    parts.append("%s=%s" % (name, value))
            if plain and len(parts) <= 3:
                return "%s(%s)" % (type(node).__name__, ", ".join(parts)), not parts
            return "%s(%s%s)" % (type(node).__name__, prefix, separator.join(parts)), False
        if isinstance(node, list):
            if not node:
                return "[]", True
            return "[%s%s]" % (prefix, separator.join([text(item, level)[0] for item in node])), False
        return repr(node), True

    return text(node, 0)[0]


def copy_location(new_node, old_node):
    for name in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
        if name in old_node._attributes and name in new_node._attributes:
            value = getattr(old_node, name, None)
            if value is not None or hasattr(old_node, name) and name.startswith("end_"):
                setattr(new_node, name, value)
    return new_node


def fix_missing_locations(node):
    def fix(node, place):
        place = list(place)
        for i, name in enumerate(("lineno", "col_offset", "end_lineno", "end_col_offset")):
            if name in node._attributes:
                if getattr(node, name, None) is None:
                    setattr(node, name, place[i])
                else:
                    place[i] = getattr(node, name)
        for child in iter_child_nodes(node):
            fix(child, place)

    fix(node, (1, 0, 1, 0))
    return node


def increment_lineno(node, n=1):
    for child in walk(node):
        if isinstance(child, TypeIgnore):
            child.lineno += n
            continue
        if "lineno" in child._attributes:
            child.lineno = getattr(child, "lineno", 0) + n
        if "end_lineno" in child._attributes and getattr(child, "end_lineno", 0) is not None:
            child.end_lineno = getattr(child, "end_lineno", 0) + n
    return node


def get_docstring(node, clean=True):
    if not isinstance(node, (AsyncFunctionDef, FunctionDef, ClassDef, Module)):
        raise TypeError("%r can't have docstrings" % type(node).__name__)
    if not node.body or not isinstance(node.body[0], Expr):
        return None
    value = node.body[0].value
    if not isinstance(value, Constant) or not isinstance(value.value, str):
        return None
    if not clean:
        return value.value
    import inspect
    return inspect.cleandoc(value.value)


def get_source_segment(source, node, *, padded=False):
    if getattr(node, "end_lineno", None) is None or node.end_col_offset is None:
        return None
    lines = source.splitlines(True)
    first, last = node.lineno - 1, node.end_lineno - 1
    start, end = node.col_offset, node.end_col_offset
    if first == last:
        return lines[first].encode()[start:end].decode()
    before = "".join(c if c in "\f\t" else " " for c in lines[first].encode()[:start].decode()) if padded else ""
    return before + lines[first].encode()[start:].decode() + "".join(lines[first + 1:last]) + \
        lines[last].encode()[:end].decode()


class NodeVisitor:
    def visit(self, node):
        return getattr(self, "visit_" + type(node).__name__, self.generic_visit)(node)

    def generic_visit(self, node):
        for child in iter_child_nodes(node):
            self.visit(child)

    def visit_Constant(self, node):
        value = node.value
        name = ("NameConstant" if value is None or isinstance(value, bool) else "Num" if isinstance(value, (int, float, complex))
                else "Str" if isinstance(value, str) else "Bytes" if isinstance(value, bytes) else "Ellipsis")
        return getattr(self, "visit_" + name, self.generic_visit)(node)


class NodeTransformer(NodeVisitor):
    def generic_visit(self, node):
        for name, old in list(iter_fields(node)):
            if isinstance(old, list):
                new = []
                for item in old:
                    if isinstance(item, AST):
                        item = self.visit(item)
                        if item is None:
                            continue
                        if not isinstance(item, AST):
                            new.extend(item)
                            continue
                    new.append(item)
                old[:] = new
            elif isinstance(old, AST):
                new = self.visit(old)
                if new is None:
                    delattr(node, name)
                else:
                    setattr(node, name, new)
        return node


def unparse(ast_obj):
    from .unparser import Unparser
    return Unparser().source(ast_obj)
