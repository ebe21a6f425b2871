#include "harness/exec/sandbox.h"

#include "harness/exec/spawn.h"

namespace hybugs {

const char* sandbox_name(Sandbox::Level level) {
  return level == Sandbox::Level::namespaces ? "namespaces" : "subreaper";
}

std::vector<std::string> Sandbox::operator()(const std::vector<std::string>& arguments,
                                             const Environment& environment) const {
  if (!system.root.empty()) return enter(system, arguments, environment);
  if (level == Level::subreaper) return arguments;
  std::vector<std::string> wrapped = {
      "bwrap", "--unshare-pid", "--die-with-parent", "--dev-bind", "/", "/", "--proc", "/proc", "--"};
  wrapped.insert(wrapped.end(), arguments.begin(), arguments.end());
  return wrapped;
}

Sandbox probe_sandbox(const RootSystem& system) {
  Sandbox sandbox{Sandbox::Level::namespaces, "", system};
  const auto output = run_command({sandbox({"true"}, {}), {}, {}, "", true}, 10);
  if (output && output->ok()) return sandbox;
  sandbox.level = Sandbox::Level::subreaper;
  sandbox.reason = output ? output->output.substr(0, output->output.find('\n')) : output.error().message;
  return sandbox;
}

}  // namespace hybugs
