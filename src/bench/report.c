#include "bench/report.h"

static void print_row(FILE *out, const char *name, double ns, double reference)
{
    fprintf(out, "%-44s %10.1f %8.2f\n", name, ns, ns / reference);
}

static void print_peers(const lq_bench_figures *f, FILE *out)
{
    for (size_t i = 0; i < f->n_peers; i++) {
        const lq_peer *p = &f->peers[i];
        if (p->ns_per_path > 0.0)
            print_row(out, p->name, p->ns_per_path, f->rows[0].reference_ns);
        else
            fprintf(out, "%-44s %10s\n", p->name, "not here");
    }
}

static void print_threads(const lq_bench_speedup *s, FILE *out)
{
    if (s->engine > 0.0)
        fprintf(out,
                "\ntwo threads: %.2f times one (wall time); this machine gave the reference "
                "kernel %.2f\n",
                s->engine, s->machine);
    else
        fprintf(out, "\ntwo threads: not measured, one processor only\n");
}

void lq_bench_print_table(const lq_bench_figures *f, FILE *out)
{
    for (size_t i = 0; i < f->n_rows; i++) {
        const lq_bench_row *r = &f->rows[i];
        fprintf(out, "%s%s: %s; %s, %s\n\n", i ? "\n" : "", r->name, r->title, f->isa,
                r->pinned ? "one pinned core" : "one thread, not pinned");
        fprintf(out, "%-44s %10s %8s\n", "", "ns/path", "ratio");
        print_row(out, "reference kernel", r->reference_ns, r->reference_ns);
        fprintf(out, "%-44s %10.1f %8.2f\n", "liquidus, general engine", r->ns_per_path,
                r->ratio);
        if (i == 0) print_peers(f, out);
        print_threads(&r->two_threads, out);
    }
}

/* Names are ours, or a peer's that we wrote; quotes are dropped, so that the object stays one.
 */
static void print_name(const char *name, FILE *out)
{
    fputc('"', out);
    for (; *name; name++)
        if (*name != '"' && *name != '\\' && (unsigned char)*name >= ' ') fputc(*name, out);
    fputs("\": ", out);
}

static void print_number(double x, FILE *out)
{
    if (x > 0.0)
        fprintf(out, "%.4f", x);
    else
        fputs("null", out);
}

static void print_workload(const lq_bench_figures *f, const lq_bench_row *r, FILE *out)
{
    print_name(r->name, out);
    fprintf(out,
            "{\"ns_per_path\": %.3f, \"reference_ns\": %.3f, \"ratio\": %.4f, "
            "\"two_thread_speedup\": ",
            r->ns_per_path, r->reference_ns, r->ratio);
    print_number(r->two_threads.engine, out);
    fputs(", \"two_thread_speedup_reference\": ", out);
    print_number(r->two_threads.machine, out);
    fprintf(out, ", \"isa\": \"%s\", \"pinned\": %s, \"paths\": %llu, \"rounds\": %zu}, ",
            f->isa, r->pinned ? "true" : "false", (unsigned long long)r->n_paths, f->n_rounds);
}

void lq_bench_print_json(const lq_bench_figures *f, FILE *out)
{
    fputc('{', out);
    for (size_t i = 0; i < f->n_rows; i++)
        print_workload(f, &f->rows[i], out);
    fputs("\"peers\": {", out);
    for (size_t i = 0; i < f->n_peers; i++) {
        if (i) fputs(", ", out);
        print_name(f->peers[i].name, out);
        print_number(f->peers[i].ns_per_path, out);
    }
    fputs("}}\n", out);
}
