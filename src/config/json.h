/**
 * @file json.h
 * Writes indented JSON in the order of the calls.
 */
#ifndef LQ_CONFIG_JSON_H
#define LQ_CONFIG_JSON_H

#include <stdbool.h>
#include <stdio.h>

typedef struct lq_json {
    FILE *out;
    int depth;
    bool has_member; /**< Of the object or array that is open. */
} lq_json;

/** Opens '{' or '['; key is NULL at the top and in arrays. */
void lq_json_open(lq_json *json, const char *key, char bracket);
void lq_json_close(lq_json *json, char bracket);

/** A string, escaped; a fragment that is JSON already. */
void lq_json_text(lq_json *json, const char *key, const char *text);
void lq_json_raw(lq_json *json, const char *key, const char *fragment);

#endif
