#include "lq_test.h"

#include "bench/reference.h"
#include "kernels.h"

#include <stdlib.h>

/* The reference is measured at the level that the engine runs at. */
static void it_follows_the_choice_of_the_engine(void **state)
{
    (void)state;
    setenv("LIQUIDUS_ISA", "v3", 1);
    assert_ptr_equal(lq_reference_choose(), lq_reference_w0_run_v3);
    unsetenv("LIQUIDUS_ISA");
    assert_ptr_equal(lq_reference_choose(),
                     kernels_of(4) ? lq_reference_w0_run_v4 : lq_reference_w0_run_v3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(it_follows_the_choice_of_the_engine)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
