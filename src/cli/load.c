#include "cli/load.h"

#include "show/figure.h"

#include <string.h>

typedef lq_status loader(const char *path, const lq_changes *changes, lq_problems *problems,
                         lq_scenario **out, lq_error *err);

static lq_status load(loader *how, const lq_call *call, const lq_changes *changes,
                      lq_scenario **out, lq_error *err)
{
    lq_problems *problems = lq_problems_create();
    if (!problems) return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for a config");
    lq_error cause = {0};
    const lq_status status = how(call->operands[0], changes, problems, out, &cause);
    const bool told = lq_problems_count(problems) > 0;
    if (told)
        lq_problems_print(problems, stderr); /* with the cause among them */
    else if (status != LQ_OK)
        *err = cause;
    lq_problems_destroy(problems);
    /* A config that cannot be read is the caller's to put right, like one that is wrong. */
    return told && status == LQ_EIO ? LQ_ECONFIG : status;
}

/* What --stress changes; --set goes after it, so that one may change a figure of a stress. */
static lq_status read_stress(const lq_call *call, lq_arena *arena, lq_changes *out,
                             lq_error *err)
{
    const char *name = lq_call_value(call, "stress");
    if (!name) return LQ_OK;
    lq_problems *problems = lq_problems_create();
    if (!problems) return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for a stress");
    lq_error cause = {0};
    const lq_status status = lq_stress_changes(name, arena, problems, out, &cause);
    const bool told = lq_problems_count(problems) > 0;
    if (told)
        lq_problems_print(problems, stderr);
    else
        *err = cause;
    lq_problems_destroy(problems);
    return told ? LQ_ECONFIG : status;
}

static lq_status with_stress(const lq_call *call, const char *const *more, size_t n_more,
                             lq_arena *arena, lq_scenario **out, lq_error *err)
{
    lq_changes stress = {0};
    size_t n = 0;
    LQ_TRY(read_stress(call, arena, &stress, err));
    const char **overrides =
        lq_arena_calloc(arena, stress.len + call->n_repeated + n_more + 1, sizeof *overrides);
    if (!overrides) return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for a config");
    for (size_t i = 0; i < stress.len; i++)
        overrides[n++] = stress.items[i];
    for (size_t i = 0; i < call->n_repeated; i++)
        overrides[n++] = call->repeated[i];
    for (size_t i = 0; i < n_more; i++)
        overrides[n++] = more[i];
    stress.items = overrides;
    stress.len = n;
    return load(lq_scenario_load_changed, call, &stress, out, err);
}

lq_status lq_load_config(const lq_call *call, const char *const *more, size_t n_more,
                         lq_scenario **out, lq_error *err)
{
    lq_arena *arena = lq_arena_create();
    if (!arena) return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for a config");
    const lq_status status = with_stress(call, more, n_more, arena, out, err);
    lq_arena_destroy(arena);
    return status;
}

lq_status lq_load_companies(const lq_call *call, lq_scenario **out, lq_error *err)
{
    const lq_changes changes = {.items = call->repeated, .len = call->n_repeated};
    return load(lq_scenario_load_companies, call, &changes, out, err);
}

enum { MAX_NAMED = 64 };

/* Ids of the private companies, for a suggestion; *all says them. */
static size_t private_ids(const lq_scenario *s, const char *ids[MAX_NAMED], char *all,
                          size_t cap)
{
    const lq_company *companies = s->companies.items;
    size_t n = 0, len = 0;
    *all = '\0';
    for (size_t i = 0; i < s->companies.len && n < MAX_NAMED; i++) {
        if (companies[i].listing == 0) continue;
        if (len < cap)
            len +=
                (size_t)snprintf(all + len, cap - len, "%s%s", n ? ", " : "", companies[i].id);
        ids[n++] = companies[i].id;
    }
    return n;
}

lq_status lq_pick_company(const lq_call *call, const lq_scenario *scenario,
                          const lq_company **out)
{
    const lq_company *companies = scenario->companies.items;
    const char *wanted = lq_call_value(call, "company"), *ids[MAX_NAMED];
    char all[512];
    const size_t n = private_ids(scenario, ids, all, sizeof all);
    if (n == 0) return lq_usage(call->command, "no private company in %s", call->operands[0]);
    if (!wanted && n > 1)
        return lq_usage(call->command, "--company is needed, one of: %s", all);
    if (!wanted) wanted = ids[0];
    for (size_t i = 0; i < scenario->companies.len; i++) {
        if (strcmp(companies[i].id, wanted) != 0) continue;
        if (companies[i].listing == 0)
            return lq_usage(call->command, "%s is listed: its shares are worth their price",
                            wanted);
        *out = &companies[i];
        return LQ_OK;
    }
    const char *near = lq_suggest(wanted, ids, n);
    return lq_usage(call->command, "no company %.60s in %s%s%s%s; private ones: %s", wanted,
                    call->operands[0], near ? ": did you mean " : "", near ? near : "",
                    near ? "?" : "", all);
}

lq_status lq_tell_config(const lq_scenario *scenario, lq_status status, lq_error *err)
{
    if (status != LQ_ECONFIG || err->status != LQ_ECONFIG || !scenario) return status;
    lq_problems *problems = lq_problems_create();
    if (!problems) return status; /* the caller tells it without its line */
    lq_scenario_problem(scenario, err, problems);
    lq_problems_print(problems, stderr);
    lq_problems_destroy(problems);
    *err = (lq_error){0};
    return status;
}

void lq_shares_note(lq_wrap *wrap, const lq_company *c)
{
    char price[LQ_FIGURE_CHARS], sign[LQ_FIGURE_CHARS];
    if (lq_series_are_at_last_price(c))
        lq_wrap_printf(
            wrap,
            "Every series that says no shares is counted at the last round's price a "
            "share, whatever it paid (companies.%s.preferences).",
            c->id);
    if (lq_share_price_is_made_up(c))
        lq_wrap_printf(wrap,
                       "A share at %s%s is made up (companies.%s.last_round.price): units, "
                       "shares and prices a share mean something only by their ratios.",
                       lq_currency_sign(c->currency, sign),
                       lq_figure_price(c->last_round.price.p[0], price), c->id);
}
