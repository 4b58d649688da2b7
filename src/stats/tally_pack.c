#include "stats/tally.h"

#include "stats/bins.h"
#include "stats/wire.h"

#include <assert.h>

#define MAGIC 0x33796C6C6174716Cu /* "lqtally3" */

static void count_bin(const lq_bin *bin, uint32_t key, void *context)
{
    (void)bin, (void)key;
    ++*(uint64_t *)context;
}

static void put_bin(const lq_bin *bin, uint32_t key, void *context)
{
    lq_packer *packer = context;
    lq_put(packer, key, 4);
    lq_put(packer, bin->weight, 8);
    lq_put(packer, bin->sum.lo, 8);
    lq_put(packer, bin->sum.hi, 8);
    lq_put(packer, lq_bits_of(bin->min), 8);
    lq_put(packer, lq_bits_of(bin->max), 8);
}

static size_t page_len(const lq_rows *rows)
{
    return (size_t)rows->n_rows << rows->bits;
}

/* Entries of a page as (index in the page, weight); pages in order. */
typedef uint64_t weight_at(const void *counters, uint32_t page, size_t index);

static uint64_t row_weight(const void *counters, uint32_t page, size_t index)
{
    return lq_rows_weight(counters, page, index);
}

static uint64_t cell_weight(const void *counters, uint32_t page, size_t index)
{
    const lq_bins *bins = counters;
    const uint32_t offset = (uint32_t)(index >> bins->cell_bits);
    return lq_bins_cell(bins, page, offset, index & (((size_t)1 << bins->cell_bits) - 1));
}

static void put_page(lq_packer *packer, const void *counters, weight_at *weight, uint32_t page,
                     size_t len)
{
    uint64_t n_entries = 0;
    for (size_t i = 0; i < len; i++)
        n_entries += weight(counters, page, i) != 0;
    lq_put(packer, n_entries, 4);
    for (size_t i = 0; n_entries > 0 && i < len; i++) {
        const uint64_t entry = weight(counters, page, i);
        if (entry == 0) continue;
        lq_put(packer, i, 4);
        lq_put(packer, entry, 8);
    }
}

static void put_rows(lq_packer *packer, const lq_rows *rows)
{
    for (uint32_t p = 0; p < LQ_PAGES; p++) {
        const bool any = rows->narrow[p] || rows->wide[p];
        put_page(packer, rows, row_weight, p, any ? page_len(rows) : 0);
    }
}

static void put_cells(lq_packer *packer, const lq_bins *bins)
{
    for (uint32_t p = 0; p < LQ_PAGES; p++)
        put_page(packer, bins, cell_weight, p,
                 bins->cell_bits && bins->page[p] ? LQ_TALLY_CELLS : 0);
}

static void put_shape(lq_packer *packer, const lq_tally_shape *shape)
{
    lq_put(packer, shape->pooled_bins, 4);
    lq_put(packer, shape->replicate_bins, 4);
    lq_put(packer, shape->stratum_bins, 4);
    lq_put(packer, shape->n_replicates, 4);
    lq_put(packer, shape->n_strata, 4);
    lq_put(packer, shape->fine_cells, 4);
    lq_put(packer, shape->weight_log2, 4);
}

static size_t pack(const lq_tally *tally, uint8_t *bytes)
{
    assert(!tally->failed && lq_tally_is_settled(tally));
    lq_packer packer = {.bytes = bytes};
    uint64_t n_bins = 0;
    lq_bins_each(&tally->pooled, count_bin, &n_bins);
    lq_put(&packer, MAGIC, 8);
    put_shape(&packer, &tally->shape);
    lq_put(&packer, tally->weight, 8);
    lq_put(&packer, tally->overflow, 8);
    for (uint32_t r = 0; r < tally->shape.n_replicates; r++) {
        lq_put(&packer, tally->replicate_sums[r].lo, 8);
        lq_put(&packer, tally->replicate_sums[r].hi, 8);
    }
    lq_put(&packer, n_bins, 4);
    lq_bins_each(&tally->pooled, put_bin, &packer);
    put_cells(&packer, &tally->pooled);
    put_rows(&packer, &tally->replicates);
    put_rows(&packer, &tally->strata);
    return packer.len;
}

size_t lq_tally_packed_size(const lq_tally *tally)
{
    return pack(tally, NULL);
}

void lq_tally_pack(const lq_tally *tally, uint8_t *bytes)
{
    (void)pack(tally, bytes);
}

static lq_tally_shape get_shape(lq_unpacker *u)
{
    lq_tally_shape shape;
    shape.pooled_bins = (uint32_t)lq_get(u, 4);
    shape.replicate_bins = (uint32_t)lq_get(u, 4);
    shape.stratum_bins = (uint32_t)lq_get(u, 4);
    shape.n_replicates = (uint32_t)lq_get(u, 4);
    shape.n_strata = (uint32_t)lq_get(u, 4);
    shape.fine_cells = (uint32_t)lq_get(u, 4);
    shape.weight_log2 = (uint32_t)lq_get(u, 4);
    return shape;
}

/* False when the entry cannot have come from a tally; an allocation failure is remembered. */
static bool get_bin(lq_unpacker *u, lq_tally *tally, uint64_t *weight)
{
    const uint32_t key = (uint32_t)lq_get(u, 4), bits = tally->pooled.bits;
    lq_bin bin = {.weight = lq_get(u, 8)};
    bin.sum.lo = lq_get(u, 8);
    bin.sum.hi = lq_get(u, 8);
    const uint64_t min = lq_get(u, 8), max = lq_get(u, 8);
    bin.min = lq_double_of(min);
    bin.max = lq_double_of(max);
    if (u->cut || bin.weight == 0 || !(bin.min <= bin.max)) return false;
    if (!(bin.min > -LQ_TALLY_LIMIT && bin.max < LQ_TALLY_LIMIT)) return false;
    if (lq_key_of(min, bits) != key || lq_key_of(max, bits) != key) return false;
    unsigned char *page = lq_bins_page(&tally->pooled, key >> bits);
    if (!page) {
        tally->failed = true;
        return true;
    }
    const uint32_t offset = key & ((1u << bits) - 1);
    lq_slot *slot = lq_bins_slot(&tally->pooled, page, offset);
    if (slot->weight != 0) return false;
    slot->weight = bin.weight;
    slot->min = bin.min;
    slot->max = bin.max;
    lq_slot_add(slot, &lq_bins_high(&tally->pooled, page)[offset], lq_sum_value(bin.sum));
    *weight += bin.weight;
    return true;
}

static bool get_bins(lq_unpacker *u, lq_tally *tally)
{
    uint64_t weight = 0;
    for (uint64_t left = lq_get(u, 4); left > 0; left--)
        if (!get_bin(u, tally, &weight) || tally->failed) return false;
    return !u->cut && weight == tally->weight;
}

static bool get_rows(lq_unpacker *u, lq_tally *tally, lq_rows *rows, uint64_t *weight)
{
    for (uint32_t p = 0; p < LQ_PAGES; p++) {
        const uint64_t n_entries = lq_get(u, 4);
        if (n_entries > page_len(rows) || n_entries * 12 > u->len - u->at) return false;
        uint64_t *page = n_entries > 0 ? lq_rows_wide(rows, p) : NULL;
        if (n_entries > 0 && !page) {
            tally->failed = true;
            return false;
        }
        for (uint64_t left = n_entries; left > 0; left--) {
            const uint64_t index = lq_get(u, 4), entry = lq_get(u, 8);
            if (index >= page_len(rows) || entry == 0 || page[index] != 0) return false;
            page[index] = entry;
            *weight += entry;
        }
    }
    return !u->cut;
}

/* Cells lie under bins, which were read before. */
static bool get_cell(lq_unpacker *u, lq_tally *tally, uint32_t page, uint64_t *weight)
{
    const uint64_t index = lq_get(u, 4), entry = lq_get(u, 8);
    if (u->cut || index >= tally->shape.fine_cells || entry == 0) return false;
    if (cell_weight(&tally->pooled, page, index) != 0) return false;
    tally->failed |= !lq_bins_add_cell(&tally->pooled, page, index, entry);
    *weight += entry;
    return !tally->failed;
}

static bool get_cells(lq_unpacker *u, lq_tally *tally)
{
    uint64_t weight = 0;
    for (uint32_t p = 0; p < LQ_PAGES; p++) {
        const uint64_t n_entries = lq_get(u, 4), len = tally->shape.fine_cells;
        if (n_entries > len || n_entries * 12 > u->len - u->at) return false;
        if (n_entries > 0 && !tally->pooled.page[p]) return false;
        for (uint64_t left = n_entries; left > 0; left--)
            if (!get_cell(u, tally, p, &weight)) return false;
    }
    return !u->cut && (!tally->pooled.cell_bits || weight == tally->weight);
}

static bool get_content(lq_unpacker *u, lq_tally *tally)
{
    uint64_t in_replicates = 0, in_strata = 0;
    tally->weight = lq_get(u, 8);
    tally->overflow = lq_get(u, 8);
    for (uint32_t r = 0; r < tally->shape.n_replicates; r++) {
        tally->replicate_sums[r].lo = lq_get(u, 8);
        tally->replicate_sums[r].hi = lq_get(u, 8);
    }
    return get_bins(u, tally) && get_cells(u, tally) &&
           get_rows(u, tally, &tally->replicates, &in_replicates) &&
           get_rows(u, tally, &tally->strata, &in_strata) && u->at == u->len &&
           (tally->replicates.n_rows == 0 || in_replicates == tally->weight) &&
           in_strata <= tally->weight;
}

lq_status lq_tally_unpack(const uint8_t *bytes, size_t len, lq_tally **out, lq_error *err)
{
    *out = NULL;
    lq_unpacker u = {.bytes = bytes, .len = len};
    const bool ours = lq_get(&u, 8) == MAGIC;
    const lq_tally_shape shape = get_shape(&u);
    if (!ours || u.cut || !lq_tally_shape_is_valid(&shape))
        return LQ_FAIL(err, LQ_EPARSE, .key = "tally", .expected = "a packed tally",
                       .got = "other bytes");
    lq_tally *tally = lq_tally_create(&shape);
    if (!tally) return LQ_FAIL(err, LQ_ENOMEM, .key = "tally", .expected = "memory");
    if (get_content(&u, tally)) {
        *out = tally;
        return LQ_OK;
    }
    const bool no_memory = tally->failed;
    lq_tally_destroy(tally);
    if (no_memory) return LQ_FAIL(err, LQ_ENOMEM, .key = "tally", .expected = "memory");
    return LQ_FAIL(err, LQ_EPARSE, .key = "tally", .expected = "a consistent packed tally",
                   .got = "damaged bytes");
}
