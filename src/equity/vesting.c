#include "equity/vesting.h"

#include <math.h>

/* A vest held back by the cliff joins the one at it. */
static size_t put(lq_vest *vests, size_t n, int month, double cumulative)
{
    const double before = n ? vests[n - 1].cumulative_frac : 0.0;
    if (n && vests[n - 1].month == month) {
        const double earlier = n > 1 ? vests[n - 2].cumulative_frac : 0.0;
        vests[n - 1].cumulative_frac = cumulative;
        vests[n - 1].fraction = cumulative - earlier;
        return n;
    }
    if (n == LQ_VESTING_MAX_EVENTS) return 0;
    vests[n] = (lq_vest){month, cumulative - before, cumulative};
    return n + 1;
}

static int after_cliff(const lq_vesting_spec *spec, int month)
{
    return month < spec->cliff_months ? spec->cliff_months : month;
}

static size_t expand_years(const lq_vesting_spec *spec, lq_vest *vests)
{
    size_t n = 0;
    double before = 0.0;
    for (size_t y = 0; y < spec->n; y++) {
        const int parts = 12 / spec->every_months;
        for (int i = 1; i <= parts; i++) {
            const int month = (int)y * 12 + i * spec->every_months;
            const double part = i == parts ? 1.0 : (double)i / parts;
            n = put(vests, n, after_cliff(spec, month), before + part * spec->years_frac[y]);
            if (n == 0) return 0;
        }
        before += spec->years_frac[y];
    }
    return n;
}

static size_t expand_evenly(const lq_vesting_spec *spec, lq_vest *vests)
{
    size_t n = 0;
    for (int month = spec->every_months; month <= spec->over_months;
         month += spec->every_months) {
        n = put(vests, n, after_cliff(spec, month), (double)month / spec->over_months);
        if (n == 0) return 0;
    }
    return n;
}

static size_t expand_table(const lq_vesting_spec *spec, lq_vest *vests)
{
    size_t n = 0;
    double cumulative = 0.0;
    for (size_t i = 0; i < spec->n; i++) {
        cumulative += spec->years_frac[i];
        n = put(vests, n, after_cliff(spec, spec->months[i]), cumulative);
        if (n == 0) return 0;
    }
    return n;
}

size_t lq_vesting_expand(const lq_vesting_spec *spec, lq_vest *vests)
{
    size_t n;
    switch (spec->form) {
    case LQ_VESTING_BY_YEARS:
        n = expand_years(spec, vests);
        break;
    case LQ_VESTING_EVENLY:
        n = expand_evenly(spec, vests);
        break;
    default:
        n = expand_table(spec, vests);
        break;
    }
    if (n) { /* the sum of the fractions is 1 to rounding: make it exactly 1 */
        vests[n - 1].fraction += 1.0 - vests[n - 1].cumulative_frac;
        vests[n - 1].cumulative_frac = 1.0;
    }
    return n;
}

double lq_vesting_whole_units(double units, double cumulative_frac)
{
    return floor(units * cumulative_frac * (1.0 + 1e-12) + 1e-9);
}
