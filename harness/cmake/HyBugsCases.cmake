# Shared libraries of cases. Compile time is the corpus's cost: all variants share one precompiled header.
# Part of the installed package, too: HyBugs::sdk is then imported.

# Results record these.
set(HYBUGS_CASE_FLAGS -O1 -g1 -pthread -Wall -Wextra)

# The same options for the precompiled header and for every variant, or the compiler refuses the header.
function(hybugs_case_options target)
  target_link_libraries(${target} PRIVATE HyBugs::sdk)
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
  add_library(hybugs_case_pch STATIC ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/pch.cpp)
  hybugs_case_options(hybugs_case_pch)
  target_precompile_headers(hybugs_case_pch PRIVATE
    ${HYBUGS_HEADERS}/harness/sdk/program.h ${HYBUGS_HEADERS}/harness/sdk/stamp.h)
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

# hybugs_add_cases(<target> <folder> <output> [<prefix>]): every <folder>/<id>/<variant>.cpp becomes
# <output>/<id>/<variant>.so; the target <prefix>case.<id> builds one case, <target> all of them.
function(hybugs_add_cases target folder output)
  set(prefix ${ARGV3})
  add_custom_target(${target})
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*/*.cpp)
  foreach(source IN LISTS sources)
    get_filename_component(id ${source} DIRECTORY)
    get_filename_component(id ${id} NAME)
    hybugs_add_variant(${prefix}case.${id} ${source} ${output}/${id})
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
