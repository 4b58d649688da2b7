/**
 * @file compensate.h
 * R5 on the path: what the drift of a month adds for what its events will take on average,
 * given the value of the month before. Private to the folder; for kernels.
 *
 * Lottery: the expected multiple is 1 - any (fail (1 - recovery) - buy premium).
 *
 * Floor: the value moves by exp(c + s Z), c with all of the drift. Of the expectation, the part
 * Phi(z) lies below the floor, z = (ln(floor / V) - c) / s - s, and only `recovery` of it is
 * left. So the drift rises by the g with exp(g) (1 - q Phi(z - g / s)) = 1,
 * q = 1 - recovery / (multiple of the lottery), which the survivors alone go through.
 */
#ifndef LQ_COMPANY_COMPENSATE_H
#define LQ_COMPANY_COMPENSATE_H

#include "company/company.h"
#include "num/lanes.h"

/** Expected multiple of the value through a lottery of three masses. */
LQ_INLINE double lq_multiple_of(const lq_company_plan *plan, double fail, double buy,
                                double list)
{
    const double total = fail + buy + list;
    const double any =
        total > 1e-300 ? (1.0 - lq_lane_exp(-total)) / (total > 1e-300 ? total : 1.0) : 0.0;
    return 1.0 - any * (fail * (1.0 - plan->recovery) - buy * plan->premium.mean);
}

/** Expected multiple of the value through the lottery of month k, at the powers of the month
 * before. */
LQ_INLINE double lq_lottery_multiple(const lq_company_plan *plan, size_t k,
                                     const lq_company_state *s, int l)
{
    const double fail = plan->failure.mass[k] * s->power[LQ_EXIT_FAILURE][l];
    const double buy = plan->acquisition.mass[k] * s->power[LQ_EXIT_ACQUISITION][l];
    const double list = plan->ipo.mass[k] * s->power[LQ_EXIT_IPO][l];
    return lq_multiple_of(plan, fail, buy, list);
}

/** R1: the power of a hazard of lane l once the value has moved by dx, log2, from the month
 * before. From the value itself: a power that was cut at 20 says nothing of how far above it
 * is. One that is barred stays so. */
LQ_INLINE double lq_power_moved(const lq_hazard_plan *h, const lq_company_state *s, int l,
                                double power, double dx)
{
    static const double cap_log2 = 4.3219280948873623479; /* ln 20 */
    const double e =
        h->value_exponent * (s->x[l] - s->start_x[l] + dx) + h->market_exponent * s->excess[l];
    const double low = e < cap_log2 ? e : cap_log2;
    return power > 0.0 ? lq_lane_exp2(low > -cap_log2 ? low : -cap_log2) : 0.0;
}

/**
 * The same where a month holds the lottery of many, so that the intensity after the move is not
 * that of before: the expectation over the month's normal, by three points of Gauss and
 * Hermite, under the law in which the value weighs.
 * @param[in] dx  log2, the move without its normal; sd_log2 that of the normal
 */
LQ_INLINE double lq_lottery_expected(const lq_company_plan *plan, size_t k,
                                     const lq_company_state *s, int l, double dx,
                                     double sd_log2)
{
    static const double z[3] = {-1.7320508075688772, 0.0, 1.7320508075688772},
                        w[3] = {1.0 / 6.0, 2.0 / 3.0, 1.0 / 6.0};
    const double tilt = sd_log2 * sd_log2 * 0.69314718055994530942;
    double sum = 0.0;
#pragma GCC unroll 3
    for (int i = 0; i < 3; i++) {
        const double moved = dx + tilt + sd_log2 * z[i];
        const double fail =
            plan->failure.mass[k] *
            lq_power_moved(&plan->failure, s, l, s->power[LQ_EXIT_FAILURE][l], moved);
        const double buy =
            plan->acquisition.mass[k] *
            lq_power_moved(&plan->acquisition, s, l, s->power[LQ_EXIT_ACQUISITION][l], moved);
        const double list = plan->ipo.mass[k] *
                            lq_power_moved(&plan->ipo, s, l, s->power[LQ_EXIT_IPO][l], moved);
        sum += w[i] * lq_multiple_of(plan, fail, buy, list);
    }
    return sum;
}

/**
 * g of the floor, natural logarithm; 0 without volatility, where a fall is certain and nothing
 * pays for it.
 *
 * Newton from 0: g + ln(1 - q Phi) rises and is concave (exactly for q = 1), so that the steps
 * come from below and do not pass the root.
 * @param[in] distance (ln(floor / V) - c) / s - s
 * @param[in] sd       s, natural, a month
 * @param[in] lost     q
 */
LQ_INLINE double lq_floor_log_gain(double distance, double sd, double lost)
{
    double g = 0.0;
#pragma GCC unroll 10 /* or the loop over lanes around it would not vectorise */
    for (int i = 0; i < 10; i++) {
        const double z = distance - g / sd;
        const double kept = 1.0 - lost * lq_lane_normal_cdf(z);
        const double density = 0.39894228040143267794 * lq_lane_exp(-0.5 * z * z);
        g -= (g + lq_lane_log(kept)) / (1.0 + lost * density / (sd * kept));
    }
    return g;
}

#endif
