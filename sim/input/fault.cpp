#include "sim/input/fault.hpp"

#include <utility>

namespace chokepoint::sim {
namespace {

std::string join(const std::vector<Fault>& faults) {
  std::string text;
  for (const Fault& fault : faults) text += (text.empty() ? "" : "\n") + fault.text();
  return text;
}

constexpr std::size_t longest_text = 400;

/// Control characters, which would move about on a terminal, as \x1b; and no more than fits a few lines.
std::string printable(const std::string& text) {
  static constexpr const char* digits = "0123456789abcdef";
  std::string result;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte >= 0x20 && byte != 0x7f) {
      result += letter;
    } else {
      result += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    }
    if (result.size() > longest_text) return result + "...";
  }
  return result;
}

}  // namespace

std::string Fault::text() const {
  std::string line = printable(file);
  if (!where.empty()) line += (line.empty() ? "" : ": ") + printable(where);
  if (!expected.empty()) line += (line.empty() ? "" : ": ") + ("expected " + printable(expected));
  if (!found.empty()) line += (expected.empty() ? (line.empty() ? "" : ": ") : ", ") + ("found " + printable(found));
  if (!hint.empty()) line += " (" + hint + ")";
  return line;
}

InputError::InputError(std::vector<Fault> faults) : std::runtime_error(join(faults)), faults_(std::move(faults)) {}

void throw_if_any(std::vector<Fault> faults) {
  if (!faults.empty()) throw InputError(std::move(faults));
}

}  // namespace chokepoint::sim
