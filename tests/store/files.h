/* Folders of their own for tests that write, and whole files in memory. */
#ifndef LQ_TEST_FILES_H
#define LQ_TEST_FILES_H

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_CHARS = 64, NAME_CHARS = 512 };

/* A fresh folder as *state, removed by leave_folder. */
static inline int enter_folder(void **state)
{
    char *folder = malloc(FOLDER_CHARS);
    if (!folder) return -1;
    snprintf(folder, FOLDER_CHARS, "/tmp/lq-store-XXXXXX");
    *state = mkdtemp(folder);
    return *state ? 0 : -1;
}

static inline int leave_folder(void **state)
{
    char command[NAME_CHARS];
    snprintf(command, sizeof command, "rm -rf -- '%s'", (char *)*state);
    const int rc = system(command);
    free(*state);
    return rc;
}

/* Names of the folder's entries that are not . or .. */
static inline int count_entries(const char *folder)
{
    int n = 0;
    DIR *dir = opendir(folder);
    if (!dir) return -1;
    for (const struct dirent *e = readdir(dir); e; e = readdir(dir))
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(dir);
    return n;
}

static inline const char *in_folder(void **state, const char *name, char out[NAME_CHARS])
{
    snprintf(out, NAME_CHARS, "%s/%s", (const char *)*state, name);
    return out;
}

/* The bytes of a file, to be freed; NULL if there is none. */
static inline unsigned char *slurp(const char *path, size_t *n)
{
    struct stat found;
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    unsigned char *bytes = fstat(fileno(file), &found) == 0 && found.st_size >= 0
                               ? malloc((size_t)found.st_size + 1)
                               : NULL;
    *n = bytes ? fread(bytes, 1, (size_t)found.st_size, file) : 0;
    fclose(file);
    return bytes;
}

static inline bool spill(const char *path, const void *bytes, size_t n)
{
    FILE *file = fopen(path, "wb");
    if (!file) return false;
    const bool done = fwrite(bytes, 1, n, file) == n;
    return fclose(file) == 0 && done;
}

static inline bool same_files(const char *a, const char *b)
{
    size_t na = 0, nb = 0;
    unsigned char *bytes_a = slurp(a, &na), *bytes_b = slurp(b, &nb);
    const bool same = bytes_a && bytes_b && na == nb && memcmp(bytes_a, bytes_b, na) == 0;
    free(bytes_a);
    free(bytes_b);
    return same;
}

#endif
