#include "plan/build.h"

#include "num/scalar.h"

static double number(const lq_builder *b, const lq_value *v, const char *id, const char *key)
{
    return lq_builder_number(b, v, "stress", id, key);
}

static bool is_on(const lq_builder *b, const lq_value *v)
{
    return v->given && !b->options->unstressed;
}

/* Whether month k is in the first `over` of a time; not given: `otherwise` months. */
static bool is_in(const lq_value *over, size_t k, size_t otherwise)
{
    return k <= (over->given ? (size_t)lq_value_months(over) : otherwise);
}

double lq_stress_times(const lq_builder *b, const lq_company *company, const lq_hazard *hazard,
                       size_t k)
{
    const lq_stress *s = &b->scenario->stress;
    const lq_company *c = company;
    const struct {
        const lq_hazard *hazard;
        const lq_stress_window *window;
        const char *name;
    } all[] = {{&c->ipo.hazard, &s->ipo, "ipo"},
               {&c->acquisition.hazard, &s->acquisition, "acquisition"},
               {&c->failure.hazard, &s->failure, "failure"},
               {&c->rounds.hazard, &s->rounds, "rounds"},
               {&c->tenders.hazard, &s->tenders, "tenders"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].hazard == hazard && is_on(b, &all[i].window->times) &&
            is_in(&all[i].window->over, k, b->plan->grid.n_months))
            return number(b, &all[i].window->times, all[i].name, "times");
    return 1.0;
}

double lq_stress_premium(const lq_builder *b, size_t k)
{
    const lq_stress *s = &b->scenario->stress;
    const size_t usual_months = 12;
    if (!is_on(b, &s->market.fall) || !is_in(&s->market.over, k, usual_months))
        return b->market_premium / 12.0;
    const double months =
        s->market.over.given ? (double)lq_value_months(&s->market.over) : (double)usual_months;
    const double left = 1.0 - number(b, &s->market.fall, "market", "fall");
    return lq_log(left) / months - b->forward[k];
}

double lq_stress_private(const lq_builder *b)
{
    const lq_value *fall = &b->scenario->stress.private_fall;
    return is_on(b, fall) ? 1.0 - number(b, fall, "private", "private_fall") : 1.0;
}
