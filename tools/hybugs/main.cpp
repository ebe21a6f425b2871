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

void add_global_options(CLI::App& app, hybugs::Session& session) {
  session.paths = {HYBUGS_SOURCE_DIR, HYBUGS_BINARY_DIR, HYBUGS_SOURCE_DIR "/cases", HYBUGS_BINARY_DIR "/cases"};
  app.add_option("--cases", session.paths.cases, "folder of the corpus")->check(CLI::ExistingDirectory);
  app.add_option("--build", session.paths.build, "CMake's build folder")->check(CLI::ExistingDirectory);
  app.add_flag("!--no-build", session.build, "use what is built, such as by another machine on a shared file system");
}

// The variants of the corpus at <source>/<folder> are built at <build>/<folder>.
void locate_output(hybugs::Session& session) {
  namespace fs = std::filesystem;
  hybugs::Paths& paths = session.paths;
  paths.cases = fs::weakly_canonical(paths.cases).string();
  paths.build = fs::weakly_canonical(paths.build).string();
  const fs::path relative = fs::path(paths.cases).lexically_relative(paths.source);
  paths.output = (fs::path(paths.build) / relative).lexically_normal().string();
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
  hybugs::Session session;
  session.program_name = argv[0];
  session.command_line = joined(argc, argv);
  session.colour = ::isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;

  CLI::App app{"HyBugs: real hybridization bugs, reproduced and judged."};
  app.set_version_flag("--version", HYBUGS_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  add_global_options(app, session);
  app.parse_complete_callback([&] { locate_output(session); });
  for (auto* add : {hybugs::add_list, hybugs::add_show, hybugs::add_run, hybugs::add_time, hybugs::add_check,
                    hybugs::add_new, hybugs::add_debug, hybugs::add_checkout, hybugs::add_evaluate, hybugs::add_regrade,
                    hybugs::add_merge, hybugs::add_selftest, hybugs::add_study, hybugs::add_doctor}) {
    add(app, session);
  }
  app.footer(
      "Examples:\n"
      "  hybugs list --symptom crash       which bugs crash\n"
      "  hybugs show tf-pwa-0db1b0b        story, lesson and repair of one bug\n"
      "  hybugs run                        build, run and judge every case\n"
      "  hybugs time                       how much slower the slow ones are, with intervals\n"
      "  hybugs check my-case --proof full prove a new case\n"
      "Exit codes: 0 all as expected, 1 some verdict is not, 2 usage or invalid corpus, 3 harness failure.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error, argc, argv);
  }
  return session.exit_code;
}
