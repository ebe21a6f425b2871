// For cases that need torch::nn modules. Costs about one second a file to parse: include it only then.
#pragma once

#include <torch/nn.h>

#include "harness/sdk/program.h"
