/**
 * @file parse.h
 * One YAML text to nodes, by libyaml's events.
 */
#ifndef LQ_CONFIG_PARSE_H
#define LQ_CONFIG_PARSE_H

#include "config/node.h"
#include "config/source.h"

/**
 * Reads a checked source. Caps hold while events stream. Aliases, anchors, tags and repeated
 * keys are problems after which reading goes on; malformed YAML and a spent cap end it.
 *
 * @return The root, of any kind; NULL after a problem that ended it, or when the text holds no
 *         document (no problem is added for that).
 */
lq_node *lq_parse_yaml(lq_source *source, lq_budget *budget);

#endif
