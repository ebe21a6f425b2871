# Shared libraries of cases. Compile time is the corpus's cost: all variants share one precompiled header.

# Results record these.
set(HYBUGS_CASE_FLAGS -O1 -g1 -pthread -Wall -Wextra)

# The same options for the precompiled header and for every variant, or the compiler refuses the header.
function(hybugs_case_options target)
  target_link_libraries(${target} PRIVATE hybugs_torch)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_options(${target} PRIVATE ${HYBUGS_CASE_FLAGS})
  set_target_properties(${target} PROPERTIES
    CXX_STANDARD ${HYBUGS_TORCH_CXX_STANDARD}
    POSITION_INDEPENDENT_CODE ON
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON)
endfunction()

function(hybugs_add_case_pch)
  if(TARGET hybugs_case_pch)
    return()
  endif()
  add_library(hybugs_case_pch STATIC ${PROJECT_SOURCE_DIR}/harness/cmake/pch.cpp)
  hybugs_case_options(hybugs_case_pch)
  target_precompile_headers(hybugs_case_pch PRIVATE ${PROJECT_SOURCE_DIR}/harness/sdk/program.h)
endfunction()

# hybugs_add_variant(<group> <source> <folder>): <source> becomes <folder>/<name>.so, built by the target <group>.
function(hybugs_add_variant group source folder)
  hybugs_add_case_pch()
  get_filename_component(name ${source} NAME_WE)
  set(target ${group}.${name})
  add_library(${target} MODULE EXCLUDE_FROM_ALL ${source})
  hybugs_case_options(${target})
  target_precompile_headers(${target} REUSE_FROM hybugs_case_pch)
  set_target_properties(${target} PROPERTIES PREFIX "" SUFFIX ".so" OUTPUT_NAME ${name}
    LIBRARY_OUTPUT_DIRECTORY ${folder})
  if(NOT TARGET ${group})
    add_custom_target(${group})
  endif()
  add_dependencies(${group} ${target})
endfunction()

# hybugs_add_cases(<target> <folder> <output>): every <folder>/<id>/<variant>.cpp becomes <output>/<id>/<variant>.so;
# the target case.<id> builds one case, <target> all of them.
function(hybugs_add_cases target folder output)
  add_custom_target(${target})
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*/*.cpp)
  foreach(source IN LISTS sources)
    get_filename_component(id ${source} DIRECTORY)
    get_filename_component(id ${id} NAME)
    hybugs_add_variant(case.${id} ${source} ${output}/${id})
    add_dependencies(${target} case.${id})
  endforeach()
endfunction()
