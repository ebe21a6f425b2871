// hybugs-host: the LibTorch side of the harness. Started by `hybugs`; not meant to be called by hand except as
// `hybugs-host --info` and, under a debugger, `hybugs-host --once`.
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "harness/host/blas_info.h"
#include "harness/host/fork_server.h"
#include "harness/host/trial.h"

namespace {

// Nothing that runs here leaves core files, and hosts and trials can't read each other's memory.
void forbid_dumps() {
  ::prctl(PR_SET_DUMPABLE, 0);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
}

void print_info() {
  const nlohmann::json info = {{"libtorch", HYBUGS_LIBTORCH_VERSION},
                               {"libtorch_file", hybugs::loaded_libtorch()},
                               {"sdk", hybugs::kSdkVersion},
                               {"blas", hybugs::loaded_blas()},
                               {"blas_threads", hybugs::blas_threads()},
                               {"compiler", __VERSION__},
                               {"flags", HYBUGS_CASE_FLAGS},
                               {"config", at::show_config()},
                               {"parallel", at::get_parallel_info()}};
  std::puts(info.dump(2).c_str());
}

int run_once(const std::string& request_text) {
  const auto request = hybugs::trial_request_from_json(nlohmann::json::parse(request_text, nullptr, false));
  if (!request) {
    std::fprintf(stderr, "hybugs-host: %s\n", request.error().message.c_str());
    return 2;
  }
  hybugs::run_trial(*request, {::open("/dev/null", O_WRONLY), -1});
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Runs trials of HyBugs cases; started by hybugs."};
  int control = -1;
  int intra = 1;
  int inter = 0;
  bool info = false;
  std::string once;
  app.add_option("--control", control, "descriptor of the control socket");
  app.add_option("--intra", intra, "threads inside an operator");
  app.add_option("--inter", inter, "threads between operators; 0: LibTorch's default");
  app.add_option("--once", once, "run one trial in this process, for a debugger: a trial request as JSON");
  app.add_flag("--info", info, "print LibTorch's version and configuration as JSON");
  CLI11_PARSE(app, argc, argv);

  if (info) {
    print_info();
    return 0;
  }
  at::set_num_threads(intra);
  if (inter > 0) at::set_num_interop_threads(inter);
  if (!once.empty()) return run_once(once);
  if (control < 0) {
    std::fputs("hybugs-host: nothing to do; `hybugs run` starts it\n", stderr);
    return 2;
  }
  ::fcntl(control, F_SETFD, FD_CLOEXEC);
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  ::signal(SIGINT, SIG_IGN);
  ::signal(SIGPIPE, SIG_IGN);
  forbid_dumps();
  hybugs::serve(control);
  return 0;
}
