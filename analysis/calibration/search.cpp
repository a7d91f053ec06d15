#include "analysis/calibration/search.hpp"

#include <cmath>
#include <exception>
#include <limits>
#include <memory>
#include <nlopt.h>

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {
namespace {

nlopt_algorithm algorithm_of(SearchMethod method, std::size_t dimensions) {
  switch (method) {
    case SearchMethod::bobyqa:
      return dimensions > 1 ? NLOPT_LN_BOBYQA : NLOPT_LN_SBPLX;
    case SearchMethod::crs2:
      return NLOPT_GN_CRS2_LM;
    case SearchMethod::direct:
      return NLOPT_GN_DIRECT_L;
    case SearchMethod::sbplx:
      break;
  }
  return NLOPT_LN_SBPLX;
}

/// What NLopt calls back: it knows only the coordinates that are free.
struct Callback {
  const Objective& objective;
  std::optional<std::size_t> fixed;
  std::vector<double> at;
  nlopt_opt search = nullptr;
  Minimum best = {};
  std::exception_ptr thrown = nullptr;

  static double call(unsigned count, const double* free, double*, void* self) {
    return static_cast<Callback*>(self)->value({free, count});
  }

  double value(std::span<const double> free) {
    constexpr double very_bad = 1e12;  // finite, so that models of the objective stay sound
    for (std::size_t i = 0, next = 0; i < at.size(); ++i)
      if (i != fixed) at[i] = free[next++];
    double found = very_bad;
    try {
      found = objective(at);
    } catch (...) {  // an exception must not pass through C
      thrown = std::current_exception();
      nlopt_force_stop(search);
    }
    if (!std::isfinite(found)) found = very_bad;
    if (best.at.empty() || found < best.value) best = {.at = at, .value = found};
    return found;
  }
};

}  // namespace

Minimum minimize(const Objective& objective, const Search& search) {
  std::vector<double> free;
  for (std::size_t i = 0; i < search.start.size(); ++i)
    if (i != search.fixed) free.push_back(search.start[i]);
  if (free.empty()) return {.at = search.start, .value = objective(search.start)};

  const std::unique_ptr<nlopt_opt_s, decltype(&nlopt_destroy)> handle(
      nlopt_create(algorithm_of(search.method, free.size()), static_cast<unsigned>(free.size())), &nlopt_destroy);
  Callback callback{.objective = objective, .fixed = search.fixed, .at = search.start, .search = handle.get()};
  nlopt_srand(static_cast<unsigned long>(search.seed));
  nlopt_set_lower_bounds1(handle.get(), 0.0);
  nlopt_set_upper_bounds1(handle.get(), 1.0);
  nlopt_set_min_objective(handle.get(), &Callback::call, &callback);
  nlopt_set_maxeval(handle.get(), static_cast<int>(search.most_evaluations));
  nlopt_set_xtol_abs1(handle.get(), search.precision);
  nlopt_set_initial_step1(handle.get(), 0.1);
  double least = 0.0;
  const nlopt_result result = nlopt_optimize(handle.get(), free.data(), &least);
  if (callback.thrown) std::rethrow_exception(callback.thrown);
  models::ensures(!callback.best.at.empty() && result != NLOPT_INVALID_ARGS && result != NLOPT_OUT_OF_MEMORY,
                  "NLopt takes the search");
  return callback.best;
}

}  // namespace chokepoint::analysis
