/**
 * @file wire.h
 * Little-endian words to and from bytes, for packed tallies and counts. Private to the folder.
 */
#ifndef LQ_STATS_WIRE_H
#define LQ_STATS_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/** bytes == NULL only counts. */
typedef struct lq_packer {
    uint8_t *bytes;
    size_t len;
} lq_packer;

static inline void lq_put(lq_packer *packer, uint64_t word, size_t n_bytes)
{
    for (size_t i = 0; packer->bytes && i < n_bytes; i++)
        packer->bytes[packer->len + i] = (uint8_t)(word >> (8 * i));
    packer->len += n_bytes;
}

/** Reading past the end yields zeros and sets `cut`. */
typedef struct lq_unpacker {
    const uint8_t *bytes;
    size_t len, at;
    bool cut;
} lq_unpacker;

static inline uint64_t lq_get(lq_unpacker *unpacker, size_t n_bytes)
{
    uint64_t word = 0;
    if (unpacker->len - unpacker->at < n_bytes) {
        unpacker->cut = true;
        return 0;
    }
    for (size_t i = 0; i < n_bytes; i++)
        word |= (uint64_t)unpacker->bytes[unpacker->at + i] << (8 * i);
    unpacker->at += n_bytes;
    return word;
}

static inline double lq_double_of(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

#endif
