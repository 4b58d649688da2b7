#include "rng/sobol.h"

#include <assert.h>

static const uint16_t joe_kuo[] = {
#include "rng/joe_kuo.inc"
};

static unsigned degree_of(uint32_t polynomial)
{
    return 31u - (unsigned)__builtin_clz(polynomial);
}

/* Direction numbers v of one dimension as binary fractions; row: polynomial and initial m. */
static void expand(const uint16_t *row, uint32_t *v)
{
    const uint32_t polynomial = row[0];
    const unsigned degree = degree_of(polynomial);
    for (unsigned k = 0; k < LQ_SOBOL_BITS; k++) {
        if (k < degree) {
            v[k] = (uint32_t)row[1 + k] << (31u - k);
            continue;
        }
        v[k] = v[k - degree] ^ (v[k - degree] >> degree);
        for (unsigned i = 1; i < degree; i++)
            if (polynomial >> (degree - i) & 1u) v[k] ^= v[k - i];
    }
}

/* Bit j of i sets bits j and j - 1 of its Gray code. */
static void fold_gray(const uint32_t *v, uint32_t *column)
{
    column[0] = v[0];
    for (unsigned j = 1; j < LQ_SOBOL_BITS; j++)
        column[j] = v[j] ^ v[j - 1];
}

void lq_sobol_plain(size_t n, lq_sobol_dimension *out)
{
    assert(n <= LQ_SOBOL_DIMENSIONS);
    const uint16_t *row = joe_kuo;
    for (size_t d = 0; d < n; d++) {
        uint32_t v[LQ_SOBOL_BITS];
        if (d == 0) {
            for (unsigned k = 0; k < LQ_SOBOL_BITS; k++)
                v[k] = 0x80000000u >> k;
        } else {
            expand(row, v);
            row += 1 + degree_of(row[0]);
        }
        fold_gray(v, out[d].column);
        out[d].offset = 0;
    }
}

lq_sobol_dimension lq_sobol_scramble(const lq_sobol_dimension *plain, lq_philox_key key,
                                     uint32_t replicate, uint32_t dimension)
{
    /* 31 columns of the matrix below a diagonal of ones, and the shift */
    uint32_t matrix[LQ_SOBOL_BITS];
    const uint32_t k[2] = {key.k0, key.k1};
    for (uint32_t i = 0; i < LQ_SOBOL_BITS / 4; i++) {
        const uint32_t counter[4] = {dimension, replicate, i, 0};
        lq_philox4x32(counter, k, matrix + 4 * i);
    }
    lq_sobol_dimension out = {.offset = matrix[LQ_SOBOL_BITS - 1]};
    matrix[LQ_SOBOL_BITS - 1] = 0;
    for (unsigned i = 0; i < LQ_SOBOL_BITS; i++) {
        const uint32_t diagonal = 0x80000000u >> i;
        matrix[i] = diagonal | (matrix[i] & (diagonal - 1u));
    }
    for (unsigned j = 0; j < LQ_SOBOL_BITS; j++)
        for (uint32_t left = plain->column[j]; left; left &= left - 1u)
            out.column[j] ^= matrix[31u - (unsigned)__builtin_ctz(left)];
    return out;
}

uint32_t lq_sobol_at(const lq_sobol_dimension *dimension, uint32_t index)
{
    uint32_t x = dimension->offset;
    for (; index; index &= index - 1u)
        x ^= dimension->column[__builtin_ctz(index)];
    return x;
}
