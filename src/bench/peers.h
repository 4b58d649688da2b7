/**
 * @file peers.h
 * Other libraries on the same law: programs of the build tree, run one after the other.
 * Private to the folder.
 *
 * A peer prints lines `workload <TAB> name <TAB> nanoseconds per path`.
 */
#ifndef LQ_BENCH_PEERS_H
#define LQ_BENCH_PEERS_H

#include <stdbool.h>
#include <stddef.h>

enum { LQ_MAX_PEERS = 32 };

typedef struct lq_peer {
    size_t workload; /**< LQ_W0 or LQ_W1 */
    char name[64];
    double ns_per_path; /**< 0: the program is missing, or did not end well. */
} lq_peer;

/** Runs once what is there, on the core of the caller. @return how many rows of out are filled.
 */
size_t lq_bench_peers(lq_peer out[LQ_MAX_PEERS]);

/** The same name for the same workload. */
bool lq_peer_equal(const lq_peer *a, const lq_peer *b);

#endif
