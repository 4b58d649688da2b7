/* W0 for the peers: S_0 = 100, E[S_t] = 100 exp(0.05 t), 30 % a year, 48 months; out come the
 * last price and the average of the 48. */
#ifndef WORKLOAD_W0_H
#define WORKLOAD_W0_H

#define W0_MONTHS 48
#define W0_START  100.0
#define W0_DRIFT  0.05
#define W0_SD     0.30
#define W0_MONTH  (1.0 / 12.0)

#endif
