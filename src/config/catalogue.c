#include "config/catalogue.h"

#include <stdio.h>
#include <string.h>

static bool is_listed(const lq_catalogue *c, const lq_record *record)
{
    for (size_t i = 0; i < c->len; i++)
        if (c->record[i] == record) return true;
    return false;
}

static const char *suffix(lq_field_kind kind)
{
    if (kind == LQ_FIELD_LIST) return "[]";
    return kind == LQ_FIELD_MAP ? ".ID" : "";
}

static void add(lq_catalogue *c, const lq_record *record, const char *path, lq_arena *arena)
{
    if (!path || c->len == LQ_MAX_RECORDS || is_listed(c, record)) return;
    c->record[c->len] = record;
    c->path[c->len++] = path;
    for (const lq_field *f = record->fields; f->key; f++) {
        if (!f->record) continue;
        add(c, f->record,
            lq_arena_printf(arena, "%s%s%s%s", path, path[0] ? "." : "", f->key,
                            suffix(f->kind)),
            arena);
    }
}

bool lq_catalogue_build(const lq_record *root, lq_arena *arena, lq_catalogue *out)
{
    out->len = 0;
    add(out, root, "", arena);
    return !lq_arena_failed(arena);
}

const char *lq_catalogue_name(const lq_catalogue *catalogue, const lq_record *record,
                              char name[LQ_NAME_CHARS])
{
    int number = 1;
    for (size_t i = 0; i < catalogue->len && catalogue->record[i] != record; i++)
        number += strcmp(catalogue->record[i]->name, record->name) == 0;
    if (number > 1)
        snprintf(name, LQ_NAME_CHARS, "%s-%d", record->name, number);
    else
        snprintf(name, LQ_NAME_CHARS, "%s", record->name);
    for (char *c = name; *c; c++)
        if (*c == ' ') *c = '-';
    return name;
}

bool lq_inherits(const char *section)
{
    return strcmp(section, "offers") == 0 || strcmp(section, "companies") == 0;
}
