#include "lq_test.h"

#include "bench/workload.h"
#include "kernels.h"

#include <stdlib.h>

/* The reference is measured at the level that the engine runs at. */
static void it_follows_the_choice_of_the_engine(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_WORKLOADS; i++) {
        const lq_reference *builds = &lq_workloads[i].builds;
        setenv("LIQUIDUS_ISA", "v3", 1);
        assert_ptr_equal(lq_reference_choose(builds), builds->v3);
        unsetenv("LIQUIDUS_ISA");
        assert_ptr_equal(lq_reference_choose(builds), kernels_of(4) ? builds->v4 : builds->v3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(it_follows_the_choice_of_the_engine)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
