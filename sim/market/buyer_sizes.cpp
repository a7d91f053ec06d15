#include "sim/market/buyer_sizes.hpp"

#include "models/statistics/golden_sequence.hpp"
#include "models/statistics/normal_distribution.hpp"
#include "models/statistics/pareto_distribution.hpp"

namespace chokepoint::sim {

BuyerSizes buyer_sizes(const BuyerCohort& cohort, RandomStream common) {
  const double size_start = common.uniform();
  const double lag_start = common.uniform();
  const auto count = static_cast<double>(cohort.count);
  const auto named = static_cast<Eigen::Index>(cohort.names.size());
  BuyerSizes sizes;
  for (auto* values : {&sizes.share, &sizes.lag_days, &sizes.rank}) values->setZero(cohort.count);
  for (Eigen::Index i = 0; i < cohort.count; ++i) {
    const bool has_name = i < named;
    const auto place = static_cast<std::uint32_t>(has_name ? i : i - named);
    const double smallness = has_name
                                 ? 1.0 - (static_cast<double>(i) + 0.5) / count
                                 : models::golden_point(size_start, place) * (1.0 - static_cast<double>(named) / count);
    sizes.rank[i] = 1.0 - smallness;
    sizes.share[i] = models::pareto_quantile(smallness, cohort.size_exponent, cohort.largest_size);
    // A second sequence that does not go with the first: every fifth of the next numbers.
    const double lateness = models::golden_point(has_name ? 0.5 : lag_start, 5 * place + 2);
    sizes.lag_days[i] = cohort.lag_spread_days * models::normal_quantile(lateness);
  }
  sizes.share /= sizes.share.sum();
  return sizes;
}

}  // namespace chokepoint::sim
