#include "liquidus/liquidus.h"

#include "equity/vesting.h"

#include <math.h>

/* Fractions of years that sum to one, or months that instalments divide. */
static bool possible(const lq_vesting_terms *t)
{
    if (t->every_months < 1 || t->cliff_months < 0) return false;
    if (t->n_years == 0) return t->over_months >= 1 && t->over_months % t->every_months == 0;
    if (t->n_years > LQ_VESTING_MAX_EVENTS / 12 || 12 % t->every_months != 0) return false;
    double sum = 0.0;
    for (size_t i = 0; i < t->n_years; i++) {
        if (!(t->years_frac[i] >= 0.0)) return false;
        sum += t->years_frac[i];
    }
    return fabs(sum - 1.0) < 1e-9;
}

size_t lq_vesting_expand_terms(const lq_vesting_terms *terms, int *months,
                               double *cumulative_frac, size_t cap)
{
    if (!possible(terms)) return 0;
    const lq_vesting_spec spec = {.form =
                                      terms->n_years ? LQ_VESTING_BY_YEARS : LQ_VESTING_EVENLY,
                                  .years_frac = terms->years_frac,
                                  .n = terms->n_years,
                                  .over_months = terms->over_months,
                                  .every_months = terms->every_months,
                                  .cliff_months = terms->cliff_months};
    lq_vest vests[LQ_VESTING_MAX_EVENTS];
    const size_t n = lq_vesting_expand(&spec, vests);
    if (n > cap) return 0;
    for (size_t i = 0; i < n; i++) {
        months[i] = vests[i].month;
        cumulative_frac[i] = vests[i].cumulative_frac;
    }
    return n;
}
