#include "scenario/pack.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static void print_figures(const lq_list *list, FILE *out)
{
    const lq_figure *rows = list->items;
    for (size_t i = 0; i < list->len; i++)
        fprintf(out, "  %s%s%s%s\n    %s; %s; confidence %s\n", rows[i].figure,
                rows[i].range ? " (plausible: " : "", rows[i].range ? rows[i].range : "",
                rows[i].range ? ")" : "", rows[i].source, rows[i].date, rows[i].confidence);
}

static void print_notes(const lq_list *list, FILE *out)
{
    const lq_note *rows = list->items;
    for (size_t i = 0; i < list->len; i++)
        fprintf(out, "  note: %s\n    %s; %s\n", rows[i].text, rows[i].source, rows[i].date);
}

/* A figure's value, found by walking the record along its dotted address. */
static void print_levels(const lq_levels_pack *pack, FILE *out)
{
    const lq_level *levels = pack->levels.items;
    char base[96], stock[96];
    fprintf(out, "levels.yaml\n");
    for (size_t i = 0; i < pack->levels.len; i++) {
        const lq_peer *peers = levels[i].peers.items;
        const lq_level_band *bands = levels[i].bands.items;
        fprintf(out, "  %s:", levels[i].id);
        for (size_t p = 0; p < levels[i].peers.len; p++)
            fprintf(out, "%s %s %s", p ? "," : "", peers[p].company, peers[p].title);
        fprintf(out, "\n    %s; %s; confidence %s\n", levels[i].source, levels[i].date,
                levels[i].confidence);
        for (size_t b = 0; b < levels[i].bands.len; b++)
            fprintf(
                out, "  %s, %s: base %s, stock %s\n    %s; %s; confidence %s\n",
                bands[b].company, bands[b].region,
                lq_value_format(&bands[b].band.base, LQ_MEASURE_MONEY, base, sizeof base),
                lq_value_format(&bands[b].band.stock, LQ_MEASURE_MONEY, stock, sizeof stock),
                bands[b].source, bands[b].date, bands[b].confidence);
    }
}

static lq_status print_companies(lq_packs *packs, FILE *out, lq_error *err)
{
    const lq_list ids = lq_packs_ids(packs);
    const char *const *names = ids.items;
    for (size_t i = 0; i < ids.len; i++) {
        const lq_pack *pack = NULL;
        char date[LQ_DATE_CHARS];
        LQ_TRY(lq_packs_company(packs, names[i], &pack, err));
        if (!pack) continue;
        fprintf(out, "companies/%s.yaml: %s, gathered %s\n", pack->id, pack->name,
                lq_date_format(pack->date, date));
        print_figures(&pack->sources, out);
        print_notes(&pack->notes, out);
    }
    return LQ_OK;
}

static lq_status print_all(lq_packs *packs, FILE *out, lq_error *err)
{
    const lq_market_pack *market = NULL;
    const lq_levels_pack *levels = NULL;
    char date[LQ_DATE_CHARS];
    LQ_TRY(lq_packs_market(packs, &market, err));
    LQ_TRY(lq_packs_levels(packs, &levels, err));
    if (market) {
        fprintf(out, "market.yaml, gathered %s\n", lq_date_format(market->date, date));
        print_figures(&market->sources, out);
        print_notes(&market->notes, out);
    }
    if (levels) print_levels(levels, out);
    return print_companies(packs, out, err);
}

static lq_status outcome(const lq_problems *problems, FILE *out, lq_error *err)
{
    const lq_problem *first = lq_problems_first(problems);
    if (first)
        return LQ_FAIL(err, LQ_ECONFIG, .file = first->mark.file, .line = first->mark.line,
                       .column = first->mark.column, .key = first->key,
                       .expected = first->expected, .got = first->found);
    if (ferror(out))
        return LQ_FAIL(err, LQ_EIO, .expected = "to write", .got = strerror(errno));
    return LQ_OK;
}

lq_status lq_sources_print(FILE *out, lq_error *err)
{
    lq_status status;
    lq_packs packs;
    lq_problems *problems = lq_problems_create();
    lq_arena *arena = lq_arena_create();
    if (!problems || !arena) {
        status = LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for the data packs");
        goto out;
    }
    lq_packs_open(&packs, arena, problems);
    fprintf(out, "Data packs in %s\n", packs.folder);
    status = print_all(&packs, out, err);
    if (status == LQ_OK) status = outcome(problems, out, err);
out:
    lq_arena_destroy(arena);
    lq_problems_destroy(problems);
    return status;
}
