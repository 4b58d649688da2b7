#include "lq_test.h"

#include "plans.h"

#include <math.h>
#include <string.h>

enum { MONTHS = 9 };

static int32_t states[MONTHS * LQ_LANES];
static plan_rows z, rows, others;

static const double offset[3] = {0.5, -2.0, 0.0}, scale[3] = {1.0, 0.25, 3.0};

static void fill(void)
{
    const lq_block_address at = block_address(2);
    kernels_of(3)->fill_normals(at.key, at.path0, 5, MONTHS, z);
    for (size_t i = 0; i < MONTHS * LQ_LANES; i++)
        states[i] = (int32_t)((i * 7 + i / 5) % 3);
}

static void a_shock_is_what_its_state_makes_of_it(void **state)
{
    (void)state;
    const lq_state_link both = {offset, scale}, only = {offset, NULL};
    fill();
    kernels_of(3)->link(&both, states, MONTHS, z, rows);
    kernels_of(3)->link(&only, states, MONTHS, NULL, others);
    for (size_t i = 0; i < MONTHS * LQ_LANES; i++) {
        assert_near(rows[i], offset[states[i]] + scale[states[i]] * z[i], 1e-15);
        assert_true(others[i] == offset[states[i]]);
    }
    kernels_of(3)->link(&both, states, MONTHS, z, z);
    assert_memory_equal(z, rows, MONTHS * LQ_LANES * sizeof *z);
}

static void both_builds_give_the_same_bits(void **state)
{
    (void)state;
    if (!kernels_of(4)) skip();
    const lq_state_link both = {offset, scale};
    fill();
    kernels_of(3)->link(&both, states, MONTHS, z, rows);
    kernels_of(4)->link(&both, states, MONTHS, z, others);
    assert_memory_equal(rows, others, MONTHS * LQ_LANES * sizeof *rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shock_is_what_its_state_makes_of_it),
        cmocka_unit_test(both_builds_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
