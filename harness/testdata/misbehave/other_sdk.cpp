// Built for another version of the SDK.
extern "C" __attribute__((visibility("default"))) int hybugs_sdk_version() {
  return -1;
}
