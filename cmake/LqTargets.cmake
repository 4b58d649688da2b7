# lq_interface: what every target compiles with.
add_library(lq_interface INTERFACE)
target_compile_features(lq_interface INTERFACE c_std_11)
target_compile_definitions(lq_interface INTERFACE $<BUILD_INTERFACE:_POSIX_C_SOURCE=200809L>)
target_compile_options(lq_interface INTERFACE $<BUILD_INTERFACE:
  -Wall;-Wextra;-Wshadow;-Wconversion;-Wstrict-prototypes;-Wmissing-prototypes;
  -Wdouble-promotion;-Wundef;-Wvla;-Wformat=2;-Wcast-qual;-Wwrite-strings;
  $<$<BOOL:${LQ_WERROR}>:-Werror>;
  $<$<C_COMPILER_ID:Clang>:-Wno-pass-failed;-Wno-double-promotion;-Wno-sign-conversion>;
  -UNDEBUG;-ffp-contract=off;-fno-fast-math;-fno-math-errno;-fno-trapping-math;
  -fstack-protector-strong;-fstack-clash-protection;-fcf-protection>)
# clang takes NAN for a promoted float and an enum for unsigned, and says which simd loops it
# leaves scalar: gcc's word counts for both.
# -UNDEBUG: assert() guards our own mistakes in every build type.
# -ffp-contract=off, no fast math: results are bits (docs/adr/0004).

# What ships is hardened: checked string functions, every address read-only once resolved.
if(NOT LQ_SANITIZE AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_compile_options(lq_interface INTERFACE
                         $<BUILD_INTERFACE:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=3>)
endif()
target_link_options(lq_interface INTERFACE
                    $<BUILD_INTERFACE:-Wl,-z,relro;-Wl,-z,now;-Wl,-z,noexecstack;-Wl,--as-needed>)

# No build path in what is built: two builds of one tree are equal, wherever they stand. Not for
# coverage, whose tool looks for the sources by their full names.
if(NOT CMAKE_C_FLAGS MATCHES "--coverage")
  target_compile_options(lq_interface INTERFACE
                         $<BUILD_INTERFACE:-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=>)
endif()

if(LQ_SANITIZE)
  target_compile_options(lq_interface INTERFACE $<BUILD_INTERFACE:-fsanitize=${LQ_SANITIZE};-fno-sanitize-recover=all;-fno-omit-frame-pointer>)
  target_link_options(lq_interface INTERFACE $<BUILD_INTERFACE:-fsanitize=${LQ_SANITIZE}>)
endif()

# lq_sources(a.c b.c): ordinary files of the library, from the folder of the caller.
function(lq_sources)
  foreach(file ${ARGN})
    target_sources(lq PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    set_source_files_properties(${CMAKE_CURRENT_SOURCE_DIR}/${file} TARGET_DIRECTORY lq
                                PROPERTIES COMPILE_OPTIONS -Wpedantic)
  endforeach()
endfunction()

# lq_kernels(a.c): files compiled once for x86-64-v3 and once for x86-64-v4 (docs/adr/0011), and
# once more in the reference precision (docs/adr/0025). lq_fast_kernels: without the last.
function(lq_fast_kernels)
  foreach(isa v3 v4)
    foreach(file ${ARGN})
      target_sources(lq_kernels_${isa} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    endforeach()
  endforeach()
endfunction()

function(lq_kernels)
  lq_fast_kernels(${ARGN})
  foreach(file ${ARGN})
    target_sources(lq_kernels_ref PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
endfunction()

# What the sanitizers, where they are built in, are told: running out of memory is an answer. Not
# detect_stack_use_after_return: gcc 12 then misplaces locals of 64-byte alignment (bug 110027).
set(LQ_TEST_ENVIRONMENT
    "ASAN_OPTIONS=allocator_may_return_null=1"
    "TSAN_OPTIONS=allocator_may_return_null=1:ignore_noninstrumented_modules=1"
    "UBSAN_OPTIONS=print_stacktrace=1")

# lq_add_test(test_tree): tests/<folder>/test_tree.c becomes the test "<folder>.tree".
function(lq_add_test stem)
  get_filename_component(folder ${CMAKE_CURRENT_SOURCE_DIR} NAME)
  string(REPLACE "test_" "" name ${stem})
  set(target ${folder}_${stem})
  add_executable(${target} ${stem}.c)
  target_link_libraries(${target} PRIVATE lq_test_support)
  add_test(NAME ${folder}.${name} COMMAND ${target})
  set_tests_properties(${folder}.${name} PROPERTIES TIMEOUT 400 LABELS ${folder}
                       ENVIRONMENT "${LQ_TEST_ENVIRONMENT}")
endfunction()

# lq_add_fuzzer(fuzz_tree): tests/fuzz/fuzz_tree.c, whose LLVMFuzzerTestOneInput takes any bytes.
# With LQ_BUILD_FUZZERS a libFuzzer program; in every other build the test "fuzz.tree" runs it
# over the files of corpus/tree, so that what was once found stays found.
function(lq_add_fuzzer stem)
  string(REPLACE "fuzz_" "" name ${stem})
  set(corpus ${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name})
  add_executable(${stem} ${stem}.c)
  target_link_libraries(${stem} PRIVATE lq_test_support)
  if(LQ_BUILD_FUZZERS)
    target_link_options(${stem} PRIVATE -fsanitize=fuzzer)
    add_test(NAME fuzz.${name} COMMAND ${stem} -runs=20000 -seed=1 -max_len=4096 -timeout=10
                                       -artifact_prefix=${CMAKE_CURRENT_BINARY_DIR}/ ${corpus})
  else()
    target_sources(${stem} PRIVATE replay.c)
    add_test(NAME fuzz.${name} COMMAND ${stem} ${corpus})
  endif()
  set_tests_properties(fuzz.${name} PROPERTIES TIMEOUT 300 LABELS fuzz)
endfunction()
