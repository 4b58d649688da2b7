/* Any bytes as a config and as one override: read by a schema with a row of every kind. What is
 * accepted holds the schema's promises; what is refused says why. */
#include "../config/small_schema.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_figure(const lq_value *value, double min, double max)
{
    double low, high;
    if (!value->given) return;
    lq_value_range(value, &low, &high);
    if (!(low <= high)) abort();
    if (isfinite(low) && low < min) abort();
    if (isfinite(high) && high > max) abort();
}

static void check_config(const small_config *config)
{
    const small_offer *offer = config->offers.items;
    const small_company *company = config->companies.items;
    check_figure(&config->paths, 1, 1e12);
    if (!lq_date_valid(config->start)) abort();
    for (size_t i = 0; i < config->offers.len; i++) {
        if (!offer[i].id || !offer[i].id[0]) abort();
        check_figure(&offer[i].base, 0, 1e9);
        if (!lq_value_is_constant(&offer[i].base)) abort();
    }
    for (size_t i = 0; i < config->companies.len; i++) {
        if (!company[i].id) abort();
        check_figure(&company[i].volatility, 0, 3);
        check_figure(&company[i].haircut, 0, 1);
    }
}

/* The bytes up to the first NUL are an override, when there is one; the rest is the file. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
    const char *override = nul ? (const char *)data : NULL;
    const char *text = nul ? (const char *)nul + 1 : (const char *)data;
    const size_t len = size - (nul ? (size_t)(nul - data) + 1 : 0);
    const lq_changes changes = {
        .items = &override, .len = override != NULL, .record = &small_record};
    lq_problems *problems = lq_problems_create();
    lq_tree tree = {0};
    if (lq_tree_parse("fuzz.yaml", text, len, &changes, problems, &tree, NULL) == LQ_OK &&
        tree.root) {
        small_config config = {0};
        lq_reader reader = {.arena = lq_arena_create(), .problems = problems};
        lq_schema_defaults(&small_record, &reader, &config);
        const bool fine = lq_schema_read(&small_record, tree.root, &reader, &config);
        if (fine) check_config(&config);
        if (!fine && lq_problems_count(problems) == 0) abort();
        lq_arena_destroy(reader.arena);
    }
    FILE *null = fopen("/dev/null", "w");
    if (null) {
        lq_problems_print(problems, null);
        fclose(null);
    }
    lq_tree_clear(&tree);
    lq_problems_destroy(problems);
    return 0;
}
