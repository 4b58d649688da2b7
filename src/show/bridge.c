#include "show/parts.h"
#include "show/pick.h"
#include "show/text.h"

#include <math.h>
#include <string.h>

enum { MAX_OFFERS = 4, MAX_TERMS = 16, LABEL_COLUMNS = 37 };

/* Plain words for the terms; a term that is not here prints its own name. */
static const struct {
    const char *term, *words;
} wording[] = {
    {"letter", "the letter adds up to"},
    {"bonus_payout", "bonus as usually paid"},
    {"preferred_to_common", "preferred price, but common shares"},
    {"growth_and_events", "growth, dilution, failure, expiry"},
    {"waiting", "waiting for the money"},
    {"tax", "tax"},
    {"risk", "risk (what not knowing costs you)"},
    {"worth", "WORTH TO YOU"},
};

static const char *words_of(const char *term)
{
    for (size_t i = 0; i < sizeof wording / sizeof *wording; i++)
        if (strcmp(wording[i].term, term) == 0) return wording[i].words;
    return term;
}

typedef struct chosen {
    size_t offer[MAX_OFFERS], n;
} chosen;

static void choose(chosen *c, size_t offer)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->offer[i] == offer) return;
    if (offer != LQ_NO_INDEX && c->n < MAX_OFFERS) c->offer[c->n++] = offer;
}

/* The two that the verdict names, then the best; points of a band last. */
static chosen choose_offers(const lq_screen *s)
{
    chosen c = {.n = 0};
    const char *winner = lq_frame_text(s->frame, "/verdict", "winner");
    const char *loser = lq_frame_text(s->frame, "/verdict", "loser");
    choose(&c, lq_pick_index(s->frame, "offer", winner));
    choose(&c, lq_pick_index(s->frame, "offer", loser));
    for (int bands = 0; bands < 2; bands++)
        for (size_t i = 0; i < s->n_offers; i++) {
            const char *role = lq_pick_text(s->frame, "/offers", "role", s->order[i]);
            const bool end = strcmp(role, "band-low") == 0 || strcmp(role, "band-high") == 0;
            if (end == (bands == 1)) choose(&c, s->order[i]);
        }
    return c;
}

/* Terms of one offer in whole printed steps, the last one being their sum. */
static bool column_of(const lq_screen *s, size_t offer, size_t n_terms, double *steps)
{
    const double step = s->scale.divisor / pow(10.0, s->scale.decimals);
    double terms[MAX_TERMS];
    for (size_t t = 0; t < n_terms; t++)
        terms[t] = lq_pick2(s->frame, "/offers", "bridge", offer, t);
    const double sum = terms[n_terms - 1];
    if (!lq_round_to_sum(terms, n_terms - 1, sum, step, steps)) return false;
    steps[n_terms - 1] = round(sum / step);
    return true;
}

static const char *term_text(const lq_screen *s, double steps, bool is_end,
                             char out[LQ_FIGURE_CHARS])
{
    const double step = s->scale.divisor / pow(10.0, s->scale.decimals);
    char plain[LQ_FIGURE_CHARS];
    lq_figure_scaled(steps * step, s->scale, plain);
    snprintf(out, LQ_FIGURE_CHARS, "%s%.40s", steps > 0.0 && !is_end ? "+" : "", plain);
    return out;
}

static void print_terms(const lq_screen *s, const double (*steps)[MAX_TERMS], size_t n_offers,
                        size_t n_terms)
{
    const int width = n_offers < MAX_OFFERS ? 14 : 10;
    char text[LQ_FIGURE_CHARS];
    for (size_t t = 0; t < n_terms; t++) {
        const bool last = t + 1 == n_terms;
        if (last && s->options.colour) fputs("\033[1m", s->out);
        fprintf(s->out, "  %-*.*s", LABEL_COLUMNS - 2, LABEL_COLUMNS - 2,
                words_of(lq_pick_label(s->frame, "bridge_term", t)));
        for (size_t i = 0; i < n_offers; i++)
            fprintf(s->out, "%*s", width, term_text(s, steps[i][t], t == 0 || last, text));
        if (last && s->options.colour) fputs("\033[0m", s->out);
        fputc('\n', s->out);
    }
}

void lq_bridge_print(const lq_screen *s)
{
    const size_t n_terms = lq_pick_len(s->frame, "bridge_term");
    if (n_terms < 2 || n_terms > MAX_TERMS) return;
    double steps[MAX_OFFERS][MAX_TERMS];
    const chosen all = choose_offers(s);
    chosen c = {.n = 0};
    for (size_t i = 0; i < all.n; i++)
        if (column_of(s, all.offer[i], n_terms, steps[c.n])) c.offer[c.n++] = all.offer[i];
    if (c.n == 0) return;
    const int width = c.n < MAX_OFFERS ? 14 : 10;
    char sign[LQ_FIGURE_CHARS], title[LQ_FIGURE_CHARS + 32], label[LQ_LABEL_CHARS];
    snprintf(title, sizeof title, "Where the money goes (%s%s)",
             lq_currency_sign(s->currency, sign), s->scale.suffix);
    fprintf(s->out, "%-*s", LABEL_COLUMNS, title);
    for (size_t i = 0; i < c.n; i++)
        fprintf(s->out, "%*s", width,
                lq_text_shorten(lq_pick_text(s->frame, "/offers", "name", c.offer[i]),
                                (size_t)width - 1, label, sizeof label));
    fputc('\n', s->out);
    print_terms(s, (const double(*)[MAX_TERMS])steps, c.n, n_terms);
}
