#include "harness/wire/trial_request.h"

namespace hybugs {

using nlohmann::json;

json to_json(const TrialRequest& request) {
  return {{"library", request.library},
          {"reference", request.reference},
          {"program", static_cast<int>(request.program)},
          {"mode", static_cast<int>(request.mode)},
          {"seed", request.seed},
          {"record_inputs", request.record_inputs},
          {"address_space", request.address_space},
          {"timed_call", request.timed_call},
          {"warm_up", request.warm_up}};
}

Result<TrialRequest> trial_request_from_json(const json& object) {
  TrialRequest request;
  try {
    object.at("library").get_to(request.library);
    object.at("reference").get_to(request.reference);
    request.program = static_cast<ProgramKind>(object.at("program").get<int>());
    request.mode = static_cast<TrialMode>(object.at("mode").get<int>());
    object.at("seed").get_to(request.seed);
    object.at("record_inputs").get_to(request.record_inputs);
    object.at("address_space").get_to(request.address_space);
    object.at("timed_call").get_to(request.timed_call);
    object.at("warm_up").get_to(request.warm_up);
  } catch (const nlohmann::json::exception& error) {
    return Unexpected(Error{"", 0, std::string("malformed trial request: ") + error.what(), ""});
  }
  return request;
}

}  // namespace hybugs
