#include "engine/team.h"
#include "engine/bind.h"

#include "base/alloc.h"

#include <omp.h>
#include <string.h>

lq_team *lq_team_create(int n_threads)
{
    lq_team *team = lq_calloc(1, sizeof *team);
    if (!team) return NULL;
    team->n_threads = n_threads > 0 ? n_threads : omp_get_num_procs();
    team->workspace = lq_calloc((size_t)team->n_threads, sizeof *team->workspace);
    team->result = lq_calloc((size_t)team->n_threads, sizeof *team->result);
    team->member = lq_calloc((size_t)team->n_threads, sizeof *team->member);
    if (!team->workspace || !team->result || !team->member) {
        lq_team_destroy(team);
        return NULL;
    }
    for (int i = 0; i < team->n_threads; i++)
        team->member[i] = (lq_team){.n_threads = 1,
                                    .number = i,
                                    .workspace = &team->workspace[i],
                                    .result = &team->result[i]};
    return team;
}

void lq_team_destroy(lq_team *team)
{
    if (!team) return;
    for (int i = 0; i < team->n_threads; i++) {
        if (team->workspace) lq_workspace_destroy(team->workspace[i]);
        if (team->result) lq_result_destroy(team->result[i]);
    }
    lq_free(team->workspace);
    lq_free(team->result);
    lq_free(team->member);
    lq_free(team);
}

int lq_team_threads(const lq_team *team)
{
    return team->n_threads;
}

int lq_team_number(const lq_team *member)
{
    return member->number;
}

/* A member is its own. */
static lq_team *member_of(lq_team *team, int thread)
{
    return team && team->member ? &team->member[thread] : team;
}

lq_status lq_team_each(lq_team *team, size_t n, lq_item_visit *visit, void *context)
{
    const int n_threads = team ? team->n_threads : 1;
    size_t first = n;
    lq_status failed = LQ_OK;
#pragma omp parallel num_threads(n_threads)
    {
        const int me = omp_get_thread_num();
        const lq_binding binding = lq_bind_thread(me, n_threads);
#pragma omp for schedule(dynamic)
        for (size_t i = 0; i < n; i++) {
            const lq_status st = visit(context, i, member_of(team, me));
            if (st == LQ_OK) continue;
#pragma omp critical(lq_team_each)
            if (i < first) {
                first = i;
                failed = st;
            }
        }
        lq_unbind_thread(&binding);
    }
    return failed;
}

bool lq_team_seat(lq_team *team, int thread, const lq_plan *plan, bool samples)
{
    lq_workspace **w = &team->workspace[thread];
    if (!*w || samples != ((*w)->columns != NULL) || !lq_workspace_use(*w, plan)) {
        lq_workspace_destroy(*w);
        *w = lq_workspace_create(plan, samples);
    }
    if (!*w) return false;
    (*w)->bad_path = 0;
    (*w)->stages = NULL;
    return true;
}

static bool same_tally(const lq_tally *a, const lq_tally *b)
{
    return (!a && !b) || (a && b && lq_tally_same_shape(a, b));
}

static bool same_shape(const lq_result *a, const lq_result *b)
{
    const bool same = a->n_offers == b->n_offers && a->n_companies == b->n_companies &&
                      a->n_pairs == b->n_pairs && a->n_years == b->n_years &&
                      a->n_months == b->n_months && a->n_replicates == b->n_replicates &&
                      a->n_control_sums == b->n_control_sums &&
                      a->totals_only == b->totals_only && a->rows.capacity == b->rows.capacity;
    if (!same || a->n_offers == 0) return same;
    return same_tally(a->offers[0].total, b->offers[0].total) &&
           (a->totals_only || a->n_years == 0 ||
            same_tally(a->offers[0].by_year[0], b->offers[0].by_year[0]));
}

lq_result *lq_team_sheet(lq_team *team, int thread, const lq_plan *plan, const lq_result *like)
{
    lq_result **r = &team->result[thread];
    if (*r && same_shape(*r, like)) {
        lq_result_clear(*r);
        return *r;
    }
    lq_result_destroy(*r);
    *r = like->totals_only ? lq_result_create_totals(plan)
                           : lq_result_create(plan, like->rows.capacity);
    return *r;
}
