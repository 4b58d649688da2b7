#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { UPDATES_PER_SECOND = 5 };

bool lq_terminal_has_colour(FILE *stream)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    if (no && *no) return false;
    return isatty(fileno(stream)) && term && strcmp(term, "dumb") != 0;
}

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

lq_progress lq_progress_begin(FILE *stream)
{
    const bool watched = stream && isatty(fileno(stream));
    return (lq_progress){.out = watched ? stream : NULL, .started_s = now_s()};
}

void lq_progress_show(void *context, uint64_t done, uint64_t total)
{
    lq_progress *p = context;
    if (!p->out) return;
    const double now = now_s(), elapsed = now - p->started_s;
    if (now - p->shown_s < 1.0 / UPDATES_PER_SECOND || elapsed <= 0.0) return;
    p->shown_s = now;
    const double rate = (double)done / elapsed;
    const double left = done > 0 && total > done ? (double)(total - done) / rate : 0.0;
    fprintf(p->out, "\r%3.0f %%  %.3g M paths/s  %.0f s left \033[K",
            total ? 100.0 * (double)done / (double)total : 0.0, 1e-6 * rate, left);
    fflush(p->out);
    p->visible = true;
}

void lq_progress_end(lq_progress *p)
{
    if (p->visible) fputs("\r\033[K", p->out);
    p->visible = false;
}
