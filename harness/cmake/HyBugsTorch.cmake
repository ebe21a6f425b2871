# Finds LibTorch and wraps it in `hybugs_torch`, with the C++ standard that its headers want. Part of the installed
# package, too.
find_package(Torch REQUIRED)
if(NOT TARGET hybugs_torch)
  add_library(hybugs_torch INTERFACE)
  target_include_directories(hybugs_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
  target_link_libraries(hybugs_torch INTERFACE ${TORCH_LIBRARIES})
endif()

# 1.13's headers don't compile as C++20 with clang 14; 2.14's need C++20.
if(Torch_VERSION VERSION_LESS 2.10)
  set(HYBUGS_TORCH_CXX_STANDARD 17)
else()
  set(HYBUGS_TORCH_CXX_STANDARD 20)
endif()

# Debian's 1.13.1 calls itself 1.13.0: the package knows better.
set(HYBUGS_LIBTORCH_VERSION ${Torch_VERSION})
if(TORCH_INSTALL_PREFIX STREQUAL "/usr" OR NOT TORCH_INSTALL_PREFIX)
  execute_process(COMMAND dpkg-query -W -f "\${Version}" libtorch-dev
    OUTPUT_VARIABLE package_version ERROR_QUIET RESULT_VARIABLE result)
  if(result EQUAL 0 AND package_version MATCHES "^([0-9]+\\.[0-9]+\\.[0-9]+)")
    set(HYBUGS_LIBTORCH_VERSION ${CMAKE_MATCH_1})
  endif()
endif()
message(STATUS "HyBugs: LibTorch ${HYBUGS_LIBTORCH_VERSION}, C++${HYBUGS_TORCH_CXX_STANDARD}")
