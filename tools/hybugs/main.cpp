// hybugs: the command line program. Each command has its own file; session.h says what they share.
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "harness/core/error.h"
#include "tools/hybugs/session.h"

namespace {

std::string joined(int argc, char** argv) {
  std::string line = argv[0];
  for (int i = 1; i < argc; ++i) line += std::string(" ") + argv[i];
  return line;
}

// A copy that was installed has no checkout: its headers and templates lie beside it, and its build folder is that of
// a project which finds it with CMake.
hybugs::Paths default_paths() {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path place = fs::canonical("/proc/self/exe", ignored).parent_path();
  if (place == fs::weakly_canonical(HYBUGS_BINARY_DIR "/bin", ignored)) {
    return {HYBUGS_SOURCE_DIR, HYBUGS_BINARY_DIR, HYBUGS_SOURCE_DIR "/cases", ""};
  }
  hybugs::Paths paths{"", "build", "cases", ""};
  paths.prefix = place.parent_path().string();
  return paths;
}

void add_global_options(CLI::App& app, hybugs::Session& session) {
  session.paths = default_paths();
  app.add_option("--cases", session.paths.cases, "folder of the corpus")->check(CLI::ExistingDirectory);
  app.add_option("--build", session.paths.build, "CMake's build folder")->check(CLI::ExistingDirectory);
  app.add_flag("!--no-build", session.build, "use what is built, such as by another machine on a shared file system");
  app.add_option("--env", session.environment, "environment whose LibTorch is used (see `hybugs env`), or its folder");
}

void locate(hybugs::Session& session) {
  namespace fs = std::filesystem;
  hybugs::Paths& paths = session.paths;
  paths.cases = fs::weakly_canonical(paths.cases).string();
  paths.build = fs::weakly_canonical(paths.build).string();
  paths.output = hybugs::output_folder(paths.source, paths.build, paths.cases);
  if (session.environment.empty()) return;
  const auto environment = session.find_environment(session.environment);
  if (!environment) {
    hybugs::print_error(environment.error());
    throw CLI::RuntimeError(hybugs::kUsage);
  }
  session.use(*environment);
}

int usage_error(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    commands.push_back(command->get_name());
  }
  std::string message = error.what();
  const std::string first = argc > 1 ? argv[1] : "";
  if (app.get_subcommands().empty() && !first.empty() && first[0] != '-') {
    message = "unknown command '" + first + "'" + hybugs::did_you_mean(first, commands);
  }
  hybugs::print_error({"", 0, message, "`hybugs --help` lists the commands"});
  return hybugs::kUsage;
}

}  // namespace

int main(int argc, char** argv) {
  ::signal(SIGPIPE, SIG_IGN);
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // in a file that stderr goes to as well, lines stay whole
  hybugs::Session session;
  session.program_name = argv[0];
  session.command_line = joined(argc, argv);
  session.colour = ::isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;

  CLI::App app{"HyBugs: real hybridization bugs, reproduced and judged."};
  app.set_version_flag("--version", HYBUGS_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  add_global_options(app, session);
  app.parse_complete_callback([&] { locate(session); });
  for (auto* add :
       {hybugs::add_list,  hybugs::add_show,     hybugs::add_run,      hybugs::add_time,     hybugs::add_check,
        hybugs::add_new,   hybugs::add_debug,    hybugs::add_checkout, hybugs::add_evaluate, hybugs::add_regrade,
        hybugs::add_merge, hybugs::add_selftest, hybugs::add_study,    hybugs::add_export,   hybugs::add_exercise,
        hybugs::add_grade, hybugs::add_doctor,   hybugs::add_env,      hybugs::add_matrix,   hybugs::add_compare}) {
    add(app, session);
  }
  app.footer(
      "Examples:\n"
      "  hybugs list --symptom crash       which bugs crash\n"
      "  hybugs show tf-pwa-0db1b0b        story, lesson and repair of one bug\n"
      "  hybugs run                        build, run and judge every case\n"
      "  hybugs time                       how much slower the slow ones are, with intervals\n"
      "  hybugs check my-case --proof full prove a new case\n"
      "  hybugs matrix                     every case against every LibTorch that is here\n"
      "Exit codes: 0 all as expected, 1 some verdict is not, 2 usage or invalid corpus, 3 harness failure.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::RuntimeError& error) {  // said already
    return error.get_exit_code();
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error, argc, argv);
  }
  return session.exit_code;
}
