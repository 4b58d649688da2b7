#include "show/parts.h"
#include "show/pick.h"
#include "show/text.h"

#include <math.h>
#include <string.h>

enum { LABEL_WIDTH = 20 };

static const int widths[LQ_COLUMNS] = {8, 9, 12, 12, 11, 7};

/* Variables of the columns that are one variable; the others are looked up in code. */
static const char *const variables[LQ_COLUMNS] = {
    [LQ_COLUMN_WORTH] = "certainty_equivalent_chosen",
    [LQ_COLUMN_BAD] = "cvar_05",
    [LQ_COLUMN_PAPER] = "p_equity_below",
    [LQ_COLUMN_MEAN] = "total_mean",
};

static double median(const lq_screen *s, size_t offer, bool error)
{
    const size_t half = lq_pick_nearest(s->frame, "quantile", 0.5);
    return lq_pick2(s->frame, "/offers", error ? "total_quantiles_se" : "total_quantiles",
                    offer, half);
}

/* P(offer beats the baseline), whichever way round the pair was run. */
static double beats(const lq_screen *s, size_t offer, bool error)
{
    const char *id = lq_pick_label(s->frame, "offer", offer);
    const char *baseline = lq_frame_text(s->frame, "/manifest", "baseline");
    const size_t n = lq_pick_len(s->frame, "pair");
    for (size_t i = 0; i < n; i++) {
        const char *a = lq_pick_text(s->frame, "/pairs", "a", i);
        const char *b = lq_pick_text(s->frame, "/pairs", "b", i);
        if (strcmp(a, id) == 0 && strcmp(b, baseline) == 0)
            return lq_pick(s->frame, "/pairs", error ? "p_a_beats_b_se" : "p_a_beats_b", i);
        if (strcmp(b, id) == 0 && strcmp(a, baseline) == 0)
            return lq_pick(s->frame, "/pairs", error ? "p_b_beats_a_se" : "p_b_beats_a", i);
    }
    return (double)NAN;
}

double lq_table_cell(const lq_screen *s, lq_column column, size_t offer, bool error)
{
    if (column == LQ_COLUMN_TYPICAL) return median(s, offer, error);
    if (column == LQ_COLUMN_BEATS) return beats(s, offer, error);
    if (column == LQ_COLUMN_PAPER &&
        lq_pick(s->frame, "/offers", "headline_equity", offer) == 0.0)
        return (double)NAN; /* a letter without paper */
    char name[64];
    snprintf(name, sizeof name, "%s%s", variables[column], error ? "_se" : "");
    return lq_pick(s->frame, "/offers", name, offer);
}

const char *lq_table_label(const lq_screen *s, size_t offer, size_t columns,
                           char out[LQ_LABEL_CHARS])
{
    const char *name = lq_pick_text(s->frame, "/offers", "name", offer);
    const char *currency = lq_pick_text(s->frame, "/offers", "currency", offer);
    if (!*name) name = lq_pick_label(s->frame, "offer", offer);
    char suffix[16] = "";
    if (*currency && strcmp(currency, s->currency) != 0)
        snprintf(suffix, sizeof suffix, " (%.3s)", currency);
    const size_t taken = strlen(suffix);
    lq_text_shorten(name, columns > taken ? columns - taken : 0, out,
                    LQ_LABEL_CHARS - sizeof suffix);
    return strcat(out, suffix);
}

static const char *cell_text(const lq_screen *s, lq_column column, double value,
                             char out[LQ_FIGURE_CHARS])
{
    if (column == LQ_COLUMN_PAPER) return lq_figure_percent(value, value < 0.0995, out);
    if (column == LQ_COLUMN_BEATS) return lq_figure_percent(value, 1, out);
    return lq_figure_scaled(value, s->scale, out);
}

static void print_label(const lq_screen *s, const char *label)
{
    const size_t columns = lq_text_columns(label);
    fprintf(s->out, "%s%*s", label, columns < LABEL_WIDTH ? (int)(LABEL_WIDTH - columns) : 0,
            "");
}

static void print_heading(const lq_screen *s)
{
    static const char *const above[LQ_COLUMNS] = {"worth",       "typical", "bad case",
                                                  "paper < 1/4", "beats",   "mean"};
    static const char *const below[LQ_COLUMNS] = {"to you",    "(median)", "(worst 5 %)",
                                                  "of letter", "",         ""};
    char unit[LQ_LABEL_CHARS], sign[LQ_FIGURE_CHARS], baseline[LQ_LABEL_CHARS];
    print_label(s, "");
    for (int c = 0; c < LQ_COLUMNS; c++)
        fprintf(s->out, "%*s", widths[c], above[c]);
    snprintf(unit, sizeof unit, "  (%s%s)", lq_currency_sign(s->currency, sign),
             s->scale.suffix);
    fputc('\n', s->out);
    print_label(s, unit);
    lq_text_shorten(lq_frame_text(s->frame, "/manifest", "baseline"),
                    (size_t)widths[LQ_COLUMN_BEATS] - 1, baseline, sizeof baseline);
    for (int c = 0; c < LQ_COLUMN_BEATS; c++)
        fprintf(s->out, "%*s", widths[c], below[c]);
    fprintf(s->out, "%*s\n", *baseline ? widths[LQ_COLUMN_BEATS] : 0, baseline);
}

static void print_row(const lq_screen *s, size_t offer, const char *label)
{
    char text[LQ_FIGURE_CHARS];
    print_label(s, label);
    for (int c = 0; c < LQ_COLUMNS; c++)
        fprintf(s->out, "%*s", widths[c],
                cell_text(s, (lq_column)c, lq_table_cell(s, (lq_column)c, offer, false), text));
    fputc('\n', s->out);
}

/* "705-899", "3.7-13 %": low to high as printed, the percent sign once. */
static void range_text(const lq_screen *s, lq_column column, const double value[2],
                       char out[LQ_LABEL_CHARS])
{
    char low[LQ_FIGURE_CHARS], high[LQ_FIGURE_CHARS];
    cell_text(s, column, fmin(value[0], value[1]), low);
    cell_text(s, column, fmax(value[0], value[1]), high);
    char *percent = strstr(low, " %");
    if (percent) *percent = '\0';
    snprintf(out, LQ_LABEL_CHARS, "%s-%s", low, high);
}

/* One row for both ends of a band; false when a cell would not fit. */
static bool print_band_row(const lq_screen *s, const size_t ends[2])
{
    static const lq_column shown[] = {LQ_COLUMN_WORTH, LQ_COLUMN_TYPICAL, LQ_COLUMN_BAD,
                                      LQ_COLUMN_BEATS};
    char text[LQ_COLUMNS][LQ_LABEL_CHARS] = {""};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        const double value[2] = {lq_table_cell(s, shown[i], ends[0], false),
                                 lq_table_cell(s, shown[i], ends[1], false)};
        if (isnan(value[0]) || isnan(value[1])) continue;
        range_text(s, shown[i], value, text[shown[i]]);
        if (strlen(text[shown[i]]) >= (size_t)widths[shown[i]]) return false;
    }
    print_label(s, "    band low-high");
    int gap = 0; /* empty cells, which end no line */
    for (int c = 0; c < LQ_COLUMN_MEAN; c++) {
        gap += widths[c];
        if (!*text[c]) continue;
        fprintf(s->out, "%*s", gap, text[c]);
        gap = 0;
    }
    fputc('\n', s->out);
    return true;
}

static const char *role(const lq_screen *s, size_t offer)
{
    return lq_pick_text(s->frame, "/offers", "role", offer);
}

/* The end of a band that belongs to the same letter as the offer; LQ_NO_INDEX. */
static size_t band_end(const lq_screen *s, size_t offer, const char *which)
{
    const char *letter = lq_pick_text(s->frame, "/offers", "letter_id", offer);
    for (size_t i = 0; i < s->n_offers; i++)
        if (strcmp(role(s, i), which) == 0 &&
            strcmp(lq_pick_text(s->frame, "/offers", "letter_id", i), letter) == 0)
            return i;
    return LQ_NO_INDEX;
}

static void print_offer(const lq_screen *s, size_t offer)
{
    char name[LQ_LABEL_CHARS], label[LQ_LABEL_CHARS + 2];
    snprintf(label, sizeof label, "  %s", lq_table_label(s, offer, LABEL_WIDTH - 2, name));
    print_row(s, offer, label);
    if (strcmp(role(s, offer), "band-mid") != 0) return;
    const size_t ends[2] = {band_end(s, offer, "band-low"), band_end(s, offer, "band-high")};
    if (ends[0] == LQ_NO_INDEX || ends[1] == LQ_NO_INDEX) return;
    if (print_band_row(s, ends)) return;
    print_row(s, ends[0], "    band low");
    print_row(s, ends[1], "    band high");
}

bool lq_table_has_row(const lq_screen *s, size_t offer)
{
    const bool end =
        strcmp(role(s, offer), "band-low") == 0 || strcmp(role(s, offer), "band-high") == 0;
    return !end || band_end(s, offer, "band-mid") == LQ_NO_INDEX;
}

static void print_errors(const lq_screen *s)
{
    char text[LQ_FIGURE_CHARS];
    print_label(s, "  +- (95 %), most");
    for (int c = 0; c < LQ_COLUMNS; c++) {
        double most = (double)NAN;
        for (size_t i = 0; i < s->n_offers; i++)
            most = fmax(most, lq_table_cell(s, (lq_column)c, i, true)); /* NaN is passed over */
        most *= s->half_width;
        if (c == LQ_COLUMN_PAPER || c == LQ_COLUMN_BEATS)
            lq_figure_percent(most, 1, text);
        else
            lq_figure_error(most, s->scale, text);
        fprintf(s->out, "%*s", widths[c], text);
    }
    fputc('\n', s->out);
}

/* True when the worth moves over the worlds by clearly more than their own paths' noise would
 * move it: nine tenths of a normal law span 3.29 standard deviations. */
static bool moves_with_worlds(const lq_screen *s, size_t offer, double low, double high)
{
    const double worlds = lq_pick_scalar(s->frame, "/manifest", "worlds");
    const double noise = 3.29 * sqrt(worlds) * lq_table_cell(s, LQ_COLUMN_WORTH, offer, true);
    return high - low > 1.5 * noise && high > low;
}

/* How the worth moves over what nobody knows. */
static void print_ranges(const lq_screen *s)
{
    lq_wrap wrap = {0};
    for (size_t i = 0; i < s->n_offers; i++) {
        const size_t offer = s->order[i];
        const double low = lq_pick(s->frame, "/offers", "worlds_low", offer);
        const double high = lq_pick(s->frame, "/offers", "worlds_high", offer);
        if (!lq_table_has_row(s, offer) || !moves_with_worlds(s, offer, low, high)) continue;
        char label[LQ_LABEL_CHARS], from[LQ_FIGURE_CHARS], to[LQ_FIGURE_CHARS];
        if (wrap.begun)
            lq_wrap_words(&wrap, ";");
        else
            wrap = lq_wrap_begin(s->out, 2, 4);
        if (!wrap.begun) lq_wrap_words(&wrap, "worth over what nobody knows (9 in 10 cases):");
        lq_wrap_printf(&wrap, "%s %s to %s", lq_table_label(s, offer, LABEL_WIDTH, label),
                       lq_figure_scaled(low, s->scale, from),
                       lq_figure_scaled(high, s->scale, to));
    }
    if (!wrap.begun) return;
    lq_wrap_words(&wrap, ". The +- counts that another seed draws other worlds.");
    lq_wrap_end(&wrap);
}

/* Whether the frame has a row of that key among its assumptions or warnings. */
static bool has_key(const lq_screen *s, const char *dimension, const char *group,
                    const char *key)
{
    const size_t n = lq_pick_len(s->frame, dimension);
    for (size_t i = 0; i < n; i++)
        if (strcmp(lq_pick_text(s->frame, group, "key", i), key) == 0) return true;
    return false;
}

static void print_words(const lq_screen *s)
{
    lq_wrap wrap = lq_wrap_begin(s->out, 2, 2);
    const double gamma = lq_pick_scalar(s->frame, "/manifest", "risk_aversion");
    lq_wrap_words(&wrap, "worth to you: the sure sum today that is as good to you as the offer "
                         "(certainty equivalent");
    if (isfinite(gamma)) lq_wrap_printf(&wrap, "at risk aversion %g", gamma);
    lq_wrap_words(&wrap, "). bad case: mean of the worst 5 % of futures. paper < 1/4: chance "
                         "that the equity pays less than a quarter of what the letter says. "
                         "beats: chance of ending above the baseline");
    if (has_key(s, "assumption", "/assumptions", "decide.baseline"))
        lq_wrap_printf(&wrap, ", %s (the best other offer; decide.baseline changes it)",
                       lq_frame_text(s->frame, "/manifest", "baseline"));
    lq_wrap_words(&wrap, ". +-: the widest of all rows");
    if (has_key(s, "warning", "/warnings", "simulation.worlds"))
        lq_wrap_words(&wrap, ", within the one world drawn of what nobody knows");
    lq_wrap_words(&wrap, "; each row's own: --json.");
    lq_wrap_end(&wrap);
}

/* What was not estimated, and how much of the variance of the means went with it. */
static void print_controls(const lq_screen *s)
{
    const char *names = lq_frame_text(s->frame, "/manifest", "controls");
    double least = (double)INFINITY, most = -(double)INFINITY;
    for (size_t i = 0; i < s->n_offers; i++) {
        const double share = lq_pick(s->frame, "/offers", "control_share", i);
        if (!isfinite(share)) continue;
        least = fmin(least, share);
        most = fmax(most, share);
    }
    if (!*names || least > most) return;
    lq_wrap wrap = lq_wrap_begin(s->out, 2, 2);
    lq_wrap_printf(&wrap, "mean, beats: corrected by what is known exactly (%s)", names);
    if (100.0 * (most - least) < 1.0)
        lq_wrap_printf(&wrap, ", %.0f %%", 100.0 * most);
    else
        lq_wrap_printf(&wrap, ", %.0f to %.0f %%", 100.0 * least, 100.0 * most);
    lq_wrap_words(&wrap, "less variance of a mean; the other columns are plain.");
    lq_wrap_end(&wrap);
}

void lq_table_print(const lq_screen *s)
{
    print_heading(s);
    for (size_t i = 0; i < s->n_offers; i++)
        if (lq_table_has_row(s, s->order[i])) print_offer(s, s->order[i]);
    print_errors(s);
    print_ranges(s);
    print_words(s);
    print_controls(s);
}
