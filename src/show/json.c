#include "show/json.h"

#include "base/alloc.h"
#include "show/json_build.h"
#include "show/pick.h"

#include <stddef.h>

/* One column of a list of words: {"key": text or number}. */
typedef struct column {
    const char *key;
    bool is_number;
} column;

static json_t *list_of(lq_json *b, const char *dimension, const char *group,
                       const column *columns)
{
    json_t *list = json_array();
    const size_t n = lq_pick_len(b->frame, dimension);
    for (size_t i = 0; i < n; i++) {
        json_t *entry = json_object();
        const char *label = lq_pick_label(b->frame, dimension, i);
        if (*label) lq_json_put(b, entry, "key", json_string(label));
        for (const column *c = columns; c->key; c++) {
            const lq_json_at at = {group, i};
            if (c->is_number)
                lq_json_put_number(b, entry, c->key, at, c->key);
            else
                lq_json_put_text(b, entry, c->key, at, c->key);
        }
        lq_json_append(b, list, entry);
    }
    return list;
}

static json_t *verdict(lq_json *b)
{
    static const char *const texts[] = {"text", "kind", "winner", "loser"};
    json_t *v = json_object(), *amount = json_object();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        lq_json_put(b, v, texts[i],
                    lq_json_string(lq_frame_text(b->frame, "/verdict", texts[i])));
    lq_json_put(b, amount, "value",
                lq_json_number(lq_pick_scalar(b->frame, "/verdict", "amount")));
    lq_json_put(b, amount, "se",
                lq_json_number(lq_pick_scalar(b->frame, "/verdict", "amount_se")));
    lq_json_put(b, v, "amount", amount);
    return v;
}

static json_t *timing(lq_json *b)
{
    static const char *const names[] = {"seconds", "paths_per_second", "threads", "processes",
                                        "peak_memory_bytes"};
    json_t *t = json_object();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        lq_json_put(b, t, names[i],
                    lq_json_whole(lq_pick_scalar(b->frame, "/manifest/run", names[i])));
    return t;
}

static void put_manifest(lq_json *b, json_t *root)
{
    static const char *const texts[] = {
        "config_sha256", "plan_sha256", "version",   "title",      "sampling",
        "precision",     "exits",       "tolerance", "controls",   "measure",
        "currency",      "start_date",  "baseline",  "unit_basis", "advice"};
    static const char *const numbers[] = {
        "seed",          "paths",  "worlds",        "horizon_years", "liquidity_horizon_years",
        "risk_aversion", "wealth", "error_degrees", "tolerance_se",  "tolerance_allowed"};
    lq_json_put(b, root, "schema", json_string("liquidus-result/1"));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (lq_frame_find(b->frame, "/manifest", texts[i]))
            lq_json_put(b, root, texts[i],
                        lq_json_string(lq_frame_text(b->frame, "/manifest", texts[i])));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (lq_frame_find(b->frame, "/manifest", numbers[i]))
            lq_json_put(b, root, numbers[i],
                        lq_json_whole(lq_pick_scalar(b->frame, "/manifest", numbers[i])));
    static const char *const truths[] = {"tolerance_reached", "complete"};
    for (size_t i = 0; i < sizeof truths / sizeof *truths; i++)
        lq_json_put(b, root, truths[i],
                    json_boolean(lq_pick_scalar(b->frame, "/manifest", truths[i]) != 0.0));
}

/* The offer that turning points vary, and the one that it is to be worth as much as. */
static json_t *turning_pair(lq_json *b)
{
    json_t *pair = json_object();
    static const char *const ends[] = {"offer", "against"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        lq_json_put(b, pair, ends[i],
                    lq_json_string(lq_frame_text(b->frame, "/turning", ends[i])));
    return pair;
}

static void put_lists(lq_json *b, json_t *root)
{
    static const column turning[] = {{"text", false},   {"value", true}, {"assumed", true},
                                     {"low", true},     {"high", true},  {"status", false},
                                     {"reason", false}, {"unit", false}, {NULL, false}};
    static const column assumptions[] = {{"key", false},      {"value", false},
                                         {"source", false},   {"text", false},
                                         {"influence", true}, {NULL, false}};
    static const column warnings[] = {{"key", false}, {"text", false}, {NULL, false}};
    if (lq_pick_len(b->frame, "turning_point"))
        lq_json_put(b, root, "turning_pair", turning_pair(b));
    lq_json_put(b, root, "turning_points", list_of(b, "turning_point", "/turning", turning));
    lq_json_put(b, root, "assumptions", list_of(b, "assumption", "/assumptions", assumptions));
    lq_json_put(b, root, "warnings", list_of(b, "warning", "/warnings", warnings));
}

static void *allocate(size_t size)
{
    return lq_calloc(1, size);
}

void lq_json_use_heap(void)
{
    json_set_alloc_funcs(allocate, lq_free);
}

lq_status lq_json_print(const lq_frame *frame, FILE *out, lq_error *err)
{
    lq_json b = {.frame = frame};
    json_t *root = json_object();
    put_manifest(&b, root);
    lq_json_put(&b, root, "verdict", verdict(&b));
    lq_json_put(&b, root, "offers", lq_json_offers(&b));
    lq_json_put(&b, root, "pairs", lq_json_pairs(&b));
    lq_json_put(&b, root, "companies", lq_json_companies(&b));
    put_lists(&b, root);
    lq_json_put(&b, root, "timing", timing(&b));
    if (b.failed) {
        json_decref(root);
        return LQ_FAIL(err, LQ_EIO, .expected = "texts in UTF-8, and memory for JSON",
                       .got = "a text that is not, or no memory");
    }
    const bool printed = json_dumpf(root, out, JSON_INDENT(1)) == 0;
    json_decref(root);
    fputc('\n', out);
    if (printed || ferror(out)) return LQ_OK; /* the stream remembers a failed write */
    return LQ_FAIL(err, LQ_EIO, .expected = "memory to print JSON", .got = "none");
}
