#include "harness/exec/sandbox.h"

#include "harness/exec/spawn.h"

namespace hybugs {

const char* sandbox_name(Sandbox::Level level) {
  return level == Sandbox::Level::namespaces ? "namespaces" : "subreaper";
}

std::vector<std::string> Sandbox::wrap(std::vector<std::string> arguments) const {
  if (level == Level::subreaper) return arguments;
  std::vector<std::string> wrapped = {
      "bwrap", "--unshare-pid", "--die-with-parent", "--dev-bind", "/", "/", "--proc", "/proc", "--"};
  wrapped.insert(wrapped.end(), arguments.begin(), arguments.end());
  return wrapped;
}

Sandbox probe_sandbox() {
  const Sandbox namespaces{Sandbox::Level::namespaces, ""};
  const auto output = run_command({namespaces.wrap({"true"}), {}, {}, "", true}, 10);
  if (!output) return {Sandbox::Level::subreaper, output.error().message};
  if (!output->ok()) return {Sandbox::Level::subreaper, output->output.substr(0, output->output.find('\n'))};
  return namespaces;
}

}  // namespace hybugs
