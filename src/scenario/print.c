#include "scenario/ledger.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 80, SHOWN_FIRST = 10 };

/* Wraps at spaces; lines after the first are indented. */
static void wrapped(FILE *out, const char *text, int column, int indent)
{
    while (*text) {
        const char *space = strchr(text, ' ');
        const int len = space ? (int)(space - text) : (int)strlen(text);
        if (column > indent && column + 1 + len > WIDTH) {
            fprintf(out, "\n%*s", indent, "");
            column = indent;
        } else if (column > indent) {
            fputc(' ', out);
            column++;
        }
        fprintf(out, "%.*s", len, text);
        column += len;
        text += len + (space != NULL);
    }
    fputc('\n', out);
}

static void print_warnings(const char *title, const lq_list *list, FILE *out)
{
    const lq_warning *rows = list->items;
    if (list->len == 0) return;
    fprintf(out, "\n%s\n", title);
    for (size_t i = 0; i < list->len; i++) {
        const int column = fprintf(out, "- ");
        wrapped(out, rows[i].text, column, 2);
    }
}

static void print_assumption(const lq_assumption *row, size_t number, FILE *out)
{
    const int column = fprintf(out, "%3zu ", number);
    wrapped(out, row->text, column, 4);
    fprintf(out, "    %s: %s\n    ", row->key, row->value);
    wrapped(out, row->source ? row->source : "", 4, 4);
}

static void print_assumptions(const lq_scenario *s, FILE *out)
{
    const lq_assumption *rows = s->assumptions.items;
    const size_t n = s->assumptions.len;
    if (n == 0) return;
    fprintf(out, "\nAssumed, not in your file: the %s\n",
            n > SHOWN_FIRST ? "ten that usually matter most, then the others"
                            : "most influential first");
    for (size_t i = 0; i < n; i++) {
        if (i == SHOWN_FIRST) fprintf(out, "    ---\n");
        print_assumption(&rows[i], i + 1, out);
    }
}

static bool same_rows(const lq_ledger_row *a, const lq_ledger_row *b)
{
    for (int i = 0; i < LQ_LEDGER_ROWS; i++)
        if (a[i].on != b[i].on || strcmp(a[i].where, b[i].where) != 0) return false;
    return true;
}

/* Visits every grant, in order; at(i) of the walk is (offer, grant). */
static bool nth_grant(const lq_scenario *s, size_t n, const lq_offer **offer,
                      const lq_grant **grant)
{
    const lq_offer *offers = s->offers.items;
    for (size_t i = 0; i < s->offers.len; n -= offers[i].grants.len, i++) {
        if (n >= offers[i].grants.len) continue;
        *offer = &offers[i];
        *grant = (const lq_grant *)offers[i].grants.items + n;
        return true;
    }
    return false;
}

/* Where the rows of grant n stand already: the first grant with the same ones. */
static size_t first_like(const lq_scenario *s, size_t n, const lq_ledger_row *rows)
{
    const lq_offer *offer;
    const lq_grant *grant;
    lq_ledger_row other[LQ_LEDGER_ROWS];
    for (size_t i = 0; i < n && nth_grant(s, i, &offer, &grant); i++) {
        lq_ledger(s, offer, grant, other);
        if (same_rows(rows, other)) return i;
    }
    return n;
}

static void print_names_like(const lq_scenario *s, size_t first, FILE *out)
{
    const lq_offer *offer, *before = NULL;
    const lq_grant *grant;
    lq_ledger_row rows[LQ_LEDGER_ROWS];
    char *names = NULL;
    size_t len = 0;
    FILE *text = open_memstream(&names, &len);
    if (!text) return;
    for (size_t i = first; nth_grant(s, i, &offer, &grant); i++) {
        lq_ledger(s, offer, grant, rows);
        if (first_like(s, i, rows) != first) continue;
        if (offer == before)
            fprintf(text, ", %s", grant->id);
        else
            fprintf(text, "%s%s %s", before ? "; " : "", offer->id, grant->id);
        before = offer;
    }
    if (fclose(text) == 0) wrapped(out, names, 0, 0);
    free(names);
}

/* Grants with the same rows share them. */
static void print_ledger(const lq_scenario *s, FILE *out)
{
    const lq_offer *offer;
    const lq_grant *grant;
    lq_ledger_row rows[LQ_LEDGER_ROWS];
    for (size_t n = 0; nth_grant(s, n, &offer, &grant); n++) {
        if (n == 0) fprintf(out, "\nDiscounts, each charged once (on or off, and where)\n");
        lq_ledger(s, offer, grant, rows);
        if (first_like(s, n, rows) != n) continue;
        print_names_like(s, n, out);
        for (int r = 0; r < LQ_LEDGER_ROWS; r++)
            fprintf(out, "  %-13s %-3s  %s\n", rows[r].discount, rows[r].on ? "on" : "off",
                    rows[r].where);
    }
}

static void print_packs(const lq_scenario *s, FILE *out)
{
    const lq_pack_digest *packs = s->packs.items;
    if (s->packs.len == 0) return;
    fprintf(out, "\nData packs (sha256)\n");
    for (size_t i = 0; i < s->packs.len; i++)
        fprintf(out, "  %.16s...  %s\n", packs[i].sha256, packs[i].file);
}

lq_status lq_scenario_print(const lq_scenario *scenario, FILE *out, lq_error *err)
{
    fprintf(out, "# %s, resolved: every default filled in\n%s", scenario->path,
            scenario->resolved);
    print_assumptions(scenario, out);
    print_warnings("Look at", &scenario->warnings, out);
    print_warnings("Good to know", &scenario->notes, out);
    print_ledger(scenario, out);
    print_packs(scenario, out);
    if (ferror(out))
        return LQ_FAIL(err, LQ_EIO, .expected = "to write", .got = strerror(errno));
    return LQ_OK;
}
