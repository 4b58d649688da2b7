#include "decide/study.h"

#include "decide/sample.h"

#include <time.h>

double lq_study_clock(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

lq_utility lq_person_utility(const lq_person *person, const lq_background *background)
{
    const double aversion = person->risk_aversion.p[0];
    if (person->utility == LQ_FORM_CRRA)
        return (lq_utility){.kind = LQ_UTILITY_CRRA, .aversion = aversion};
    const double wealth = background->wealth_money > 1.0 ? background->wealth_money : 1.0;
    return (lq_utility){.kind = LQ_UTILITY_CARA, .aversion = aversion / wealth};
}

lq_stake *lq_study_stake(const lq_plan *plan, const lq_result *result, size_t offer)
{
    return lq_stake_create(result->offers[offer].total,
                           plan->has_growth ? &result->growth : NULL);
}

lq_estimate lq_study_gap(const lq_study *s, size_t a, size_t b)
{
    const lq_offer_figures *x = &s->found.offers[a], *y = &s->found.offers[b];
    double move[LQ_MAX_REPLICATES], figures[LQ_MAX_WORLDS];
    for (size_t r = 0; r < s->plan->n_replicates; r++)
        move[r] = x->ce_replicate[r] - y->ce_replicate[r];
    for (size_t w = 0; s->drawn.fit && w < lq_world_fit_worlds(s->drawn.fit); w++)
        figures[w] = x->ce_world[w] - y->ce_world[w];
    const lq_estimate paths = lq_estimate_of_replicates(x->ce_chosen.value - y->ce_chosen.value,
                                                        move, s->plan->n_replicates);
    return lq_world_fit_widen(s->drawn.fit, paths, figures);
}

static void forward_progress(void *context, uint64_t paths_done)
{
    const lq_study *s = context;
    s->options->progress(s->options->progress_context, s->paths_before + paths_done,
                         s->paths_total);
}

lq_run_options lq_study_run_options(lq_study *s)
{
    return (lq_run_options){.n_threads = s->options->n_threads,
                            .team = s->team,
                            .stop = s->options->stop,
                            .progress = s->options->progress ? forward_progress : NULL,
                            .progress_context = s};
}

void lq_study_advance(lq_study *s, uint64_t n_paths)
{
    s->paths_before += n_paths;
    if (s->options->progress)
        s->options->progress(s->options->progress_context, s->paths_before, s->paths_total);
}

void lq_study_pilots(void *context, uint64_t ran, uint64_t left)
{
    lq_study *s = context;
    s->paths_total = s->paths_total - s->pilot_paths_left + ran + left;
    s->pilot_paths_left = left;
    lq_study_advance(s, ran);
}
