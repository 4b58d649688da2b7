#define _GNU_SOURCE

#include "lq_test.h"

#include "engine/bind.h"

#include <sched.h>
#include <stdlib.h>

static int processors(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 0;
}

static int free_environment(void **state)
{
    (void)state;
    return unsetenv("OMP_PROC_BIND") | unsetenv("OMP_PLACES") | unsetenv("GOMP_CPU_AFFINITY");
}

static void a_bound_thread_has_one_processor_and_gets_the_others_back(void **state)
{
    (void)state;
    const int n = processors();
    if (n < 2) skip();
    const lq_binding binding = lq_bind_thread(1, 2);
    assert_true(binding.bound);
    assert_int_equal(processors(), 1);
    lq_unbind_thread(&binding);
    assert_int_equal(processors(), n);
}

static void threads_are_spread_over_different_processors(void **state)
{
    (void)state;
    const int n = processors() < 64 ? processors() : 64;
    bool taken[CPU_SETSIZE] = {false};
    if (n < 2) skip();
    for (int thread = 0; thread < n; thread++) {
        const lq_binding binding = lq_bind_thread(thread, n);
        const int cpu = sched_getcpu();
        lq_unbind_thread(&binding);
        assert_true(cpu >= 0 && !taken[cpu]);
        taken[cpu] = true;
    }
}

static void nothing_is_bound_without_need_or_against_the_user(void **state)
{
    (void)state;
    assert_false(lq_bind_thread(0, 1).bound);
    assert_false(lq_bind_thread(0, processors() + 1).bound); /* more threads than processors */
    setenv("OMP_PROC_BIND", "false", 1);
    assert_false(lq_bind_thread(0, 2).bound);
    unsetenv("OMP_PROC_BIND");
    const lq_binding none = {.bound = false};
    const int n = processors();
    lq_unbind_thread(&none);
    assert_int_equal(processors(), n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bound_thread_has_one_processor_and_gets_the_others_back),
        cmocka_unit_test(threads_are_spread_over_different_processors),
        cmocka_unit_test(nothing_is_bound_without_need_or_against_the_user),
    };
    return cmocka_run_group_tests(tests, free_environment, NULL);
}
