/* Runs a fuzzer's function over the files of the folders given: what it once found stays found.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t *read_all(const char *name, size_t *size)
{
    FILE *file = fopen(name, "rb");
    if (!file) return NULL;
    struct stat about;
    uint8_t *data = fstat(fileno(file), &about) == 0 ? malloc((size_t)about.st_size + 1) : NULL;
    *size = data ? fread(data, 1, (size_t)about.st_size, file) : 0;
    fclose(file);
    return data;
}

static int replay(const char *name)
{
    size_t size;
    uint8_t *data = read_all(name, &size);
    if (!data) {
        perror(name);
        return 1;
    }
    printf("%s\n", name);
    fflush(stdout); /* so that a crash is preceded by the name of its file */
    /* A copy of the exact size: one byte too far is seen by the sanitizer. */
    uint8_t *exact = realloc(data, size ? size : 1);
    LLVMFuzzerTestOneInput(exact ? exact : data, size);
    free(exact ? exact : data);
    return 0;
}

static int replay_folder(const char *folder, int *n_files)
{
    struct dirent **entries;
    const int n = scandir(folder, &entries, NULL, alphasort);
    int bad = n < 0;
    if (n < 0) perror(folder);
    for (int i = 0; i < n; i++) {
        char name[4096];
        const int len = snprintf(name, sizeof name, "%s/%s", folder, entries[i]->d_name);
        struct stat about;
        const int fits = len > 0 && (size_t)len < sizeof name;
        if (fits && stat(name, &about) == 0 && S_ISREG(about.st_mode)) {
            bad |= replay(name);
            ++*n_files;
        }
        free(entries[i]);
    }
    if (n >= 0) free(entries);
    return bad;
}

int main(int argc, char **argv)
{
    int n_files = 0, bad = argc < 2;
    for (int i = 1; i < argc; i++)
        bad |= replay_folder(argv[i], &n_files);
    printf("%d inputs\n", n_files);
    return bad || n_files == 0;
}
