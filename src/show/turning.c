#include "show/parts.h"
#include "show/pick.h"
#include "show/text.h"

#include <math.h>
#include <string.h>

enum { MAX_ASSUMED = 5, MAX_WARNINGS = 2 };

static bool is_currency(const char *unit)
{
    return strlen(unit) >= 3 && strspn(unit, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

/* A figure in its own unit: money, a fraction as percent, or what a letter's dollar buys. */
static const char *figure_of(const lq_screen *s, double value, const char *unit,
                             char out[LQ_FIGURE_CHARS])
{
    char currency[4] = "";
    if (is_currency(unit)) return lq_figure_money(value, memcpy(currency, unit, 3), out);
    const double percent = 100.0 * value;
    if (strncmp(unit, "fraction", 8) == 0)
        snprintf(out, LQ_FIGURE_CHARS, "%.*f %%", fabs(percent) < 9.95 ? 1 : 0, percent);
    else if (strcmp(unit, "1") == 0)
        snprintf(out, LQ_FIGURE_CHARS, "%s%.2f", strcmp(s->currency, "USD") == 0 ? "$" : "",
                 value);
    else
        snprintf(out, LQ_FIGURE_CHARS, "%.4g %.16s", value, unit);
    return out;
}

static void print_point(const lq_screen *s, size_t i)
{
    const char *text = lq_pick_text(s->frame, "/turning", "text", i);
    const char *status = lq_pick_text(s->frame, "/turning", "status", i);
    const char *reason = lq_pick_text(s->frame, "/turning", "reason", i);
    const char *unit = lq_pick_text(s->frame, "/turning", "unit", i);
    const double assumed = lq_pick(s->frame, "/turning", "assumed", i);
    char figure[LQ_FIGURE_CHARS];
    lq_wrap wrap = lq_wrap_begin(s->out, 2, 6);
    lq_wrap_words(&wrap, text);
    if (strcmp(status, "none") == 0 && *reason) lq_wrap_printf(&wrap, ": %s", reason);
    if (isfinite(assumed)) {
        /* in a column of its own where there is room */
        while (wrap.column < 50) {
            fputc(' ', s->out);
            wrap.column++;
        }
        lq_wrap_printf(&wrap, "assumed %s", figure_of(s, assumed, unit, figure));
    }
    lq_wrap_end(&wrap);
}

void lq_turning_print(const lq_screen *s)
{
    const size_t n = lq_pick_len(s->frame, "turning_point");
    if (n == 0) return;
    char varied[LQ_LABEL_CHARS] = "", other[LQ_LABEL_CHARS] = "";
    const size_t v =
        lq_pick_index(s->frame, "offer", lq_frame_text(s->frame, "/turning", "offer"));
    const size_t o =
        lq_pick_index(s->frame, "offer", lq_frame_text(s->frame, "/turning", "against"));
    lq_wrap wrap = lq_wrap_begin(s->out, 0, 2);
    lq_wrap_words(&wrap, "What would turn it");
    if (v != LQ_NO_INDEX && o != LQ_NO_INDEX) {
        lq_table_label(s, v, 24, varied);
        lq_wrap_printf(&wrap, "(%s = %s), one thing of %s alone:", varied,
                       lq_table_label(s, o, 24, other), varied);
    } else {
        lq_wrap_words(&wrap, ", one thing alone:");
    }
    lq_wrap_end(&wrap);
    for (size_t i = 0; i < n; i++)
        print_point(s, i);
}

static void print_warnings(const lq_screen *s)
{
    const size_t n = lq_pick_len(s->frame, "warning");
    for (size_t i = 0; i < n && i < MAX_WARNINGS; i++) {
        lq_wrap wrap = lq_wrap_begin(s->out, 0, 2);
        lq_wrap_printf(&wrap, "Note: %s", lq_pick_text(s->frame, "/warnings", "text", i));
        if (i + 1 == MAX_WARNINGS && n > MAX_WARNINGS)
            lq_wrap_printf(&wrap, "(%zu more: %s)", n - MAX_WARNINGS,
                           s->options.shown ? "--json" : "check");
        lq_wrap_end(&wrap);
    }
}

/* A result names no config: what it holds is all there is to look at. */
static void print_place_of_all(const lq_screen *s, lq_wrap *wrap)
{
    const char *config = s->options.config, *shown = s->options.shown;
    if (shown)
        lq_wrap_printf(wrap, ". All: liquidus show %s --json", shown);
    else
        lq_wrap_printf(wrap, ". All: liquidus check%s%s", config ? " " : "",
                       config ? config : "");
}

void lq_assumed_print(const lq_screen *s)
{
    print_warnings(s);
    const size_t n = lq_pick_len(s->frame, "assumption");
    if (n == 0) return;
    lq_wrap wrap = lq_wrap_begin(s->out, 0, 2);
    lq_wrap_words(&wrap, "Assumed, not in your file:");
    for (size_t i = 0; i < n && i < MAX_ASSUMED; i++)
        lq_wrap_printf(&wrap, "%s %s", i ? ";" : "",
                       lq_pick_text(s->frame, "/assumptions", "text", i));
    if (n > MAX_ASSUMED) lq_wrap_printf(&wrap, "; and %zu more", n - (size_t)MAX_ASSUMED);
    print_place_of_all(s, &wrap);
    lq_wrap_end(&wrap);
}
