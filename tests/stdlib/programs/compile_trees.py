# compile() of trees, and its arguments by name.

import ast


class Fold(ast.NodeTransformer):
    def visit_BinOp(self, node):
        self.generic_visit(node)
        if isinstance(node.left, ast.Constant) and isinstance(node.right, ast.Constant):
            return ast.copy_location(ast.Constant(eval(ast.unparse(node))), node)
        return node


tree = ast.fix_missing_locations(Fold().visit(ast.parse("x = 2 * 3 + y\nprint(x)")))
print(ast.unparse(tree))
exec(compile(tree, "<tree>", "exec"), {"y": 4})
expression = ast.Expression(ast.BinOp(ast.Constant(2), ast.Mult(), ast.Constant(21)))
print(eval(compile(ast.fix_missing_locations(expression), "<tree>", "eval")))
names = {}
module = ast.Module([ast.Assign([ast.Name("q", ast.Store())], ast.List([ast.Constant(5)], ast.Load()))], [])
exec(compile(ast.fix_missing_locations(module), filename="<tree>", mode="exec"), names)
print(names["q"], type(compile("1 + 1", "<s>", "eval", ast.PyCF_ONLY_AST)).__name__)
print(eval(compile(source="a + 1", filename="<s>", mode="eval", flags=0, dont_inherit=True, optimize=-1), {"a": 1}))
for arguments in ((5, "<s>", "exec"), ("1", "<s>", "other")):
    try:
        compile(*arguments)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
