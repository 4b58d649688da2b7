#include "config/catalogue.h"
#include "config/schema_value.h"

#include <stdio.h>
#include <string.h>

static const char value_forms[] =
    "## Figures\n\n"
    "| kind | written |\n|---|---|\n"
    "| money | `$285K`, `EUR 209K`, `EUR209K`, `\xE2\x82\xAC"
    "209K`, `4.5bn`; without a currency, "
    "the offer's |\n"
    "| money a year | `$140K/y`, `$140K/yr`, `$140K`, `$12K/mo` |\n"
    "| fraction | `35%`, `35 %`, `0.35`; a bare `35` is refused |\n"
    "| rate a year | `10%/y`, `0.4/y`, `4.4%`; a bare `35` is refused |\n"
    "| duration | `18mo`, `4y`, `90d` |\n"
    "| count, number | `1e6`, `40_000`, `8M`; `0.5`, `1.5x` |\n"
    "| date | `2027-01-31` |\n"
    "| range | `20% to 50%`, `$245K\xE2\x80\x93$305K`, `10-15%`: every figure in it is as "
    "likely |\n"
    "| distribution | `{triangular: [0, 90%, 120%]}`, `{pert: [low, most likely, high]}`, "
    "`{normal: {mean: 5%, sd: 2%}}`, `{lognormal: {mean: $1M, sd: $400K}}`, "
    "`{discrete: {0%: 30%, 100%: 70%}}` |\n"
    "| ignorance | `{uncertain: 20% to 50%}`: one figure that nobody knows yet, not a draw "
    "each "
    "time |\n"
    "| with its source | `{value: $285K, source: offer letter, date: 2026-11-02}` |\n\n"
    "`include: FILE` (or a list) at the top lays this file over others; `extends: ID` in an "
    "offer "
    "or a company\ninherits from another one: groups merge, lists are replaced. `--set "
    "KEY=VALUE` "
    "comes last; KEY is an\naddress such as `offers.google.grants[0].value` or "
    "`companies.acme.cap_table.preferred.A.multiple`, or the\nend of one: of a key that the "
    "file "
    "has, else of one that it could have, while only one ends so.\n"
    "`KEY=null` takes the key away, so that its default, or another form of the same, "
    "counts.\n";

static void put_cell(const char *text, FILE *out)
{
    for (const char *c = text ? text : ""; *c; c++) {
        if (*c == '|') fputc('\\', out);
        fputc(*c, out);
    }
}

static const char *varies_word(const lq_field *f)
{
    static const char *const words[] = {[LQ_VARIES_NEVER] = "no",
                                        [LQ_VARIES_WORLD] = "`uncertain`",
                                        [LQ_VARIES_PATH] = "by path",
                                        [LQ_VARIES_EVENT] = "by event"};
    return f->kind == LQ_FIELD_VALUE || f->kind == LQ_FIELD_VALUES ? words[f->varies] : "";
}

static void put_choices(const lq_field *f, FILE *out)
{
    for (size_t i = 0; f->choices[i]; i++)
        fprintf(out, "%s`%s`", i ? ", " : "", f->choices[i]);
}

static void put_kind(const lq_catalogue *c, const lq_field *f, FILE *out)
{
    static const char *const kinds[] = {
        [LQ_FIELD_DATE] = "date",   [LQ_FIELD_TEXT] = "text",
        [LQ_FIELD_ID] = "id",       [LQ_FIELD_BOOL] = "true or false",
        [LQ_FIELD_RECORD] = "",     [LQ_FIELD_LIST] = "list of ",
        [LQ_FIELD_MAP] = "by id: ", [LQ_FIELD_VALUES] = "list",
        [LQ_FIELD_CUSTOM] = ""};
    char name[LQ_NAME_CHARS];
    const char *unit = lq_schema_unit(f);
    if (f->kind == LQ_FIELD_VALUE)
        put_cell(unit[0] || !f->unit ? unit : "number", out);
    else if (f->kind == LQ_FIELD_CHOICE)
        fputs("choice", out);
    else
        fputs(kinds[f->kind], out);
    if (f->record) {
        lq_catalogue_name(c, f->record, name);
        fprintf(out, "[%s](#%s)", name, name);
    } else if (f->kind != LQ_FIELD_VALUE && f->kind != LQ_FIELD_DATE && unit[0]) {
        if (kinds[f->kind][0]) fputc(' ', out);
        put_cell(unit, out);
    }
}

static void put_field(const lq_catalogue *c, const lq_field *f, FILE *out)
{
    char range[256];
    fprintf(out, "| `%s` | ", f->key);
    put_cell(f->doc, out);
    fputs(" | ", out);
    put_kind(c, f, out);
    fputs(" | ", out);
    if (f->required)
        fputs("required", out);
    else if (f->fallback) {
        fputc('`', out);
        put_cell(f->fallback, out);
        fputc('`', out);
    }
    fputs(" | ", out);
    if (f->kind == LQ_FIELD_CHOICE)
        put_choices(f, out);
    else if (f->kind == LQ_FIELD_VALUE)
        fputs(lq_schema_range(f, range, sizeof range), out);
    fprintf(out, " | %s |\n", varies_word(f));
}

static void put_record(const lq_catalogue *c, size_t i, FILE *out)
{
    char name[LQ_NAME_CHARS];
    const lq_record *record = c->record[i];
    fprintf(out, "\n## %s\n\n", lq_catalogue_name(c, record, name));
    if (c->path[i][0]) fprintf(out, "At `%s`. ", c->path[i]);
    fprintf(out, "%s\n\n", record->doc ? record->doc : "");
    fputs("| key | what it is | unit or kind | default | allowed | may vary |\n"
          "|---|---|---|---|---|---|\n",
          out);
    for (const lq_field *f = record->fields; f->key; f++)
        put_field(c, f, out);
}

lq_status lq_schema_print_sections(const lq_record *root, FILE *out, lq_error *err)
{
    lq_arena *arena = lq_arena_create();
    lq_catalogue catalogue;
    if (!arena || !lq_catalogue_build(root, arena, &catalogue)) {
        lq_arena_destroy(arena);
        return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for the reference page");
    }
    for (size_t i = 0; i < catalogue.len; i++)
        put_record(&catalogue, i, out);
    lq_arena_destroy(arena);
    if (fflush(out) == 0 && !ferror(out)) return LQ_OK;
    return LQ_FAIL(err, LQ_EIO, .expected = "an output that can be written");
}

lq_status lq_schema_print_markdown(const lq_record *root, FILE *out, lq_error *err)
{
    fputs("# Config reference\n\nPrinted by `liquidus schema --markdown` from the table that "
          "also "
          "checks every config.\n\n",
          out);
    fputs(value_forms, out);
    return lq_schema_print_sections(root, out, err);
}
