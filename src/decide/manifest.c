#include "decide/manifest.h"

#include "liquidus/version.h"

#include <math.h>
#include <nettle/sha2.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const char *hex(lq_arena *arena, const uint8_t digest[SHA256_DIGEST_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    char *text = lq_arena_calloc(arena, 2 * SHA256_DIGEST_SIZE + 1, 1);
    for (size_t i = 0; text && i < SHA256_DIGEST_SIZE; i++) {
        text[2 * i] = digits[digest[i] >> 4];
        text[2 * i + 1] = digits[digest[i] & 15];
    }
    return text;
}

static const char *sha256_hex(lq_arena *arena, const void *bytes, size_t len)
{
    struct sha256_ctx h;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&h);
    sha256_update(&h, len, bytes);
    sha256_digest(&h, sizeof digest, digest);
    return hex(arena, digest);
}

void lq_manifest_add_plan(uint8_t hash[32], const uint8_t plan_hash[32])
{
    struct sha256_ctx h;
    sha256_init(&h);
    sha256_update(&h, SHA256_DIGEST_SIZE, hash);
    sha256_update(&h, SHA256_DIGEST_SIZE, plan_hash);
    sha256_digest(&h, SHA256_DIGEST_SIZE, hash);
}

/* Whether any offer pays tax. */
static bool taxed(const lq_scenario *scenario)
{
    const lq_offer *offers = scenario->offers.items;
    for (size_t i = 0; i < scenario->offers.len; i++)
        if (offers[i].tax.method != LQ_TAX_NONE) return true;
    return false;
}

/* One company's way, and its reason. */
static const char *exits_of(const lq_study *s, size_t company)
{
    const lq_expansion *used = &s->plan->expansion[company];
    const char *why = s->plan->expansion_why[company];
    if (used->kind == LQ_EXPAND_ALL)
        return lq_arena_printf(s->arena, "all %zu outcomes on every path", used->n_branches);
    if (used->kind == LQ_EXPAND_SAMPLED)
        return lq_arena_printf(s->arena, "%zu on every path, evenly spread (%s)",
                               used->n_branches, why);
    return lq_arena_printf(s->arena, "one on every path (%s)", why);
}

static const char *exits_text(const lq_study *s)
{
    const char *text = "";
    for (size_t i = 0; i < s->plan->n_companies; i++) {
        if (!s->plan->companies[i].is_private) continue;
        text = lq_arena_printf(s->arena, "%s%s%s: %s", text, *text ? "; " : "",
                               s->plan->companies[i].id, exits_of(s, i));
    }
    return text;
}

static const char *sampling_of(const lq_plan *plan)
{
    if (plan->sobol) return "sobol";
    return plan->antithetic ? "antithetic" : "random";
}

/* "google's vests, hugging-face's failure"; empty: none. */
static const char *name_controls(const lq_study *s)
{
    const char *text = "";
    for (size_t i = 0; text && i < s->plan->n_controls; i++) {
        const lq_control *c = &s->plan->controls[i];
        if (c->scale > 0.0)
            text = lq_arena_printf(s->arena, "%s%s%s", text, *text ? ", " : "", c->name);
    }
    return text;
}

/* Of the replicates, or of the worlds where those are fewer. */
static int64_t degrees(const lq_study *s)
{
    const int64_t replicates = (int64_t)s->plan->n_replicates - 1;
    if (!s->by_replicates) return 0;
    if (!s->drawn.fit) return replicates;
    const int64_t worlds = lq_world_fit_degrees(s->drawn.fit);
    return worlds < replicates ? worlds : replicates;
}

static void write_manifest(lq_study *s)
{
    const lq_scenario *scenario = s->scenario;
    const lq_simulation *simulation = &scenario->simulation;
    char date[LQ_DATE_CHARS];
    const lq_manifest kept = s->found.manifest; /* the tolerance was looked at before */
    lq_date_format(simulation->start, date);
    s->found.manifest = (lq_manifest){
        .schema = "liquidus-result/1",
        .title = scenario->title,
        .config_text = scenario->config_text,
        .config_resolved = scenario->resolved,
        .config_sha256 = sha256_hex(s->arena, scenario->config_text, scenario->config_len),
        .plan_sha256 = hex(s->arena, s->sums.plan_hash),
        .sampling = sampling_of(s->plan),
        .precision = s->plan->reference ? "reference" : "fast",
        .exits = exits_text(s),
        .controls = name_controls(s),
        .measure = simulation->measure == LQ_MEASURE_PRICING ? "pricing" : "real",
        .currency = scenario->currency,
        .start_date = lq_arena_strdup(s->arena, date),
        .baseline = s->baseline == LQ_NO_OFFER ? "" : lq_study_offer(s, s->baseline)->id,
        .version = lq_version(),
        .unit_basis =
            lq_arena_printf(s->arena,
                            "Money is present value on %s, after tax%s, in %s, unless a "
                            "variable says otherwise.",
                            date, taxed(scenario) ? "" : " (of which this config has none)",
                            scenario->currency),
        .advice = "Not financial, tax or legal advice.",
        .tolerance = kept.tolerance ? kept.tolerance : "",
        .tolerance_reached = kept.tolerance ? kept.tolerance_reached : 1,
        .tolerance_se = kept.tolerance ? kept.tolerance_se : (double)NAN,
        .tolerance_allowed = kept.tolerance ? kept.tolerance_allowed : (double)NAN,
        .seed = (int64_t)simulation->seed.p[0],
        .paths = (int64_t)s->result->n_paths,
        .worlds = (int64_t)s->found.n_worlds,
        .error_degrees = degrees(s),
        .complete = !s->interrupted,
        .horizon_years = simulation->horizon.p[0],
        .liquidity_horizon_years = simulation->liquidity_horizon.p[0],
        .risk_aversion = scenario->person.risk_aversion.p[0],
        .wealth = s->plan->background.wealth_money};
}

static const char *timestamp(lq_arena *arena, double seconds_ago)
{
    const time_t at = time(NULL) - (time_t)seconds_ago;
    struct tm utc;
    char text[32] = "";
    if (gmtime_r(&at, &utc)) strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return lq_arena_strdup(arena, text);
}

static const char *host_name(lq_arena *arena)
{
    char name[256] = "";
    if (gethostname(name, sizeof name - 1) != 0) name[0] = '\0';
    return lq_arena_strdup(arena, name);
}

static void write_run(lq_study *s)
{
    const double seconds = lq_study_clock() - s->started_at;
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    const char *isa = lq_engine_isa(NULL);
    struct rusage usage;
    memset(&usage, 0, sizeof usage);
    getrusage(RUSAGE_SELF, &usage);
    s->found.run = (lq_run_record){
        .started = timestamp(s->arena, seconds),
        .host = host_name(s->arena),
        .compiler = lq_compiler(),
        .git_revision = lq_revision(),
        .isa = isa ? isa : "",
        .output = s->options->output ? s->options->output : "",
        .seconds = seconds,
        .paths_per_second =
            s->main_seconds > 0.0 ? (double)s->result->n_paths / s->main_seconds : 0.0,
        .threads = s->options->n_threads > 0 ? s->options->n_threads : processors,
        .processes = 1,
        .peak_memory_bytes = (int64_t)usage.ru_maxrss * 1024};
}

lq_status lq_manifest_write(lq_study *s, lq_error *err)
{
    write_manifest(s);
    write_run(s);
    return lq_arena_failed(s->arena) ? LQ_FAIL(err, LQ_ENOMEM, .key = "manifest") : LQ_OK;
}
