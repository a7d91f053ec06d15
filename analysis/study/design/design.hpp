#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/study/parameter.hpp"

namespace chokepoint::analysis {

/// Which sets of values a study runs. Points are known by their index alone, so that shards and resumed runs need no
/// list of them and a million of them no memory.
class Design {
 public:
  virtual ~Design() = default;

  /// As the study's file names it, such as "grid".
  [[nodiscard]] virtual std::string_view kind() const = 0;
  [[nodiscard]] virtual std::uint64_t points() const = 0;
  /// A value for each parameter, which are those that the design was made for; `index` < points().
  [[nodiscard]] virtual std::vector<ParameterValue> values(std::span<const Parameter> parameters,
                                                           std::uint64_t index) const = 0;
};

}  // namespace chokepoint::analysis
