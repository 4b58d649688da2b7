#include "decide/warn.h"

#include "decide/words.h"

static void add(lq_study *s, size_t offer, const char *text)
{
    const lq_offer *o = lq_study_offer(s, offer);
    s->found.warnings[s->found.n_warnings++] = (lq_warning){
        .key = lq_arena_printf(s->arena, "offers.%s", o->id), .text = text, .mark = o->mark};
}

static void warn_stuck(lq_study *s, size_t offer)
{
    const lq_offer_figures *f = &s->found.offers[offer];
    char share[LQ_WORD_CHARS];
    if (!(f->stuck_share_of_equity.value > 0.10)) return;
    add(s, offer,
        lq_arena_printf(
            s->arena,
            "%s: %s of the mean of its paper is still stuck when paths end after "
            "%.4g years, at a residual worth; lengthen simulation.liquidity_horizon",
            f->id, lq_words_percent(f->stuck_share_of_equity.value, share),
            s->scenario->simulation.liquidity_horizon.p[0]));
}

static void warn_floored(lq_study *s, size_t offer)
{
    const lq_offer_figures *f = &s->found.offers[offer];
    if (!(f->ce_floored_share.value > 1e-4)) return;
    add(s, offer,
        lq_arena_printf(s->arena,
                        "%s: on %.3g %% of the paths wealth fell below 1 %% of what was there "
                        "before and was raised to it; its worth to you is too high",
                        f->id, 100.0 * f->ce_floored_share.value));
}

static void warn_cut(lq_study *s, size_t company)
{
    const lq_company_figures *f = &s->found.companies[company];
    if (!(f->cut_share.value > 0.0)) return;
    s->found.warnings[s->found.n_warnings++] = (lq_warning){
        .key = lq_arena_printf(s->arena, "companies.%s", f->id),
        .text = lq_arena_printf(
            s->arena,
            "%s: on %.3g %% of the paths there are more than %d rounds or tenders; those "
            "after the first %d were left out",
            f->id, 100.0 * f->cut_share.value, (int)LQ_MAX_ROUNDS, (int)LQ_MAX_ROUNDS),
        .mark = lq_study_company(s, company)->mark};
}

/* Rounds that found no price: what the company would have raised is missing from its paths. */
static void warn_unpriced(lq_study *s, size_t company)
{
    const lq_company_figures *f = &s->found.companies[company];
    const double unpriced = f->unpriced_rounds_mean.value;
    if (!(unpriced > 0.0)) return;
    const lq_company *c = lq_study_company(s, company);
    s->found.warnings[s->found.n_warnings++] = (lq_warning){
        .key = lq_arena_printf(s->arena, "companies.%s.rounds.phi", f->id),
        .text = lq_arena_printf(
            s->arena,
            "%s: %.2g %% of its rounds are not held, because no price between %g and %g times "
            "the value of a share makes their class worth it (phi: solve)",
            f->id, 100.0 * unpriced / (unpriced + f->rounds_mean.value), LQ_PHI_LEAST,
            LQ_PHI_MOST),
        .mark = c->rounds.phi.mark};
}

/* Worlds are begun one after the other: what a stopped run holds is not a sample of all of
 * them.
 */
static void warn_interrupted(lq_study *s)
{
    if (!s->interrupted) return;
    const char *text =
        s->found.n_worlds < 2 || s->next_paths
            ? "interrupted: the figures are of the paths done so far"
            : lq_arena_printf(
                  s->arena,
                  "interrupted in world %zu of %zu of what nobody knows: the figures "
                  "are of the worlds begun, and the +- says nothing of the others",
                  s->n_worlds_done, s->found.n_worlds);
    s->found.warnings[s->found.n_warnings++] = (lq_warning){.key = "simulation", .text = text};
}

static void warn_tolerance(lq_study *s)
{
    const lq_manifest *m = &s->found.manifest;
    if (!m->tolerance || m->tolerance_reached) return;
    s->found.warnings[s->found.n_warnings++] =
        (lq_warning){.key = "simulation.max_paths", .text = m->tolerance};
}

/* One world is a draw, not the middle; nothing on the screen tells how far others are. */
static void warn_one_world(lq_study *s)
{
    if (!s->scenario->has_uncertain || s->found.n_worlds > 1) return;
    s->found.warnings[s->found.n_warnings++] = (lq_warning){
        .key = "simulation.worlds",
        .text = "simulation.worlds: 1 takes one draw of what nobody knows; another seed takes "
                "another, and the +- counts nothing of that"};
}

static void warn_repaired(lq_study *s)
{
    if (!s->plan->repaired) return;
    s->found.warnings[s->found.n_warnings++] = (lq_warning){
        .key = "market.correlations",
        .text = lq_arena_printf(s->arena,
                                "the correlations cannot hold together; the nearest that can, "
                                "and in brackets what is written: %s",
                                s->plan->repaired)};
}

lq_status lq_warn(lq_study *s, lq_error *err)
{
    const lq_warning *given = s->scenario->warnings.items;
    const size_t n = s->scenario->warnings.len;
    s->found.warnings =
        lq_arena_calloc(s->arena, n + 2 * s->found.n_offers + 2 * s->found.n_companies + 4,
                        sizeof *s->found.warnings);
    if (!s->found.warnings) return LQ_FAIL(err, LQ_ENOMEM, .key = "warnings");
    s->found.n_warnings = 0;
    warn_interrupted(s);
    warn_tolerance(s);
    warn_one_world(s);
    warn_repaired(s);
    for (size_t i = 0; i < n; i++)
        s->found.warnings[s->found.n_warnings++] = given[i];
    for (size_t i = 0; i < s->found.n_offers; i++) {
        warn_stuck(s, i);
        warn_floored(s, i);
    }
    for (size_t i = 0; i < s->found.n_companies; i++) {
        warn_cut(s, i);
        warn_unpriced(s, i);
    }
    return lq_arena_failed(s->arena) ? LQ_FAIL(err, LQ_ENOMEM, .key = "warnings") : LQ_OK;
}
