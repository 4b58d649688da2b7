#include "show/parts.h"
#include "show/pick.h"
#include "show/text.h"

#include <math.h>
#include <string.h>

enum { MAX_OFFERS = 4, MAX_TERMS = 16, LABEL_COLUMNS = 37, FIGURE_COLUMNS = 42 };

/* A name over two lines; the first is empty when one line is enough. */
typedef struct heading {
    char line[2][LQ_LABEL_CHARS];
} heading;

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

/* The letter, or the middle of the band, that an ask belongs to; LQ_NO_INDEX. */
static size_t letter_of(const lq_screen *s, size_t ask)
{
    const char *letter = lq_pick_text(s->frame, "/offers", "letter_id", ask);
    for (size_t i = 0; i < s->n_offers; i++) {
        const char *role = lq_pick_text(s->frame, "/offers", "role", i);
        const bool is_letter = strcmp(role, "letter") == 0 || strcmp(role, "band-mid") == 0;
        if (is_letter && strcmp(lq_pick_text(s->frame, "/offers", "letter_id", i), letter) == 0)
            return i;
    }
    return LQ_NO_INDEX;
}

/* The two that the verdict names, the letter behind an ask, then the best; ends of bands last.
 */
static chosen choose_offers(const lq_screen *s)
{
    chosen c = {.n = 0};
    const char *names[] = {lq_frame_text(s->frame, "/verdict", "winner"),
                           lq_frame_text(s->frame, "/verdict", "loser")};
    for (size_t i = 0; i < 2; i++)
        choose(&c, lq_pick_index(s->frame, "offer", names[i]));
    for (size_t i = 0, n = c.n; i < n; i++)
        choose(&c, letter_of(s, c.offer[i]));
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

/* Width of a column for one to four offers; a single one does not stand far out. */
static int column_width(size_t n)
{
    return n < 3 ? 14 : FIGURE_COLUMNS / (int)n;
}

static void print_terms(const lq_screen *s, const double (*steps)[MAX_TERMS], size_t n_offers,
                        size_t n_terms)
{
    const int width = column_width(n_offers);
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

/* Breaks a text at the last such sign that leaves a first line short enough; a hyphen stays on
 * it. False when there is none, or the second line is too long. */
static bool break_at(const char *clean, char sign, size_t columns, heading *out)
{
    for (size_t i = strlen(clean); i-- > 0;) {
        if (clean[i] != sign) continue;
        strcpy(out->line[0], clean);
        out->line[0][sign == ' ' ? i : i + 1] = '\0';
        strcpy(out->line[1], clean + i + 1);
        if (lq_text_columns(out->line[0]) <= columns)
            return lq_text_columns(out->line[1]) <= columns;
    }
    return false;
}

/* Breaks a name at a blank, else at a hyphen; false when a line is too long all the same. */
static bool break_name(const char *name, size_t columns, heading *out)
{
    char clean[LQ_LABEL_CHARS];
    lq_text_clean(name, clean, sizeof clean);
    *out = (heading){.line = {"", ""}};
    strcpy(out->line[1], clean);
    return lq_text_columns(clean) <= columns || break_at(clean, ' ', columns, out) ||
           break_at(clean, '-', columns, out);
}

static const char *name_of(const lq_screen *s, size_t offer)
{
    const char *name = lq_pick_text(s->frame, "/offers", "name", offer);
    return *name ? name : lq_pick_label(s->frame, "offer", offer);
}

/* How many of the offers are shown: a fourth one only if no name must be cut for it. */
static size_t make_headings(const lq_screen *s, const chosen *c, heading *out)
{
    size_t n = c->n;
    for (size_t i = 0; n == MAX_OFFERS && i < c->n; i++)
        if (!break_name(name_of(s, c->offer[i]), (size_t)column_width(n) - 1, &out[i])) n--;
    const size_t columns = (size_t)column_width(n) - 1;
    for (size_t i = 0; i < n; i++) {
        const char *name = name_of(s, c->offer[i]);
        if (break_name(name, columns, &out[i])) continue;
        out[i].line[0][0] = '\0';
        lq_text_shorten(name, columns, out[i].line[1], LQ_LABEL_CHARS);
    }
    return n;
}

static void print_headings(const lq_screen *s, const heading *headings, size_t n)
{
    const int width = column_width(n);
    char sign[LQ_FIGURE_CHARS], title[LQ_FIGURE_CHARS + 32];
    snprintf(title, sizeof title, "Where the money goes (%s%s)",
             lq_currency_sign(s->currency, sign), s->scale.suffix);
    bool two_lines = false;
    for (size_t i = 0; i < n; i++)
        two_lines |= *headings[i].line[0] != '\0';
    for (int line = two_lines ? 0 : 1; line < 2; line++) {
        fprintf(s->out, "%-*s", LABEL_COLUMNS, line ? title : "");
        int gap = 0; /* empty cells, which end no line */
        for (size_t i = 0; i < n; i++) {
            const char *text = headings[i].line[line];
            gap += width - (int)lq_text_columns(text);
            if (!*text) continue;
            fprintf(s->out, "%*s%s", gap, "", text);
            gap = 0;
        }
        fputc('\n', s->out);
    }
}

static bool is_shown(const chosen *c, size_t n, size_t offer)
{
    for (size_t i = 0; i < n; i++)
        if (c->offer[i] == offer) return true;
    return false;
}

/* Rows of the table above without a column here. */
static void print_others(const lq_screen *s, const chosen *c, size_t n)
{
    char label[LQ_LABEL_CHARS];
    lq_wrap wrap = {0};
    for (size_t i = 0; i < s->n_offers; i++) {
        if (!lq_table_has_row(s, s->order[i]) || is_shown(c, n, s->order[i])) continue;
        if (wrap.begun)
            lq_wrap_words(&wrap, ",");
        else
            wrap = lq_wrap_begin(s->out, 2, 2);
        if (!wrap.begun) lq_wrap_words(&wrap, "without room here:");
        lq_wrap_words(&wrap, lq_table_label(s, s->order[i], 24, label));
    }
    if (!wrap.begun) return;
    lq_wrap_words(&wrap, "(--json has every offer's, as bridge)");
    lq_wrap_end(&wrap);
}

void lq_bridge_print(const lq_screen *s)
{
    const size_t n_terms = lq_pick_len(s->frame, "bridge_term");
    if (n_terms < 2 || n_terms > MAX_TERMS) return;
    double steps[MAX_OFFERS][MAX_TERMS];
    heading headings[MAX_OFFERS];
    const chosen all = choose_offers(s);
    chosen c = {.n = 0};
    for (size_t i = 0; i < all.n; i++)
        if (column_of(s, all.offer[i], n_terms, steps[c.n])) c.offer[c.n++] = all.offer[i];
    if (c.n == 0) return;
    const size_t n = make_headings(s, &c, headings);
    print_headings(s, headings, n);
    print_terms(s, (const double(*)[MAX_TERMS])steps, n, n_terms);
    print_others(s, &c, n);
}
