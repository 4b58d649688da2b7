#include "config/json.h"

static void put_string(FILE *out, const char *text)
{
    fputc('"', out);
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            fprintf(out, "\\%c", *c);
        else if ((unsigned char)*c < 0x20)
            fprintf(out, "\\u%04x", (unsigned)(unsigned char)*c);
        else
            fputc(*c, out);
    }
    fputc('"', out);
}

static void begin(lq_json *json, const char *key)
{
    if (json->has_member) fputc(',', json->out);
    if (json->depth) fprintf(json->out, "\n%*s", 2 * json->depth, "");
    json->has_member = true;
    if (!key) return;
    put_string(json->out, key);
    fputs(": ", json->out);
}

void lq_json_open(lq_json *json, const char *key, char bracket)
{
    begin(json, key);
    fputc(bracket, json->out);
    json->depth++;
    json->has_member = false;
}

void lq_json_close(lq_json *json, char bracket)
{
    json->depth--;
    if (json->has_member) fprintf(json->out, "\n%*s", 2 * json->depth, "");
    fputc(bracket, json->out);
    json->has_member = true;
    if (json->depth == 0) fputc('\n', json->out);
}

void lq_json_text(lq_json *json, const char *key, const char *text)
{
    begin(json, key);
    put_string(json->out, text);
}

void lq_json_raw(lq_json *json, const char *key, const char *fragment)
{
    begin(json, key);
    fputs(fragment, json->out);
}
