#include "config_test.h"

#include "config/source.h"

#include <sys/stat.h>
#include <unistd.h>

static void what_is_no_file_is_refused_without_waiting(void **state)
{
    (void)state;
    char folder[] = "/tmp/lq_source_XXXXXX", pipe_name[64];
    assert_non_null(mkdtemp(folder));
    snprintf(pipe_name, sizeof pipe_name, "%s/pipe", folder);
    assert_int_equal(mkfifo(pipe_name, 0600), 0);
    const struct {
        const char *path, *found;
    } cases[] = {{folder, "a folder"},
                 {pipe_name, "a pipe"},
                 {"/dev/null", "a device"},
                 {"/nowhere/at/all", "No such file"}};
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        lq_arena *arena = lq_arena_create();
        lq_problems *problems = lq_problems_create();
        lq_source source;
        lq_error err;
        assert_int_equal(lq_source_load(cases[i].path, NULL, arena, problems, &source, &err),
                         LQ_EIO);
        assert_part(err.got, cases[i].found, cases[i].path);
        assert_string_equal(err.file, cases[i].path);
        assert_int_equal(lq_problems_count(problems), 1);
        lq_problems_destroy(problems);
        lq_arena_destroy(arena);
    }
    unlink(pipe_name);
    rmdir(folder);
}

static const struct check_case {
    const char *name, *text;
    size_t len;
    const char *found; /* NULL: sound */
    int line, column;
} check_cases[] = {
#define TEXT(t) t, sizeof t - 1
    {"plain", TEXT("a: 1\nb: 2\n"), NULL, 0, 0},
    {"byte order mark",
     TEXT("\xEF\xBB\xBF"
          "a: 1"),
     NULL, 0, 0},
    {"letters", TEXT("a: \xC3\xA9 \xE2\x82\xAC"), NULL, 0, 0},
    {"percent inside", TEXT("a: 5\nb:\n  %x"), NULL, 0, 0},
    {"nul", TEXT("a: 1\nb\0: 2"), "NUL", 2, 2},
    {"not utf-8", TEXT("a: \xC3\xA9\xFF"), "not UTF-8", 1, 5},
    {"utf-16",
     TEXT("\xFF\xFE"
          "a\0"),
     "not UTF-8", 1, 1},
    {"escape", TEXT("a: \x1b[2J"), "control", 1, 4},
    {"next line", TEXT("a: \xC2\x85"), "control", 1, 4},
    {"line separator", TEXT("a\r\nb\rc\n\xE2\x80\xA8"), "line separator", 4, 1},
    {"second mark",
     TEXT("\xEF\xBB\xBF"
          "a: \xEF\xBB\xBF"),
     "byte order mark", 1, 4},
    {"directive", TEXT("# x\n%TAG ! x\n"), "directive", 2, 1},
#undef TEXT
};

static void texts_are_checked_before_any_parser(void **state)
{
    const struct check_case *c = *state;
    lq_arena *arena = lq_arena_create();
    lq_problems *problems = lq_problems_create();
    lq_source source = {.name = "t.yaml", .text = c->text, .len = c->len, .first_line = 1};
    assert_int_equal(lq_source_check(&source, arena, problems), c->found == NULL);
    const lq_problem *problem = lq_problems_first(problems);
    assert_int_equal(problem != NULL, c->found != NULL);
    if (problem) {
        assert_part(problem->found, c->found, c->name);
        assert_int_equal(problem->mark.line, c->line);
        assert_int_equal(problem->mark.column, c->column);
    }
    lq_problems_destroy(problems);
    lq_arena_destroy(arena);
}

static void lines_end_as_in_yaml(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    lq_problems *problems = lq_problems_create();
    lq_source source = {.name = "t", .text = "one\r\ntwo\rthree\n\nfive", .first_line = 1};
    source.len = strlen(source.text);
    assert_true(lq_source_check(&source, arena, problems));
    static const char *const lines[] = {"one", "two", "three", "", "five"};
    for (int i = 0; i < 5; i++)
        assert_string_equal(lq_source_line(&source, i + 1, arena), lines[i]);
    assert_null(lq_source_line(&source, 6, arena));
    assert_null(lq_source_line(&source, 0, arena));
    lq_problems_destroy(problems);
    lq_arena_destroy(arena);
}

static void a_file_above_the_cap_is_not_read(void **state)
{
    (void)state;
    char name[] = "/tmp/lq_source_XXXXXX";
    const int fd = mkstemp(name);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, LQ_TREE_MAX_BYTES + 1), 0);
    lq_arena *arena = lq_arena_create();
    lq_problems *problems = lq_problems_create();
    lq_source source;
    assert_int_equal(lq_source_load(name, NULL, arena, problems, &source, NULL), LQ_ECONFIG);
    assert_part(lq_problems_first(problems)->found, "4.0 MiB", "size");
    lq_problems_destroy(problems);
    lq_arena_destroy(arena);
    close(fd);
    unlink(name);
}

int main(void)
{
    struct CMUnitTest tests[LQ_COUNT(check_cases) + 3] = {
        cmocka_unit_test(what_is_no_file_is_refused_without_waiting),
        cmocka_unit_test(lines_end_as_in_yaml),
        cmocka_unit_test(a_file_above_the_cap_is_not_read),
    };
    for (size_t i = 0; i < LQ_COUNT(check_cases); i++)
        tests[i + 3] = (struct CMUnitTest){.name = check_cases[i].name,
                                           .test_func = texts_are_checked_before_any_parser,
                                           .initial_state = (void *)(uintptr_t)&check_cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
