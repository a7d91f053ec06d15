#pragma once

#include <span>
#include <string>
#include <string_view>

namespace chokepoint::sim {

/// The name of `known` that `name` is most likely a slip of: one that it begins, else the least number of letters
/// inserted, dropped, changed or swapped with a neighbour, case aside, at most a third of its length; empty if none is
/// near. Ties go to the first.
std::string near_name(std::string_view name, std::span<const std::string> known);

/// What helps who misspelt one of `known`: the near name, else all of them where they are few, else nothing.
std::string name_hint(std::string_view name, std::span<const std::string> known);

/// `did you mean "..."?` for messages, or an empty text.
std::string near_name_hint(std::string_view name, std::span<const std::string> known);

}  // namespace chokepoint::sim
