#include "company/life.h"

#include <string.h>

typedef const lq_company_plan plan_t;
typedef lq_company_state state_t;

/* Integrated intensity that leaves no survivor in any lane of a 32-bit uniform. */
static const double CERTAIN = 1e9;

/* Masses of the lottery; a lane below the floor is lost for certain, and lives no longer. */
static void record_masses(plan_t *plan, size_t k, state_t *s, lq_company_record *r)
{
    double *restrict fail = r->mass[LQ_EXIT_FAILURE] + k * LQ_LANES;
    double *restrict buy = r->mass[LQ_EXIT_ACQUISITION] + k * LQ_LANES;
    double *restrict list = r->mass[LQ_EXIT_IPO] + k * LQ_LANES;
    double *restrict sum = r->mass[LQ_EXIT_NONE] + k * LQ_LANES;
    const bool has_floor = lq_company_has_floor(plan);
    const double mi = plan->ipo.mass[k], ma = plan->acquisition.mass[k],
                 mf = plan->failure.mass[k];
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const double alive = s->is_private[l];
        const double fallen = has_floor ? s->fallen[l] : 0.0, left = alive - fallen;
        fail[l] = left * mf * s->power[LQ_EXIT_FAILURE][l] + fallen * CERTAIN;
        buy[l] = left * ma * s->power[LQ_EXIT_ACQUISITION][l];
        list[l] = left * mi * s->power[LQ_EXIT_IPO][l];
        sum[l] = sum[l - LQ_LANES] + (fail[l] + buy[l] + list[l]);
        s->is_private[l] = left;
    }
}

/* What an exit in this month would find. */
void LQ_KERNEL(lq_record_state)(size_t k, const state_t *s, const lq_company_world *w,
                                lq_company_record *r)
{
    const struct {
        double *rows;
        const double *now;
    } kept[] = {{r->x, s->x},
                {r->shares, s->shares},
                {r->due, s->due},
                {r->ceiling, s->ceiling},
                {r->cut, w->cut},
                {r->n_rounds, w->n_rounds},
                {r->n_down, w->n_down},
                {r->n_flat, w->n_flat},
                {r->n_unpriced, w->n_unpriced},
                {r->n_tenders, w->n_tenders}};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        memcpy(kept[i].rows + k * LQ_LANES, kept[i].now, LQ_LANES * sizeof(double));
}

/* What a share listed before would have grown by; z is overwritten by nobody. */
static void record_listed(plan_t *plan, size_t k, const lq_company_inputs *in,
                          lq_company_record *r)
{
    const double *restrict z = in->normals + k * LQ_LANES;
    const double *restrict zm =
        in->market_normals ? in->market_normals + (k - 1) * LQ_LANES : z;
    const double own = plan->loading_listed_log2, drift = plan->drift_listed_log2[k];
    const double market = in->market_normals ? plan->loading_market_log2 : 0.0;
    double *restrict row = r->listed + k * LQ_LANES;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        row[l] =
            row[l - LQ_LANES] + __builtin_fma(market, zm[l], __builtin_fma(own, z[l], drift));
}

void LQ_KERNEL(lq_record_month)(plan_t *plan, size_t k, const lq_company_inputs *in, state_t *s,
                                const lq_company_world *w)
{
    record_masses(plan, k, s, s->record);
    LQ_KERNEL(lq_record_state)(k, s, w, s->record);
    record_listed(plan, k, in, s->record);
}

void LQ_KERNEL(lq_record_start)(const state_t *s, lq_company_record *r)
{
    memset(r->listed, 0, LQ_LANES * sizeof(double));
    memset(r->mass[LQ_EXIT_NONE], 0, LQ_LANES * sizeof(double));
    memcpy(r->threshold, s->threshold, sizeof r->threshold);
    memcpy(r->uniform, s->uniform, sizeof r->uniform);
    memcpy(r->cause, s->cause, sizeof r->cause);
    memcpy(r->term_a, s->term_a, sizeof r->term_a);
    memcpy(r->term_b, s->term_b, sizeof r->term_b);
    memcpy(r->direct, s->direct, sizeof r->direct);
}
