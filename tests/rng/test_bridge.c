#include "lq_test.h"

#include "rng/bridge.h"

#include <math.h>

enum { MOST = 48 };

/* Row k: what W_k is made of, one weight for each node's normal. */
static void weights_of(const lq_bridge_node *nodes, size_t n, double w[MOST + 1][MOST])
{
    for (size_t i = 0; i < n; i++) {
        const lq_bridge_node *b = &nodes[i];
        for (size_t j = 0; j < n; j++)
            w[b->at][j] = b->weight_left * w[b->left][j] + b->weight_right * w[b->right][j];
        w[b->at][i] += b->sd;
    }
}

/* The law of Brownian motion, exactly: cov(W_j, W_k) = min(j, k), for any number of months. */
static void the_covariance_is_that_of_brownian_motion(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    for (size_t n = 1; n <= MOST; n++) {
        double w[MOST + 1][MOST] = {{0.0}};
        weights_of(lq_bridge_create(arena, n), n, w);
        for (size_t j = 1; j <= n; j++)
            for (size_t k = j; k <= n; k++) {
                double covariance = 0.0;
                for (size_t i = 0; i < n; i++)
                    covariance += w[j][i] * w[k][i];
                assert_near(covariance, (double)j, 1e-12 * (double)n);
            }
    }
    lq_arena_destroy(arena);
}

/* Every month once, after its neighbours; the widest gaps first. */
static void nodes_come_coarsest_first(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    for (size_t n = 1; n <= MOST; n++) {
        const lq_bridge_node *nodes = lq_bridge_create(arena, n);
        size_t filled[MOST + 1] = {[0] = 1};
        assert_int_equal(nodes[0].at, n);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(filled[nodes[i].at], 0);
            assert_true(filled[nodes[i].left] && filled[nodes[i].right]);
            filled[nodes[i].at] = 1;
            if (i > 1) assert_true(nodes[i].sd <= nodes[i - 1].sd * sqrt(1.5) + 1e-12);
        }
    }
    assert_int_equal(lq_bridge_create(arena, 120)[1].at, 60);
    lq_arena_destroy(arena);
}

static void no_months_need_no_nodes(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    assert_non_null(lq_bridge_create(arena, 0));
    lq_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_covariance_is_that_of_brownian_motion),
        cmocka_unit_test(nodes_come_coarsest_first),
        cmocka_unit_test(no_months_need_no_nodes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
