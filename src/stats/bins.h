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
 *  slow vectors of two neighbours. The narrow counters of its fine cells follow it: of the
 * usual shapes they fill the other half of the line. */
typedef struct lq_slot {
    uint64_t weight;
    double min, max;
    int64_t low; /**< The sum is high x 2^64 + low: both with a sign, so that a term of 64 bits
                      touches the high word only where it overflows. */
    uint16_t cell[]; /**< [2^cell_bits] whole paths, modulo 2^16: the rest is wide */
} lq_slot;

/** Pooled bins, and their fine cells. A page: 2^bits slots of `stride` bytes, then the high
 *  words of their sums. */
typedef struct lq_bins {
    uint32_t bits;      /**< log2 of the bins per octave. */
    uint32_t cell_bits; /**< log2 of the fine cells per bin; 0: none are kept. */
    uint32_t unit_log2; /**< A whole path weighs 2^unit_log2: what narrow counters count in. */
    size_t stride;
    unsigned char *page[LQ_PAGES];
    uint64_t *wide[LQ_PAGES]; /**< [2^bits][2^cell_bits] of cells: shares of paths, and what the
                                   narrow counters hand on when they are full */
} lq_bins;

/** No bins yet. fine_cells: per octave, or 0; a whole path weighs 2^unit_log2. */
static inline lq_bins lq_bins_empty(uint32_t pooled_bins, uint32_t fine_cells,
                                    uint32_t unit_log2)
{
    lq_bins bins = {.bits = (uint32_t)__builtin_ctz(pooled_bins),
                    .unit_log2 = unit_log2,
                    .stride = sizeof(lq_slot)};
    if (fine_cells) {
        bins.cell_bits = (uint32_t)__builtin_ctz(fine_cells) - bins.bits;
        bins.stride += sizeof(uint16_t) << bins.cell_bits;
    }
    return bins;
}

static inline lq_slot *lq_bins_slot(const lq_bins *bins, unsigned char *page, uint32_t offset)
{
    return (lq_slot *)(void *)(page + offset * bins->stride);
}

/** The high words of a page's sums, by offset. */
static inline int64_t *lq_bins_high(const lq_bins *bins, unsigned char *page)
{
    return (int64_t *)(void *)(page + (bins->stride << bins->bits));
}

/** Weights by row (replicate, or stratum and replicate), in two parts that add up:
 *  [p][(row << bits) + offset]. The narrow ones take whole paths one by one, in a memory small
 *  enough for the first caches. */
typedef struct lq_rows {
    uint32_t bits;
    uint32_t n_rows;    /**< 0: none kept. */
    uint32_t unit_log2; /**< as that of the bins */
    uint16_t *narrow[LQ_PAGES];
    uint64_t *wide[LQ_PAGES];
} lq_rows;

enum {
    LQ_NARROW_FULL = 65536, /**< What a narrow counter hands on when it goes back to 0. */
    LQ_STAGE_BLOCKS = 8
};

/** Whole blocks that wait to be counted, so that the counters of one tally stay in the cache
 *  for all of them. */
typedef struct lq_stage {
    uint32_t n;
    uint32_t replicate[LQ_STAGE_BLOCKS];
    bool has_stratum[LQ_STAGE_BLOCKS];
    bool has_weight[LQ_STAGE_BLOCKS]; /**< shares of paths; else whole ones */
    uint8_t stratum[LQ_STAGE_BLOCKS][LQ_TALLY_MAX_LANES];
    uint64_t weight[LQ_STAGE_BLOCKS][LQ_TALLY_MAX_LANES];
    double x[LQ_STAGE_BLOCKS][LQ_TALLY_MAX_LANES];
} lq_stage;

/** The counters of a page that whole paths are counted in: both, or NULL until the first. */
typedef struct lq_touched {
    unsigned char *slots;
    uint16_t *rows; /**< of the replicates, if any */
} lq_touched;

struct lq_tally {
    lq_tally_shape shape;
    bool failed;
    uint64_t weight;
    uint64_t overflow;
    lq_touched touched[LQ_PAGES]; /**< What whole paths are counted in. */
    bool ready[LQ_PAGES];         /**< What shares are counted in is allocated. */
    lq_bins pooled;
    lq_rows replicates;
    lq_rows strata;         /**< row = stratum x n_replicates + replicate */
    lq_sum *replicate_sums; /**< [n_replicates], or NULL. */
    lq_stage *stage;        /**< NULL until a block waits */
    uint64_t *zeros;  /**< [n_replicates] whole paths of 0 that wait; NULL until some do */
    uint64_t n_zeros; /**< of them in all */
};

/** Nothing waits: the counters say it all. */
static inline bool lq_tally_is_settled(const lq_tally *tally)
{
    return (!tally->stage || tally->stage->n == 0) && tally->n_zeros == 0;
}

static inline lq_wide lq_sum_value(lq_sum sum)
{
    return (lq_wide)(((lq_unsigned_wide)sum.hi << 64) | sum.lo);
}

static inline lq_sum lq_sum_of(lq_wide value)
{
    return (lq_sum){(uint64_t)value, (uint64_t)(value >> 64)};
}

static inline void lq_sum_add(lq_sum *into, lq_wide term)
{
    *into = lq_sum_of(lq_sum_value(*into) + term);
}

/** The sum of a slot. */
static inline lq_wide lq_slot_sum(const lq_slot *slot, int64_t high)
{
    return (lq_wide)((lq_unsigned_wide)(uint64_t)high << 64) + slot->low;
}

static inline void lq_slot_add(lq_slot *slot, int64_t *high, lq_wide term)
{
    const lq_wide sum = lq_slot_sum(slot, *high) + term;
    slot->low = (int64_t)(uint64_t)sum;
    *high = (int64_t)((sum - slot->low) >> 64);
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

/** Key of a number from its bits, 1 <= |x| < 2^50. */
static inline uint64_t lq_far_key_of(uint64_t bits, uint32_t key_bits)
{
    const uint64_t one = 0x3FF0000000000000u; /* 1.0 */
    const uint64_t magnitude = bits & (UINT64_MAX >> 1), negative = bits >> 63;
    const uint64_t page = 1 + (((uint64_t)0 - negative) & LQ_OCTAVES);
    return (page << key_bits) + ((magnitude - one) >> (52 - key_bits));
}

/** The same for any number |x| < 2^50; without branches, so that it vectorises. */
static inline uint64_t lq_key_of(uint64_t bits, uint32_t key_bits)
{
    const uint64_t one = 0x3FF0000000000000u; /* 1.0 */
    const uint64_t magnitude = bits & (UINT64_MAX >> 1), negative = bits >> 63;
    const uint64_t far = lq_far_key_of(bits, key_bits);
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
unsigned char *lq_bins_page(lq_bins *bins, uint32_t page);
uint64_t *lq_bins_wide(lq_bins *bins, uint32_t page);
uint16_t *lq_rows_narrow(lq_rows *rows, uint32_t page);
uint64_t *lq_rows_wide(lq_rows *rows, uint32_t page);

/** Counts a weight in a fine cell, wide; `index`: offset x cells of a bin + cell. False when
 * out of memory. */
bool lq_bins_add_cell(lq_bins *bins, uint32_t page, size_t index, uint64_t weight);

/** Counts a weight wide; false when out of memory. */
bool lq_rows_add(lq_rows *rows, uint32_t page, size_t index, uint64_t weight);

/** Weight in a fine cell of an allocated page. */
static inline uint64_t lq_bins_cell(const lq_bins *bins, uint32_t page, uint32_t offset,
                                    uint64_t cell)
{
    const uint64_t *wide = bins->wide[page];
    const uint64_t narrow = lq_bins_slot(bins, bins->page[page], offset)->cell[cell];
    return (narrow << bins->unit_log2) +
           (wide ? wide[((size_t)offset << bins->cell_bits) + cell] : 0);
}

/** Weight at an index in a page. */
static inline uint64_t lq_rows_weight(const lq_rows *rows, uint32_t page, size_t index)
{
    const uint16_t *narrow = rows->narrow[page];
    const uint64_t *wide = rows->wide[page];
    return (narrow ? (uint64_t)narrow[index] << rows->unit_log2 : 0) + (wide ? wide[index] : 0);
}

/** Weight of a row at a key of the rows' own resolution. */
static inline uint64_t lq_rows_at(const lq_rows *rows, uint32_t row, uint32_t key)
{
    const uint32_t offset = key & ((1u << rows->bits) - 1);
    return lq_rows_weight(rows, key >> rows->bits, ((size_t)row << rows->bits) + offset);
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
