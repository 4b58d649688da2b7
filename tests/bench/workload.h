/* The workloads for the peers (docs/benchmarks.md), 48 months each. */
#ifndef WORKLOAD_H
#define WORKLOAD_H

#define MONTHS 48
#define MONTH  (1.0 / 12.0)

/* W0: S_0 = 100, E[S_t] = 100 exp(0.05 t), 30 % a year; out come the last price and the average
 * of the 48. */
#define W0_START 100.0
#define W0_DRIFT 0.05
#define W0_SD    0.30

/* W1, money today: what a listed offer pays and what a private one does. */
#define W1_RATE           0.04
#define W1_LISTED_START   100.0
#define W1_LISTED_DRIFT   0.08
#define W1_LISTED_SD      0.32
#define W1_UNITS          4800.0
#define W1_LISTED_SALARY  15000.0 /* a month */
#define W1_VALUE          200e6
#define W1_DRIFT          0.12
#define W1_SD             0.60
#define W1_CORRELATION    0.45
#define W1_JUMP_RATE      0.30 /* a year */
#define W1_JUMP_MEAN      (-0.10)
#define W1_JUMP_SD        0.25
#define W1_SHARE          0.005 /* of what lies over the threshold */
#define W1_THRESHOLD      50e6
#define W1_CLAIM          30e6 /* of the preferred */
#define W1_SALARY         14000.0
#define W1_SALARY_FAILED  10000.0
#define W1_KEEP_AT_END    0.70
#define W1_IPO            0.10 /* hazards a year, drawn at the end of each */
#define W1_SALE           0.12
#define W1_FAILURE        0.13
#define W1_ROUND          0.70
#define W1_DILUTION       0.18
#define W1_DILUTION_DOWN  0.28
#define W1_LISTED_MEAN    1187906.1
#define W1_LISTED_MEAN_SD 226e3 /* of a path, rounded up */
#define W1_MEAN           1048900.0
#define W1_MEAN_SD        1.11e6

#endif
