#include "plan/build.h"

#include "num/scalar.h"

static double number(const lq_builder *b, const lq_company *c, const lq_value *v,
                     const char *key)
{
    return lq_builder_number(b, v, "companies", c->id, key);
}

lq_jump_law lq_build_jump_law(const lq_builder *b, const lq_company *c)
{
    if (c->model != LQ_MODEL_MERTON) return (lq_jump_law){0};
    return (lq_jump_law){.rate = number(b, c, &c->jumps.rate, "jumps.rate"),
                         .mean = number(b, c, &c->jumps.mean, "jumps.mean"),
                         .sd = number(b, c, &c->jumps.sd, "jumps.sd")};
}

lq_jump_plan lq_build_jumps(const lq_builder *b, const lq_company *c, double loading_own_log2)
{
    const lq_jump_law law = lq_build_jump_law(b, c);
    if (law.rate <= 0.0 || loading_own_log2 <= 0.0) return (lq_jump_plan){0};
    const double unit = LQ_LOG2_E / loading_own_log2;
    return (lq_jump_plan){.stream = lq_stream_make(LQ_PURPOSE_JUMP, c->id),
                          .mean_wait_months = 12.0 / law.rate,
                          .mean = law.mean * unit,
                          .sd = law.sd * unit};
}

double lq_build_ito(double volatility, const lq_jump_law *jumps)
{
    const double second = jumps->mean * jumps->mean + jumps->sd * jumps->sd;
    const double diffusion = volatility * volatility - jumps->rate * second;
    if (jumps->rate <= 0.0) return -0.5 * volatility * volatility;
    const double growth = lq_exp(jumps->mean + 0.5 * jumps->sd * jumps->sd) - 1.0;
    return -0.5 * diffusion - jumps->rate * growth;
}
