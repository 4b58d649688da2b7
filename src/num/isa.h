/**
 * @file isa.h
 * Names of functions that are compiled once per instruction-set level.
 *
 * A kernel file defines LQ_KERNEL(lq_fill_normals); the build compiles it with LQ_ISA=v3 and
 * LQ_ISA=v4 into lq_fill_normals_v3 and _v4 (docs/adr/0011). Same source, same bits.
 */
#ifndef LQ_NUM_ISA_H
#define LQ_NUM_ISA_H

#define LQ_JOIN2(a, b) a##_##b
#define LQ_JOIN(a, b)  LQ_JOIN2(a, b)

#ifdef LQ_ISA
#define LQ_KERNEL(name) LQ_JOIN(name, LQ_ISA)
#endif

#define LQ_INLINE static inline __attribute__((always_inline, unused))

#endif
