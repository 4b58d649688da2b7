#include "lq_test.h"

#include "base/alloc.h"
#include "store/sandbox.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static lq_status say_path(const char *path, lq_sandbox_pipe *pipe, lq_error *err)
{
    (void)err;
    return lq_sandbox_send(path, strlen(path) + 1, pipe) ? LQ_OK : LQ_EIO;
}

static lq_status say_much(const char *path, lq_sandbox_pipe *pipe, lq_error *err)
{
    (void)path;
    (void)err;
    static char megabyte[1 << 20];
    memset(megabyte, 'x', sizeof megabyte);
    for (int i = 0; i < 5; i++)
        if (!lq_sandbox_send(megabyte, sizeof megabyte, pipe)) return LQ_EIO;
    return LQ_OK;
}

static lq_status refuse(const char *path, lq_sandbox_pipe *pipe, lq_error *err)
{
    if (!lq_sandbox_send("dropped", 8, pipe)) return LQ_EIO;
    return LQ_FAIL(err, LQ_ECONFIG, .file = path, .got = "a reason");
}

static lq_status crash(const char *path, lq_sandbox_pipe *pipe, lq_error *err)
{
    (void)path;
    (void)pipe;
    (void)err;
    raise(SIGSEGV);
    return LQ_OK;
}

static lq_status leave(const char *path, lq_sandbox_pipe *pipe, lq_error *err)
{
    (void)path;
    (void)pipe;
    (void)err;
    _exit(0);
}

static lq_status spin(const char *path, lq_sandbox_pipe *pipe, lq_error *err)
{
    (void)path;
    (void)pipe;
    (void)err;
    volatile bool for_ever = true;
    while (for_ever)
        continue;
    return LQ_OK;
}

static void an_answer_comes_back(void **state)
{
    (void)state;
    lq_sandbox_answer answer = {0};
    assert_int_equal(lq_sandbox_run(say_path, "a.h5", 10, &answer, NULL), LQ_OK);
    assert_int_equal(answer.n, 5);
    assert_memory_equal(answer.bytes, "a.h5", 5);
    lq_free(answer.bytes);
}

static void a_long_answer_comes_back_whole(void **state)
{
    (void)state;
    lq_sandbox_answer answer = {0};
    assert_int_equal(lq_sandbox_run(say_much, "", 10, &answer, NULL), LQ_OK);
    assert_int_equal(answer.n, 5 << 20);
    lq_free(answer.bytes);
}

static void a_refusal_comes_back_with_its_reason(void **state)
{
    (void)state;
    lq_sandbox_answer answer = {0};
    lq_error err = {0};
    assert_int_equal(lq_sandbox_run(refuse, "a.h5", 10, &answer, &err), LQ_ECONFIG);
    assert_string_equal(err.file, "a.h5");
    assert_string_equal(err.got, "a reason");
    assert_null(answer.bytes);
}

static void a_job_that_dies_is_a_damaged_file(void **state)
{
    (void)state;
    static const lq_sandbox_job jobs[] = {crash, leave, spin};
    for (size_t i = 0; i < LQ_COUNT(jobs); i++) {
        lq_sandbox_answer answer = {0};
        lq_error err = {0};
        assert_int_equal(lq_sandbox_run(jobs[i], "a.h5", 1, &answer, &err), LQ_ECHECK);
        assert_string_equal(err.file, "a.h5");
        assert_null(answer.bytes);
    }
}

static void memory_that_runs_out_is_said(void **state)
{
    (void)state;
    for (int permitted = 0; permitted < 5; permitted++) {
        lq_sandbox_answer answer = {0};
        lq_heap_permit(permitted);
        const lq_status st = lq_sandbox_run(say_much, "", 10, &answer, NULL);
        const int live = lq_heap_live();
        lq_heap_restore();
        assert_int_equal(st, LQ_ENOMEM);
        assert_int_equal(live, 0);
    }
}

static void a_program_that_ignores_its_children_is_served(void **state)
{
    (void)state;
    lq_sandbox_answer answer = {0};
    signal(SIGCHLD, SIG_IGN);
    const lq_status st = lq_sandbox_run(say_path, "a.h5", 10, &answer, NULL);
    signal(SIGCHLD, SIG_DFL);
    assert_int_equal(st, LQ_OK);
    lq_free(answer.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_comes_back),
        cmocka_unit_test(a_long_answer_comes_back_whole),
        cmocka_unit_test(a_refusal_comes_back_with_its_reason),
        cmocka_unit_test(a_job_that_dies_is_a_damaged_file),
        cmocka_unit_test(memory_that_runs_out_is_said),
        cmocka_unit_test(a_program_that_ignores_its_children_is_served),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
