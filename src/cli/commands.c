#include "cli/cli.h"

#include <string.h>

/* clang-format off */
#define SET {"set", 0, "KEY=VALUE", "change one figure (null: take it away); may be repeated", true, false}
#define STRESS {"stress", 0, "NAME|FILE", "through a bad time: help stress names them", false, false}
#define LIST_END {NULL, 0, NULL, NULL, false, false}

static const lq_option run_options[] = {
    {"output",     'o', "FILE", "the result file; default results/NAME.h5", false, false},
    {"paths",      0,   "N",    "how many futures; default as in the config", false, false},
    {"tolerance",  0,   "X",    "as many as give a standard error of X: 0.1% or $500", false, false},
    {"tolerance-of", 0, "FIGURE", "of which: certainty_equivalent, mean, median, p_a_beats_b", false, false},
    {"max-paths",  0,   "N",    "but no more than these; default 100 million", false, false},
    {"seed",       0,   "S",    "key of every random draw", false, false},
    {"threads",    0,   "N",    "default: one for each processor", false, false},
    SET,
    STRESS,
    {"samples",    0,   NULL,   "keep every path's results in the file", false, false},
    {"compress",   0,   NULL,   "store samples smaller, and slower", false, false},
    {"no-turning", 0,   NULL,   "do not look for what would turn the verdict", false, false},
    {"json",       0,   NULL,   "print one JSON object instead of the screen", false, false},
    {"quiet",      'q', NULL,   "write the file and print nothing", false, false},
    {"resume",     0,   NULL,   NULL, false, true},
    LIST_END};

static const lq_option check_options[] = {
    SET,
    STRESS,
    LIST_END};

static const lq_option show_options[] = {
    {"json", 0, NULL, "print one JSON object instead of the screen", false, false},
    {"hash", 0, NULL, "print the content hash alone, computed anew", false, false},
    LIST_END};

static const lq_option schedule_options[] = {
    {"offer", 0, "ID",        "this offer only", false, false},
    SET,
    {"json",  0, NULL,        "print one JSON object", false, false},
    LIST_END};

static const lq_option waterfall_options[] = {
    {"company", 0, "ID",      "whose cap table; needed where there are several", false, false},
    {"exit",    0, "X,Y,...", "values of the whole company, up to 64: 130M,150M", false, false},
    {"ipo",     0, NULL,      "an IPO, where preferred become common, instead of a sale", false, false},
    {"after",   0, "T",       "so long after the start: cumulative dividends run on", false, false},
    SET,
    {"json",    0, NULL,      "print one JSON object", false, false},
    LIST_END};

static const lq_option value_options[] = {
    {"company", 0, "ID", "whose paper; needed where there are several", false, false},
    {"equity",  0, "X",  "value of all shares, in place of the opening value", false, false},
    {"term",    0, "T",  "until the exit, in place of the config's: 3y", false, false},
    SET,
    {"json",    0, NULL, "print one JSON object", false, false},
    LIST_END};

static const lq_option dlom_options[] = {
    {"volatility", 0, "X", "of the share, a year: 60%", false, false},
    {"term",       0, "T", "until it can be sold: 2y, 18mo", false, false},
    {"rate",       0, "R", "risk-free, effective a year; default 0%", false, false},
    {"dividend",   0, "Q", "yield, continuous; default 0%", false, false},
    {"json",       0, NULL, "print one JSON object", false, false},
    LIST_END};

static const lq_option schema_options[] = {
    {"markdown", 0, NULL, "print the reference page instead of JSON Schema", false, false},
    LIST_END};

static const lq_option init_options[] = {
    {"template", 0, "NAME", "two-offers (default), band, double-trigger, public", false, false},
    LIST_END};

static const lq_option bench_options[] = {
    {"json", 0, NULL, "print one JSON object", false, false},
    {"quick", 0, NULL, "fewer paths and rounds: rough figures, in seconds", false, false},
    LIST_END};

static const lq_option no_options[] = {LIST_END};

static const lq_command commands[] = {
    {"run", "CONFIG", 1, 1, "simulate, print the comparison, write the result file",
     "An interrupted run (Ctrl-C) writes FILE.partial.h5 with what is done and leaves FILE as it "
     "was; a second Ctrl-C ends at once. A file that exists is replaced only if liquidus wrote it.",
     run_options, lq_cmd_run},
    {"check", "CONFIG", 1, 1, "validate; print what the config means, assumptions, warnings",
     NULL, check_options, lq_cmd_check},
    {"show", "RESULT", 1, 1, "print the comparison again, from a result file",
     NULL, show_options, lq_cmd_show},
    {"schedule", "CONFIG", 1, 1, "print what vests when",
     "Units are whole or fractional as the grant says; a grant in money whose price is not known "
     "today, such as a refresher, shows shares of the grant alone.",
     schedule_options, lq_cmd_schedule},
    {"waterfall", "CONFIG", 1, 1, "print who is paid what when a company is sold or listed",
     "Exact, without simulation: fees, debt, carve-out, preferences by rank, then everybody share "
     "by share, each series converting where that pays it more and options exercised where they are "
     "in the money. A config of companies alone serves.",
     waterfall_options, lq_cmd_waterfall},
    {"value", "CONFIG", 1, 1, "print what a private company's paper is worth today",
     "Without simulation: the opening value, each class by the option pricing method, a 409A of a "
     "share of common, discounts for lack of marketability, and the grants of the offers. Without "
     "--term the company leaves by its own exits. What is uncertain counts "
     "at its mean. A config of companies alone serves.",
     value_options, lq_cmd_value},
    {"dlom", "", 0, 0, "print what it costs that a share cannot be sold for a while",
     "Five formulas; longstaff is an upper bound and can exceed 100 %. Nothing of it enters a run, "
     "which simulates the waiting itself.",
     dlom_options, lq_cmd_dlom},
    {"schema", "", 0, 0, "print the JSON Schema of configs, for editors",
     NULL, schema_options, lq_cmd_schema},
    {"init", "", 0, 0, "write offers.yaml to start from; never overwrites",
     NULL, init_options, lq_cmd_init},
    {"sources", "", 0, 0, "print every default with its source and date",
     NULL, no_options, lq_cmd_sources},
    {"bench", "", 0, 0, "measure speed against reference kernels and other libraries",
     NULL, bench_options, lq_cmd_bench},
    {"help", "[COMMAND|WORD]", 0, 2, "explain a command, a word of finance (help gamma), or a key",
     NULL, no_options, lq_cmd_help},
    {NULL, NULL, 0, 0, NULL, NULL, NULL, NULL}};
/* clang-format on */

const lq_command *lq_commands(void)
{
    return commands;
}

const lq_command *lq_command_find(const char *name)
{
    for (const lq_command *c = commands; c->name; c++)
        if (strcmp(c->name, name) == 0) return c;
    return NULL;
}
