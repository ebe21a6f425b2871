// Built for another version of the SDK.
extern "C" __attribute__((visibility("default"))) int hybugs_sdk_version() { return -1; }
extern "C" __attribute__((visibility("default"))) void hybugs_scenario() {}
extern "C" __attribute__((visibility("default"))) void hybugs_make_eager() {}
extern "C" __attribute__((visibility("default"))) void hybugs_make_hybrid() {}
