#include "stacks.h"

enum { LANE = 5 };

double stack_uniform(uint64_t trial, uint32_t i)
{
    const lq_philox_key key = lq_philox_key_make(31, LQ_DOMAIN_MAIN);
    return lq_uniform_at(key, trial, 0, i / 4, (int)(i % 4));
}

void stack_round(stack_case *c, size_t n, double price, double issued, double pool,
                 double month, bool is_down)
{
    const double columns[LQ_ROUND_COLUMNS] = {price, issued, pool, month, is_down ? 1.0 : 0.0};
    for (size_t i = 0; i < LQ_ROUND_COLUMNS; i++)
        c->rounds.row[n][i][LANE] = columns[i];
}

lq_path stack_path(const stack_case *c, size_t n_rounds, double month)
{
    return (lq_path){&c->rounds, LANE, n_rounds, month};
}

static lq_preferred random_class(uint64_t t, uint32_t i, double unit)
{
    static const lq_participation parts[] = {LQ_PARTICIPATION_NONE, LQ_PARTICIPATION_FULL,
                                             LQ_PARTICIPATION_CAPPED};
    const double due =
        unit * (1.0 + (stack_uniform(t, i) < 0.3 ? stack_uniform(t, i + 1) : 0.0));
    lq_preferred p = {.due = due,
                      .participation = parts[(int)(3.0 * stack_uniform(t, i + 2))],
                      .cap = due * (1.0 + 2.0 * stack_uniform(t, i + 3)),
                      .ipo_due =
                          stack_uniform(t, i + 4) < 0.3 ? unit * stack_uniform(t, i + 5) : 0.0,
                      .rank = (int)(3.0 * stack_uniform(t, i + 6)),
                      .dividend = stack_uniform(t, i + 7) < 0.2 ? 0.08 * unit : 0.0};
    if (stack_uniform(t, i + 8) < 0.5)
        p.anti_dilution =
            stack_uniform(t, i + 9) < 0.5 ? LQ_ANTI_DILUTION_BROAD : LQ_ANTI_DILUTION_FULL;
    return p;
}

lq_path stack_random(stack_case *c, uint64_t t)
{
    lq_stack s = {.common = 1e6 * (1.0 + 9.0 * stack_uniform(t, 0)), .n_preferred = 0};
    const size_t n_open = (size_t)(6.0 * stack_uniform(t, 1)),
                 n_rounds = (size_t)(4.0 * stack_uniform(t, 2));
    double diluted = s.common;
    for (size_t i = 0; i < n_open; i++) {
        const uint32_t at = 16 + 16 * (uint32_t)i;
        const double shares = 1e5 + 3e6 * stack_uniform(t, at + 10),
                     paid = 0.2 + 9.0 * stack_uniform(t, at + 11);
        lq_preferred p = random_class(t, at, shares * paid);
        p.shares = shares;
        p.conversion_price = paid;
        s.preferred[s.n_preferred++] = p;
        diluted += shares;
    }
    for (size_t i = 0; i < (size_t)(3.0 * stack_uniform(t, 3)); i++) {
        s.tranche[s.n_tranches++] = (lq_tranche){1e6 * stack_uniform(t, 4 + (uint32_t)i),
                                                 6.0 * stack_uniform(t, 6 + (uint32_t)i)};
        diluted += s.tranche[i].shares;
    }
    if (stack_uniform(t, 8) < 0.5) s.debt = 2e7 * stack_uniform(t, 9);
    if (stack_uniform(t, 10) < 0.5) s.fees = 0.1 * stack_uniform(t, 11);
    if (stack_uniform(t, 12) < 0.5) s.carve_out = 0.2 * stack_uniform(t, 13);
    c->plan =
        (lq_stack_plan){.opening = s,
                        .diluted = diluted,
                        .added = random_class(t, 200, 1.0),
                        .pay_to_play = stack_uniform(t, 14) < 0.3 ? stack_uniform(t, 15) : 0.0};
    lq_stack_plan_ready(&c->plan, n_rounds > 0);
    for (size_t n = 0; n < n_rounds; n++) {
        const uint32_t at = 220 + 4 * (uint32_t)n;
        stack_round(c, n, 0.2 + 12.0 * stack_uniform(t, at),
                    1e5 + 3e6 * stack_uniform(t, at + 1), 1e6 * stack_uniform(t, at + 2),
                    12.0 * (double)n, stack_uniform(t, at + 3) < 0.4);
    }
    return stack_path(c, n_rounds, 12.0 * (double)n_rounds);
}

lq_stack stack_table(stack_case *c, const lq_path *path)
{
    lq_stack s = c->plan.opening;
    kernels_of(3)->path_replay(&c->plan, path, &c->replayed);
    s.common = c->replayed.common;
    s.n_preferred = 0;
    for (size_t i = 0; i < c->replayed.n; i++)
        if (c->replayed.class[i].shares > 0.0)
            s.preferred[s.n_preferred++] = c->replayed.class[i];
    return s;
}
