#include "decide/worlds.h"

#include "base/alloc.h"
#include "decide/measure.h"

#include <string.h>

/* Traced paths for the fans, over all worlds. */
enum { TRACED_BLOCKS = 256 };

/* What a thread keeps from world to world. */
typedef struct room {
    lq_result *result; /* of a world under way, and what no world's figures need of those before
                          it; NULL until it is needed */
    size_t failed_world;
    lq_error err;
} room;

typedef struct worlds {
    lq_study *study;
    bool apart;          /* a thread to a world */
    room *rooms;         /* [threads that take worlds] */
    uint64_t paths_done; /* of finished worlds */
    bool stopped;        /* by a failure or from outside: no other world is begun */
} worlds;

/* Told of the paths of one world under way, by one thread. */
static void forward_progress(void *context, uint64_t paths_done)
{
    const worlds *all = context;
    const lq_study *s = all->study;
    const uint64_t before =
        s->paths_before + __atomic_load_n(&all->paths_done, __ATOMIC_RELAXED);
    s->options->progress(s->options->progress_context, before + paths_done, s->paths_total);
}

static lq_run_options run_options(worlds *all, int number, lq_team *team)
{
    lq_study *s = all->study;
    const size_t n = s->found.n_worlds;
    lq_run_options run = lq_study_run_options(s);
    run.team = team;
    run.progress = s->options->progress && number == 0 ? forward_progress : NULL;
    run.progress_context = all;
    run.sink = s->options->sink;
    run.n_trace_blocks = (TRACED_BLOCKS + n - 1) / n;
    run.n_whole_paths = (LQ_WHOLE_PATHS + n - 1) / n;
    return run;
}

/* Emptied into the sum; of a single world it is the sum itself. */
static lq_result *result_of(const worlds *all, room *r)
{
    const lq_study *s = all->study;
    if (s->found.n_worlds == 1) return s->result;
    if (!r->result) r->result = lq_result_create(s->plan, LQ_WHOLE_PATHS);
    return r->result;
}

static lq_status run_plan(worlds *all, const lq_plan *plan, size_t world, room *r, int number,
                          lq_team *team)
{
    lq_study *s = all->study;
    lq_world_sums *sums = &s->worlds[world];
    const uint64_t n = plan->blocks_per_world;
    const lq_run_options run = run_options(all, number, team);
    lq_result *result = result_of(all, r);
    if (!result) return LQ_FAIL(&r->err, LQ_ENOMEM, .key = "simulation");
    LQ_TRY(lq_engine_run(plan, world * n, n, &run, result, &r->err));
    memcpy(sums->plan_hash, plan->hash, sizeof sums->plan_hash);
    sums->begun = true;
    if (result->interrupted) __atomic_store_n(&all->stopped, true, __ATOMIC_RELAXED);
    if (result->n_paths > 0) LQ_TRY(lq_measure_world(s, plan, result, world, team, &r->err));
    if (result != s->result) lq_result_drain_world(s->result, result, lq_team_threads(team));
    __atomic_fetch_add(&all->paths_done, n * LQ_LANES, __ATOMIC_RELAXED);
    return LQ_OK;
}

static lq_status build_and_run(worlds *all, size_t world, room *r, int number, lq_team *team)
{
    const lq_study *s = all->study;
    const lq_plan_options options = {.calibration = &s->calibration,
                                     .world = (long)world,
                                     .pairs = (const size_t(*)[2])s->pairs,
                                     .n_pairs = s->n_pairs};
    if (world == 0) return run_plan(all, s->plan, world, r, number, team);
    lq_plan *plan = NULL;
    LQ_TRY(lq_plan_build(s->scenario, &options, &plan, &r->err));
    const lq_status st = run_plan(all, plan, world, r, number, team);
    lq_plan_destroy(plan);
    return st;
}

/* Worlds are begun in ascending order, so that the first of those that fail is always run. */
static lq_status visit_world(void *context, size_t world, lq_team *team)
{
    worlds *all = context;
    const int number = all->apart ? lq_team_number(team) : 0;
    room *r = &all->rooms[number];
    if (__atomic_load_n(&all->stopped, __ATOMIC_RELAXED)) return LQ_OK;
    const lq_status st = build_and_run(all, world, r, number, team);
    if (st == LQ_OK) return LQ_OK;
    __atomic_store_n(&all->stopped, true, __ATOMIC_RELAXED);
    r->failed_world = world;
    return st;
}

static lq_status run_all(worlds *all)
{
    const lq_study *s = all->study;
    const size_t n = s->found.n_worlds;
    if (all->apart) return lq_team_each(s->team, n, visit_world, all);
    lq_status st = LQ_OK;
    for (size_t w = 0; w < n && st == LQ_OK; w++)
        st = visit_world(all, w, s->team);
    return st;
}

/* A thread stops at the first world that it fails in; the first of all is told. */
static void tell_error(const worlds *all, size_t n_rooms, lq_error *err)
{
    const room *first = NULL;
    for (size_t i = 0; i < n_rooms; i++) {
        const room *r = &all->rooms[i];
        if (r->failed_world < all->study->found.n_worlds &&
            (!first || r->failed_world < first->failed_world))
            first = r;
    }
    if (first && err) *err = first->err;
}

lq_status lq_worlds_run(lq_study *s, lq_error *err)
{
    const double from = lq_study_clock();
    const size_t n_threads = (size_t)lq_team_threads(s->team);
    worlds all = {.study = s, .apart = s->found.n_worlds >= n_threads && n_threads > 1};
    const size_t n_rooms = all.apart ? n_threads : 1;
    all.rooms = lq_calloc(n_rooms, sizeof *all.rooms);
    if (!all.rooms) return LQ_FAIL(err, LQ_ENOMEM, .key = "simulation");
    for (size_t i = 0; i < n_rooms; i++)
        all.rooms[i].failed_world = s->found.n_worlds;
    const lq_status st = run_all(&all);
    if (st != LQ_OK) tell_error(&all, n_rooms, err);
    for (size_t i = 0; i < n_rooms; i++) {
        lq_result *rest = all.rooms[i].result;
        if (rest && st == LQ_OK) lq_result_drain(s->result, rest, (int)n_threads);
        lq_result_destroy(rest);
    }
    lq_free(all.rooms);
    LQ_TRY(st);
    s->interrupted |= s->result->interrupted;
    lq_measure_add_worlds(s);
    lq_result_sort_rows(s->result);
    lq_study_advance(s, all.paths_done);
    s->main_seconds = lq_study_clock() - from;
    return LQ_OK;
}
