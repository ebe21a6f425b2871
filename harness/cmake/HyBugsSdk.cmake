# What a case is compiled with, as HyBugs::sdk: here, and for projects that call find_package(HyBugs) after
# `cmake --install BUILD --prefix P`.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(HYBUGS_HEADERS ${PROJECT_SOURCE_DIR})
add_library(hybugs_sdk INTERFACE)
add_library(HyBugs::sdk ALIAS hybugs_sdk)
target_include_directories(hybugs_sdk INTERFACE $<BUILD_INTERFACE:${HYBUGS_HEADERS}> $<INSTALL_INTERFACE:include>)
# The package finds LibTorch again and links it by itself.
target_link_libraries(hybugs_sdk INTERFACE $<BUILD_INTERFACE:hybugs_torch>)
set_target_properties(hybugs_sdk PROPERTIES EXPORT_NAME sdk)

set(hybugs_package ${CMAKE_INSTALL_LIBDIR}/cmake/HyBugs)
install(TARGETS hybugs_sdk EXPORT HyBugsTargets COMPONENT sdk)
install(EXPORT HyBugsTargets NAMESPACE HyBugs:: DESTINATION ${hybugs_package} COMPONENT sdk)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/HyBugsConfig.cmake.in ${PROJECT_BINARY_DIR}/HyBugsConfig.cmake
  INSTALL_DESTINATION ${hybugs_package} PATH_VARS CMAKE_INSTALL_BINDIR)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/HyBugsConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/HyBugsConfig.cmake ${PROJECT_BINARY_DIR}/HyBugsConfigVersion.cmake
  ${CMAKE_CURRENT_LIST_DIR}/HyBugsTorch.cmake ${CMAKE_CURRENT_LIST_DIR}/HyBugsCases.cmake
  ${CMAKE_CURRENT_LIST_DIR}/pch.cpp
  DESTINATION ${hybugs_package} COMPONENT sdk)
install(DIRECTORY ${HYBUGS_HEADERS}/harness/sdk/ DESTINATION include/harness/sdk COMPONENT sdk)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/tools/hybugs/templates DESTINATION share/hybugs COMPONENT sdk)
