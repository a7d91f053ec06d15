#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chokepoint::analysis {

/// What is to be least, over the unit cube. Not-a-number and infinity count as very bad.
using Objective = std::function<double(std::span<const double> at)>;

/// Ways to search without derivatives, of the library NLopt: `sbplx` (Rowan's subplex, 1990), `bobyqa` (Powell 2009;
/// quicker where the objective is smooth), both local; `crs2` (controlled random search, Kaelo & Ali 2006) and `direct`
/// (dividing rectangles, Gablonsky & Kelley 2001), global.
enum class SearchMethod { sbplx, bobyqa, crs2, direct };

struct Search {
  SearchMethod method = SearchMethod::sbplx;
  /// Within the unit cube; global methods do not need it to be good.
  std::vector<double> start;
  /// A coordinate that stays where `start` has it.
  std::optional<std::size_t> fixed = {};
  std::size_t most_evaluations = 200;
  /// Ends where a step changes no coordinate by more than this.
  double precision = 1e-4;
  /// Of the method's own chance (crs2).
  std::uint64_t seed = 1;
};

struct Minimum {
  std::vector<double> at;
  double value = 0.0;
};

/// The best place that was seen. In one dimension bobyqa, which needs two, is sbplx. The same search gives the same
/// result. What the objective throws ends it and is thrown.
Minimum minimize(const Objective& objective, const Search& search);

}  // namespace chokepoint::analysis
