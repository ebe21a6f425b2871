# Shared libraries of cases. Compile time is the corpus's cost: all variants share one precompiled header.
# Part of the installed package, too: HyBugs::sdk is then imported.

# Results record these.
set(HYBUGS_CASE_FLAGS -g1 -pthread -Wall -Wextra)
# Of cases that are timed. The others are a thin layer over LibTorch: to optimise it takes longer than all the rest.
set(HYBUGS_TIMED_FLAG -O1)
set(HYBUGS_UNTIMED_FLAG -O0)

# hybugs_case_options(<target> <flag>): the same options for the precompiled header and for every variant, or the
# compiler refuses the header. <flag> is one of the two above.
function(hybugs_case_options target flag)
  target_link_libraries(${target} PRIVATE HyBugs::sdk)
  target_compile_options(${target} PRIVATE ${HYBUGS_CASE_FLAGS} ${flag})
  set_target_properties(${target} PROPERTIES
    CXX_STANDARD ${HYBUGS_TORCH_CXX_STANDARD}
    POSITION_INDEPENDENT_CODE ON
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON)
endfunction()

# The precompiled header for <flag> is hybugs_case_pch<flag>, such as hybugs_case_pch-O1.
function(hybugs_add_case_pch flag)
  set(pch hybugs_case_pch${flag})
  if(TARGET ${pch})
    return()
  endif()
  add_library(${pch} STATIC ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/pch.cpp)
  hybugs_case_options(${pch} ${flag})
  target_precompile_headers(${pch} PRIVATE
    ${HYBUGS_HEADERS}/harness/sdk/program.h ${HYBUGS_HEADERS}/harness/sdk/stamp.h)
endfunction()

# hybugs_flag_of_case(<variable> <folder>): how the variants of the case in <folder> are optimised.
function(hybugs_flag_of_case variable folder)
  set(flag ${HYBUGS_UNTIMED_FLAG})
  if(EXISTS ${folder}/case.yaml)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/case.yaml)
    file(STRINGS ${folder}/case.yaml timed REGEX "^symptom: *(slow|memory)")
    if(timed)
      set(flag ${HYBUGS_TIMED_FLAG})
    endif()
  endif()
  set(${variable} ${flag} PARENT_SCOPE)
endfunction()

# hybugs_add_variant(<group> <source> <folder> [<flag>]): <source> becomes <folder>/<name>.so, built by the target
# <group>.
function(hybugs_add_variant group source folder)
  set(flag ${ARGV3})
  if(NOT flag)
    set(flag ${HYBUGS_UNTIMED_FLAG})
  endif()
  hybugs_add_case_pch(${flag})
  get_filename_component(name ${source} NAME_WE)
  set(target ${group}.${name})
  add_library(${target} MODULE EXCLUDE_FROM_ALL ${source})
  hybugs_case_options(${target} ${flag})
  target_precompile_headers(${target} REUSE_FROM hybugs_case_pch${flag})
  set_target_properties(${target} PROPERTIES PREFIX "" SUFFIX ".so" OUTPUT_NAME ${name}
    LIBRARY_OUTPUT_DIRECTORY ${folder})
  if(NOT TARGET ${group})
    add_custom_target(${group})
  endif()
  add_dependencies(${group} ${target})
endfunction()

# hybugs_add_cases(<target> <folder> <output> [<prefix>]): every <folder>/<id>/<variant>.cpp becomes
# <output>/<id>/<variant>.so; the target <prefix>case.<id> builds one case, <target> all of them.
function(hybugs_add_cases target folder output)
  set(prefix ${ARGV3})
  add_custom_target(${target})
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*/*.cpp)
  set(last "")
  foreach(source IN LISTS sources)
    get_filename_component(case ${source} DIRECTORY)
    if(NOT case STREQUAL last)  # the list is sorted
      hybugs_flag_of_case(flag ${case})
      set(last ${case})
    endif()
    get_filename_component(id ${case} NAME)
    hybugs_add_variant(${prefix}case.${id} ${source} ${output}/${id} ${flag})
    add_dependencies(${target} ${prefix}case.${id})
  endforeach()
endfunction()

# hybugs_add_corpus(<folder>): the cases of a corpus outside of HyBugs's own tree, where `hybugs --cases <folder>` looks
# for them.
function(hybugs_add_corpus folder)
  get_filename_component(folder ${folder} REALPATH)
  string(MD5 name ${folder})
  string(SUBSTRING ${name} 0 8 name)
  # Kept, so that `hybugs` knows which folders this build has.
  if(NOT folder IN_LIST HYBUGS_CORPORA)
    set(HYBUGS_CORPORA ${HYBUGS_CORPORA} ${folder} CACHE STRING "Folders of cases beside HyBugs's own" FORCE)
  endif()
  hybugs_add_cases(corpus.${name} ${folder} ${PROJECT_BINARY_DIR}/corpora${folder} ${name}.)
endfunction()
