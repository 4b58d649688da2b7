#include "bench/report.h"

static void print_row(FILE *out, const char *name, double ns, double reference)
{
    fprintf(out, "%-44s %10.1f %8.2f\n", name, ns, ns / reference);
}

void lq_bench_print_table(const lq_bench_figures *f, FILE *out)
{
    fprintf(out, "W0: one stock, 48 months, price observed every month; %s, %s\n\n", f->isa,
            f->pinned ? "one pinned core" : "one thread, not pinned");
    fprintf(out, "%-44s %10s %8s\n", "", "ns/path", "ratio");
    print_row(out, "reference kernel", f->reference_ns, f->reference_ns);
    fprintf(out, "%-44s %10.1f %8.2f\n", "liquidus, general engine", f->ns_per_path, f->ratio);
    for (size_t i = 0; i < f->n_peers; i++) {
        const lq_peer *p = &f->peers[i];
        if (p->ns_per_path > 0.0)
            print_row(out, p->name, p->ns_per_path, f->reference_ns);
        else
            fprintf(out, "%-44s %10s\n", p->name, "not here");
    }
    if (f->two_threads.engine > 0.0)
        fprintf(out,
                "\ntwo threads: %.2f times one (wall time); this machine gave the reference "
                "kernel %.2f\n",
                f->two_threads.engine, f->two_threads.machine);
    else
        fprintf(out, "\ntwo threads: not measured, one processor only\n");
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

void lq_bench_print_json(const lq_bench_figures *f, FILE *out)
{
    fprintf(out,
            "{\"W0\": {\"ns_per_path\": %.3f, \"reference_ns\": %.3f, \"ratio\": %.4f, "
            "\"two_thread_speedup\": ",
            f->ns_per_path, f->reference_ns, f->ratio);
    print_number(f->two_threads.engine, out);
    fputs(", \"two_thread_speedup_reference\": ", out);
    print_number(f->two_threads.machine, out);
    fprintf(
        out,
        ", \"isa\": \"%s\", \"pinned\": %s, \"paths\": %llu, \"rounds\": %zu}, \"peers\": {",
        f->isa, f->pinned ? "true" : "false", (unsigned long long)f->n_paths, f->n_rounds);
    for (size_t i = 0; i < f->n_peers; i++) {
        if (i) fputs(", ", out);
        print_name(f->peers[i].name, out);
        print_number(f->peers[i].ns_per_path, out);
    }
    fputs("}}\n", out);
}
