/* Sums over simulated paths, and what a Monte Carlo test says about them. */
#ifndef MOMENTS_H
#define MOMENTS_H

typedef struct moments {
    double n, sum, squares;
} moments;

void moments_add(moments *m, double x);
double moments_mean(const moments *m);
double moments_sd(const moments *m);
double moments_se(const moments *m); /* of the mean */

/* The mean is within 4 standard errors of `want` (plus `slack`, for a known bias). */
#define assert_mean(m, want, slack)                                                            \
    moments_assert_mean((m), (want), (slack), #m, __FILE__, __LINE__)
void moments_assert_mean(const moments *m, double want, double slack, const char *what,
                         const char *file, int line);

/* hits of n are within 4 binomial standard errors of probability `want`. */
#define assert_share(hits, n, want)                                                            \
    moments_assert_share((hits), (n), (want), #hits, __FILE__, __LINE__)
void moments_assert_share(double hits, double n, double want, const char *what,
                          const char *file, int line);

#endif
