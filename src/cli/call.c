#include "cli/cli.h"

#include "config/quantity.h"
#include "config/schema.h"

#include <stdarg.h>
#include <string.h>

lq_status lq_usage(const lq_command *command, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "liquidus%s%s: ", command ? " " : "", command ? command->name : "");
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "\nRead: liquidus help%s%s\n", command ? " " : "",
            command ? command->name : "");
    return LQ_ECONFIG;
}

static const lq_option *by_letter(const lq_command *command, char letter)
{
    for (const lq_option *o = command->options; o->name; o++)
        if (o->letter == letter) return o;
    return NULL;
}

static const lq_option *by_name(const lq_command *command, const char *name, size_t len)
{
    for (const lq_option *o = command->options; o->name; o++)
        if (strlen(o->name) == len && memcmp(o->name, name, len) == 0) return o;
    return NULL;
}

static lq_status unknown_option(const lq_command *command, const char *word, size_t len)
{
    const char *names[LQ_MAX_OPTIONS];
    char name[64];
    size_t n = 0;
    for (const lq_option *o = command->options; o->name && n < LQ_MAX_OPTIONS; o++)
        names[n++] = o->name;
    snprintf(name, sizeof name, "%.*s", (int)(len < 60 ? len : 60), word);
    const char *near = lq_suggest(name, names, n);
    /* a cut-off name is a wrong name: what it means may change with the next version */
    for (size_t i = 0; !near && len >= 2 && i < n; i++)
        if (strncmp(names[i], name, len) == 0) near = names[i];
    return lq_usage(command, "unknown option --%s%s%s%s", name, near ? "; did you mean --" : "",
                    near ? near : "", near ? "?" : "");
}

static lq_status keep(lq_call *call, const lq_option *option, const char *value)
{
    const lq_command *command = call->command;
    const size_t place = (size_t)(option - command->options);
    if (option->later) return lq_usage(command, "--%s is not in this version", option->name);
    if (call->values[place] && !option->repeats)
        return lq_usage(command, "--%s is given twice", option->name);
    call->values[place] = value;
    if (!option->repeats) return LQ_OK;
    if (call->n_repeated == LQ_MAX_REPEATS)
        return lq_usage(command, "--%s is given more than %d times", option->name,
                        LQ_MAX_REPEATS);
    call->repeated[call->n_repeated++] = value;
    return LQ_OK;
}

/* argv[*i] is "--name", "--name=value" or "--name" "value". */
static lq_status parse_long(lq_call *call, int argc, char *const *argv, int *i)
{
    const char *word = argv[*i] + 2;
    const size_t len = strcspn(word, "=");
    const char *value = word[len] ? word + len + 1 : NULL;
    const lq_option *option = by_name(call->command, word, len);
    if (!option) return unknown_option(call->command, word, len);
    if (option->later) return keep(call, option, "");
    if (!option->argument && value)
        return lq_usage(call->command, "--%s takes no value", option->name);
    if (option->argument && !value) {
        if (*i + 1 >= argc)
            return lq_usage(call->command, "--%s needs %s", option->name, option->argument);
        value = argv[++*i];
    }
    return keep(call, option, value ? value : "");
}

/* argv[*i] is "-q", "-o" "value" or "-ovalue". */
static lq_status parse_short(lq_call *call, int argc, char *const *argv, int *i)
{
    for (const char *at = argv[*i] + 1; *at; at++) {
        const lq_option *option = by_letter(call->command, *at);
        if (!option) return lq_usage(call->command, "unknown option -%c", *at);
        if (!option->argument) {
            LQ_TRY(keep(call, option, ""));
            continue;
        }
        if (at[1]) return keep(call, option, at + 1);
        if (*i + 1 >= argc)
            return lq_usage(call->command, "-%c needs %s", *at, option->argument);
        return keep(call, option, argv[++*i]);
    }
    return LQ_OK;
}

static bool asks_for_help(int argc, char *const *argv)
{
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) return true;
    return false;
}

static lq_status keep_operand(lq_call *call, const char *word)
{
    const lq_command *command = call->command;
    if (call->n_operands == command->max_operands)
        return lq_usage(command, "one too many: %.100s", word);
    call->operands[call->n_operands++] = word;
    return LQ_OK;
}

lq_status lq_call_parse(const lq_command *command, int argc, char *const *argv, lq_call *out)
{
    lq_call call = {.command = command, .help = asks_for_help(argc, argv)};
    bool only_operands = false;
    for (int i = 0; i < argc && !call.help; i++) {
        const char *word = argv[i];
        if (only_operands || word[0] != '-' || word[1] == '\0')
            LQ_TRY(keep_operand(&call, word));
        else if (strcmp(word, "--") == 0)
            only_operands = true;
        else if (word[1] == '-')
            LQ_TRY(parse_long(&call, argc, argv, &i));
        else
            LQ_TRY(parse_short(&call, argc, argv, &i));
    }
    if (!call.help && call.n_operands < command->min_operands)
        return lq_usage(command, "%s is missing", command->operands);
    *out = call;
    return LQ_OK;
}

const char *lq_call_value(const lq_call *call, const char *option)
{
    const lq_option *o = by_name(call->command, option, strlen(option));
    return o ? call->values[o - call->command->options] : NULL;
}

lq_status lq_call_figure(const lq_call *call, const char *option, lq_measure measure,
                         double fallback, double *out)
{
    const char *text = lq_call_value(call, option);
    *out = fallback;
    if (!text) return LQ_OK;
    lq_quantity q;
    lq_fault fault = lq_quantity_parse(text, strlen(text), &q);
    if (fault == LQ_FAULT_NONE) fault = lq_quantity_convert(&q, measure, out);
    if (fault == LQ_FAULT_NONE) return LQ_OK;
    return lq_usage(call->command, "--%s: expected %s, found %.40s", option,
                    lq_measure_example(measure), text);
}
