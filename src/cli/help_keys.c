/* `help KEY`: a key of the configs, in the words of the schema. */
#include "cli/cli.h"

#include "config/catalogue.h"
#include "scenario/scenario.h"
#include "show/text.h"

#include <string.h>

static void print_key(const char *path, const lq_field *f, FILE *out)
{
    lq_wrap wrap = lq_wrap_begin(out, 2, 4);
    lq_wrap_printf(&wrap, "%s%s%s: %s", path, path[0] ? "." : "", f->key, f->doc ? f->doc : "");
    if (f->fallback) lq_wrap_printf(&wrap, "Default: %s.", f->fallback);
    lq_wrap_end(&wrap);
}

static size_t print_all(const lq_catalogue *c, const char *name, FILE *out)
{
    size_t n = 0;
    for (size_t i = 0; i < c->len; i++)
        for (const lq_field *f = c->record[i]->fields; f->key; f++) {
            if (!lq_same_word(f->key, strlen(f->key), name)) continue;
            if (n++ == 0) fprintf(out, "%s, a key of configs:\n", f->key);
            print_key(c->path[i], f, out);
        }
    return n;
}

lq_status lq_print_keys(const char *name, FILE *out, bool *found, lq_error *err)
{
    lq_catalogue catalogue;
    lq_arena *arena = lq_arena_create();
    *found = false;
    if (!arena || !lq_catalogue_build(lq_scenario_schema(), arena, &catalogue)) {
        lq_arena_destroy(arena);
        return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for the schema");
    }
    *found = print_all(&catalogue, name, out) > 0;
    lq_arena_destroy(arena);
    return LQ_OK;
}
