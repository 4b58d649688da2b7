#include "scenario/returns.h"

#include "scenario/regimes.h"

#include "config/source.h"
#include "num/scalar.h"

#include <math.h>
#include <string.h>

/* Histories of monthly returns: from a file or the config, all cut to the months that they
 * share. */

enum { MOST_TOLD = 5, MOST_MONTHS = 2400 };

/* ---- months ---- */

/* "2008-09", and whatever follows it as a day; -1: no month. */
static int month_of(const char *text)
{
    int year = 0, month = 0;
    if (strspn(text, "0123456789") != 4 || text[4] != '-') return -1;
    for (int i = 0; i < 4; i++)
        year = 10 * year + (text[i] - '0');
    if (strspn(text + 5, "0123456789") != 2) return -1;
    month = 10 * (text[5] - '0') + (text[6] - '0');
    if (month < 1 || month > 12 || (text[7] != '\0' && text[7] != '-')) return -1;
    return 12 * year + month - 1;
}

static const char *month_text(lq_resolver *r, int month)
{
    return lq_arena_printf(r->reader.arena, "%04d-%02d", month / 12, month % 12 + 1);
}

/* ---- one file ---- */

typedef struct csv {
    lq_resolver *r;
    lq_source source;
    const char *key; /* of the config, for messages */
    size_t column;   /* of the series, counted from 0 */
    int line;
    int told;
    double *simple;
    size_t n;
    int first_month;
} csv;

typedef struct cell {
    char text[64];
    int column; /* in the file, counted from 1 */
    bool exists;
} cell;

/* The n-th cell of a line, without the spaces and quotes around it. */
static cell cell_of(const char *line, size_t n)
{
    cell out = {.column = 1};
    const char *at = line;
    for (size_t i = 0; i < n; i++) {
        const char *comma = strchr(at, ',');
        if (!comma) {
            out.column = (int)strlen(line) + 1;
            return out;
        }
        at = comma + 1;
    }
    const char *end = at + strcspn(at, ",");
    while (at < end && strchr(" \t\"", *at))
        at++;
    while (end > at && strchr(" \t\"", end[-1]))
        end--;
    const size_t len =
        (size_t)(end - at) < sizeof out.text - 1 ? (size_t)(end - at) : sizeof out.text - 1;
    memcpy(out.text, at, len);
    out.column = (int)(at - line) + 1;
    out.exists = true;
    return out;
}

static void complain_at(csv *f, int column, const char *expected, const char *found,
                        const char *hint)
{
    if (f->told++ >= MOST_TOLD) return;
    const lq_problem problem = {.mark = {f->source.name, f->line, column},
                                .key = f->key,
                                .expected = expected,
                                .found = found,
                                .hint = hint,
                                .source_line =
                                    lq_source_line(&f->source, f->line, f->r->reader.arena)};
    lq_problems_add(f->r->reader.problems, &problem);
}

static bool read_header(csv *f, const char *line, const char *column)
{
    const char *names = "";
    for (size_t i = 1;; i++) {
        const cell name = cell_of(line, i);
        if (!name.exists) break;
        if (strcmp(name.text, column) == 0) {
            f->column = i;
            return true;
        }
        names =
            lq_arena_printf(f->r->reader.arena, "%s%s%s", names, i > 1 ? ", " : "", name.text);
    }
    complain_at(f, 1, lq_arena_printf(f->r->reader.arena, "a column named %s", column),
                names[0] ? names : "no column beside the dates", NULL);
    return false;
}

/* Why the cell holds no return, or NULL. */
static const char *read_return(const cell *c, double *out)
{
    lq_value value = {0};
    if (!c->exists || !c->text[0]) return "an empty cell";
    if (lq_value_parse(c->text, LQ_MEASURE_FRACTION, &value)) return c->text;
    if (!lq_value_is_constant(&value) || !(value.p[0] > -1.0)) return c->text;
    *out = value.p[0];
    return NULL;
}

static void read_row(csv *f, const char *line)
{
    const cell date = cell_of(line, 0), figure = cell_of(line, f->column);
    const int month = month_of(date.text), due = f->first_month + (int)f->n;
    double simple = 0.0;
    if (month < 0) {
        complain_at(f, date.column, "a month such as 2008-09", date.text, NULL);
        return;
    }
    if (f->n && month != due) {
        complain_at(f, date.column,
                    lq_arena_printf(f->r->reader.arena, "%s, the month that follows",
                                    month_text(f->r, due)),
                    date.text, "a history has every month once, in order");
        f->first_month = month - (int)f->n; /* told once, not in every line after it */
    }
    const char *found = read_return(&figure, &simple);
    if (found)
        complain_at(f, figure.column, "a return of the month, 1.2% or 0.012, above -100 %",
                    found, "a hole cannot be filled: leave out the months up to it");
    if (f->n == 0) f->first_month = month;
    if (f->n < MOST_MONTHS)
        f->simple[f->n++] = simple;
    else
        complain_at(f, 1, "at most 2,400 months", date.text, NULL);
}

/* The whole line: messages show the first 200 bytes of it. */
static const char *line_at(const csv *f, size_t i)
{
    const lq_source *s = &f->source;
    const size_t start = s->line_start[i];
    size_t end = i + 1 < s->n_lines ? s->line_start[i + 1] : s->len;
    while (end > start && (s->text[end - 1] == '\n' || s->text[end - 1] == '\r'))
        end--;
    return lq_arena_strndup(f->r->reader.arena, s->text + start, end - start);
}

static void read_lines(csv *f, const char *column)
{
    bool has_header = false;
    for (size_t i = 0; i < f->source.n_lines; i++) {
        f->line = (int)i + 1;
        const char *line = line_at(f, i);
        if (!line || line[0] == '#' || line[strspn(line, " \t,")] == '\0') continue;
        if (has_header)
            read_row(f, line);
        else if (!read_header(f, line, column))
            return;
        has_header = true;
    }
    if (!has_header) complain_at(f, 1, "a line of names, then months", "nothing", NULL);
}

/* As seen from the file in which it is written. */
static const char *path_of(lq_resolver *r, const lq_node *node, const char *path)
{
    const char *from = node->mark.file ? node->mark.file : "";
    const char *slash = strrchr(from, '/');
    if (path[0] == '/' || !slash) return path;
    return lq_arena_printf(r->reader.arena, "%.*s/%s", (int)(slash - from), from, path);
}

static lq_status read_file(lq_resolver *r, const lq_node *node, lq_returns *out, lq_error *err)
{
    const lq_node *named = lq_child(node, "file") ? lq_child(node, "file") : node;
    csv f = {.r = r, .key = lq_node_address(named, r->reader.arena)};
    const char *column = out->column ? out->column : "return";
    const lq_status status =
        lq_source_load(path_of(r, named, out->file), named, r->reader.arena, r->reader.problems,
                       &f.source, err);
    if (status == LQ_ENOMEM) return status;
    f.source.first_line = 1;
    if (status != LQ_OK || !lq_source_check(&f.source, r->reader.arena, r->reader.problems))
        return LQ_OK; /* told */
    f.simple = lq_arena_calloc(r->reader.arena, MOST_MONTHS, sizeof *f.simple);
    if (!f.simple) return LQ_OK;
    read_lines(&f, column);
    if (f.told) return LQ_OK;
    out->simple = f.simple;
    out->n = f.n;
    out->first_month = f.first_month;
    return LQ_OK;
}

/* ---- values in the config ---- */

static void take_values(lq_resolver *r, const lq_node *node, lq_returns *out)
{
    const lq_value *values = out->values.items;
    double *simple = lq_arena_calloc(r->reader.arena, out->values.len, sizeof *simple);
    const int from = out->from ? month_of(out->from) : -1;
    if (from < 0) {
        lq_node_problem(node, r->reader.problems, "from: the month of the first value, 2008-09",
                        out->from ? out->from : "none", NULL);
        return;
    }
    for (size_t i = 0; simple && i < out->values.len; i++)
        simple[i] = values[i].p[0];
    out->simple = simple;
    out->n = out->values.len;
    out->first_month = from;
}

static lq_status read_one(lq_resolver *r, const lq_node *node, lq_returns *out, lq_error *err)
{
    if (out->n || !lq_is_sound(r, node)) return LQ_OK;
    if (out->file && out->values.len) {
        lq_node_problem(node, r->reader.problems, "file or values", "both", NULL);
        return LQ_OK;
    }
    if (out->file) return read_file(r, node, out, err);
    if (out->values.len) take_values(r, node, out);
    return LQ_OK;
}

/* ---- all of them ---- */

typedef struct histories {
    lq_returns *list[LQ_MOST_HISTORIES];
    const char *name[LQ_MOST_HISTORIES];
    const lq_node *node[LQ_MOST_HISTORIES];
    size_t n;
} histories;

static lq_status add(lq_resolver *r, histories *h, lq_returns *returns, const char *name,
                     const lq_node *owner, lq_error *err)
{
    const lq_node *node = lq_child(owner, "returns");
    if (!returns->file && !returns->values.len) return LQ_OK; /* check_models.c asks for it */
    if (h->n == LQ_MOST_HISTORIES) {
        lq_node_problem(node ? node : r->root, r->reader.problems, "at most 64 histories",
                        "more", NULL);
        return LQ_OK;
    }
    LQ_TRY(read_one(r, node ? node : r->root, returns, err));
    if (returns->n == 0) return LQ_OK;
    h->list[h->n] = returns;
    h->name[h->n] = name;
    h->node[h->n++] = node ? node : r->root;
    return LQ_OK;
}

static int last_month(const lq_returns *returns)
{
    return returns->first_month + (int)returns->n - 1;
}

static void fill_logs(lq_resolver *r, lq_returns *returns)
{
    double *logs = lq_arena_calloc(r->reader.arena, returns->n, sizeof *logs);
    for (size_t i = 0; logs && i < returns->n; i++)
        logs[i] = lq_log(1.0 + returns->simple[i]);
    returns->log_return = logs;
}

/* Cuts all to the months that all have. */
static bool align(lq_resolver *r, const histories *h)
{
    int first = 0, last = 24 * 10000;
    for (size_t i = 0; i < h->n; i++) {
        if (h->list[i]->first_month > first) first = h->list[i]->first_month;
        if (last_month(h->list[i]) < last) last = last_month(h->list[i]);
    }
    const char *spans = "";
    for (size_t i = 0; i < h->n; i++)
        spans = lq_arena_printf(r->reader.arena, "%s%s%s %s to %s", spans, i ? ", " : "",
                                h->name[i], month_text(r, h->list[i]->first_month),
                                month_text(r, last_month(h->list[i])));
    if (last - first + 1 < LQ_LEAST_RETURNS) {
        lq_node_problem(h->node[h->n - 1], r->reader.problems,
                        "histories that share at least 24 months", spans, NULL);
        return false;
    }
    for (size_t i = 0; i < h->n; i++) {
        lq_returns *x = h->list[i];
        x->simple += first - x->first_month;
        x->first_month = first;
        x->n = (size_t)(last - first) + 1;
        fill_logs(r, x);
        if (!x->log_return || lq_returns_sd(x) > 0.0) continue;
        lq_node_problem(h->node[i], r->reader.problems, "returns that differ",
                        "the same every month", NULL);
        return false;
    }
    return true;
}

static lq_value derived(double x, const char *source)
{
    lq_value value = lq_value_constant(x);
    value.source = source;
    return value;
}

/* What the histories say, so that nothing else has to. */
static void derive(lq_scenario *s)
{
    static const char source[] = "worked out from its monthly returns";
    lq_company *companies = s->companies.items;
    const lq_returns *market = &s->market.returns;
    s->market.volatility = derived(sqrt(12.0) * lq_returns_sd(market), source);
    for (size_t i = 0; i < s->companies.len; i++) {
        lq_company *c = &companies[i];
        if (c->model != LQ_MODEL_BOOTSTRAP || !c->returns.log_return) continue;
        c->volatility = derived(sqrt(12.0) * lq_returns_sd(&c->returns), source);
        c->beta = derived(lq_returns_beta(&c->returns, market), source);
        c->correlation = (lq_value){0};
    }
}

lq_status lq_resolve_returns(lq_resolver *r, lq_error *err)
{
    lq_scenario *s = r->scenario;
    lq_company *companies = s->companies.items;
    histories h = {.n = 0};
    if (s->market.model == LQ_MARKET_REGIME && s->market.regimes.len <= LQ_MAX_REGIMES) {
        const double volatility = lq_regimes_volatility(&s->market.regimes);
        s->market.volatility = derived(volatility, "worked out from the regimes");
    }
    if (s->market.model != LQ_MARKET_BOOTSTRAP) return LQ_OK;
    LQ_TRY(add(r, &h, &s->market.returns, "market", lq_child(r->root, "market"), err));
    for (size_t i = 0; i < s->companies.len; i++)
        if (companies[i].model == LQ_MODEL_BOOTSTRAP)
            LQ_TRY(add(r, &h, &companies[i].returns, companies[i].id,
                       lq_child(lq_child(r->root, "companies"), companies[i].id), err));
    if (lq_problems_count(r->reader.problems) == 0 && s->market.returns.n && align(r, &h))
        derive(s);
    return LQ_OK;
}
