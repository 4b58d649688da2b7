#include "decide/measure.h"

#include "stats/dominance.h"

#include <math.h>

static lq_status measure_difference(const lq_study *s, size_t pair, lq_error *err)
{
    lq_pair_figures *out = &s->found.pairs[pair];
    lq_sample d;
    LQ_TRY(lq_sample_read(s->result->differences[pair], s->by_replicates, &d, err));
    const lq_estimate of_paths[] = {lq_sample_estimate(&d, &lq_gauge_mean, 0.0),
                                    lq_sample_estimate(&d, &lq_gauge_p_above_cent, 0.0),
                                    lq_sample_estimate(&d, &lq_gauge_p_below_cent, 0.0)};
    lq_drawn_attach(&s->drawn, lq_drawn_pair(&s->drawn, pair), &d);
    out->p_a_beats_b = lq_sample_estimate(&d, &lq_gauge_p_above_cent, 0.0);
    out->p_tie = lq_sample_estimate(&d, &lq_gauge_p_within_cent, 0.0);
    out->p_b_beats_a = lq_sample_estimate(&d, &lq_gauge_p_below_cent, 0.0);
    out->mean = lq_sample_estimate(&d, &lq_gauge_mean, 0.0);
    out->sd = lq_sample_estimate(&d, &lq_gauge_sd, 0.0);
    for (size_t q = 0; q < LQ_LEVELS; q++)
        out->quantile[q] = lq_sample_estimate(&d, &lq_gauge_quantile, lq_levels[q]);
    out->regret_a = lq_sample_estimate(&d, &lq_gauge_negative_part, 0.0);
    out->regret_b = lq_sample_estimate(&d, &lq_gauge_positive_part, 0.0);
    out->mean_excess = lq_excess(&out->mean, &of_paths[0]);
    out->beats_excess[0] = lq_excess(&out->p_a_beats_b, &of_paths[1]);
    out->beats_excess[1] = lq_excess(&out->p_b_beats_a, &of_paths[2]);
    lq_sample_clear(&d);
    return LQ_OK;
}

/* ---- where risk aversion changes the answer ---- */

static double gap_at(lq_stake *const stakes[2], const lq_background *background, double gamma)
{
    const lq_utility u = {.kind = LQ_UTILITY_CRRA, .aversion = gamma};
    return lq_certainty_equivalent(stakes[0], background, &u, NULL).value -
           lq_certainty_equivalent(stakes[1], background, &u, NULL).value;
}

/* The first sign change over the grid of gammas, by bisection to 1e-3; NaN: none. */
static double crossover(lq_stake *const stakes[2], const lq_background *background)
{
    double low = lq_gammas[0], gap_low = gap_at(stakes, background, low);
    for (size_t g = 1; g < LQ_N_GAMMAS; g++) {
        double high = lq_gammas[g];
        const double gap_high = gap_at(stakes, background, high);
        /* Gaps under a cent are none: an offer does not overtake its equal. */
        if (gap_low * gap_high < 0.0 && fabs(gap_low) > 0.01 && fabs(gap_high) > 0.01) {
            while (high - low > 1e-3) {
                const double middle = 0.5 * (low + high);
                if (gap_at(stakes, background, middle) * gap_low > 0.0)
                    low = middle;
                else
                    high = middle;
            }
            return 0.5 * (low + high);
        }
        low = high;
        gap_low = gap_high;
    }
    return (double)NAN;
}

/* The gap's own error over its slope: both offers ran on the same paths. */
static double crossover_error(lq_stake *const stakes[2], const lq_background *background,
                              double gamma)
{
    const lq_utility u = {.kind = LQ_UTILITY_CRRA, .aversion = gamma};
    double gap[LQ_MAX_REPLICATES], other[LQ_MAX_REPLICATES];
    const size_t n = lq_stake_n_replicates(stakes[0]);
    lq_certainty_equivalent(stakes[0], background, &u, gap);
    lq_certainty_equivalent(stakes[1], background, &u, other);
    for (size_t r = 0; r < n; r++)
        gap[r] -= other[r];
    const double low = fmax(gamma - 0.05, 0.0), high = gamma + 0.05;
    const double slope =
        (gap_at(stakes, background, high) - gap_at(stakes, background, low)) / (high - low);
    return lq_estimate_of_replicates(0.0, gap, n).se / fabs(slope);
}

static lq_status measure_crossover(const lq_study *s, size_t pair, lq_error *err)
{
    lq_stake *stakes[2];
    for (size_t i = 0; i < 2; i++)
        stakes[i] = lq_study_stake(s->plan, s->result, s->pairs[pair][i]);
    const bool there = stakes[0] && stakes[1];
    lq_estimate *found = &s->found.pairs[pair].gamma_crossover;
    if (there) found->value = crossover(stakes, &s->plan->background);
    if (isfinite(found->value))
        found->se = crossover_error(stakes, &s->plan->background, found->value);
    lq_stake_destroy(stakes[0]);
    lq_stake_destroy(stakes[1]);
    return there ? LQ_OK : LQ_FAIL(err, LQ_ENOMEM, .key = "results");
}

/* ---- dominance ---- */

static lq_status measure_dominance(const lq_study *s, size_t pair, lq_error *err)
{
    lq_pair_figures *out = &s->found.pairs[pair];
    const size_t a = s->pairs[pair][0], b = s->pairs[pair][1];
    lq_dominance_result d;
    const lq_dominance_worlds worlds = {
        .fit = s->drawn.fit,
        .a = lq_drawn_laws(&s->drawn, lq_drawn_part(&s->drawn, a, LQ_TOTAL)),
        .b = lq_drawn_laws(&s->drawn, lq_drawn_part(&s->drawn, b, LQ_TOTAL))};
    LQ_TRY(lq_dominance_compare(s->result->offers[a].total, s->result->offers[b].total, &worlds,
                                &d, err));
    out->dominance = lq_dominance_name(d.verdict);
    out->dominance_winner = d.winner > 0 ? out->a : d.winner < 0 ? out->b : "";
    return LQ_OK;
}

static lq_status measure_pair(void *context, size_t pair, lq_team *member)
{
    (void)member;
    lq_study *s = context;
    LQ_TRY(measure_difference(s, pair, NULL));
    LQ_TRY(measure_crossover(s, pair, NULL));
    LQ_TRY(measure_dominance(s, pair, NULL));
    s->found.pairs[pair].ce_difference = lq_study_gap(s, s->pairs[pair][0], s->pairs[pair][1]);
    return LQ_OK;
}

lq_status lq_measure_pairs(lq_study *s, lq_error *err)
{
    const lq_status st = lq_team_each(s->team, s->found.n_pairs, measure_pair, s);
    return st == LQ_OK ? LQ_OK : LQ_FAIL(err, st, .key = "results");
}
