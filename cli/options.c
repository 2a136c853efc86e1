/* cli/options.c: the table of options and the walk over argv.
 *
 * Options come before the program, as with python; the first argument that is not an option, -c CODE or - ends them. An
 * option is a row of the table and a case of `apply`; its help stands in help.c.
 */
#include "options.h"

#include "exit_codes.h"
#include "message.h"
#include "units.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum option_kind {
    OPTION_NUMBER,  /* a uint64_t of hermetic_options at `offset`, from min to max */
    OPTION_STRING,  /* a const char * of struct options at `offset`; given at most once */
    OPTION_SWITCH,  /* a bool of struct options at `offset` */
    OPTION_FLAG,    /* `min` is or-ed into hermetic_options.flags */
    OPTION_ACTION,  /* `min` is the enum cli_action */
    OPTION_STACK, OPTION_SEED, OPTION_DETERMINISTIC, OPTION_BACKEND, OPTION_INPUT
};

struct option {
    const char *name;
    char letter;
    enum option_kind kind;
    size_t offset;
    enum unit_family family;
    uint64_t min, max;
    const char *range; /* of numbers, for messages */
};

#define LIMIT(member) offsetof(hermetic_options, member)
#define MEMBER(member) offsetof(struct options, member)

static const struct option table[] = {
    { "--memory", 0, OPTION_NUMBER, LIMIT(memory), UNIT_SIZE, 65536, UINT64_C(4294901760), "64K to 4G less 64K" },
    { "--fuel", 0, OPTION_NUMBER, LIMIT(fuel), UNIT_COUNT, 1, INT64_MAX, "1 to 9223372036854775807" },
    { "--timeout", 0, OPTION_NUMBER, LIMIT(wall), UNIT_TIME, 1, INT64_MAX, "1ns to 9223372036s" },
    { "--output", 0, OPTION_NUMBER, LIMIT(output), UNIT_SIZE, 1, UINT32_MAX, "1 to 4G less 1" },
    { "--calls", 0, OPTION_NUMBER, LIMIT(calls), UNIT_COUNT, 1, INT64_MAX, "1 to 9223372036854775807" },
    { "--stack", 0, OPTION_STACK, 0, UNIT_SIZE, 262144, 67108864, "256K to 64M" },
    { "--cut-output", 0, OPTION_FLAG, 0, 0, HERMETIC_CUT_OUTPUT, 0, NULL },
    { "--input", 0, OPTION_INPUT, 0, 0, 0, 0, NULL },
    { "--value", 0, OPTION_SWITCH, MEMBER(value), 0, 0, 0, NULL },
    { "--json", 0, OPTION_SWITCH, MEMBER(json), 0, 0, 0, NULL },
    { "--raw", 0, OPTION_SWITCH, MEMBER(raw), 0, 0, 0, NULL },
    { "--restore", 0, OPTION_STRING, MEMBER(restore), 0, 0, 0, NULL },
    { "--snapshot", 0, OPTION_STRING, MEMBER(snapshot), 0, 0, 0, NULL },
    { "--key", 0, OPTION_STRING, MEMBER(key), 0, 0, 0, NULL },
    { "--deterministic", 0, OPTION_DETERMINISTIC, 0, 0, 0, 0, NULL },
    { "--seed", 0, OPTION_SEED, 0, UNIT_INTEGER, 0, UINT64_MAX, "0 to 18446744073709551615" },
    { "--backend", 0, OPTION_BACKEND, 0, 0, 0, 0, NULL },
    { "--help", 'h', OPTION_ACTION, 0, 0, ACTION_HELP, 0, NULL },
    { "--version", 'V', OPTION_ACTION, 0, 0, ACTION_VERSION, 0, NULL },
    { "--features", 0, OPTION_ACTION, 0, 0, ACTION_FEATURES, 0, NULL },
    { "--licenses", 0, OPTION_ACTION, 0, 0, ACTION_LICENSES, 0, NULL },
    { "--license", 0, OPTION_ACTION, 0, 0, ACTION_LICENSES, 0, NULL },
    { "--licences", 0, OPTION_ACTION, 0, 0, ACTION_LICENSES, 0, NULL },
    { "--licence", 0, OPTION_ACTION, 0, 0, ACTION_LICENSES, 0, NULL },
};

enum { TABLE_SIZE = sizeof table / sizeof *table };

static bool takes_value(const struct option *option)
{
    switch (option->kind) {
    case OPTION_SWITCH:
    case OPTION_FLAG:
    case OPTION_ACTION:
    case OPTION_DETERMINISTIC:
        return false;
    default:
        return true;
    }
}

static int usage_error(void)
{
    message("try 'hermetic --help'");
    return CLI_EXIT_USAGE;
}

static int read_number(const struct option *option, const char *text, uint64_t *out)
{
    const char *wrong = units_parse(option->family, text, out);
    if (wrong) {
        message("%s: '%s' %s", option->name, text, wrong);
        return CLI_EXIT_USAGE;
    }
    if (*out < option->min || *out > option->max) {
        message("%s: '%s' is out of range: %s", option->name, text, option->range);
        return CLI_EXIT_USAGE;
    }
    return 0;
}

static int apply(struct options *o, const struct option *option, const char *value)
{
    static const char *const backends[] = { "auto", "guard", "bounds" }; /* in the order of enum hermetic_backend */
    uint64_t number = 0;
    int code = 0;
    switch (option->kind) {
    case OPTION_NUMBER:
        code = read_number(option, value, &number);
        memcpy((char *)&o->sandbox + option->offset, &number, sizeof number);
        return code;
    case OPTION_STACK:
        code = read_number(option, value, &number);
        o->sandbox.stack = (uint32_t)number;
        return code;
    case OPTION_SEED:
        code = read_number(option, value, &number);
        o->sandbox.seed = number;
        o->sandbox.flags |= HERMETIC_HAS_SEED;
        return code;
    case OPTION_DETERMINISTIC:
        o->sandbox.clock = HERMETIC_CLOCK_VIRTUAL;
        o->sandbox.flags |= HERMETIC_HAS_SEED;
        return 0;
    case OPTION_STRING: {
        const char **string = (const char **)(void *)((char *)o + option->offset);
        if (*string) {
            message("%s: given twice", option->name);
            return CLI_EXIT_USAGE;
        }
        *string = value;
        return 0;
    }
    case OPTION_SWITCH:
        *(bool *)((char *)o + option->offset) = true;
        return 0;
    case OPTION_FLAG:
        o->sandbox.flags |= (uint32_t)option->min;
        return 0;
    case OPTION_ACTION:
        o->action = (enum cli_action)option->min;
        return 0;
    case OPTION_BACKEND:
        for (int i = 0; i < 3; i++)
            if (strcmp(value, backends[i]) == 0) {
                o->sandbox.backend = (enum hermetic_backend)i;
                return 0;
            }
        message("%s: '%s' is none of auto, guard, bounds", option->name, value);
        return CLI_EXIT_USAGE;
    case OPTION_INPUT:
        o->inputs[o->input_count++] = value;
        return 0;
    }
    return 0;
}

/* `text` may be --name or --name=value; *value is what follows the sign, or NULL. */
static const struct option *find(const char *text, const char **value)
{
    size_t len = strcspn(text, "=");
    *value = text[len] ? text + len + 1 : NULL;
    for (int i = 0; i < TABLE_SIZE; i++) {
        const char *name = table[i].name;
        if (strlen(name) == len && memcmp(name, text, len) == 0)
            return &table[i];
        if (table[i].letter && text[0] == '-' && text[1] == table[i].letter && !text[2])
            return &table[i];
    }
    return NULL;
}

/* What can only be said of the whole line. */
static int check(const struct options *o)
{
    const char *problem = NULL;
    if (o->json && o->value)
        problem = "--value: the object of --json has it already";
    else if (o->key && !o->snapshot && !o->restore)
        problem = "--key: nothing to sign or check without --snapshot or --restore";
    if (problem)
        message("%s", problem);
    return problem ? CLI_EXIT_USAGE : 0;
}

int options_parse(int argc, char **argv, struct options *o)
{
    *o = (struct options){ .sandbox = HERMETIC_OPTIONS_INIT };
    o->sandbox.clock = HERMETIC_CLOCK_REAL;
    o->inputs = malloc(((size_t)argc + 1) * sizeof *o->inputs);
    if (!o->inputs) {
        message("out of memory");
        return CLI_EXIT_INTERNAL;
    }
    int i = 1;
    bool ended = false; /* after -- */
    for (; i < argc; i++) {
        const char *arg = argv[i], *value;
        if (ended || arg[0] != '-')
            break;
        if (!arg[1]) {
            o->source = PROGRAM_STDIN;
            i++;
            break;
        }
        if (strcmp(arg, "--") == 0) {
            ended = true;
            continue;
        }
        if (arg[1] == 'c') {
            o->source = PROGRAM_CODE;
            o->program = arg[2] ? arg + 2 : ++i < argc ? argv[i] : NULL;
            if (!o->program) {
                message("-c: needs the code to run");
                return usage_error();
            }
            i++;
            break;
        }
        const struct option *option = find(arg, &value);
        if (!option) {
            message("unknown option '%s'", arg);
            return usage_error();
        }
        if (takes_value(option)) {
            if (!value)
                value = ++i < argc ? argv[i] : NULL;
            if (!value) {
                message("%s: needs a value", option->name);
                return usage_error();
            }
        } else if (value) {
            message("%s: takes no value", option->name);
            return usage_error();
        }
        int code = apply(o, option, value);
        if (code)
            return code;
        if (o->action != ACTION_RUN)
            return 0; /* the first of --help and its like counts, whatever follows */
    }
    if (o->source == PROGRAM_NONE && i < argc) {
        o->source = PROGRAM_FILE;
        o->program = argv[i++];
    }
    o->args = argv + (i < argc ? i : argc);
    return check(o);
}

void options_free(struct options *o)
{
    free(o->inputs);
    o->inputs = NULL;
}
