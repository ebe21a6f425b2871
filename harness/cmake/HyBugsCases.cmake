# hybugs_add_cases(<folder> <output>): every <folder>/<id>/<variant>.cpp becomes <output>/<id>/<variant>.so.
#
# Compile time is the corpus's cost: all variants share one precompiled header.
function(hybugs_add_case_pch)
  if(TARGET hybugs_case_pch)
    return()
  endif()
  add_library(hybugs_case_pch STATIC ${PROJECT_SOURCE_DIR}/harness/sdk/pch.cpp)
  hybugs_case_options(hybugs_case_pch)
  target_precompile_headers(hybugs_case_pch PRIVATE ${PROJECT_SOURCE_DIR}/harness/sdk/program.h)
endfunction()

# The same options for the precompiled header and for every variant, or the compiler refuses the header.
function(hybugs_case_options target)
  target_link_libraries(${target} PRIVATE hybugs_torch)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_options(${target} PRIVATE -O1 -g1 -Wall -Wextra)
  set_target_properties(${target} PROPERTIES
    CXX_STANDARD ${HYBUGS_TORCH_CXX_STANDARD}
    POSITION_INDEPENDENT_CODE ON
    CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON)
endfunction()

function(hybugs_add_cases folder output)
  hybugs_add_case_pch()
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*/*.cpp)
  foreach(source IN LISTS sources)
    get_filename_component(id ${source} DIRECTORY)
    get_filename_component(id ${id} NAME)
    get_filename_component(variant ${source} NAME_WE)
    set(target case.${id}.${variant})
    add_library(${target} MODULE ${source})
    hybugs_case_options(${target})
    target_precompile_headers(${target} REUSE_FROM hybugs_case_pch)
    set_target_properties(${target} PROPERTIES
      PREFIX "" SUFFIX ".so" OUTPUT_NAME ${variant}
      LIBRARY_OUTPUT_DIRECTORY ${output}/${id})
    if(NOT TARGET case.${id})
      add_custom_target(case.${id})
    endif()
    add_dependencies(case.${id} ${target})
  endforeach()
endfunction()
