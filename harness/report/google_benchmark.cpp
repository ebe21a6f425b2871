#include "harness/report/google_benchmark.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

namespace hybugs {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kNanoseconds = 1e9;

bool scales(const std::string& governor) {
  return !governor.empty() && governor != "performance" && governor != "unknown";
}

Json context_json(const Context& context) {
  return {{"date", context.date},
          {"executable", context.command},
          {"num_cpus", context.cores},
          {"cpu_scaling_enabled", scales(context.governor)},
          {"caches", Json::array()},
          {"load_avg", {context.load_start, context.load_end}},
          {"library_build_type", "release"},
          {"json_schema_version", 1},
          {"libtorch", context.libtorch},
          {"blas", context.blas},
          {"compiler", context.compiler},
          {"flags", context.flags},
          {"machine", context.machine},
          {"commit", context.commit}};
}

/// The samples of each program, in the order of time; the programs in the order of their first sample.
using Runs = std::vector<std::pair<std::string, std::vector<const TimingSample*>>>;

Runs runs_by_program(const TimingResult& timing) {
  Runs runs;
  for (const TimingSample& sample : timing.samples) {
    if (sample.calls <= 0) continue;
    auto run = std::find_if(runs.begin(), runs.end(), [&](const auto& r) { return r.first == sample.program; });
    if (run == runs.end()) run = runs.insert(runs.end(), {sample.program, {}});
    run->second.push_back(&sample);
  }
  return runs;
}

// One unit for all: compare.py passes over runs whose units differ.
Json run_json(const TimingSample& sample) {
  return {{"iterations", sample.calls},
          {"real_time", sample.wall_seconds / sample.calls * kNanoseconds},
          {"cpu_time", sample.cpu_seconds / sample.calls * kNanoseconds},
          {"time_unit", "ns"},
          {"pair", sample.pair},
          {"process", sample.process}};
}

void add_program(Json& benchmarks, const std::string& name, const std::vector<const TimingSample*>& samples, int family,
                 int instance) {
  int index = 0;
  for (const TimingSample* sample : samples) {
    Json run = {{"name", name},
                {"family_index", family},
                {"per_family_instance_index", instance},
                {"run_name", name},
                {"run_type", "iteration"},
                {"repetitions", samples.size()},
                {"repetition_index", index++},
                {"threads", 1}};
    run.update(run_json(*sample));
    benchmarks.push_back(std::move(run));
  }
}

}  // namespace

std::string google_benchmark_json(const Experiment& experiment) {
  Json benchmarks = Json::array();
  int family = 0;
  for (const CaseResult& result : experiment.results) {
    if (!result.timing || !result.timing->failure.empty()) continue;  // no number from a run that failed
    int instance = 0;
    for (const auto& [program, samples] : runs_by_program(*result.timing)) {
      add_program(benchmarks, result.id + "/" + program, samples, family, instance++);
    }
    family += instance > 0 ? 1 : 0;
  }
  const Json report = {{"context", context_json(experiment.context)}, {"benchmarks", std::move(benchmarks)}};
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

double google_benchmark_ratio(const TimingResult& timing) {
  const auto reports = nlohmann::json::parse(timing.google_benchmark, nullptr, false);
  const auto real_time = [&](const char* program) {
    const auto pointer = nlohmann::json::json_pointer(std::string("/") + program + "/benchmarks/0/real_time");
    return reports.is_object() && reports.contains(pointer) && reports[pointer].is_number()
               ? reports[pointer].get<double>()
               : 0.0;
  };
  return real_time("fixed") > 0 ? real_time("buggy") / real_time("fixed") : 0;
}

}  // namespace hybugs
