/* tests/cli/complete_test.c: the prompt's check for a whole statement agrees with Python's own prompt. */
#include "../../cli/complete.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *text;
    bool whole;
} cases[] = {
    /* simple statements */
    { "\n", true },
    { "x = 1\n", true },
    { "x = 1; y = 2\n", true },
    { "# only a comment:\n", true },
    { "format = 3\n", true }, /* begins with `for`, and is no keyword */
    { "iffy()\n", true },
    /* brackets */
    { "f(1,\n", false },
    { "f(1,\n  2)\n", true },
    { "x = [\n\n", false },
    { "x = {1: [2, (3\n", false },
    { "x = {1: [2, (3\n)]}\n", true },
    { "x = ')'\n", true },
    { "x = ('('\n", false },
    { "f( # )\n", false },
    { ")\n", true }, /* wrong, and more lines cannot mend it */
    /* strings */
    { "x = 'abc\n", true }, /* unterminated: a SyntaxError now */
    { "x = '''abc\n", false },
    { "x = '''abc\n\n", false },
    { "x = '''abc\n'''\n", true },
    { "x = \"\"\"a'''b\n", false },
    { "x = '''a\\'''\n", false },
    { "x = r'\\'\n", true },
    { "x = ''\n", true },
    { "x = f\"{y['a']}\"\n", true },
    { "x = f'{d['k']}'\n", true },
    { "x = '''a''' + '''\n", false },
    /* a backslash at the end of a line */
    { "x = 1 + \\\n", false },
    { "x = 1 + \\\n2\n", true },
    { "x = 'a\\\n", false },
    { "x = 'a\\\nb'\n", true },
    { "# comment \\\n", true },
    /* compound statements */
    { "if x:\n", false },
    { "if x:\n    y\n", false },
    { "if x:\n    y\n\n", true },
    { "if x: y\n", false },
    { "if x: y\n\n", true },
    { "def f(a,\n", false },
    { "def f(a,\n      b): return a\n", false },
    { "def f(a,\n      b): return a\n\n", true },
    { "def f():\n    '''doc\n\n", false },
    { "def f():\n    '''doc\n\n    '''\n\n", true },
    { "class A: pass\n\n", true },
    { "@decorator\n", false },
    { "@decorator\ndef f():\n    pass\n", false },
    { "@decorator\ndef f():\n    pass\n\n", true },
    { "async def f():\n", false },
    { "match x:\n", false },
    { "match x:\n    case 1: y\n\n", true },
    { "match = 1\n", true },
    { "while True:\n    pass # never\n", false },
    { "for x in y: # why\n", false },
    { "with a as b, \\\n     c as d:\n", false },
    { "try:\n    x\nexcept E:\n    y\n", false },
    { "try:\n    x\nexcept E:\n    y\n   \n", true },
    { "# first\nif x:\n", false },
    { "x = {'a':\n", false },
    { "x = y[1:\n2]\n", true },
    { "\n\nif x:\n", false },
    { "f = lambda: 1\n", true },
};

int main(void)
{
    int failures = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool whole = complete_statement(cases[i].text, strlen(cases[i].text));
        if (whole != cases[i].whole) {
            fprintf(stderr, "complete_statement: got %d, want %d for:\n%s\n", whole, cases[i].whole, cases[i].text);
            failures++;
        }
    }
    return failures ? 1 : 0;
}
