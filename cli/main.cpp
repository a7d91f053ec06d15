#include <string>
#include <vector>

#include "cli/command.hpp"

int main(int count, char** words) {
  const std::vector<std::string> arguments(words + 1, words + count);
  return static_cast<int>(chokepoint::cli::run_program(arguments));
}
