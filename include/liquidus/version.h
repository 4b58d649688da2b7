/**
 * @file version.h
 * Which liquidus this is: for `--version`, the manifest of a result file, and bug reports.
 *
 * All texts are constants of the build; none is NULL and none needs to be freed.
 */
#ifndef LIQUIDUS_VERSION_H
#define LIQUIDUS_VERSION_H

/** Semantic version, e.g. "0.1.0". */
const char *lq_version(void);

/** Git revision the library was built from, 12 hex digits, "-dirty" appended when tracked files
 *  differed from it; "" when the source was no git checkout. */
const char *lq_revision(void);

/** Compiler and its version, e.g. "GNU 12.2.0". */
const char *lq_compiler(void);

#endif
