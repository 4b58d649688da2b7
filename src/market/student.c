#include "market/market.h"

#include "num/lanes.h"

/* What is a little under a whole number of cells stays in the last one. */
static const double LAST = LQ_STUDENT_CELLS - 0x1p-20;

void LQ_KERNEL(lq_student_run)(const lq_student_plan *plan, size_t n_months, double *rows)
{
    const double *restrict piece = plan->piece[0];
    const double cells = LQ_STUDENT_CELLS / LQ_STUDENT_END;
    for (size_t k = 0; k < n_months; k++) {
        double *restrict row = rows + k * LQ_LANES;
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++) {
            const double z = row[l], far = __builtin_fabs(z) * cells;
            const double at = far < LAST ? far : LAST;
            const int32_t cell = (int32_t)at;
            const double f = at - (double)cell;
            double y = piece[4 * cell + 3];
            y = __builtin_fma(y, f, piece[4 * cell + 2]);
            y = __builtin_fma(y, f, piece[4 * cell + 1]);
            y = __builtin_fma(y, f, piece[4 * cell]);
            row[l] = z < 0.0 ? -y : y;
        }
    }
}
