#include "bench/report.h"

#include <stdio.h>

/* Names are ours, or a peer's that we wrote; quotes are dropped, so that the object stays one.
 */
static void key(const char *name, FILE *out)
{
    fputc('"', out);
    for (; *name; name++)
        if (*name != '"' && *name != '\\' && (unsigned char)*name >= ' ') fputc(*name, out);
    fputs("\": ", out);
}

/* null: not measured. */
static void number(const char *name, double x, FILE *out)
{
    key(name, out);
    if (x > 0.0)
        fprintf(out, "%.6g", x);
    else
        fputs("null", out);
}

static void comma(bool *first, FILE *out)
{
    if (!*first) fputs(", ", out);
    *first = false;
}

static void print_method(const lq_bench_figures *f, size_t w, size_t m, FILE *out)
{
    const lq_bench_series *engine = &f->speeds.engine[w][m];
    const lq_bench_pair *pair = &f->threads[w].engine[m];
    const lq_bench_split *split = &f->split[w][m];
    number("ns_per_path", lq_series_median(engine), out);
    fputs(", ", out);
    number("ratio", lq_series_ratio(engine, &f->speeds.reference[w]), out);
    fputs(", ", out);
    number("wall_ns_one_thread", pair->one, out);
    fputs(", ", out);
    number("wall_ns_two_threads", pair->two, out);
    fputs(", ", out);
    number("two_thread_speedup", pair->two > 0.0 ? pair->one / pair->two : 0.0, out);
    fputs(", \"stages_ns\": {", out);
    for (size_t s = 0; s < LQ_STAGES; s++) {
        number(lq_stage_names[s], split->stage[s], out);
        fputs(", ", out);
    }
    number("other", split->other, out);
    fputc('}', out);
}

static void print_peers(const lq_bench_figures *f, size_t w, FILE *out)
{
    const lq_bench_speeds *s = &f->speeds;
    bool first = true;
    fputs("\"peers\": {", out);
    for (size_t i = 0; i < s->n_peers; i++) {
        if (s->peer[i].workload != w) continue;
        comma(&first, out);
        key(s->peer[i].name, out);
        fputc('{', out);
        number("ns_per_path", lq_series_median(&s->peer_series[i]), out);
        fputs(", ", out);
        number("ratio", lq_series_ratio(&s->peer_series[i], &s->reference[w]), out);
        fputs(", ", out);
        number("to_engine", lq_series_ratio(&s->peer_series[i], &s->engine[w][LQ_RANDOM]), out);
        fputc('}', out);
    }
    fputc('}', out);
}

/* The first method's figures stand in the workload itself. */
static void print_workload(const lq_bench_figures *f, size_t w, FILE *out)
{
    const lq_bench_pair *reference = &f->threads[w].reference;
    key(lq_workloads[w].name, out);
    fputc('{', out);
    number("reference_ns", lq_series_median(&f->speeds.reference[w]), out);
    fputs(", ", out);
    number("two_thread_speedup_reference",
           reference->two > 0.0 ? reference->one / reference->two : 0.0, out);
    fprintf(out, ", \"isa\": \"%s\", \"pinned\": %s, \"paths\": %u, \"rounds\": %zu, ", f->isa,
            f->speeds.pinned ? "true" : "false", f->n_paths / lq_workloads[w].cost,
            f->speeds.engine[w][LQ_RANDOM].n);
    print_method(f, w, LQ_RANDOM, out);
    for (size_t m = LQ_RANDOM + 1; m < LQ_METHODS; m++) {
        if (!lq_methods[m].timed) continue;
        fputs(", ", out);
        key(lq_methods[m].name, out);
        fputc('{', out);
        print_method(f, w, m, out);
        fputc('}', out);
    }
    if (w == LQ_W2) {
        fputs(", ", out);
        number("study_seconds", f->study_seconds, out);
    }
    if (w == LQ_W1) {
        fputs(", ", out);
        number("start_seconds", f->start_seconds, out);
    }
    fputs(", ", out);
    print_peers(f, w, out);
    fputs("},\n", out);
}

static void print_errors(const lq_bench_figures *f, size_t which, FILE *out)
{
    key(lq_error_cases[which].name, out);
    fprintf(out, "{\"paths\": %u", lq_error_cases[which].n_paths);
    for (size_t m = 0; m < LQ_METHODS; m++) {
        const lq_bench_errors *e = &f->errors[which][m];
        fputs(", ", out);
        key(lq_methods[m].name, out);
        fputc('{', out);
        number("ns_per_path", e->ns_per_path, out);
        for (size_t i = 0; i < LQ_ERROR_STATISTICS; i++) {
            fputs(", ", out);
            key(lq_error_statistics[i].name, out);
            fputc('{', out);
            number("se", e->se[i], out);
            fputs(", ", out);
            number("gain", e->gain[i], out);
            fputc('}', out);
        }
        fputc('}', out);
    }
    fputc('}', out);
}

void lq_bench_print_json(const lq_bench_figures *f, FILE *out)
{
    fprintf(out, "{\"processors\": %d,\n", f->n_processors);
    for (size_t w = 0; w < LQ_WORKLOADS; w++)
        print_workload(f, w, out);
    fputs("\"errors\": {", out);
    for (size_t i = 0; i < LQ_ERROR_CASES; i++) {
        if (i) fputs(",\n", out);
        print_errors(f, i, out);
    }
    fputs("}}\n", out);
}
