#include "plan/build.h"

#include "num/scalar.h"

#include <math.h>

/* Integral of the written intensity over month k, by the company's age. */
static double month_mass(const lq_builder *b, const lq_company *company, const lq_hazard *h,
                         double rate, size_t k)
{
    const double to = company->age.p[0] + (double)k / 12.0, from = to - 1.0 / 12.0;
    if (h->kind == LQ_HAZARD_WEIBULL) {
        const double shape =
            lq_builder_number(b, &h->shape, "companies", company->id, "weibull.shape");
        const double scale =
            lq_builder_number(b, &h->scale, "companies", company->id, "weibull.scale");
        return lq_pow(to / scale, shape) - lq_pow(from > 0.0 ? from / scale : 0.0, shape);
    }
    if (h->kind == LQ_HAZARD_TABLE) {
        const double middle = 0.5 * (from + to);
        double now = 0.0;
        for (size_t i = 0; i < h->n_rows && h->from_years[i] <= middle; i++)
            now = h->table_rate[i];
        return now / 12.0;
    }
    return rate / 12.0;
}

lq_hazard_plan lq_build_hazard(const lq_builder *b, const lq_company *company,
                               const lq_hazard *hazard, double scale, const char *cause)
{
    const size_t n = b->plan->grid.n_months;
    lq_hazard_plan out = {0};
    out.mass = lq_arena_calloc(b->arena, n + 1, sizeof *out.mass);
    out.rate = lq_arena_calloc(b->arena, n + 1, sizeof *out.rate);
    if (!out.mass || !out.rate || hazard->kind == LQ_HAZARD_NONE) return out;
    const double written =
        hazard->kind == LQ_HAZARD_RATE
            ? lq_builder_number(b, &hazard->rate, "companies", company->id, cause)
            : 1.0;
    const int every = hazard->every.given ? lq_value_months(&hazard->every) : 1;
    double since = 0.0;
    for (size_t k = 1; k <= n; k++) {
        const double mass = lq_stress_times(b, company, hazard, k) *
                            (scale * month_mass(b, company, hazard, written, k));
        out.rate[k] = mass * 12.0;
        since += mass;
        if (k % (size_t)every) continue;
        out.mass[k] = since;
        since = 0.0;
    }
    out.rate[0] = n ? out.rate[1] : 0.0;
    out.value_exponent = lq_builder_number(b, &hazard->value_exponent, "companies", company->id,
                                           "value_exponent");
    out.market_exponent = lq_builder_number(b, &hazard->market_exponent, "companies",
                                            company->id, "market_exponent");
    return out;
}
