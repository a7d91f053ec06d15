#include "sim/input/fault.hpp"

#include <utility>

namespace chokepoint::sim {
namespace {

std::string join(const std::vector<Fault>& faults) {
  std::string text;
  for (const Fault& fault : faults) text += (text.empty() ? "" : "\n") + fault.text();
  return text;
}

}  // namespace

std::string Fault::text() const {
  std::string line = file;
  if (!where.empty()) line += (line.empty() ? "" : ": ") + where;
  if (!expected.empty()) line += (line.empty() ? "" : ": ") + ("expected " + expected);
  if (!found.empty()) line += (expected.empty() ? (line.empty() ? "" : ": ") : ", ") + ("found " + found);
  if (!hint.empty()) line += " (" + hint + ")";
  return line;
}

InputError::InputError(std::vector<Fault> faults) : std::runtime_error(join(faults)), faults_(std::move(faults)) {}

void throw_if_any(std::vector<Fault> faults) {
  if (!faults.empty()) throw InputError(std::move(faults));
}

}  // namespace chokepoint::sim
