#include "config/problem.h"

#include "base/alloc.h"
#include "config/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { MAX_KEPT = 100, SHORT_TEXT = 160, LONG_TEXT = 480, LINE_TEXT = 200 };

struct lq_problems {
    lq_arena *arena;
    lq_problem *first; /* sorted by file, line, column; equal places in the order of adding */
    size_t count, kept;
};

lq_problems *lq_problems_create(void)
{
    lq_problems *problems = lq_calloc(1, sizeof *problems);
    if (!problems) return NULL;
    problems->arena = lq_arena_create();
    if (problems->arena) return problems;
    lq_free(problems);
    return NULL;
}

void lq_problems_destroy(lq_problems *problems)
{
    if (!problems) return;
    lq_arena_destroy(problems->arena);
    lq_free(problems);
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static int compare_places(const lq_mark *a, const lq_mark *b)
{
    const int by_file = strcmp(or_empty(a->file), or_empty(b->file));
    if (by_file != 0) return by_file;
    if (a->line != b->line) return a->line < b->line ? -1 : 1;
    if (a->column != b->column) return a->column < b->column ? -1 : 1;
    return 0;
}

/* What one place inherits into many is one mistake, told once. */
static bool same_mistake(const lq_problem *a, const lq_problem *b)
{
    return compare_places(&a->mark, &b->mark) == 0 && a->mark.line != 0 &&
           strcmp(or_empty(a->expected), or_empty(b->expected)) == 0 &&
           strcmp(or_empty(a->found), or_empty(b->found)) == 0;
}

static lq_problem *copy_problem(lq_arena *arena, const lq_problem *problem)
{
    lq_problem *copy = lq_arena_calloc(arena, 1, sizeof *copy);
    if (!copy) return NULL;
    copy->mark = problem->mark;
    copy->mark.file = lq_text_printable(arena, problem->mark.file, LONG_TEXT);
    copy->key = lq_text_printable(arena, or_empty(problem->key), SHORT_TEXT);
    copy->expected = lq_text_printable(arena, or_empty(problem->expected), LONG_TEXT);
    copy->found = lq_text_printable(arena, or_empty(problem->found), SHORT_TEXT);
    copy->hint = lq_text_printable(arena, problem->hint, LONG_TEXT);
    copy->source_line = lq_text_printable(arena, problem->source_line, LINE_TEXT);
    return lq_arena_failed(arena) ? NULL : copy;
}

void lq_problems_add(lq_problems *problems, const lq_problem *problem)
{
    if (problems->kept == MAX_KEPT) {
        problems->count++;
        return;
    }
    lq_problem *copy = copy_problem(problems->arena, problem);
    if (!copy) {
        problems->count++;
        return;
    }
    lq_problem **at = &problems->first;
    for (; *at && compare_places(&(*at)->mark, &copy->mark) <= 0; at = &(*at)->next)
        if (same_mistake(*at, copy)) return;
    problems->count++;
    problems->kept++;
    copy->next = *at;
    *at = copy;
}

size_t lq_problems_count(const lq_problems *problems)
{
    return problems->count;
}

const lq_problem *lq_problems_first(const lq_problems *problems)
{
    return problems->first;
}

static void print_place(const lq_problem *problem, FILE *out)
{
    if (problem->mark.file) fprintf(out, "%s:", problem->mark.file);
    if (problem->mark.line) fprintf(out, "%d:", problem->mark.line);
    if (problem->mark.column) fprintf(out, "%d:", problem->mark.column);
}

static void print_sentence(const lq_problem *problem, FILE *out)
{
    if (problem->key[0]) fprintf(out, " %s:", problem->key);
    if (problem->expected[0]) fprintf(out, " expected %s", problem->expected);
    if (problem->expected[0] && problem->found[0]) fputc(',', out);
    if (problem->found[0]) fprintf(out, " found %s", problem->found);
    fputc('\n', out);
}

/* Spaces as wide as the text before the column; a tab stays a tab. False: the column is not in
 * what is kept of the line. */
static bool print_indent(const char *line, int column, FILE *out)
{
    const size_t len = strlen(line);
    size_t at = 0;
    for (int c = 1; c < column; c++) {
        uint32_t code_point = 0;
        const size_t n = at < len ? lq_utf8_decode(line + at, len - at, &code_point) : 0;
        if (n == 0) return false;
        if (line[at] == '\t')
            fputc('\t', out);
        else
            fprintf(out, "%*s", lq_utf8_width(code_point), "");
        at += n;
    }
    return true;
}

static void print_source(const lq_problem *problem, FILE *out)
{
    fprintf(out, "%4d | %s\n     | ", problem->mark.line, problem->source_line);
    if (problem->mark.column && print_indent(problem->source_line, problem->mark.column, out))
        fputc('^', out);
    if (problem->hint) fprintf(out, " %s", problem->hint);
    fputc('\n', out);
}

void lq_problems_print(const lq_problems *problems, FILE *out)
{
    for (const lq_problem *p = problems->first; p; p = p->next) {
        print_place(p, out);
        print_sentence(p, out);
        if (p->source_line && p->mark.line)
            print_source(p, out);
        else if (p->hint)
            fprintf(out, "     %s\n", p->hint);
    }
    if (problems->count > problems->kept)
        fprintf(out, "... and %zu more\n", problems->count - problems->kept);
}
