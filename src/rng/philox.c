#include "rng/philox.h"

#include <string.h>

void lq_philox4x32(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c[4], k0 = key[0], k1 = key[1];
    memcpy(c, counter, sizeof c);
    for (int round = 0; round < 10; round++) {
        const uint64_t p0 = (uint64_t)c[0] * 0xD2511F53u, p1 = (uint64_t)c[2] * 0xCD9E8D57u;
        c[0] = (uint32_t)(p1 >> 32) ^ c[1] ^ k0;
        c[1] = (uint32_t)p1;
        c[2] = (uint32_t)(p0 >> 32) ^ c[3] ^ k1;
        c[3] = (uint32_t)p0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    memcpy(out, c, sizeof c);
}

lq_philox_key lq_philox_key_make(uint64_t seed, lq_domain domain)
{
    const uint32_t counter[4] = {(uint32_t)domain, 0, 0, 0};
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    uint32_t out[4];
    lq_philox4x32(counter, key, out);
    return (lq_philox_key){out[0], out[1]};
}

uint32_t lq_name_hash24(const char *name)
{
    uint64_t h = 0xcbf29ce484222325ull;
    for (; *name; name++)
        h = (h ^ (unsigned char)*name) * 0x100000001b3ull;
    return (uint32_t)(h ^ (h >> 24) ^ (h >> 48)) & 0xffffffu;
}

uint32_t lq_stream_make(lq_purpose purpose, const char *name)
{
    return (uint32_t)purpose << 24 | (name ? lq_name_hash24(name) : 0u);
}

double lq_uniform_at(lq_philox_key key, uint64_t path, uint32_t stream, uint32_t draw, int word)
{
    const uint32_t counter[4] = {(uint32_t)path, (uint32_t)(path >> 32), draw, stream};
    const uint32_t k[2] = {key.k0, key.k1};
    uint32_t out[4];
    lq_philox4x32(counter, k, out);
    return ((double)out[word] + 0.5) * 0x1p-32;
}
