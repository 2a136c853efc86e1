/* cli/complete.c: decides from the text alone whether a statement is whole, as Python's own prompt would.
 *
 * A statement goes on while a bracket or a triple-quoted string is open, and after a backslash at the end of a line. A
 * compound statement (its first line starts with a keyword such as `def`, with a decorator, or ends in a colon) goes on
 * until an empty line. No grammar is known here: what is merely wrong counts as whole, and the guest says why.
 */
#include "complete.h"

#include <string.h>

struct scan {
    const char *at, *end;
    int depth;        /* open brackets; never below zero */
    bool open_string; /* the text ends inside a triple-quoted string */
    bool continued;   /* the last line ended in a backslash */
    bool compound;    /* the first logical line begins a block */
    bool seen_line;   /* a logical line has ended */
    char last;        /* last character of this logical line that is neither space nor comment */
};

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\f' || c == '\r';
}

/* At a quote: moves past the string. A quote within the braces of an f-string ends it early here, and what follows
 * opens another; the count of quotes is the same, so the end of the line is reached in the same state. */
static void skip_string(struct scan *s)
{
    char quote = *s->at;
    bool triple = s->end - s->at >= 3 && s->at[1] == quote && s->at[2] == quote;
    s->at += triple ? 3 : 1;
    while (s->at < s->end) {
        char c = *s->at;
        if (c == '\\' && s->end - s->at >= 2) {
            s->at += 2;
            if (!triple && s->at == s->end && s->at[-1] == '\n')
                s->continued = true; /* 'abc\ : the string goes on in the next line */
        } else if (!triple && c == '\n') {
            return; /* unterminated: the guest reports it */
        } else if (c == quote && (!triple || (s->end - s->at >= 3 && s->at[1] == quote && s->at[2] == quote))) {
            s->at += triple ? 3 : 1;
            return;
        } else {
            s->at++;
        }
    }
    if (triple)
        s->open_string = true;
}

static bool starts_block(const char *text, const char *end)
{
    static const char *const keywords[] = { "async", "class", "def", "for", "if", "try", "while", "with" };
    while (text < end && is_blank(*text))
        text++;
    if (text < end && *text == '@')
        return true;
    size_t len = 0;
    while (text + len < end && is_name(text[len]))
        len++;
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (strlen(keywords[i]) == len && memcmp(text, keywords[i], len) == 0)
            return true;
    return false;
}

/* At the newline that ends a logical line (or at the end of the text). */
static void end_line(struct scan *s)
{
    if (!s->last)
        return; /* blank or comment */
    if (!s->seen_line && s->last == ':')
        s->compound = true;
    s->seen_line = true;
    s->last = 0;
}

static void scan(struct scan *s)
{
    while (s->at < s->end) {
        char c = *s->at;
        s->continued = false;
        if (c == '"' || c == '\'') {
            s->last = c;
            skip_string(s);
            continue;
        }
        if (c == '#') {
            while (s->at < s->end && *s->at != '\n')
                s->at++;
            continue;
        }
        if (c == '\\' && s->end - s->at >= 2 && s->at[1] == '\n') {
            s->continued = true;
            s->last = c;
            s->at += 2;
            continue;
        }
        if (!s->last && !s->seen_line && !is_blank(c) && c != '\n' && starts_block(s->at, s->end))
            s->compound = true;
        if (c == '(' || c == '[' || c == '{')
            s->depth++;
        else if ((c == ')' || c == ']' || c == '}') && s->depth > 0)
            s->depth--;
        if (c == '\n') {
            if (s->depth == 0)
                end_line(s);
        } else if (!is_blank(c)) {
            s->last = c;
        }
        s->at++;
    }
    end_line(s);
}

/* Is the last line empty, not counting its newline? A line of spaces counts: editors and pastes leave them. */
static bool ends_in_empty_line(const char *text, size_t len)
{
    if (len == 0 || text[len - 1] != '\n')
        return false;
    size_t i = len - 1;
    while (i > 0 && is_blank(text[i - 1]))
        i--;
    return i == 0 || text[i - 1] == '\n';
}

bool complete_statement(const char *text, size_t len)
{
    struct scan s = { .at = text, .end = text + len };
    scan(&s);
    if (s.open_string || s.depth > 0)
        return false;
    if (s.continued)
        return false;
    return !s.compound || ends_in_empty_line(text, len);
}
