// hybugs env: other versions of LibTorch, each in an environment of its own.
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "harness/exec/toolchain.h"
#include "harness/io/files.h"
#include "harness/io/torch_environments.h"
#include "harness/report/terminal.h"
#include "harness/report/text_table.h"
#include "tools/hybugs/environment_maker.h"
#include "tools/hybugs/output.h"
#include "tools/hybugs/session.h"

namespace hybugs {
namespace {

namespace fs = std::filesystem;

struct EnvOptions {
  std::string name;
  std::string folder = default_environments_folder();
  std::string mirror;
  std::string libtorch;
  bool json = false;

  std::string place() const { return absolute_folder(folder) + "/" + name; }
};

int fail(const Error& error, int code) {
  print_error(error);
  return code;
}

int create(const Session& session, const EnvOptions& options) {
  const DebianRelease* release = find_release(options.name);
  if (release == nullptr) {
    std::vector<std::string> names;
    for (const DebianRelease& known : debian_releases()) names.push_back(known.name);
    return fail({"", 0, fmt::format("no release '{}'{}", options.name, did_you_mean(options.name, names)),
                 fmt::format("there are {}; for another LibTorch: hybugs env add NAME --libtorch PATH",
                             fmt::join(names, ", "))},
                kUsage);
  }
  const auto packages = needed_packages(session.paths.source);
  if (!packages) return fail(packages.error(), kUsage);
  const auto made = make_environment({*release, options.place(), options.mirror, *packages});
  if (!made) return fail(made.error(), kHarnessFailure);
  print(fmt::format("{}: LibTorch {}, {}\nUse it: {} --env {} run, or {} matrix\n", made->name, made->libtorch,
                    made->system, session.program_name, made->name, session.program_name));
  return kAsExpected;
}

int add(const EnvOptions& options) {
  if (!is_environment_name(options.name)) {
    return fail({"", 0, fmt::format("'{}' can't be the name of an environment", options.name),
                 "a name matches [a-z0-9][a-z0-9._-]*, and `host` is this system"},
                kUsage);
  }
  const std::string unpacked = absolute_folder(options.libtorch);
  const auto version = read_unpacked_libtorch(unpacked);
  if (!version) return fail(version.error(), kUsage);
  if (fs::exists(options.place() + "/root")) {
    return fail({options.place(), 0, "is there already, with a root file system",
                 "take another name, or: hybugs env remove " + options.name},
                kUsage);
  }
  const TorchEnvironment environment{options.name, options.place(), unpacked, *version, system_name(""), "", utc_now()};
  auto written = make_folder(environment.folder);
  if (written) written = write_environment(environment);
  if (!written) return fail(written.error(), kHarnessFailure);
  print(fmt::format("{}: LibTorch {} in {}, with this system's compiler\n", options.name, *version, unpacked));
  return kAsExpected;
}

nlohmann::json to_json(const TorchEnvironment& environment) {
  return {{"name", environment.name},         {"libtorch", environment.libtorch}, {"system", environment.system},
          {"unpacked", environment.unpacked}, {"folder", environment.folder},     {"date", environment.date}};
}

int list(const Session& session, const EnvOptions& options) {
  const TorchEnvironments found = list_environments(absolute_folder(options.folder));
  if (options.json) {
    nlohmann::json environments = nlohmann::json::array();
    for (const TorchEnvironment& environment : found.all) environments.push_back(to_json(environment));
    nlohmann::json errors = nlohmann::json::array();
    for (const Error& error : found.errors) errors.push_back(error.text());
    print_json({{"environments", std::move(environments)}, {"errors", std::move(errors)}});
    return kAsExpected;
  }
  TextTable table({{"name"}, {"LibTorch"}, {"system"}, {"made"}, {"folder"}});
  for (const TorchEnvironment& environment : found.all) {
    table.add({environment.name, environment.libtorch, environment.system, environment.date.substr(0, 10),
               short_path(environment.folder)});
  }
  if (found.all.empty()) {
    print("No environments. `hybugs env create trixie` makes one.\n");
  } else {
    print(table.text(10000, session.colour));
  }
  for (const Error& error : found.errors) print_error(error);
  return kAsExpected;
}

int remove(const EnvOptions& options) {
  const std::string place = options.place();
  const bool known = is_environment_name(options.name) && fs::exists(place);
  if (!known) return fail({place, 0, "there is no such environment", "`hybugs env list` shows them"}, kUsage);
  if (const auto removed = remove_environment(place); !removed) return fail(removed.error(), kHarnessFailure);
  print(fmt::format("{} is removed\n", options.name));
  return kAsExpected;
}

}  // namespace

void add_env(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("env", "Other versions of LibTorch: make, list and remove environments");
  command->require_subcommand(1);
  const auto options = std::make_shared<EnvOptions>();
  const auto add_action = [&](const char* name, const char* help, bool named) {
    auto* action = command->add_subcommand(name, help);
    if (named) action->add_option("name", options->name, "the environment")->required();
    action->add_option("--dir", options->folder, "where environments are (default: $HYBUGS_ENV_DIR, or ~/.cache)");
    return action;
  };
  auto* create_action = add_action("create", "Make the environment of a Debian release, or finish it", true);
  create_action->add_option("--mirror", options->mirror, "URI of a Debian archive (default: this system's)");
  create_action->footer(
      "Releases: bookworm (LibTorch 1.13.1), trixie (2.6.0), forky (2.14.1). It takes about 1.7 GB, and a minute or "
      "two\n"
      "once the packages are there; started again, it goes on with what was downloaded. Needs root, or user "
      "namespaces\n"
      "and subordinate ids (package uidmap).\n"
      "Examples:\n"
      "  hybugs env create trixie\n"
      "  hybugs env create forky --dir /var/tmp/environments");
  create_action->callback([&session, options] { session.exit_code = create(session, *options); });
  auto* add_command = add_action("add", "Register an unpacked LibTorch, for this system's compiler", true);
  add_command->add_option("--libtorch", options->libtorch, "folder with include, lib and share")->required();
  add_command->footer(
      "Example:\n"
      "  hybugs env add nightly --libtorch ~/libtorch    an archive from pytorch.org (CPU, cxx11 ABI)");
  add_command->callback([&session, options] { session.exit_code = add(*options); });
  auto* list_action = add_action("list", "What there is", false);
  list_action->add_flag("--json", options->json, "as JSON");
  list_action->footer("Example:\n  hybugs env list --json");
  list_action->callback([&session, options] { session.exit_code = list(session, *options); });
  auto* remove_action = add_action("remove", "Remove an environment and what was downloaded for it", true);
  remove_action->footer("Example:\n  hybugs env remove forky");
  remove_action->callback([&session, options] { session.exit_code = remove(*options); });
  command->footer(
      "Examples:\n"
      "  hybugs env create trixie                        LibTorch 2.6.0 of Debian 13\n"
      "  hybugs env add nightly --libtorch ~/libtorch    an unpacked LibTorch\n"
      "  hybugs --env trixie run tf-pwa-0db1b0b          one case in it\n"
      "  hybugs matrix                                   every case in all of them");
}

}  // namespace hybugs
