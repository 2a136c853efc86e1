"""The classes of the syntax tree. Their fields are those of CPython 3.11, and of 3.12 for `type` statements."""

# A class, its fields: `?` may be None, `*` is a list. Then the base of the classes that follow.
_GRAMMAR = """
mod
Module body* type_ignores*
Interactive body*
Expression body
FunctionType argtypes* returns
stmt
FunctionDef name args body* decorator_list* returns? type_comment?
AsyncFunctionDef name args body* decorator_list* returns? type_comment?
ClassDef name bases* keywords* body* decorator_list*
Return value?
Delete targets*
Assign targets* value type_comment?
AugAssign target op value
AnnAssign target annotation value? simple
For target iter body* orelse* type_comment?
AsyncFor target iter body* orelse* type_comment?
While test body* orelse*
If test body* orelse*
With items* body* type_comment?
AsyncWith items* body* type_comment?
Match subject cases*
Raise exc? cause?
Try body* handlers* orelse* finalbody*
TryStar body* handlers* orelse* finalbody*
Assert test msg?
Import names*
ImportFrom module? names* level?
Global names*
Nonlocal names*
TypeAlias name type_params* value
Expr value
Pass
Break
Continue
expr
BoolOp op values*
NamedExpr target value
BinOp left op right
UnaryOp op operand
Lambda args body
IfExp test body orelse
Dict keys* values*
Set elts*
ListComp elt generators*
SetComp elt generators*
DictComp key value generators*
GeneratorExp elt generators*
Await value
Yield value?
YieldFrom value
Compare left ops* comparators*
Call func args* keywords*
FormattedValue value conversion format_spec?
JoinedStr values*
Constant value kind?
Attribute value attr ctx
Subscript value slice ctx
Starred value ctx
Name id ctx
List elts* ctx
Tuple elts* ctx
Slice lower? upper? step?
expr_context
Load
Store
Del
boolop
And
Or
operator
Add
Sub
Mult
MatMult
Div
Mod
Pow
LShift
RShift
BitOr
BitXor
BitAnd
FloorDiv
unaryop
Invert
Not
UAdd
USub
cmpop
Eq
NotEq
Lt
LtE
Gt
GtE
Is
IsNot
In
NotIn
excepthandler
ExceptHandler type? name? body*
pattern
MatchValue value
MatchSingleton value
MatchSequence patterns*
MatchMapping keys* patterns* rest?
MatchClass cls patterns* kwd_attrs* kwd_patterns*
MatchStar name?
MatchAs pattern? name?
MatchOr patterns*
type_ignore
TypeIgnore lineno tag
AST
comprehension target iter ifs* is_async
arguments posonlyargs* args* vararg? kwonlyargs* kw_defaults* kwarg? defaults*
arg arg annotation? type_comment?
keyword arg? value
alias name asname?
withitem context_expr optional_vars?
match_case pattern guard? body*
"""

_POSITION = ("lineno", "col_offset", "end_lineno", "end_col_offset")


class AST:
    def _source(self):
        # What compile() compiles of a tree.
        from .unparser import Unparser
        return Unparser().source(self)

    _fields = ()
    _attributes = ()
    __match_args__ = ()

    def __init__(self, *args, **kwargs):
        fields = self._fields
        if len(args) > len(fields):
            raise TypeError("%s constructor takes at most %d positional argument%s" % (
                type(self).__name__, len(fields), "" if len(fields) == 1 else "s"))
        for name, value in zip(fields, args):
            if name in kwargs:
                raise TypeError("%s got multiple values for argument %r" % (type(self).__name__, name))
            setattr(self, name, value)
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __repr__(self):
        return "<ast.%s object at 0x%012x>" % (type(self).__name__, id(self))


AST.__module__ = "ast"
LISTS = {}  # class: the fields that are lists


def _classes():
    base, base_name = AST, "AST"
    made = {"AST": AST}
    for line in _GRAMMAR.strip().split("\n"):
        name, *fields = line.split()
        if name[0].islower() and not fields or name == "AST":
            base = AST
            if name != "AST":
                base = made[name] = type(name, (AST,), {"__module__": "ast", "_attributes": ()})
                if name in ("stmt", "expr", "excepthandler", "pattern"):
                    base._attributes = _POSITION
                    base.end_lineno = base.end_col_offset = None
            continue
        names = tuple(field.rstrip("?*") for field in fields)
        members = {"__module__": "ast", "_fields": names, "__match_args__": names}
        for field in fields:
            if field[-1] == "?":
                members[field[:-1]] = None
        if name in ("arg", "keyword", "alias"):
            members.update(_attributes=_POSITION, end_lineno=None, end_col_offset=None)
        kind = made[name] = type(name, (base,), members)
        LISTS[kind] = tuple(field[:-1] for field in fields if field[-1] == "*")
    return made


CLASSES = _classes()
globals().update(CLASSES)
