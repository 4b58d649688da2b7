/**
 * @file bins.h
 * The counters behind a tally, in pages of one sign and octave, allocated on first touch.
 * Private to the folder.
 *
 * A *key* is the number of a bin at a resolution of 2^bits bins per octave: page x 2^bits +
 * offset. Page 0 holds what lies within (-1, 1), in the order of lq_near; page 1 + o holds
 * [2^o, 2^(o+1)) and page 1 + LQ_OCTAVES + o its mirror image.
 */
#ifndef LQ_STATS_BINS_H
#define LQ_STATS_BINS_H

#include "stats/tally.h"

#include <string.h>

__extension__ typedef __int128 lq_wide;
__extension__ typedef unsigned __int128 lq_unsigned_wide;

enum { LQ_OCTAVES = 50, LQ_PAGES = 1 + 2 * LQ_OCTAVES };

/** The bins of page 0, the same at every resolution. */
enum lq_near {
    LQ_NEAR_BELOW,      /**< -1 < x < -0.01 */
    LQ_NEAR_CENT_BELOW, /**< -0.01 <= x < 0 */
    LQ_NEAR_ZERO,       /**< x = 0 */
    LQ_NEAR_CENT_ABOVE, /**< 0 < x <= 0.01 */
    LQ_NEAR_ABOVE,      /**< 0.01 < x < 1 */
    LQ_NEAR_COUNT
};

/** A signed sum of 128 bits in two words, two's complement. */
typedef struct lq_sum {
    uint64_t lo, hi;
} lq_sum;

/** What a bin holds. weight == 0: never touched, min = +inf, max = -inf. */
typedef struct lq_bin {
    uint64_t weight;
    lq_sum sum; /**< Weighted hundredths. */
    double min, max;
} lq_bin;

/** A bin in memory, but for the high word of its sum, which stands behind the bins of its page:
 *  half a cache line, and what is added to on every path is not adjacent, since compilers make
 *  slow vectors of two neighbours. */
typedef struct lq_slot {
    uint64_t weight;
    double min, max;
    uint64_t sum_lo;
} lq_slot;

typedef struct lq_bins {
    uint32_t bits; /**< log2 of the bins per octave. */
    lq_slot *page[LQ_PAGES];
} lq_bins;

/** The high words of a page's sums, by offset. */
static inline uint64_t *lq_bins_high(const lq_bins *bins, lq_slot *page)
{
    return (uint64_t *)(void *)(page + ((size_t)1 << bins->bits));
}

/** Weights by row (replicate, or stratum and replicate): page[p][(row << bits) + offset].
 */
typedef struct lq_rows {
    uint32_t bits;
    uint32_t n_rows; /**< 0: none kept. */
    uint64_t *page[LQ_PAGES];
} lq_rows;

/** Weights by fine cell: narrow + wide. The narrow counters take whole paths one by one, in a
 *  memory small enough for the second cache, and hand 2^16 on when they are full. */
typedef struct lq_cells {
    bool kept;
    uint16_t *narrow[LQ_PAGES];
    uint64_t *wide[LQ_PAGES];
} lq_cells;

struct lq_tally {
    lq_tally_shape shape;
    bool failed;
    uint64_t weight;
    uint64_t overflow;
    bool ready[2][LQ_PAGES]; /**< What whole paths, and shares, are counted in is allocated. */
    lq_bins pooled;
    lq_cells fine;
    lq_rows replicates;
    lq_rows strata;         /**< row = stratum x n_replicates + replicate */
    lq_sum *replicate_sums; /**< [n_replicates], or NULL. */
};

static inline lq_wide lq_sum_value(lq_sum sum)
{
    return (lq_wide)(((lq_unsigned_wide)sum.hi << 64) | sum.lo);
}

static inline void lq_sum_add(lq_sum *into, lq_wide term)
{
    const lq_wide sum = lq_sum_value(*into) + term;
    into->lo = (uint64_t)sum;
    into->hi = (uint64_t)(sum >> 64);
}

/** Adds to a slot's sum a term of 64 bits: the high word is touched when there is a carry or a
 *  borrow. */
static inline void lq_slot_add_word(lq_slot *slot, uint64_t *high, int64_t term)
{
    const uint64_t low = slot->sum_lo + (uint64_t)term;
    const uint64_t carry = (uint64_t)(low < slot->sum_lo) - (uint64_t)(term < 0);
    slot->sum_lo = low;
    if (__builtin_expect(carry != 0, 0)) *high += carry;
}

static inline void lq_slot_add(lq_slot *slot, uint64_t *high, lq_wide term)
{
    lq_sum sum = {slot->sum_lo, *high};
    lq_sum_add(&sum, term);
    slot->sum_lo = sum.lo;
    *high = sum.hi;
}

static inline uint64_t lq_bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/** Page 0 without branches: the distance from the bin of zero is 0, 1 or 2, with a sign. */
static inline uint64_t lq_near_key(uint64_t magnitude, uint64_t negative)
{
    const uint64_t cent = 0x3F847AE147AE147Bu; /* 0.01 */
    const uint64_t distance = (uint64_t)(magnitude > 0) + (uint64_t)(magnitude > cent);
    const uint64_t sign = (uint64_t)0 - negative;
    return LQ_NEAR_ZERO + ((distance ^ sign) - sign);
}

/** Key of a number from its bits; without branches, so that it vectorises. |x| < 2^50. */
static inline uint64_t lq_key_of(uint64_t bits, uint32_t key_bits)
{
    const uint64_t one = 0x3FF0000000000000u; /* 1.0 */
    const uint64_t magnitude = bits & (UINT64_MAX >> 1), negative = bits >> 63;
    const uint64_t page = 1 + (((uint64_t)0 - negative) & LQ_OCTAVES);
    const uint64_t far = (page << key_bits) + ((magnitude - one) >> (52 - key_bits));
    const uint64_t is_far = (uint64_t)0 - (uint64_t)(magnitude >= one);
    return (far & is_far) | (lq_near_key(magnitude, negative) & ~is_far);
}

/** A key at a coarser resolution; without a branch, since zeros come at random. */
static inline uint32_t lq_coarser(uint32_t key, uint32_t bits, uint32_t coarse_bits)
{
    const uint32_t is_far = (uint32_t)0 - (uint32_t)(key >> bits != 0);
    return key >> ((bits - coarse_bits) & is_far);
}

/** The page, allocated if need be; NULL when out of memory. */
lq_slot *lq_bins_page(lq_bins *bins, uint32_t page);
uint64_t *lq_rows_page(lq_rows *rows, uint32_t page);

/** Weight of a row at a key of the rows' own resolution. */
static inline uint64_t lq_rows_at(const lq_rows *rows, uint32_t row, uint32_t key)
{
    const uint64_t *page = rows->page[key >> rows->bits];
    const uint32_t offset = key & ((1u << rows->bits) - 1);
    return page ? page[((size_t)row << rows->bits) + offset] : 0;
}

/** Add all of `from`; false when out of memory. */
bool lq_bins_merge(lq_bins *into, const lq_bins *from);
bool lq_rows_merge(lq_rows *into, const lq_rows *from);

/** Calls visit(bin, key, context) for every non-empty bin in ascending order of value. */
typedef void lq_bin_visit(const lq_bin *bin, uint32_t key, void *context);
void lq_bins_each(const lq_bins *bins, lq_bin_visit *visit, void *context);

void lq_bins_clear(lq_bins *bins);
void lq_rows_clear(lq_rows *rows);
void lq_bins_release(lq_bins *bins);
void lq_rows_release(lq_rows *rows);

size_t lq_bins_bytes(const lq_bins *bins);
size_t lq_rows_bytes(const lq_rows *rows);

#endif
