#include "tools/exercise/exercises.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "harness/io/files.h"

namespace hybugs {
namespace {

using nlohmann::json;

constexpr const char* kDamaged = "it may be damaged; `hybugs exercise init` makes a new folder";

/// The object in a file of our schema.
Result<json> read_object(const std::string& path, const std::string& hint) {
  const auto text = read_file(path);
  if (!text) return Unexpected(text.error());
  json object = json::parse(*text, nullptr, false);
  if (!object.is_object() || object.value("schema", 0) != kExerciseSchema) {
    return Unexpected(Error{path, 0, "is no file of exercises of schema " + std::to_string(kExerciseSchema), hint});
  }
  return object;
}

Result<void> write_object(const std::string& path, json object) {
  object["schema"] = kExerciseSchema;
  return write_file(path, object.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
}

json to_json(const ExerciseTask& task) {
  return {{"id", task.id},
          {"difficulty", task.difficulty},
          {"prerequisites", task.prerequisites},
          {"hints", task.hints},
          {"goal", to_json(task.goal)}};
}

ExerciseTask task_from_json(const json& object) {
  ExerciseTask task;
  task.id = object.at("id").get<std::string>();
  task.difficulty = object.at("difficulty").get<int>();
  task.prerequisites = object.at("prerequisites").get<std::vector<std::string>>();
  task.hints = object.at("hints").get<std::vector<std::string>>();
  task.goal = goal_from_json(object.at("goal"));
  return task;
}

}  // namespace

Result<void> write_exercises(const std::string& folder, const std::vector<ExerciseTask>& tasks) {
  json list = json::array();
  for (const ExerciseTask& task : tasks) list.push_back(to_json(task));
  return write_object(folder + "/exercises.json", {{"tasks", list}});
}

Result<std::vector<ExerciseTask>> read_exercises(const std::string& folder) {
  const std::string path = folder + "/exercises.json";
  if (!std::filesystem::exists(path)) {
    return Unexpected(Error{path, 0, "there are no exercises here",
                            "go to a folder that `hybugs exercise init DIR` made, or name it with --folder"});
  }
  const auto object = read_object(path, kDamaged);
  if (!object) return Unexpected(object.error());
  try {
    std::vector<ExerciseTask> tasks;
    for (const json& item : object->at("tasks")) tasks.push_back(task_from_json(item));
    return tasks;
  } catch (const json::exception& error) {
    return Unexpected(Error{path, 0, error.what(), kDamaged});
  }
}

Result<void> write_progress(const std::string& folder, const ExerciseProgress& progress) {
  json tasks = json::object();
  for (const auto& [id, done] : progress) {
    tasks[id] = {{"solved", done.solved}, {"attempts", done.attempts}, {"hints", done.hints}};
  }
  return write_object(folder + "/progress.json", {{"tasks", std::move(tasks)}});
}

Result<ExerciseProgress> read_progress(const std::string& folder) {
  const std::string path = folder + "/progress.json";
  if (!std::filesystem::exists(path)) return ExerciseProgress{};
  const std::string hint = "remove it to begin again; your programs stay as they are";
  const auto object = read_object(path, hint);
  if (!object) return Unexpected(object.error());
  try {
    ExerciseProgress progress;
    for (const auto& [id, item] : object->at("tasks").items()) {
      progress[id] = {item.at("solved").get<std::string>(), item.at("attempts").get<int>(),
                      item.at("hints").get<int>()};
    }
    return progress;
  } catch (const json::exception& error) {
    return Unexpected(Error{path, 0, error.what(), hint});
  }
}

}  // namespace hybugs
