#include "cli/cli.h"

#include "config/schema.h"
#include "scenario/scenario.h"
#include "show/text.h"

#include <string.h>

void lq_print_start(FILE *out)
{
    fputs("liquidus compares job offers whose pay is partly paper, by simulation.\n"
          "  liquidus init               writes offers.yaml; put your letters into it\n"
          "  liquidus check offers.yaml  says what it understood, and what it assumed\n"
          "  liquidus run offers.yaml    says which offer is worth more to you\n"
          "  liquidus help               all commands. Not financial, tax or legal advice.\n",
          out);
}

void lq_print_commands(FILE *out)
{
    fputs("usage: liquidus COMMAND [OPERAND] [OPTION]...\n\n", out);
    for (const lq_command *c = lq_commands(); c->name; c++) {
        char call[64];
        snprintf(call, sizeof call, "%s %s", c->name, c->operands);
        fprintf(out, "  %-21s %s\n", call, c->summary);
    }
    fputs(
        "  --version             which liquidus this is\n\n"
        "liquidus help COMMAND tells its options, liquidus help WORD explains a word of\n"
        "finance (liquidus help words names them) or a key of the configs. Exit status:\n"
        "0 done; 2 bad usage or config; 3 could not finish; 4 a check failed;\n"
        "130 interrupted.\n\n"
        "Environment: LIQUIDUS_ISA=v3 runs without AVX-512 (same bits, slower), v4 insists\n"
        "on it; LIQUIDUS_DATA=FOLDER holds the data packs; NO_COLOR prints without colours.\n",
        out);
}

static void print_option(const lq_option *o, FILE *out)
{
    char left[64];
    const char letter[] = {o->letter, '\0'};
    snprintf(left, sizeof left, "%s%s%s--%s%s%s", o->letter ? "-" : "", letter,
             o->letter ? ", " : "    ", o->name, o->argument ? " " : "",
             o->argument ? o->argument : "");
    fprintf(out, "  %-25s %s\n", left, o->doc);
}

void lq_print_command(const lq_command *command, FILE *out)
{
    fprintf(out, "usage: liquidus %s%s%s%s\n", command->name, *command->operands ? " " : "",
            command->operands, command->options->name ? " [OPTION]..." : "");
    lq_wrap wrap = lq_wrap_begin(out, 0, 0);
    lq_wrap_printf(&wrap, "To %s.", command->summary);
    if (command->more) lq_wrap_words(&wrap, command->more);
    lq_wrap_end(&wrap);
    for (const lq_option *o = command->options; o->name; o++)
        if (!o->later) print_option(o, out);
}

/* The nearest name among commands, then words. */
static const char *nearest(const char *topic)
{
    const char *names[64];
    size_t n = 0;
    for (const lq_command *c = lq_commands(); c->name; c++)
        names[n++] = c->name;
    const char *near = lq_suggest(topic, names, n);
    return near ? near : lq_suggest_word(topic);
}

/* One paragraph a stress, in the words of its file. */
static lq_status print_stresses(lq_arena *arena, lq_problems *problems, FILE *out,
                                lq_error *err)
{
    lq_list list;
    LQ_TRY(lq_stress_list(arena, problems, &list, err));
    const lq_stress_entry *entries = list.items;
    lq_wrap wrap = lq_wrap_begin(out, 0, 2);
    lq_wrap_words(&wrap, "stress: a bad time that the futures go through. run and check take "
                         "--stress NAME, or --stress FILE for one of your own; each key is one "
                         "of stress in docs/config.md.");
    lq_wrap_end(&wrap);
    for (size_t i = 0; i < list.len; i++) {
        fprintf(out, "  %s%*s", entries[i].name,
                (int)(strlen(entries[i].name) < 18 ? 18 - strlen(entries[i].name) : 1), "");
        wrap = lq_wrap_begin(out, 0, 20);
        wrap.column = 20;
        lq_wrap_words(&wrap, entries[i].about);
        lq_wrap_end(&wrap);
    }
    return LQ_OK;
}

static lq_status help_stress(lq_error *err)
{
    lq_arena *arena = lq_arena_create();
    lq_problems *problems = lq_problems_create();
    lq_status status = LQ_ENOMEM;
    if (arena && problems)
        status = print_stresses(arena, problems, stdout, err);
    else
        status = LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for the stresses");
    if (problems && lq_problems_count(problems) > 0) {
        lq_problems_print(problems, stderr);
        *err = (lq_error){0};
    }
    lq_problems_destroy(problems);
    lq_arena_destroy(arena);
    return status;
}

/* A word of finance, else a key of the configs. */
static lq_status help_word(const char *topic, lq_error *err)
{
    bool found = lq_print_word(topic, stdout);
    if (!found) LQ_TRY(lq_print_keys(topic, stdout, &found, err));
    if (found) return LQ_OK;
    const char *near = nearest(topic);
    return lq_usage(NULL, "no command, word or key \"%s\"%s%s%s", topic,
                    near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

lq_status lq_cmd_help(const lq_call *call, lq_error *err)
{
    if (call->n_operands == 0) {
        lq_print_commands(stdout);
        return LQ_OK;
    }
    char topic[128];
    snprintf(topic, sizeof topic, "%s%s%s", call->operands[0], call->n_operands > 1 ? " " : "",
             call->n_operands > 1 ? call->operands[1] : "");
    const lq_command *command = lq_command_find(topic);
    if (command)
        lq_print_command(command, stdout);
    else if (strcmp(topic, "words") == 0)
        lq_print_words(stdout);
    else if (strcmp(topic, "stress") == 0)
        return help_stress(err);
    else
        return help_word(topic, err);
    return LQ_OK;
}
