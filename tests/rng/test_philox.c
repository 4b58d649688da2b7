#include "lq_test.h"

#include "rng/philox.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#if __has_include(<Random123/philox.h>)
#include <Random123/philox.h>
#define HAS_RANDOM123 1
#endif

/* Known answers of the Random123 distribution, tests/kat_vectors; the first two are RNG-01 and
 * RNG-02 of the validation cases. */
static const struct {
    uint32_t counter[4], key[2], want[4];
} answers[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u}},
    {{0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu},
     {0xffffffffu, 0xffffffffu},
     {0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu}},
    {{0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u},
     {0xa4093822u, 0x299f31d0u},
     {0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u}},
};

/* The four words of draw 5 of path 3 x 2^32 + 7 of company "acme", seed 2026, main domain, from
 * a Python generator that meets the known answers. Results stand on them: never change one. */
static const struct {
    int purpose;
    uint32_t want[4];
} golden[] = {
    {LQ_PURPOSE_MARKET, {0x5305b271u, 0xe5b1c4c1u, 0x3420ef35u, 0xa88c8570u}},
    {LQ_PURPOSE_FX, {0x6c2555bau, 0x0ff3690bu, 0x195e8c25u, 0xdbb436bau}},
    {LQ_PURPOSE_COMPANY, {0x84c35de0u, 0x7d86018eu, 0x7e1bec42u, 0x5870908bu}},
    {LQ_PURPOSE_TERMINAL, {0x14787b12u, 0x0a9d799cu, 0xdb3a6a5eu, 0x98b56fc3u}},
    {LQ_PURPOSE_ROUND, {0x2661eca6u, 0x55b023bbu, 0x2defaab8u, 0x827a14a1u}},
    {LQ_PURPOSE_TENDER, {0x12456f83u, 0xef65b5c8u, 0xe15295f8u, 0x0656b7e9u}},
    {LQ_PURPOSE_BONUS, {0x0d076feeu, 0x196c139eu, 0x99010fc0u, 0xd1e699fbu}},
    {LQ_PURPOSE_RESIGNATION, {0xa9b674cfu, 0x47380f9cu, 0xd4903fb4u, 0x0dab43a8u}},
    {LQ_PURPOSE_REFRESH, {0x1253f7b6u, 0x56ef4676u, 0x8863a1c9u, 0xc9888d36u}},
    {LQ_PURPOSE_OPENING, {0x91b6809cu, 0x80f8f30fu, 0x65f1ad5du, 0xb92be6ebu}},
    {LQ_PURPOSE_UNCERTAIN, {0xb62bb72bu, 0x739c6721u, 0xa724ef00u, 0x16fbb6c5u}},
    {LQ_PURPOSE_JUMP, {0xa9a156afu, 0x2be00177u, 0x346079deu, 0x58f86e32u}},
    {LQ_PURPOSE_STATE, {0x089a33e8u, 0x344ffbe2u, 0x14c21ccfu, 0xc176eb51u}},
    {LQ_PURPOSE_VARIANCE, {0x94eee4aau, 0xd99b391bu, 0x588ae200u, 0xef120da8u}},
    {LQ_PURPOSE_DEAL, {0x87021477u, 0xc1ef2e34u, 0x0c19e60bu, 0x211daf48u}},
    {LQ_PURPOSE_SECONDARY, {0x2d1410ccu, 0x2631fff6u, 0x23020df7u, 0xa034ba2fu}},
    {LQ_PURPOSE_CLOSING, {0x29f90799u, 0x1bad57a5u, 0xf25872edu, 0x313176c1u}},
    {LQ_PURPOSE_FLOOR, {0x33d5f5bfu, 0x3f9e436eu, 0xefcf2abau, 0x919aacc9u}},
};

static const struct {
    uint64_t seed;
    lq_domain domain;
    uint32_t k0, k1;
} keys[] = {
    {2026, LQ_DOMAIN_MAIN, 0x6e5b28e3u, 0x85b7be5bu},
    {2026, LQ_DOMAIN_REGRESSION, 0xfcfff50eu, 0x594f0d6au},
    {2026, LQ_DOMAIN_PILOT, 0xb1b5ba0fu, 0xb82bdb9fu},
    {2026, LQ_DOMAIN_UNCERTAIN, 0xbbd430e9u, 0xebd615ffu},
    {2026, LQ_DOMAIN_NESTED, 0xa3205459u, 0x27bbdda2u},
    {0, LQ_DOMAIN_MAIN, 0x6627e8d5u, 0xe169c58du}, /* seed 0 is an ordinary seed */
    {1ull << 53, LQ_DOMAIN_MAIN, 0x7c57b5bdu, 0xf13c25f6u},
};

static void rng_01_and_02_known_answers(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(answers); i++) {
        uint32_t out[4];
        lq_philox4x32(answers[i].counter, answers[i].key, out);
        assert_memory_equal(out, answers[i].want, sizeof out);
    }
}

static void it_is_the_generator_of_random123(void **state)
{
    (void)state;
#ifdef HAS_RANDOM123
    uint32_t x = 1;
    for (int trial = 0; trial < 10000; trial++) {
        uint32_t in[6], out[4];
        for (int i = 0; i < 6; i++)
            in[i] = x = x * 1664525u + 1013904223u;
        const philox4x32_ctr_t counter = {{in[0], in[1], in[2], in[3]}};
        const philox4x32_key_t key = {{in[4], in[5]}};
        const philox4x32_ctr_t want = philox4x32_R(10, counter, key);
        lq_philox4x32(in, in + 4, out);
        assert_memory_equal(out, want.v, sizeof out);
    }
#else
    skip(); /* the package librandom123-dev is not installed */
#endif
}

static void keys_are_the_generator_at_seed_and_domain(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(keys); i++) {
        const lq_philox_key key = lq_philox_key_make(keys[i].seed, keys[i].domain);
        assert_int_equal(key.k0, keys[i].k0);
        assert_int_equal(key.k1, keys[i].k1);
    }
}

static void first_draws_of_every_purpose_stay_what_they_are(void **state)
{
    (void)state;
    const lq_philox_key key = lq_philox_key_make(2026, LQ_DOMAIN_MAIN);
    for (size_t i = 0; i < LQ_COUNT(golden); i++) {
        const uint32_t stream = lq_stream_make((lq_purpose)golden[i].purpose, "acme");
        for (int word = 0; word < 4; word++) {
            const double u = lq_uniform_at(key, (3ull << 32) + 7, stream, 5, word);
            assert_true(u == ((double)golden[i].want[word] + 0.5) * 0x1p-32);
        }
    }
}

static void names_are_hashed_to_24_bits(void **state)
{
    (void)state;
    assert_int_equal(lq_name_hash24(""), 0xbe0c53);
    assert_int_equal(lq_name_hash24("acme"), 0x255adf);
    assert_int_equal(lq_name_hash24("hugging-face"), 0x87574d);
    assert_int_equal(lq_stream_make(LQ_PURPOSE_BONUS, "acme"), 0x07255adf);
    assert_int_equal(lq_stream_make(LQ_PURPOSE_MARKET, NULL), 0x01000000);
}

/* ---- docs/rng.md says what philox.h says ---- */

enum { ROWS = 64 };

typedef struct row {
    int number;
    char name[32];
} row;

typedef struct table {
    row rows[ROWS];
    size_t n;
} table;

static void add_row(table *t, int number, const char *name)
{
    assert_true(t->n < ROWS);
    t->rows[t->n].number = number;
    size_t i = 0;
    for (; name[i] && i < sizeof t->rows[0].name - 1; i++)
        t->rows[t->n].name[i] = (char)tolower((unsigned char)name[i]);
    t->rows[t->n++].name[i] = '\0';
}

static FILE *open_source(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", LQ_SOURCE_DIR, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    return file;
}

static table documented(const char *section)
{
    table out = {.n = 0};
    char line[1024], name[32];
    bool inside = false;
    FILE *file = open_source("docs/rng.md");
    while (fgets(line, sizeof line, file)) {
        int number;
        if (line[0] == '#') inside = strncmp(line, section, strlen(section)) == 0;
        if (inside && sscanf(line, "| %d | %31[a-z] |", &number, name) == 2)
            add_row(&out, number, name);
    }
    fclose(file);
    return out;
}

static table enumerated(const char *prefix)
{
    table out = {.n = 0};
    char line[1024], name[32];
    FILE *file = open_source("src/rng/philox.h");
    while (fgets(line, sizeof line, file)) {
        const char *at = strstr(line, prefix);
        int number;
        if (at && sscanf(at + strlen(prefix), "%31[A-Z] = %d", name, &number) == 2)
            add_row(&out, number, name);
    }
    fclose(file);
    return out;
}

static void assert_same(const table *a, const table *b)
{
    assert_true(a->n > 0);
    assert_int_equal(a->n, b->n);
    for (size_t i = 0; i < a->n; i++) {
        assert_int_equal(a->rows[i].number, b->rows[i].number);
        assert_string_equal(a->rows[i].name, b->rows[i].name);
    }
}

static void the_registry_lists_every_purpose_and_domain(void **state)
{
    (void)state;
    const table purposes = enumerated("LQ_PURPOSE_"), domains = enumerated("LQ_DOMAIN_");
    const table said = documented("## Purposes"), said_domains = documented("## Domains");
    assert_same(&purposes, &said);
    assert_same(&domains, &said_domains);
    assert_int_equal(purposes.n, LQ_COUNT(golden)); /* each has its golden draw */
    for (size_t i = 0; i < purposes.n; i++)
        assert_int_equal(purposes.rows[i].number, golden[i].purpose);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rng_01_and_02_known_answers),
        cmocka_unit_test(it_is_the_generator_of_random123),
        cmocka_unit_test(keys_are_the_generator_at_seed_and_domain),
        cmocka_unit_test(first_draws_of_every_purpose_stay_what_they_are),
        cmocka_unit_test(names_are_hashed_to_24_bits),
        cmocka_unit_test(the_registry_lists_every_purpose_and_domain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
