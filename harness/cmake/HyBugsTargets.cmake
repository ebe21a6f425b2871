# One function for each kind of target of the harness.

# Half of a clean build is parsing these headers: targets share them precompiled.
set(HYBUGS_PCH <filesystem> <functional> <map> <optional> <string> <variant> <vector>
  <fmt/color.h> <fmt/format.h> <fmt/ranges.h> <nlohmann/json.hpp> <tl/expected.hpp>)

# hybugs_use_pch(<target> <name> [HEADERS <header>...] [LINK <library>...]): <target> shares the precompiled header
# <name> of HYBUGS_PCH and HEADERS, made at its first use. Its options are the target's, and the target links what it links, or
# the compiler refuses it.
function(hybugs_use_pch target name)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "HEADERS;LINK")
  target_compile_options(${target} PRIVATE -pthread)
  target_link_libraries(${target} PRIVATE fmt::fmt)
  get_target_property(options ${target} COMPILE_OPTIONS)
  if(NOT TARGET ${name})
    add_library(${name} STATIC ${PROJECT_SOURCE_DIR}/harness/cmake/pch.cpp)
    target_link_libraries(${name} PRIVATE fmt::fmt nlohmann_json::nlohmann_json tl::expected ${arg_LINK})
    target_compile_options(${name} PRIVATE ${options})
    target_precompile_headers(${name} PRIVATE ${HYBUGS_PCH} ${arg_HEADERS})
  endif()
  target_precompile_headers(${target} REUSE_FROM ${name})
endfunction()

# hybugs_add_library(<name> SOURCES ... [LINK ...] [TESTS ...]): a static library hybugs_<name> and, if it has tests,
# one test program <name>_test. GLUE: compiled without optimisation, with these headers precompiled, too.
function(hybugs_add_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK;TESTS;TEST_LINK;GLUE")
  add_library(hybugs_${name} STATIC ${arg_SOURCES})
  target_include_directories(hybugs_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(hybugs_${name} PUBLIC ${arg_LINK})
  hybugs_set_warnings(hybugs_${name})
  if(arg_GLUE)
    target_compile_options(hybugs_${name} PRIVATE -O0)
    hybugs_use_pch(hybugs_${name} hybugs_${name}_pch HEADERS ${arg_GLUE})
  else()
    hybugs_use_pch(hybugs_${name} hybugs_pch)
  endif()
  if(arg_TESTS AND HYBUGS_TESTS)
    hybugs_add_test(${name} SOURCES ${arg_TESTS} LINK hybugs_${name} ${arg_TEST_LINK})
  endif()
endfunction()

# hybugs_add_test(<name> SOURCES ... [LINK ...] [LABELS ...] [TIMEOUT s]): a GoogleTest program <name>_test; each test
# is a ctest test.
function(hybugs_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "SOURCES;LINK;LABELS")
  add_executable(${name}_test ${arg_SOURCES})
  target_link_libraries(${name}_test PRIVATE ${arg_LINK} GTest::gmock_main)
  hybugs_set_warnings(${name}_test)
  target_compile_options(${name}_test PRIVATE -O0)
  hybugs_use_pch(${name}_test hybugs_test_pch HEADERS <gmock/gmock.h> <gtest/gtest.h> LINK GTest::gmock)
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  gtest_discover_tests(${name}_test DISCOVERY_MODE PRE_TEST
    PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}")
endfunction()

function(hybugs_set_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual)
  if(HYBUGS_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()
