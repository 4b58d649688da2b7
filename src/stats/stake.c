#include "stats/stake.h"

#include "base/alloc.h"
#include "stats/bins.h"

#include <assert.h>

static bool read_stratum(const lq_law_source *source, int32_t stratum, uint32_t n_replicates,
                         const lq_law *like, lq_stratum *at)
{
    at->law = lq_law_aligned_of(source, stratum, LQ_POOLED, like);
    if (!at->law) return false;
    at->weight = lq_calloc(n_replicates * at->law->len + 1, sizeof *at->weight);
    at->u = lq_calloc(at->law->len + 1, sizeof *at->u);
    if (!at->weight || !at->u) return false;
    if (n_replicates) lq_law_weights_of(source, stratum, at->law->len, at->weight);
    return true;
}

/* Slopes of E(X | G) from the neighbours that have paths; 0 for a lone stratum. */
static void read_slopes(lq_stake *stake)
{
    for (uint32_t s = 0; s < stake->n_strata; s++) {
        uint32_t below = s, above = s;
        while (below > 0 && (below == s || stake->strata[below].law->n_paths == 0.0))
            below--;
        while (above + 1 < stake->n_strata &&
               (above == s || stake->strata[above].law->n_paths == 0.0))
            above++;
        const lq_stratum *low = &stake->strata[below], *high = &stake->strata[above];
        const double rise = high->law->mean - low->law->mean, run = high->growth - low->growth;
        const bool known = low->law->n_paths > 0.0 && high->law->n_paths > 0.0 && run > 0.0;
        stake->strata[s].beta = known ? rise / run : 0.0;
    }
}

/* Range and mean of X over everything. */
static bool read_totals(const lq_law_source *source, lq_stake *stake)
{
    lq_law *law = lq_law_of(source, LQ_POOLED);
    if (!law) return false;
    stake->mean = law->mean;
    if (law->len > 0) {
        stake->lowest = law->bin[0].min;
        stake->highest = law->bin[law->len - 1].max;
    }
    lq_law_destroy(law);
    for (uint32_t s = 0; s < stake->n_strata; s++)
        stake->n_paths += stake->strata[s].law->n_paths;
    return true;
}

static bool read_all(const lq_law_source *source, const lq_strata_sums *growth, lq_stake *stake)
{
    for (uint32_t s = 0; s < stake->n_strata; s++) {
        lq_stratum *at = &stake->strata[s];
        at->growth = growth ? lq_strata_mean(growth, s) : 1.0;
        at->variance = growth ? lq_strata_variance(growth, s) : 0.0;
        const lq_law *like = s ? stake->strata[0].law : NULL;
        const int32_t stratum = growth ? (int32_t)s : LQ_POOLED;
        if (!read_stratum(source, stratum, stake->n_replicates, like, at)) return false;
    }
    read_slopes(stake);
    return read_totals(source, stake);
}

lq_stake *lq_stake_create(const lq_tally *tally, const lq_strata_sums *growth)
{
    assert(!growth || tally->shape.n_strata == LQ_STRATA);
    lq_stake *stake = lq_calloc(1, sizeof *stake);
    if (!stake) return NULL;
    const bool has_replicates = growth || tally->replicates.n_rows > 0;
    stake->n_strata = growth ? LQ_STRATA : 1;
    stake->n_replicates = has_replicates ? tally->shape.n_replicates : 0;
    stake->strata = lq_calloc(stake->n_strata, sizeof *stake->strata);
    if (!stake->strata) stake->n_strata = 0;
    lq_law_source *source = lq_law_source_create(tally);
    const bool there = stake->strata && source && read_all(source, growth, stake);
    lq_law_source_destroy(source);
    if (there) return stake;
    lq_stake_destroy(stake);
    return NULL;
}

void lq_stake_destroy(lq_stake *stake)
{
    if (!stake) return;
    for (uint32_t s = 0; s < stake->n_strata; s++) {
        lq_law_destroy(stake->strata[s].law);
        lq_free(stake->strata[s].weight);
        lq_free(stake->strata[s].u);
    }
    lq_free(stake->strata);
    lq_free(stake);
}

uint32_t lq_stake_n_replicates(const lq_stake *stake)
{
    return stake->n_replicates;
}
