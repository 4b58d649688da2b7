#include "decide/measure.h"

#include <assert.h>
#include <math.h>

/* Values of a sum of two kinds of hundredths, whole and by replicate, per path. */
typedef struct level {
    double value;
    uint32_t n_replicates;
    double replicate[LQ_MAX_REPLICATES];
} level;

static level level_of_sums(const lq_study *s, size_t offer, lq_offer_sum cash,
                           lq_offer_sum equity)
{
    const lq_offer_result *r = &s->result->offers[offer];
    level out = {.n_replicates = s->plan->n_replicates};
    lq_cents all = 0;
    for (size_t k = 0; k < out.n_replicates; k++) {
        const lq_cents sum = r->sums[cash][k] + r->sums[equity][k];
        all += sum;
        out.replicate[k] = lq_result_per_path(s->result, sum, s->result->replicate_paths[k]);
    }
    out.value = lq_result_per_path(s->result, all, s->result->n_paths);
    return out;
}

/* After tax: the mean of the totals, of which the replicates keep exact sums too. */
static level level_of_means(const lq_study *s, size_t offer)
{
    level out = {.value = s->found.offers[offer].part[LQ_TOTAL].mean.value,
                 .n_replicates = s->plan->n_replicates};
    lq_law_source *source = lq_law_source_create(s->result->offers[offer].total);
    for (size_t k = 0; k < out.n_replicates; k++) {
        lq_law *law = source ? lq_law_of(source, (int32_t)k) : NULL;
        out.replicate[k] = law ? lq_law_mean(law) : (double)NAN;
        lq_law_destroy(law);
    }
    lq_law_source_destroy(source);
    return out;
}

static level level_of_worth(const lq_study *s, size_t offer)
{
    const lq_offer_figures *f = &s->found.offers[offer];
    level out = {.value = f->ce_chosen.value, .n_replicates = s->plan->n_replicates};
    for (size_t k = 0; k < out.n_replicates; k++)
        out.replicate[k] = f->ce_replicate[k];
    return out;
}

/* from -> to, with the error that paired replicates show. */
static lq_estimate step(const level *from, const level *to)
{
    double move[LQ_MAX_REPLICATES];
    for (size_t k = 0; k < to->n_replicates; k++)
        move[k] = to->replicate[k] - from->replicate[k];
    return lq_estimate_of_replicates(to->value - from->value, move, to->n_replicates);
}

static level known(double value, uint32_t n_replicates)
{
    level out = {.value = value, .n_replicates = n_replicates};
    for (size_t k = 0; k < n_replicates; k++)
        out.replicate[k] = value;
    return out;
}

void lq_measure_bridge(lq_study *s, size_t offer)
{
    lq_offer_figures *f = &s->found.offers[offer];
    const lq_letter_sums *letter = &s->sums.letters[offer];
    const double paths = (double)s->result->n_paths;
    lq_estimate *bridge = f->bridge;
    bridge[LQ_BRIDGE_LETTER] = (lq_estimate){.value = f->headline_total};
    bridge[LQ_BRIDGE_BONUS_PAYOUT] = (lq_estimate){.value = letter->bonus_payout / paths};
    bridge[LQ_BRIDGE_PREFERRED_TO_COMMON] =
        (lq_estimate){.value = letter->paper_fair / paths - f->headline_equity};
    const level fair =
        known(bridge[LQ_BRIDGE_LETTER].value + bridge[LQ_BRIDGE_BONUS_PAYOUT].value +
                  bridge[LQ_BRIDGE_PREFERRED_TO_COMMON].value,
              s->plan->n_replicates);
    const level nominal = level_of_sums(s, offer, LQ_SUM_NOMINAL_CASH, LQ_SUM_NOMINAL_EQUITY);
    const level gross = level_of_sums(s, offer, LQ_SUM_GROSS_CASH, LQ_SUM_GROSS_EQUITY);
    const level worth = level_of_worth(s, offer);
    level net = level_of_means(s, offer);
    /* Without tax the two differ by the rounding of hundredths, which is no tax. */
    if (fabs(net.value - gross.value) < 0.01) net = gross;
    bridge[LQ_BRIDGE_GROWTH_AND_EVENTS] = step(&fair, &nominal);
    bridge[LQ_BRIDGE_WAITING] = step(&nominal, &gross);
    bridge[LQ_BRIDGE_TAX] = step(&gross, &net);
    bridge[LQ_BRIDGE_RISK] = step(&net, &worth);
    double sum = 0.0;
    for (int t = 0; t < LQ_BRIDGE_WORTH; t++)
        sum += bridge[t].value;
    /* The terms sum exactly, so the worth is their sum; it is the certainty equivalent but for
     * the rounding of the additions. */
    assert(!(fabs(sum - worth.value) > 0.01));
    bridge[LQ_BRIDGE_WORTH] = f->ce_chosen;
    bridge[LQ_BRIDGE_WORTH].value = sum;
}
