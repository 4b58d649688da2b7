#include "decide/outputs.h"

#include <stdio.h>
#include <string.h>

static const char *group_text(const char *group)
{
    static const char *const texts[][2] = {
        {"/offers", "One row per offer: letters, asks and band points."},
        {"/pairs", "Each offer against the baseline (`decide.pairs: all`: every two)."},
        {"/companies", "What happened to the companies."},
        {"/paths", "The first paths of every world, whole, for plots."},
        {"/worlds", "The same figures for each draw of what nobody knows."},
        {"/turning", "What would turn the verdict, one thing alone."},
        {"/verdict", "The answer in words."},
        {"/assumptions", "What was assumed because the config does not say."},
        {"/warnings", "What to know before believing the rest."},
        {"/manifest", "How to make this result again."},
        {"/manifest/run", "What differs from run to run; not part of the content's hash."}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i][0], group) == 0) return texts[i][1];
    return "";
}

static void print_row(FILE *out, const lq_output *row)
{
    const char *first = lq_output_dimension(row->set);
    fprintf(out, "| `%s`%s | %s%s%s | %s | %s | %s |\n", row->name,
            row->kind == LQ_OUTPUT_ESTIMATE ? ", `_se`" : "", first,
            *first && *row->dims ? " " : "", row->dims,
            row->kind == LQ_OUTPUT_TEXT ? "text" : row->units, row->long_name, row->error);
}

lq_status lq_outputs_print(FILE *out, lq_error *err)
{
    fputs(
        "# Results\n\n"
        "Every variable of a result file, made from the registry in "
        "`src/decide/outputs.c`.\n\n"
        "Money is present value at the start date, after tax, in the report's currency, "
        "unless a row says otherwise. A value that is not defined is NaN. `_se` after a name: "
        "a second variable, NAME_se, holds the standard error of each value. The last column "
        "says how it is made in a run of one world; in a run of several, errors are made from "
        "16 replicates (see `/manifest/error_degrees`), because a formula on all paths would "
        "count what differs between worlds as chance. Means, quantiles, tails, worths and "
        "shares of an offer and of a pair count, beyond that, what "
        "other worlds would have moved, from a regression of the worlds' figures on their "
        "inputs "
        "(a Latin hypercube: stats/world_fit.h); more `worlds` make that smaller, more paths "
        "do "
        "not. Errors of the parts, of the bridge, of what is by year or month, of exits, cash "
        "dates, stuck "
        "paper "
        "and of who is best are of the paths in the worlds that were drawn. "
        "Where the column speaks of the worlds, "
        "it is as it says: *over all worlds* does count what differs between them, and is an "
        "upper bound; *of the worlds* takes them for random draws, which they are at least as "
        "good as. Figures of a single world, in `/worlds`, have the errors of a run of one. "
        "What is known before the first path, and counts in bins, have none. "
        "Variables along an empty dimension are left out.\n\n"
        "With Sobol points or antithetic pairs errors are made from 32 replicates. Of a "
        "quantile "
        "the replicates tell the error of the share of paths up to it, and order statistics of "
        "all paths make money of that. By-year and monthly quantiles have order statistics "
        "alone, which is too much for Sobol points. With "
        "`controls` the figures `total_mean`, `difference_mean`, `p_a_beats_b` and "
        "`p_b_beats_a` are regressed on control variates, and their errors are of what is left "
        "to chance; everything else stays plain, so parts and bridge add up to the plain mean, "
        "which differs from `total_mean` by chance.\n",
        out);
    const char *group = "";
    for (const lq_output *row = lq_outputs; row->group; row++) {
        if (strcmp(row->group, group) != 0)
            fprintf(out,
                    "\n## %s\n%s\n\n| name | dimensions | unit | what | error |\n"
                    "|---|---|---|---|---|\n",
                    row->group, group_text(row->group));
        group = row->group;
        print_row(out, row);
    }
    return ferror(out) ? LQ_FAIL(err, LQ_EIO, .file = "docs/results.md") : LQ_OK;
}
