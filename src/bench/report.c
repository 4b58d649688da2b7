#include "bench/report.h"

#include <stdio.h>

/* NaN, for a ratio that nothing stands against, is left out. */
static void print_row(FILE *out, const char *name, double ns, double ratio)
{
    fprintf(out, "  %-44s %10.1f", name, ns);
    if (ratio > 0.0) fprintf(out, " %8.2f", ratio);
    fputc('\n', out);
}

static void print_speeds(const lq_bench_figures *f, size_t w, FILE *out)
{
    const lq_bench_speeds *s = &f->speeds;
    const lq_bench_series *reference = &s->reference[w];
    char name[64];
    fprintf(out, "  %-44s %10s %8s\n", "", "ns/path", reference->n ? "ratio" : "");
    if (reference->n) print_row(out, "reference kernel", lq_series_median(reference), 1.0);
    for (size_t m = 0; m < LQ_METHODS; m++) {
        const lq_bench_series *engine = &s->engine[w][m];
        if (!engine->n) continue;
        snprintf(name, sizeof name, "liquidus, %s", lq_methods[m].name);
        print_row(out, name, lq_series_median(engine), lq_series_ratio(engine, reference));
    }
    for (size_t i = 0; i < s->n_peers; i++) {
        if (s->peer[i].workload != w) continue;
        if (s->peer_series[i].n)
            print_row(out, s->peer[i].name, lq_series_median(&s->peer_series[i]),
                      lq_series_ratio(&s->peer_series[i], reference));
        else
            fprintf(out, "  %-44s %10s\n", s->peer[i].name, "not here");
    }
}

static void print_pair(const char *name, const lq_bench_pair *p, FILE *out)
{
    if (p->two > 0.0) fprintf(out, "  %-44s %10.1f %8.2f\n", name, p->two, p->one / p->two);
}

static void print_threads(const lq_bench_threads *t, FILE *out)
{
    if (!(t->engine[LQ_RANDOM].two > 0.0)) {
        fputs("\n  two threads: not measured\n", out);
        return;
    }
    fprintf(out, "\n  %-44s %10s %8s\n", "two threads (wall time)", "ns/path", "speed-up");
    print_pair("reference kernel", &t->reference, out);
    for (size_t m = 0; m < LQ_METHODS; m++)
        print_pair(lq_methods[m].name, &t->engine[m], out);
}

static void print_split(const lq_bench_split *split, FILE *out)
{
    if (!(split[LQ_RANDOM].stage[LQ_STAGE_TALLIES] > 0.0)) return;
    fprintf(out, "\n  %-20s", "stages, ns/path");
    for (size_t s = 0; s < LQ_STAGES; s++)
        fprintf(out, " %8s", lq_stage_names[s]);
    fprintf(out, " %8s\n", "other");
    for (size_t m = 0; m < LQ_METHODS; m++) {
        if (!lq_methods[m].timed) continue;
        fprintf(out, "  %-20s", lq_methods[m].name);
        for (size_t s = 0; s < LQ_STAGES; s++)
            fprintf(out, " %8.1f", split[m].stage[s]);
        fprintf(out, " %8.1f\n", split[m].other);
    }
}

static void print_study(const lq_bench_figures *f, FILE *out)
{
    const double ns = f->threads[LQ_W2].engine[LQ_RANDOM].two;
    if (ns > 0.0)
        fprintf(out, "\n  two threads: %.0f paths a second, 1e6 paths in %.2f s\n", 1e9 / ns,
                ns * 1e-3);
    if (f->study_seconds > 0.0)
        fprintf(out,
                "  as `run` runs it (%d threads, 1e6 paths, calibration, turning points): "
                "%.2f s\n",
                f->n_processors, f->study_seconds);
    if (f->start_seconds > 0.0)
        fprintf(out, "\nW1 from its text to the first paths: %.1f ms\n",
                f->start_seconds * 1e3);
}

static void print_errors(const lq_bench_figures *f, size_t which, FILE *out)
{
    const lq_bench_errors *e = f->errors[which];
    const lq_error_case *c = &lq_error_cases[which];
    if (!(e[LQ_RANDOM].ns_per_path > 0.0)) return;
    fprintf(out, "\n%s: standard errors of %u paths, and how many times as fast as %s\n",
            c->name, c->n_paths, lq_methods[LQ_RANDOM].name);
    fprintf(out, "  %-10s %9s", "", "ns/path");
    for (size_t i = 0; i < LQ_ERROR_STATISTICS; i++)
        fprintf(out, " %10s %7s", lq_error_statistics[i].name, "faster");
    fputc('\n', out);
    for (size_t m = 0; m < LQ_METHODS; m++) {
        fprintf(out, "  %-10s %9.1f", lq_methods[m].name, e[m].ns_per_path);
        for (size_t i = 0; i < LQ_ERROR_STATISTICS; i++)
            fprintf(out, " %10.4g %7.1f", e[m].se[i], e[m].gain[i]);
        fputc('\n', out);
    }
}

void lq_bench_print_table(const lq_bench_figures *f, FILE *out)
{
    fputs(
        "Same law, same work, start-up apart: every program makes the workload's figures of "
        "each path\nand checks its means; CPU time of one core, in turns, medians; ratios are "
        "medians of rounds.\n",
        out);
    for (size_t w = 0; w < LQ_WORKLOADS; w++) {
        fprintf(out, "\n%s: %s; %s, %s\n", lq_workloads[w].name, lq_workloads[w].title, f->isa,
                f->speeds.pinned ? "one pinned core" : "one thread, not pinned");
        print_speeds(f, w, out);
        print_threads(&f->threads[w], out);
        print_split(f->split[w], out);
    }
    print_study(f, out);
    for (size_t i = 0; i < LQ_ERROR_CASES; i++)
        print_errors(f, i, out);
}
