/**
 * @file cli.h
 * The command line as one table: each command with its operands and options, from which come
 * the parser, the help texts and the suggestions for misspellings.
 *
 * A command writes results to standard output and everything else to standard error. A status
 * other than LQ_OK with an empty *err means: what went wrong has been told already.
 */
#ifndef LQ_CLI_CLI_H
#define LQ_CLI_CLI_H

#include "config/value.h"
#include "liquidus/status.h"

#include <stdbool.h>
#include <stddef.h>

enum { LQ_MAX_OPTIONS = 16, LQ_MAX_OPERANDS = 2, LQ_MAX_REPEATS = 64 };

typedef struct lq_option {
    const char *name;     /**< Without the dashes; NULL ends a list. */
    char letter;          /**< 0: no short form. */
    const char *argument; /**< What it takes, as in the help; NULL: a flag. */
    const char *doc;      /**< One clause. */
    bool repeats;         /**< May be given more than once; at most one option of a command. */
    bool later;           /**< Promised, not in this version: refused by name. */
} lq_option;

struct lq_call;

typedef struct lq_command {
    const char *name;
    const char *operands; /**< As in the help: "CONFIG". */
    size_t min_operands, max_operands;
    const char *summary; /**< One clause. */
    const char *more;    /**< What the help adds; NULL: nothing. */
    const lq_option *options;
    lq_status (*run)(const struct lq_call *call, lq_error *err);
} lq_command;

/** A parsed command line; texts are those of argv. */
typedef struct lq_call {
    const lq_command *command;
    const char *operands[LQ_MAX_OPERANDS];
    size_t n_operands;
    const char
        *values[LQ_MAX_OPTIONS]; /**< By place in the command's options; NULL: not given. */
    const char *repeated[LQ_MAX_REPEATS];
    size_t n_repeated;
    bool help; /**< --help was given: nothing else is checked. */
} lq_call;

/** All commands, ended by a NULL name. */
const lq_command *lq_commands(void);

/** NULL when there is none of the name. */
const lq_command *lq_command_find(const char *name);

/** Tells how to begin, in five lines. */
void lq_print_start(FILE *out);

/** All commands; or one, with its options. */
void lq_print_commands(FILE *out);
void lq_print_command(const lq_command *command, FILE *out);

/** Explains a word of finance; false when it is not in the list. */
bool lq_print_word(const char *word, FILE *out);
/** True for two names of one word: letters and digits in lower case; '-', '_' and ' ' are one.
 */
bool lq_same_word(const char *a, size_t len, const char *b);
/** Explains the keys of configs of that name; *found is false when there is none. */
lq_status lq_print_keys(const char *name, FILE *out, bool *found, lq_error *err);
/** The word nearest to a misspelt one, or NULL. */
const char *lq_suggest_word(const char *word);
/** Names all words. */
void lq_print_words(FILE *out);

/**
 * Reads what stands behind the command's name.
 *
 * @retval LQ_ECONFIG  Told on standard error already.
 */
lq_status lq_call_parse(const lq_command *command, int argc, char *const *argv, lq_call *out);

/** Text of an option, "" for a flag that was given, NULL when it was not. */
const char *lq_call_value(const lq_call *call, const char *option);

/**
 * A figure of an option as a config would hold it; `fallback` where it was not given.
 * @retval LQ_ECONFIG  Told on standard error already.
 */
lq_status lq_call_figure(const lq_call *call, const char *option, lq_measure measure,
                         double fallback, double *out);

/** Says on standard error what is wrong with the command line, and where to read on. */
lq_status lq_usage(const lq_command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** The commands, one file each. */
lq_status lq_cmd_run(const lq_call *call, lq_error *err);
lq_status lq_cmd_check(const lq_call *call, lq_error *err);
lq_status lq_cmd_show(const lq_call *call, lq_error *err);
lq_status lq_cmd_waterfall(const lq_call *call, lq_error *err);
lq_status lq_cmd_value(const lq_call *call, lq_error *err);
lq_status lq_cmd_dlom(const lq_call *call, lq_error *err);
lq_status lq_cmd_schedule(const lq_call *call, lq_error *err);
lq_status lq_cmd_schema(const lq_call *call, lq_error *err);
lq_status lq_cmd_init(const lq_call *call, lq_error *err);
lq_status lq_cmd_sources(const lq_call *call, lq_error *err);
lq_status lq_cmd_bench(const lq_call *call, lq_error *err);
lq_status lq_cmd_help(const lq_call *call, lq_error *err);

#endif
