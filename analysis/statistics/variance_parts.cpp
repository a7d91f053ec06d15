#include "analysis/statistics/variance_parts.hpp"

#include <algorithm>
#include <numeric>

#include "models/contract/expects.hpp"
#include "models/statistics/sorted_sample.hpp"

namespace chokepoint::analysis {
namespace {

double mean_of(std::span<const double> values) {
  return std::reduce(values.begin(), values.end()) / static_cast<double>(values.size());
}

Band central_90(std::span<const double> values, std::span<const double> weights) {
  const models::SortedSample sample(values, weights);
  return {.low = sample.quantile(0.05, models::QuantileOf::population),
          .high = sample.quantile(0.95, models::QuantileOf::population)};
}

}  // namespace

double VarianceParts::share_of_ignorance() const {
  return luck + ignorance > 0.0 ? ignorance / (luck + ignorance) : 0.0;
}

VarianceParts variance_parts(std::span<const std::vector<double>> values, std::span<const double> weights) {
  models::expects(!values.empty() && values.size() == weights.size() && values.front().size() > 1,
                  "sets of replicates, with weights");
  const std::size_t replicates = values.front().size();
  const double total = std::reduce(weights.begin(), weights.end());
  std::vector<double> means, shares, all, all_shares, about, of_replicate(replicates);
  VarianceParts parts;
  for (std::size_t k = 0; k < values.size(); ++k) {
    models::expects(values[k].size() == replicates, "as many replicates of each set");
    means.push_back(mean_of(values[k]));
    shares.push_back(weights[k] / total);
    parts.mean += shares[k] * means[k];
    for (std::size_t r = 0; r < replicates; ++r) of_replicate[r] += shares[k] * values[k][r];
  }
  const double freedom = static_cast<double>(replicates) - 1.0;
  double between = 0.0, rest = 0.0;
  for (std::size_t k = 0; k < values.size(); ++k) {
    between += shares[k] * (means[k] - parts.mean) * (means[k] - parts.mean);
    for (std::size_t r = 0; r < replicates; ++r) {
      const double lucky = values[k][r] - means[k];
      const double neither = lucky - (of_replicate[r] - parts.mean);
      parts.luck += shares[k] * lucky * lucky / freedom;
      rest += shares[k] * neither * neither / freedom;
      all.push_back(values[k][r]);
      all_shares.push_back(shares[k]);
      about.push_back(parts.mean + lucky);
    }
  }
  parts.ignorance = std::max(0.0, between - rest / static_cast<double>(replicates));
  parts.both = central_90(all, all_shares);
  parts.of_luck = central_90(about, all_shares);
  parts.of_ignorance = central_90(means, shares);
  return parts;
}

}  // namespace chokepoint::analysis
