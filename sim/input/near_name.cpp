#include "sim/input/near_name.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

namespace chokepoint::sim {
namespace {

bool same_letter(char a, char b) {
  return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

/// Damerau's distance in its restricted form (optimal string alignment).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = same_letter(a[i - 1], b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) && same_letter(a[i - 2], b[j - 1]))
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

}  // namespace

std::string near_name(std::string_view name, std::span<const std::string> known) {
  for (const std::string& candidate : known)
    if (name.size() >= 3 && candidate.starts_with(name)) return candidate;
  const std::string* nearest = nullptr;
  std::size_t least = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const std::string& candidate : known) {
    const std::size_t apart = distance(name, candidate);
    if (apart < least && apart < name.size()) {
      least = apart;
      nearest = &candidate;
    }
  }
  if (nearest != nullptr) return *nearest;
  for (const std::string& candidate : known)
    if (name.size() >= 3 && candidate.find(name) != std::string::npos) return candidate;
  return {};
}

std::string near_name_hint(std::string_view name, std::span<const std::string> known) {
  const std::string nearest = near_name(name, known);
  return nearest.empty() ? std::string{} : "did you mean \"" + nearest + "\"?";
}

std::string name_hint(std::string_view name, std::span<const std::string> known) {
  std::string hint = near_name_hint(name, known);
  if (!hint.empty() || known.empty() || known.size() > 20) return hint;
  for (const std::string& each : known) hint += (hint.empty() ? "known: " : ", ") + each;
  return hint;
}

}  // namespace chokepoint::sim
