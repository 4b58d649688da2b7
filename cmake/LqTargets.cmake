# lq_interface: what every target compiles with.
add_library(lq_interface INTERFACE)
target_compile_features(lq_interface INTERFACE c_std_11)
target_compile_definitions(lq_interface INTERFACE $<BUILD_INTERFACE:_POSIX_C_SOURCE=200809L>)
target_compile_options(lq_interface INTERFACE $<BUILD_INTERFACE:
  -Wall;-Wextra;-Wshadow;-Wconversion;-Wstrict-prototypes;-Wmissing-prototypes;
  -Wdouble-promotion;-Wundef;-Wvla;-Wformat=2;-Wcast-qual;-Wwrite-strings;
  $<$<BOOL:${LQ_WERROR}>:-Werror>;
  -UNDEBUG;-ffp-contract=off;-fno-fast-math;-fno-math-errno;-fno-trapping-math;-fstack-protector-strong>)
# -UNDEBUG: assert() guards our own mistakes in every build type.
# -ffp-contract=off, no fast math: results are bits (docs/adr/0004).
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

# lq_kernels(a.c): files compiled once for x86-64-v3 and once for x86-64-v4 (docs/adr/0011).
function(lq_kernels)
  foreach(isa v3 v4)
    foreach(file ${ARGN})
      target_sources(lq_kernels_${isa} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    endforeach()
  endforeach()
endfunction()

# lq_add_test(test_tree): tests/<folder>/test_tree.c becomes the test "<folder>.tree".
function(lq_add_test stem)
  get_filename_component(folder ${CMAKE_CURRENT_SOURCE_DIR} NAME)
  string(REPLACE "test_" "" name ${stem})
  set(target ${folder}_${stem})
  add_executable(${target} ${stem}.c)
  target_link_libraries(${target} PRIVATE lq_test_support)
  add_test(NAME ${folder}.${name} COMMAND ${target})
  set_tests_properties(${folder}.${name} PROPERTIES TIMEOUT 120 LABELS ${folder})
endfunction()
