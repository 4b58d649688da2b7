#include "show/screen.h"

#include "base/alloc.h"
#include "base/date.h"
#include "show/parts.h"
#include "show/pick.h"
#include "show/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double worth(const lq_screen *s, size_t offer)
{
    const double value = lq_table_cell(s, LQ_COLUMN_WORTH, offer, false);
    return isnan(value) ? -(double)INFINITY : value;
}

/* Best first; equal ones stay in the order of the file. */
static void sort_offers(lq_screen *s)
{
    for (size_t i = 0; i < s->n_offers; i++) {
        size_t at = i;
        for (; at > 0 && worth(s, s->order[at - 1]) < worth(s, i); at--)
            s->order[at] = s->order[at - 1];
        s->order[at] = i;
    }
}

static double largest(const lq_screen *s)
{
    static const lq_column money[] = {LQ_COLUMN_WORTH, LQ_COLUMN_TYPICAL, LQ_COLUMN_MEAN};
    double most = 0.0;
    for (size_t i = 0; i < s->n_offers; i++)
        for (size_t c = 0; c < sizeof money / sizeof *money; c++)
            most = fmax(most, fabs(lq_table_cell(s, money[c], i, false)));
    return most;
}

static const char *const month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static lq_date start_date(const lq_frame *frame)
{
    lq_date date = {0, 0, 0};
    const char *text = lq_frame_text(frame, "/manifest", "start_date");
    if (sscanf(text, "%4d-%2d-%2d", &date.year, &date.month, &date.day) != 3)
        return (lq_date){0, 0, 0};
    return lq_date_valid(date) ? date : (lq_date){0, 0, 0};
}

/* The last day of a number of years from the start; year 0 when it is not known. */
static lq_date last_day(lq_date start, double years)
{
    if (start.year == 0 || !(years > 0.0 && years < 100.0)) return (lq_date){0, 0, 0};
    const lq_date end = lq_date_add_months(start, (int)lround(12.0 * years));
    return lq_date_from_days(lq_date_days(end) - 1);
}

static bool is_taxed(const lq_screen *s)
{
    for (size_t i = 0; i < s->n_offers; i++)
        if (lq_pick(s->frame, "/offers", "tax_mean", i) != 0.0) return true;
    return false;
}

static const char *currency_words(const char *code, char out[LQ_FIGURE_CHARS])
{
    static const char *const names[][2] = {
        {"USD", "dollars"}, {"EUR", "euros"}, {"GBP", "pounds"}, {"CHF", "francs"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i][0], code) == 0) return names[i][1];
    snprintf(out, LQ_FIGURE_CHARS, "%.8s", code);
    return out;
}

static void print_period(const lq_screen *s, lq_wrap *wrap)
{
    const lq_date start = start_date(s->frame);
    const double horizon = lq_pick_scalar(s->frame, "/manifest", "horizon_years");
    const double liquidity = lq_pick_scalar(s->frame, "/manifest", "liquidity_horizon_years");
    const lq_date end = last_day(start, horizon), far = last_day(start, liquidity);
    char code[LQ_FIGURE_CHARS];
    if (end.year && start.month == 1 && end.month == 12)
        lq_wrap_printf(wrap, end.year > start.year ? "Pay earned %d-%d" : "Pay earned %d",
                       start.year, end.year);
    else if (end.year)
        lq_wrap_printf(wrap, "Pay earned %s %d to %s %d", month_names[start.month - 1],
                       start.year, month_names[end.month - 1], end.year);
    else
        lq_wrap_words(wrap, "Pay");
    lq_wrap_printf(wrap, "%s tax, in %s", is_taxed(s) ? "after" : "before",
                   currency_words(s->currency, code));
    if (start.year)
        lq_wrap_printf(wrap, "of %d %s %d", start.day, month_names[start.month - 1],
                       start.year);
    if (far.year && lq_date_days(far) > lq_date_days(end))
        lq_wrap_printf(wrap, "; paper followed to %d", far.year);
    lq_wrap_words(wrap, ".");
}

static void print_incomplete(const lq_screen *s)
{
    const char *why = lq_pick_len(s->frame, "warning")
                          ? lq_pick_text(s->frame, "/warnings", "text", 0)
                          : "the run was interrupted";
    lq_wrap wrap = lq_wrap_begin(s->out, 0, 2);
    lq_wrap_printf(&wrap, "INCOMPLETE: %s.", why);
    lq_wrap_end(&wrap);
}

static const char *sampling_of(const lq_frame *frame)
{
    const char *sampling = lq_frame_text(frame, "/manifest", "sampling");
    if (strcmp(sampling, "sobol") == 0) return "Sobol points";
    return strcmp(sampling, "antithetic") == 0 ? "mirrored pairs" : "";
}

static void print_basis(const lq_screen *s)
{
    char count[LQ_FIGURE_CHARS];
    lq_wrap wrap = lq_wrap_begin(s->out, 0, 0);
    print_period(s, &wrap);
    const double paths = lq_pick_scalar(s->frame, "/manifest", "paths");
    const double worlds = lq_pick_scalar(s->frame, "/manifest", "worlds");
    const double seconds = lq_pick_scalar(s->frame, "/manifest/run", "seconds");
    if (isfinite(paths)) {
        const char *sampling = sampling_of(s->frame);
        const char *how = lq_frame_text(s->frame, "/manifest", "exits");
        const char *exits = strstr(how, "outcomes on every")       ? "every possible exit"
                            : strstr(how, "on every path, evenly") ? "eight exits each"
                                                                   : "";
        lq_wrap_printf(&wrap, paths > 1.0 ? "%s futures" : "%s future",
                       lq_figure_count(paths, count));
        if (*sampling || *exits)
            lq_wrap_printf(&wrap, "(%s%s%s)", sampling, *sampling && *exits ? ", " : "", exits);
        lq_wrap_words(&wrap, ", the same ones for every offer");
        if (worlds > 1.0)
            lq_wrap_printf(&wrap, ", in %.0f worlds of what nobody knows", worlds);
        lq_wrap_words(&wrap, ".");
    }
    const char *tolerance = lq_frame_text(s->frame, "/manifest", "tolerance");
    if (*tolerance) lq_wrap_printf(&wrap, "%s.", tolerance);
    if (strcmp(lq_frame_text(s->frame, "/manifest", "measure"), "pricing") == 0)
        lq_wrap_words(&wrap, "Pricing measure: fair values, not what is expected.");
    if (isfinite(seconds)) lq_wrap_printf(&wrap, "%.1f s.", seconds);
    lq_wrap_end(&wrap);
    if (lq_pick_scalar(s->frame, "/manifest", "complete") == 0.0) print_incomplete(s);
}

static void print_verdict(const lq_screen *s)
{
    const char *text = lq_frame_text(s->frame, "/verdict", "text");
    if (!*text) return;
    if (s->options.colour) fputs("\033[1m", s->out);
    lq_wrap wrap = lq_wrap_begin(s->out, 2, 2);
    lq_wrap_words(&wrap, text);
    if (s->options.colour) fputs("\033[0m", s->out);
    lq_wrap_end(&wrap);
}

static void print_end(const lq_screen *s)
{
    const char *saved = s->options.saved;
    if (saved) {
        lq_wrap wrap = lq_wrap_begin(s->out, 0, 2);
        lq_wrap_printf(&wrap,
                       "Saved %s. Again: liquidus show %s. Pictures: scripts/plot.py %s.",
                       saved, saved, saved);
        lq_wrap_end(&wrap);
    }
    fputs("Not advice. Not counted: health cover, perks, visa, career.\n", s->out);
}

lq_status lq_screen_print(const lq_frame *frame, const lq_screen_options *options, FILE *out,
                          lq_error *err)
{
    lq_screen s = {.frame = frame,
                   .options = *options,
                   .out = out,
                   .currency = lq_frame_text(frame, "/manifest", "currency"),
                   .n_offers = lq_pick_len(frame, "offer")};
    if (s.n_offers == 0)
        return LQ_FAIL(err, LQ_ECONFIG, .key = "offers", .expected = "at least one offer",
                       .got = "none");
    s.order = lq_calloc(s.n_offers, sizeof *s.order);
    if (!s.order) return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for the screen");
    s.half_width = lq_pick_half_width(frame);
    s.scale = lq_scale_choose(largest(&s));
    sort_offers(&s);
    print_basis(&s);
    print_verdict(&s);
    lq_table_print(&s);
    lq_bridge_print(&s);
    lq_turning_print(&s);
    lq_assumed_print(&s);
    print_end(&s);
    lq_free(s.order);
    return LQ_OK;
}
