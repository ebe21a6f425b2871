// Uses a case's parts outside of HyBugs: prints the sizes of its inputs.
#include <iostream>

#include "cases/private-batch-size/program.h"

int main() {
  for (const hybugs::Values& inputs : scenario(0)) std::cout << inputs.at(0).toTensor().sizes() << '\n';
}
