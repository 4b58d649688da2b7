/* What is printed, as text, and questions about its lines. */
#ifndef LQ_TEST_PRINTED_H
#define LQ_TEST_PRINTED_H

#include "sample_result.h"

#include "show/screen.h"
#include "show/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* The screen of a frame, to be freed; NULL when it was refused. */
static inline char *printed_screen(const lq_frame *frame, const lq_screen_options *options)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    if (!out) return NULL;
    const lq_status status = lq_screen_print(frame, options, out, NULL);
    fclose(out);
    if (status == LQ_OK) return text;
    free(text);
    return NULL;
}

static inline char *printed_sample(void)
{
    lq_frame *frame = sample_result();
    const lq_screen_options options = {.config = "offers.yaml", .saved = "results/offers.h5"};
    char *text = frame ? printed_screen(frame, &options) : NULL;
    lq_frame_destroy(frame);
    return text;
}

/* Columns of the widest line. */
static inline size_t widest_line(const char *text)
{
    size_t widest = 0;
    while (*text) {
        char line[512];
        const size_t len = strcspn(text, "\n");
        snprintf(line, sizeof line, "%.*s", (int)len, text);
        const size_t columns = lq_text_columns(line);
        if (columns > widest) widest = columns;
        text += len + (text[len] == '\n');
    }
    return widest;
}

/* The first line that begins with the words after its indent; NULL when there is none. */
static inline const char *line_of(const char *text, const char *words)
{
    while (*text) {
        const char *start = text + strspn(text, " ");
        if (strncmp(start, words, strlen(words)) == 0) return text;
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    return NULL;
}

/* Replaces an entry of a variable of one dimension. */
static inline void set_figure(lq_frame *frame, const char *name, size_t i, double value)
{
    const lq_variable *v = lq_frame_find(frame, "/offers", name);
    if (v) v->data.f64[i] = value;
}

/* Replaces the first key of a group's rows. */
static inline void set_key(lq_frame *frame, const char *group, const char *key)
{
    const lq_variable *v = lq_frame_find(frame, group, "key");
    if (v) v->data.text[0] = key;
}

#endif
