# One function for each kind of target of the harness.

# hybugs_add_library(<name> SOURCES ... [LINK ...] [TESTS ...]): a static library hybugs_<name> and, if it has tests,
# one test program <name>_test.
function(hybugs_add_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK;TESTS;TEST_LINK")
  add_library(hybugs_${name} STATIC ${arg_SOURCES})
  target_include_directories(hybugs_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(hybugs_${name} PUBLIC ${arg_LINK})
  hybugs_set_warnings(hybugs_${name})
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
