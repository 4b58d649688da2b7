#include "scenario/pack.h"

#include <assert.h>
#include <dirent.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_PACKS = 512 };

typedef struct lq_pack_entry {
    const char *id;
    const lq_pack *pack; /* NULL: looked for, not there */
    struct lq_pack_entry *next;
} lq_pack_entry;

typedef struct lq_digest_entry {
    lq_pack_digest digest;
    struct lq_digest_entry *next;
} lq_digest_entry;

static bool is_file(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

void lq_packs_open(lq_packs *packs, lq_arena *arena, lq_problems *problems)
{
    const char *named = getenv("LIQUIDUS_DATA");
    *packs = (lq_packs){.arena = arena, .problems = problems, .folder = LQ_SOURCE_DATA_DIR};
    if (named && named[0])
        packs->folder = lq_arena_strdup(arena, named);
    else if (is_file(LQ_INSTALL_DATA_DIR "/market.yaml"))
        packs->folder = LQ_INSTALL_DATA_DIR;
}

/* Values inside of a hazard or a curve are read by hand and unmarked by hand. */
static void hazard_as_default(lq_hazard *hazard)
{
    lq_value *const values[] = {&hazard->rate, &hazard->shape, &hazard->scale,
                                &hazard->probability};
    hazard->mark = (lq_mark){0};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        values[i]->mark = (lq_mark){0};
        values[i]->is_default = true;
    }
}

static void company_as_default(lq_company *company)
{
    hazard_as_default(&company->ipo.hazard);
    hazard_as_default(&company->acquisition.hazard);
    hazard_as_default(&company->failure.hazard);
    hazard_as_default(&company->rounds.hazard);
    hazard_as_default(&company->tenders.hazard);
    company->floor.mark = (lq_mark){0};
    company->floor.is_default = true;
    company->mark = (lq_mark){0};
}

static void list_as_defaults(const lq_record *record, lq_list *list)
{
    for (size_t i = 0; i < list->len; i++)
        lq_values_as_defaults(record, (char *)list->items + i * record->size);
}

void lq_values_as_defaults(const lq_record *record, void *struct_)
{
    for (const lq_field *field = record->fields; field->key; field++) {
        void *member = (char *)struct_ + field->offset;
        if (field->kind == LQ_FIELD_RECORD) lq_values_as_defaults(field->record, member);
        if (field->kind == LQ_FIELD_LIST || field->kind == LQ_FIELD_MAP)
            list_as_defaults(field->record, member);
        if (field->kind != LQ_FIELD_VALUE) continue;
        lq_value *value = member;
        value->mark = (lq_mark){0};
        value->is_default = true;
    }
    if (record == &lq_company_record) company_as_default(struct_);
}

static bool remember_digest(lq_packs *packs, const char *name, const lq_tree *tree)
{
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    lq_digest_entry *entry = lq_arena_calloc(packs->arena, 1, sizeof *entry);
    char *hex = lq_arena_calloc(packs->arena, 1, 2 * sizeof digest + 1);
    if (!entry || !hex) return false;
    sha256_init(&context);
    sha256_update(&context, tree->text_len, (const uint8_t *)tree->text);
    sha256_digest(&context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    *entry = (lq_digest_entry){{lq_arena_strdup(packs->arena, name), hex}, packs->digests};
    packs->digests = entry;
    packs->n_digests++;
    return true;
}

/* Reads packs->folder/name by the record; *fine says whether it was sound. */
static lq_status read_pack(lq_packs *packs, const char *name, const lq_record *record,
                           void *out, bool *fine, lq_error *err)
{
    const char *path = lq_arena_printf(packs->arena, "%s/%s", packs->folder, name);
    lq_reader reader = {.arena = packs->arena, .problems = packs->problems};
    lq_tree tree = {0};
    if (!path)
        return LQ_FAIL(err, LQ_ENOMEM, .key = name, .expected = "memory for a data pack");
    const size_t before = lq_problems_count(packs->problems);
    LQ_TRY(lq_tree_load(path, NULL, packs->problems, &tree, err));
    lq_schema_defaults(record, &reader, out);
    *fine = tree.root && lq_schema_read(record, tree.root, &reader, out) &&
            lq_problems_count(packs->problems) == before;
    lq_values_as_defaults(record, out);
    const bool kept = remember_digest(packs, name, &tree);
    lq_tree_clear(&tree);
    if (!kept || lq_arena_failed(packs->arena))
        return LQ_FAIL(err, LQ_ENOMEM, .key = name, .expected = "memory for a data pack");
    return LQ_OK;
}

/* An id becomes a file name: nothing else than small letters, digits, - and _ may be in it. */
static bool is_safe(const char *id)
{
    const size_t len = strlen(id);
    return len > 0 && len <= 48 && strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-_") == len;
}

static const lq_pack_entry *find_entry(const lq_packs *packs, const char *id)
{
    for (const lq_pack_entry *e = packs->companies; e; e = e->next)
        if (strcmp(e->id, id) == 0) return e;
    return NULL;
}

static const lq_pack *checked(lq_packs *packs, const char *name, const char *id, lq_pack *pack)
{
    if (strcmp(pack->schema, "liquidus-pack/1") == 0 && strcmp(pack->id, id) == 0) {
        pack->company.id = pack->id;
        pack->company.name = pack->name;
        pack->company.from_pack = true;
        pack->company.sources = pack->sources;
        return pack;
    }
    const lq_problem problem = {.mark = {lq_arena_strdup(packs->arena, name), 0, 0},
                                .key = "id",
                                .expected =
                                    "schema liquidus-pack/1 and the file's own name as id",
                                .found = pack->id};
    lq_problems_add(packs->problems, &problem);
    return NULL;
}

lq_status lq_packs_company(lq_packs *packs, const char *id, const lq_pack **out, lq_error *err)
{
    *out = NULL;
    if (!is_safe(id)) return LQ_OK;
    const lq_pack_entry *known = find_entry(packs, id);
    if (known) {
        *out = known->pack;
        return LQ_OK;
    }
    const char *name = lq_arena_printf(packs->arena, "companies/%s.yaml", id);
    lq_pack_entry *entry = lq_arena_calloc(packs->arena, 1, sizeof *entry);
    lq_pack *pack = lq_arena_calloc(packs->arena, 1, sizeof *pack);
    if (!name || !entry || !pack)
        return LQ_FAIL(err, LQ_ENOMEM, .key = id, .expected = "memory for a data pack");
    *entry = (lq_pack_entry){.id = lq_arena_strdup(packs->arena, id), .next = packs->companies};
    if (is_file(lq_arena_printf(packs->arena, "%s/%s", packs->folder, name))) {
        bool fine = false;
        LQ_TRY(read_pack(packs, name, &lq_pack_record, pack, &fine, err));
        if (fine) entry->pack = checked(packs, name, id, pack);
    }
    packs->companies = entry;
    *out = entry->pack;
    return LQ_OK;
}

lq_status lq_packs_market(lq_packs *packs, const lq_market_pack **out, lq_error *err)
{
    *out = packs->market;
    if (packs->market) return LQ_OK;
    lq_market_pack *pack = lq_arena_calloc(packs->arena, 1, sizeof *pack);
    bool fine = false;
    if (!pack) return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for the market pack");
    LQ_TRY(read_pack(packs, "market.yaml", &lq_market_pack_record, pack, &fine, err));
    if (fine) *out = packs->market = pack;
    return LQ_OK;
}

lq_status lq_packs_levels(lq_packs *packs, const lq_levels_pack **out, lq_error *err)
{
    *out = packs->levels;
    if (packs->levels) return LQ_OK;
    lq_levels_pack *pack = lq_arena_calloc(packs->arena, 1, sizeof *pack);
    bool fine = false;
    if (!pack) return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for the levels pack");
    LQ_TRY(read_pack(packs, "levels.yaml", &lq_levels_record, pack, &fine, err));
    if (fine) *out = packs->levels = pack;
    return LQ_OK;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

lq_list lq_packs_ids(const lq_packs *packs)
{
    const char *path = lq_arena_printf(packs->arena, "%s/companies", packs->folder);
    const char **ids = lq_arena_calloc(packs->arena, MAX_PACKS, sizeof *ids);
    DIR *folder = path && ids ? opendir(path) : NULL;
    size_t n = 0;
    for (struct dirent *e = folder ? readdir(folder) : NULL; e && n < MAX_PACKS;
         e = readdir(folder)) {
        const size_t len = strlen(e->d_name);
        if (len <= 5 || strcmp(e->d_name + len - 5, ".yaml") != 0) continue;
        const char *id = lq_arena_strndup(packs->arena, e->d_name, len - 5);
        if (id && is_safe(id)) ids[n++] = id;
    }
    if (folder) closedir(folder);
    if (n) qsort(ids, n, sizeof *ids, by_text);
    return (lq_list){ids, n};
}

lq_list lq_packs_digests(const lq_packs *packs)
{
    lq_pack_digest *all = lq_arena_calloc(packs->arena, packs->n_digests + 1, sizeof *all);
    size_t at = all ? packs->n_digests : 0;
    for (const lq_digest_entry *e = packs->digests; e && at > 0; e = e->next)
        all[--at] = e->digest;
    return (lq_list){all, all ? packs->n_digests : 0};
}

const lq_figure *lq_figure_find(const lq_list *sources, const char *figure)
{
    const lq_figure *rows = sources->items;
    for (size_t i = 0; i < sources->len; i++)
        if (strcmp(rows[i].figure, figure) == 0) return &rows[i];
    return NULL;
}
