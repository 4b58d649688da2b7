#include "decide/verdict.h"

#include "decide/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Offers that are on the table: letters, and bands at their middle. Asks are not. */
static bool is_real(const lq_study *s, size_t i)
{
    const int role = lq_study_offer(s, i)->role;
    return role == LQ_OFFER_LETTER || role == LQ_OFFER_BAND_MID;
}

static double worth(const lq_study *s, size_t i)
{
    return s->found.offers[i].ce_chosen.value;
}

static bool same_letter(const lq_study *s, size_t a, size_t b)
{
    return strcmp(s->found.offers[a].letter_id, s->found.offers[b].letter_id) == 0;
}

/* The best offer but one; real ones only while there are any. LQ_NO_OFFER: none. */
static size_t best_but(const lq_study *s, size_t but)
{
    for (int real = 1; real >= 0; real--) {
        size_t best = LQ_NO_OFFER;
        for (size_t i = 0; i < s->found.n_offers; i++)
            if (i != but && (!real || is_real(s, i)) &&
                (best == LQ_NO_OFFER || worth(s, i) > worth(s, best)))
                best = i;
        if (best != LQ_NO_OFFER) return best;
    }
    return LQ_NO_OFFER;
}

/* An offer of the letter that is being negotiated: the one with the best ask, else the first.
 */
static size_t negotiated(const lq_study *s)
{
    size_t best = LQ_NO_OFFER;
    for (size_t i = 0; i < s->found.n_offers; i++)
        if (lq_study_offer(s, i)->role == LQ_OFFER_ASK && !same_letter(s, i, s->baseline) &&
            (best == LQ_NO_OFFER || worth(s, i) > worth(s, best)))
            best = i;
    return best == LQ_NO_OFFER ? 0 : best;
}

/* That letter (or the middle of its band), and its ask. */
static size_t of_negotiated(const lq_study *s, bool ask)
{
    const size_t main_offer = negotiated(s);
    for (size_t i = 0; i < s->found.n_offers; i++) {
        const bool fits = ask ? lq_study_offer(s, i)->role == LQ_OFFER_ASK : is_real(s, i);
        if (fits && same_letter(s, i, main_offer)) return i;
    }
    return ask ? LQ_NO_OFFER : main_offer;
}

size_t lq_verdict_subject(const lq_study *s)
{
    const size_t base = s->baseline;
    if (base == LQ_NO_OFFER) return LQ_NO_OFFER;
    const size_t letter = of_negotiated(s, false), ask = of_negotiated(s, true);
    if (same_letter(s, base, negotiated(s))) return best_but(s, base);
    if (worth(s, letter) >= worth(s, base) || ask == LQ_NO_OFFER) return letter;
    return ask;
}

/* ---- how far apart two offers are ---- */

/* Risk aversions between 1 and 4 at which a is worth more, and less. */
static bool sign_changes(const lq_study *s, size_t a, size_t b)
{
    bool more = false, less = false;
    for (size_t g = 0; g < LQ_N_GAMMAS; g++) {
        if (lq_gammas[g] < 1.0 || lq_gammas[g] > 4.0) continue;
        const double d = s->found.offers[a].ce[g].value - s->found.offers[b].ce[g].value;
        more = more || d > 0.0;
        less = less || d < 0.0;
    }
    return more && less;
}

static bool is_tie(const lq_study *s, size_t better, size_t other)
{
    const lq_estimate d = lq_study_gap(s, better, other);
    return d.value < 0.01 * fabs(worth(s, better)) || sign_changes(s, better, other) ||
           !(d.value >= lq_estimate_half_width(&d)); /* so few paths that it is not defined */
}

bool lq_verdict_is_same(const lq_study *s, size_t a, size_t b)
{
    const lq_estimate d = lq_study_gap(s, a, b);
    return d.value == 0.0 && !(d.se > 0.0);
}

/* ---- sentences ---- */

static const char *name_of(const lq_study *s, size_t i)
{
    return s->found.offers[i].name;
}

static const char *money(const lq_study *s, double x, char out[LQ_WORD_CHARS])
{
    return lq_words_money(x, s->scenario->currency, out);
}

/* "+- $2K, 95 %" */
static const char *sure(const lq_study *s, const lq_estimate *d)
{
    char error[LQ_WORD_CHARS];
    const double half = lq_estimate_half_width(d);
    const char *text = isfinite(half)
                           ? lq_arena_printf(s->arena, "+- %s, 95 %%", money(s, half, error))
                           : "too few futures to say how far that may be off";
    return text ? text : "";
}

/* The sentence after this one is about the offer that one asks about: where another one comes
 * second, this one says by how much. */
static const char *take(const lq_study *s, size_t best, size_t second, size_t subject)
{
    char a[96], amount[LQ_WORD_CHARS];
    lq_words_upper(name_of(s, best), a, sizeof a);
    if (same_letter(s, subject, best) || same_letter(s, subject, second))
        return lq_arena_printf(s->arena, "TAKE %s.", a);
    const lq_estimate d = lq_study_gap(s, best, second);
    return lq_arena_printf(s->arena, "TAKE %s: %s more to you than %s, the next best (%s).", a,
                           money(s, d.value, amount), name_of(s, second), sure(s, &d));
}

static const char *take_either(const lq_study *s, size_t best, size_t second)
{
    char a[96], b[96];
    lq_words_upper(name_of(s, best), a, sizeof a);
    lq_words_upper(name_of(s, second), b, sizeof b);
    const char *why = lq_verdict_is_same(s, best, second)
                          ? "the same: they pay alike in every future"
                      : sign_changes(s, best, second)
                          ? "a tie: which is worth more depends on how you bear risk, between "
                            "risk aversion 1 and 4"
                          : "a tie";
    return lq_arena_printf(s->arena, "TAKE %s OR %s (%s).", a, b, why);
}

/* "A is worth $274K less to you than B (+- $2K, 95 %)" */
static const char *compare(const lq_study *s, size_t a, size_t b)
{
    char amount[LQ_WORD_CHARS];
    const lq_estimate d = lq_study_gap(s, a, b);
    return lq_arena_printf(s->arena, "%s is worth %s %s to you than %s (%s)", name_of(s, a),
                           money(s, fabs(d.value), amount), d.value < 0.0 ? "less" : "more",
                           name_of(s, b), sure(s, &d));
}

static const char *and_the_ask(const lq_study *s, size_t ask, size_t against)
{
    char amount[LQ_WORD_CHARS];
    const double d = worth(s, ask) - worth(s, against);
    return lq_arena_printf(s->arena, ", and your ask %s %s", money(s, fabs(d), amount),
                           d < 0.0 ? "less" : "more");
}

static bool pay_is_uncertain(const lq_offer *o)
{
    bool any = o->base.uncertain || o->raise.uncertain || o->bonus.target.uncertain ||
               o->sign_on.amount.uncertain || o->leaving.uncertain || o->fallback.uncertain;
    const lq_grant *grants = o->grants.items;
    for (size_t i = 0; i < o->grants.len; i++)
        any |= grants[i].value.uncertain || grants[i].units.uncertain ||
               grants[i].share.uncertain || grants[i].expiry.uncertain ||
               grants[i].probability.uncertain;
    return any;
}

/* Names in words of what is uncertain about the offers and their companies. */
static const char *unknowns(const lq_study *s)
{
    bool growth = false, odds = false, price = false, pay = false;
    for (size_t i = 0; i < s->found.n_offers; i++)
        pay |= pay_is_uncertain(lq_study_offer(s, i));
    for (size_t i = 0; i < s->found.n_companies; i++) {
        const lq_company *c = lq_study_company(s, i);
        growth |= c->growth.uncertain || c->alpha.uncertain;
        odds |= c->ipo.hazard.probability.uncertain || c->ipo.hazard.rate.uncertain ||
                c->acquisition.hazard.probability.uncertain ||
                c->acquisition.hazard.rate.uncertain ||
                c->failure.hazard.probability.uncertain || c->failure.hazard.rate.uncertain;
        price |= c->opening_value.haircut.uncertain || c->opening_value.fair_value.uncertain ||
                 c->opening_value.roll.uncertain || c->common_factor.uncertain;
    }
    const bool is[] = {growth, odds, price, pay};
    const char *const names[] = {"growth", "exit odds", "share price", "the letters"};
    const char *out = "";
    for (size_t i = 0; i < sizeof is / sizeof *is; i++)
        if (is[i] && out)
            out = lq_arena_printf(s->arena, "%s%s%s", out, *out ? ", " : "", names[i]);
    return out && !*out ? "the uncertain inputs" : out;
}

/* 5 % and 95 % points of worth a - worth b over the worlds. */
static void range_over_worlds(const lq_study *s, size_t a, size_t b, double range[2])
{
    for (size_t p = 0; p < s->found.n_pairs; p++) {
        const lq_pair_figures *f = &s->found.pairs[p];
        if (s->pairs[p][0] == a && s->pairs[p][1] == b) {
            range[0] = f->worlds_low.value;
            range[1] = f->worlds_high.value;
        } else if (s->pairs[p][0] == b && s->pairs[p][1] == a) {
            range[0] = -f->worlds_high.value;
            range[1] = -f->worlds_low.value;
        }
    }
}

/* The pairs that are kept are with the baseline, which is said where it is not one of the two
 * that the verdict is about. */
static const char *over_worlds(const lq_study *s, size_t subject, bool of_verdict)
{
    double range[2] = {(double)NAN, (double)NAN};
    char low[LQ_WORD_CHARS], high[LQ_WORD_CHARS];
    range_over_worlds(s, subject, s->baseline, range);
    if (s->n_worlds_done < 2 || !isfinite(range[0]) ||
        lq_verdict_is_same(s, subject, s->baseline))
        return "";
    const char *what =
        lq_study_offer(s, subject)->role == LQ_OFFER_ASK ? "the ask" : name_of(s, subject);
    const char *begin =
        lq_arena_printf(s->arena, " Over what nobody knows (%s) %s is", unknowns(s), what);
    const char *base = lq_arena_printf(s->arena, of_verdict ? "%s" : "%s, the baseline",
                                       name_of(s, s->baseline));
    if (range[1] < 0.0)
        return lq_arena_printf(s->arena, "%s %s to %s short of %s.", begin,
                               money(s, -range[1], low), money(s, -range[0], high), base);
    if (range[0] > 0.0)
        return lq_arena_printf(s->arena, "%s %s to %s ahead of %s.", begin,
                               money(s, range[0], low), money(s, range[1], high), base);
    return lq_arena_printf(s->arena, "%s between %s short and %s ahead of %s.", begin,
                           money(s, -range[0], low), money(s, range[1], high), base);
}

/* ---- the verdict ---- */

static void write_single(lq_study *s)
{
    char amount[LQ_WORD_CHARS];
    const lq_offer_figures *f = &s->found.offers[0];
    s->found.verdict = (lq_verdict){
        .text = lq_arena_printf(s->arena, "%s is worth %s to you; there is no other offer.",
                                f->name, money(s, f->ce_chosen.value, amount)),
        .kind = "single",
        .winner = f->id,
        .loser = "",
        .amount = f->ce_chosen};
}

/* What is said of the subject, or of the runner-up when the subject itself is the one to take;
 * nothing where the first sentence says that they are the same. */
static const char *second_sentence(const lq_study *s, size_t best, size_t second,
                                   size_t subject)
{
    const size_t letter = of_negotiated(s, false), ask = of_negotiated(s, true);
    const bool of_two = subject == best || subject == second;
    if (of_two && lq_verdict_is_same(s, best, second)) return "";
    if (subject == best || same_letter(s, subject, best)) return compare(s, best, second);
    if (same_letter(s, subject, letter) && letter != subject && letter != best)
        return lq_arena_printf(s->arena, "%s%s", compare(s, letter, best),
                               ask == subject ? and_the_ask(s, ask, best) : "");
    return compare(s, subject, best);
}

lq_status lq_verdict_write(lq_study *s, lq_error *err)
{
    const size_t best = best_but(s, LQ_NO_OFFER), subject = lq_verdict_subject(s);
    if (subject == LQ_NO_OFFER) {
        write_single(s);
    } else {
        const size_t second = best_but(s, best);
        const bool tie = is_tie(s, best, second);
        /* A tie is with the runner-up; otherwise the offer one asks about has lost. */
        const size_t loser = tie || subject == best ? second : subject;
        const char *said = second_sentence(s, best, second, subject), *more = said ? said : "";
        s->found.verdict = (lq_verdict){
            .text = lq_arena_printf(
                s->arena, "%s%s%s%s%s",
                tie ? take_either(s, best, second) : take(s, best, second, subject),
                *more ? " " : "", more, *more ? "." : "",
                over_worlds(s, subject, s->baseline == best || s->baseline == second)),
            .kind = tie ? "tie" : "win",
            .winner = s->found.offers[best].id,
            .loser = s->found.offers[loser].id,
            .amount = lq_study_gap(s, best, loser)};
    }
    return lq_arena_failed(s->arena) ? LQ_FAIL(err, LQ_ENOMEM, .key = "verdict") : LQ_OK;
}
