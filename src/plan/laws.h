/**
 * @file laws.h
 * Laws of shocks other than the normal, flattened; and what their growth has to be compensated
 * for. Private to the folder.
 *
 * R12 asks for E[S_t] = S_0 exp(mu t). With a normal shock of loading l a month that takes
 * l^2 / 2 off the log drift. The *excess* of another law is what it takes off on top of that,
 * month by month; 0 for the normal.
 */
#ifndef LQ_PLAN_LAWS_H
#define LQ_PLAN_LAWS_H

#include "plan/build.h"

/** The map of a normal to a Student-t variate of variance 1, held at |z| = LQ_STUDENT_END: with
 * its tails whole, E[exp(T)] would be infinite. Its pieces are within 1e-6 of it, relative. */
lq_student_plan lq_build_student(lq_arena *arena, double degrees);

/** ln E[exp(loading T)] - loading^2 / 2. */
double lq_student_excess(const lq_student_plan *plan, double loading);

/** E[Z T(Z)]: how far T goes along with the normal that it is made from. */
double lq_student_linear(const lq_student_plan *plan);

/** The market's law; after b->market_sd is known. */
void lq_build_market_law(lq_builder *b);

/** How much wilder the market is in a state than in the long run, and what the state's premium
 * is over the long run's, a month (0 under pricing). Model regime. */
double lq_state_scale(const lq_builder *b, size_t state);
double lq_state_premium(const lq_builder *b, size_t state);

/** Excess [K + 1] of a loading on the market (natural logarithm, a month); all 0 where it is
 * normal. Of a chain it is that of one started from its long run. */
void lq_build_market_excess(const lq_builder *b, double loading, double *excess);

/** What states make of the market's normals for an asset of that loading, so that its growth is
 * what it should be in every state; `currency` is the loading of its currency under pricing,
 * else 0 (R18). Nothing where all assets see one row. */
lq_state_link lq_build_market_link(const lq_builder *b, double loading, double currency);

/** Takes out of the drift [K + 1] (log2) of an asset what the laws of the market's shocks and
 * of its own need; currency as above. own_excess: a month. */
void lq_build_law_drift(const lq_builder *b, double loading, double currency, double own_excess,
                        double *drift_log2);

/** Of a listed company whose own shocks are not normal, or of any: its own law; own: its own
 * loading (natural, a month). *excess is set. */
lq_own_law lq_build_own_law(const lq_builder *b, const lq_company *company, double own,
                            double *excess);

/** A company that follows its history: takes the drift and the law over. */
void lq_build_series(const lq_builder *b, const lq_company *company, double currency,
                     lq_gbm_plan *out, double *drift_log2, lq_own_law *law);

/** Loading of the company's currency on the market (natural, a month), which its drift pays for
 * under pricing (R18); else 0. */
double lq_build_currency_loading(const lq_builder *b, const lq_company *company);

/** Constants of the scheme for a listed company with those loadings. */
lq_heston_plan lq_build_heston(const lq_builder *b, const lq_company *company,
                               const lq_gbm_plan *loadings, double volatility);

#endif
