#include "config/schema.h"

#include <ctype.h>
#include <string.h>

enum { MAX_WORD = 48 };

/* Case and the choice of dash never make two words different. */
static int fold(char c)
{
    return c == '_' ? '-' : tolower((unsigned char)c);
}

static int smallest(int a, int b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: Damerau-Levenshtein in which no letter is edited twice. */
static int distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    int rows[3][MAX_WORD + 1];
    for (size_t j = 0; j <= b_len; j++)
        rows[0][j] = (int)j;
    for (size_t i = 1; i <= a_len; i++) {
        int *now = rows[i % 3];
        const int *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        now[0] = (int)i;
        for (size_t j = 1; j <= b_len; j++) {
            const int same = fold(a[i - 1]) == fold(b[j - 1]);
            now[j] = smallest(last[j - 1] + !same, smallest(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) &&
                fold(a[i - 2]) == fold(b[j - 1]))
                now[j] = smallest(now[j], before[j - 2] + 1);
        }
    }
    return rows[a_len % 3][b_len];
}

static int largest_distance(size_t len)
{
    if (len <= 3) return 1;
    return len < 6 ? 2 : smallest((int)(len / 3), 6);
}

/* "vol" for "volatility": a start of at least three letters that fits one word alone. */
static const char *only_completion(const char *word, size_t len, const char *const *candidates,
                                   size_t n)
{
    const char *found = NULL;
    if (len < 3) return NULL;
    for (size_t i = 0; i < n; i++) {
        if (strncmp(word, candidates[i], len) != 0) continue;
        if (found) return NULL;
        found = candidates[i];
    }
    return found;
}

const char *lq_suggest(const char *word, const char *const *candidates, size_t n)
{
    const size_t len = strlen(word);
    if (len == 0 || len > MAX_WORD) return NULL;
    int best = largest_distance(len) + 1;
    const char *found = NULL;
    for (size_t i = 0; i < n; i++) {
        const size_t candidate_len = strlen(candidates[i]);
        if (candidate_len > MAX_WORD) continue;
        const int d = distance(word, len, candidates[i], candidate_len);
        if (d < best) {
            best = d;
            found = candidates[i];
        }
    }
    return found ? found : only_completion(word, len, candidates, n);
}
