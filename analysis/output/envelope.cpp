#include "analysis/output/envelope.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {

std::vector<Bin> envelope(std::span<const double> time_s, std::span<const double> values, double end,
                          std::size_t bins) {
  models::expects(time_s.size() == values.size() && !time_s.empty(), "a curve has a value for each instant");
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  const double begin = time_s.front();
  const double width = (end - begin) / static_cast<double>(bins);
  std::vector<Bin> result(bins, {none, none, none});
  std::vector<double> covered(bins, 0.0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) continue;
    const double from = time_s[i];
    const double until = std::max(from, i + 1 < values.size() ? time_s[i + 1] : end);
    const auto bin_of = [&](double time) {
      const double place = width > 0.0 ? std::floor((time - begin) / width) : 0.0;
      return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(bins - 1)));
    };
    const std::size_t last = bin_of(until);
    for (std::size_t bin = bin_of(from); bin <= last; ++bin) {
      const double left = begin + static_cast<double>(bin) * width;
      const double part = std::min(until, left + width) - std::max(from, left);
      if (part <= 0.0 && (bin > bin_of(from) || until > from)) continue;
      Bin& one = result[bin];
      if (std::isnan(one.mean)) {
        one = {values[i], values[i], values[i]};
      } else {
        one.least = std::min(one.least, values[i]);
        one.most = std::max(one.most, values[i]);
        if (part > 0.0) one.mean += (values[i] - one.mean) * part / (covered[bin] + part);
      }
      covered[bin] += std::max(part, 0.0);
    }
  }
  return result;
}

}  // namespace chokepoint::analysis
