/**
 * @file philox.h
 * Random numbers by address: a draw is a function of (seed, domain, path, stream, draw).
 *
 * Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as
 * 1, 2, 3"). The key is Philox(seed; domain); the counter is {path low, path high, draw,
 * stream}; the stream is a purpose (8 bits) and a hash of a name (24 bits), never a position.
 * docs/rng.md lists the purposes: they are part of the results.
 */
#ifndef LQ_RNG_PHILOX_H
#define LQ_RNG_PHILOX_H

#include <stdbool.h>
#include <stdint.h>

/** Separate universes of draws under one seed. Append only. */
typedef enum lq_domain {
    LQ_DOMAIN_MAIN = 0,
    LQ_DOMAIN_REGRESSION = 1,
    LQ_DOMAIN_PILOT = 2,     /**< Calibration of hazards (R4). */
    LQ_DOMAIN_UNCERTAIN = 3, /**< Outer draws of what nobody knows. */
    LQ_DOMAIN_NESTED = 4,
    LQ_DOMAIN_SCRAMBLE = 5 /**< Matrices and shifts of Sobol replicates. */
} lq_domain;

/** What a draw is for. Append only: the numbers are part of the results. */
typedef enum lq_purpose {
    LQ_PURPOSE_MARKET = 1,      /**< Monthly normals of the market factor. */
    LQ_PURPOSE_FX = 2,          /**< Monthly normals of a currency; name: the currency. */
    LQ_PURPOSE_COMPANY = 3,     /**< Monthly normals of a company's own factor; name: its id. */
    LQ_PURPOSE_TERMINAL = 4,    /**< Draw 0: exit threshold, cause, exit terms (two). */
    LQ_PURPOSE_ROUND = 5,       /**< Draw n: threshold of round n, dilution, pool. */
    LQ_PURPOSE_TENDER = 6,      /**< Draw n: threshold of tender n, discount, cap, proration. */
    LQ_PURPOSE_BONUS = 7,       /**< Draw y: payout of year y; name: the company. */
    LQ_PURPOSE_RESIGNATION = 8, /**< Draw 0: threshold of leaving; the person's. */
    LQ_PURPOSE_REFRESH = 9,  /**< Draw month: whether a refresher is granted; name: company. */
    LQ_PURPOSE_OPENING = 10, /**< Draw 0: opening value, growth of a path; name: company. */
    LQ_PURPOSE_UNCERTAIN = 11, /**< Draw 0, path = world: name: the address of the input. */
    LQ_PURPOSE_JUMP = 12,  /**< Draw n: waits for jumps 2n, 2n + 1 and their sizes; company. */
    LQ_PURPOSE_STATE = 13, /**< Draw month / 4: the month's regime, or row of the history. */
    LQ_PURPOSE_VARIANCE = 14,  /**< Monthly normals of a company's variance; name: its id. */
    LQ_PURPOSE_DEAL = 15,      /**< Draw 0: month, break or close, value at a break; company. */
    LQ_PURPOSE_SECONDARY = 16, /**< Draw n: discount of window n; name: company. */
    LQ_PURPOSE_CLOSING = 17,   /**< What an exit does to jobs and escrow; name: company. */
    LQ_PURPOSE_FLOOR = 18 /**< Draw month / 4: a floor crossed within the month; company. */
} lq_purpose;

typedef struct lq_philox_key {
    uint32_t k0, k1;
} lq_philox_key;

struct lq_sobol_plan;

/** Where a block of paths stands in the space of draws. */
typedef struct lq_block_address {
    lq_philox_key key;
    uint64_t path0;                    /**< First path; lanes are path0 .. path0 + 63. */
    const struct lq_sobol_plan *sobol; /**< NULL: all draws are random. */
    uint32_t replicate;                /**< Of the Sobol points, */
    uint32_t index0;                   /**< and the point of lane 0: a multiple of 64. */
    bool antithetic; /**< Lanes 32..63 mirror lanes 0..31; not with Sobol points. */
} lq_block_address;

/** One block: counter and key words in index order, four words out. */
void lq_philox4x32(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

lq_philox_key lq_philox_key_make(uint64_t seed, lq_domain domain);

/** FNV-1a of the name folded to 24 bits; two equal hashes in one plan are an error there. */
uint32_t lq_name_hash24(const char *name);

/** purpose << 24 | hash24(name); name NULL: 0. */
uint32_t lq_stream_make(lq_purpose purpose, const char *name);

/** Uniform in (0, 1) from word `word` (0..3) at the address: (w + 1/2) 2^-32. */
double lq_uniform_at(lq_philox_key key, uint64_t path, uint32_t stream, uint32_t draw,
                     int word);

#endif
