# Finds LibTorch and wraps it in `hybugs_torch`, with the C++ standard that its headers want.
find_package(Torch REQUIRED)
add_library(hybugs_torch INTERFACE)
target_include_directories(hybugs_torch SYSTEM INTERFACE ${TORCH_INCLUDE_DIRS})
target_link_libraries(hybugs_torch INTERFACE ${TORCH_LIBRARIES})

# 1.13's headers don't compile as C++20 with clang 14; 2.14's need C++20.
if(Torch_VERSION VERSION_LESS 2.10)
  set(HYBUGS_TORCH_CXX_STANDARD 17)
else()
  set(HYBUGS_TORCH_CXX_STANDARD 20)
endif()
