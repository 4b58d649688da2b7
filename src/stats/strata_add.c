/* The per-lane half of strata.h, compiled as an ordinary file and once per instruction-set
 * level. */
#include "stats/strata.h"

#define GROWTH_LIMIT 0x1p20
#define GROWTH_UNIT  0x1p32
#define SQUARE_UNIT  0x1p23

LQ_INLINE void add_word(uint64_t *lo, uint64_t *hi, uint64_t word)
{
    const uint64_t sum = *lo + word;
    *hi += sum < word;
    *lo = sum;
}

void lq_strata_assign(const lq_strata *strata, const double *growth, size_t n, uint8_t *stratum)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t above = 0;
        for (size_t k = 0; k < LQ_STRATA - 1; k++)
            above += growth[i] >= strata->border[k];
        stratum[i] = (uint8_t)above;
    }
}

void lq_strata_sums_add(lq_strata_sums *sums, const uint8_t *stratum, const double *growth,
                        size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!(growth[i] >= 0.0 && growth[i] < GROWTH_LIMIT)) {
            sums->overflow++;
            continue;
        }
        const size_t k = stratum[i];
        const uint64_t units = (uint64_t)(int64_t)(growth[i] * GROWTH_UNIT);
        const uint64_t square = (uint64_t)(int64_t)(growth[i] * growth[i] * SQUARE_UNIT);
        add_word(&sums->growth_lo[k], &sums->growth_hi[k], units);
        add_word(&sums->square_lo[k], &sums->square_hi[k], square);
        sums->weight[k]++;
    }
}
