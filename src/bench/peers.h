/**
 * @file peers.h
 * Other libraries on the same law: programs of the build tree, run one after the other.
 * Private to the folder.
 *
 * A peer prints lines `name <TAB> nanoseconds per path`.
 */
#ifndef LQ_BENCH_PEERS_H
#define LQ_BENCH_PEERS_H

#include <stddef.h>

enum { LQ_MAX_PEERS = 24 };

typedef struct lq_peer {
    char name[64];
    double ns_per_path; /**< 0: the program is missing, or did not end well. */
} lq_peer;

/** Runs what is there, on the core of the caller. @return how many rows of out are filled. */
size_t lq_bench_peers(lq_peer out[LQ_MAX_PEERS]);

#endif
