#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/market/market.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::sim {

/// What became of orders from `first_day` on, as key figures: by cohort of customers in GPUs, by region the money in
/// deposits, and by maker its share of the compute that came into a region. Customers of one name in a region count as
/// one cohort.
class OrderFigures {
 public:
  OrderFigures(const MarketSpec& spec, std::int64_t first_day);

  /// After each day.
  void record(const Market& market);
  [[nodiscard]] std::vector<Figure> figures(const Market& market) const;

 private:
  /// GPUs of all products.
  struct Orders {
    double ordered = 0.0;
    double delivered = 0.0;
    double cancelled = 0.0;
    double undelivered = 0.0;
    /// Ordered, and neither come nor given up.
    double open = 0.0;
  };
  /// In the region's currency.
  struct Deposits {
    double undelivered_value = 0.0;
    double undelivered = 0.0;
    double lost = 0.0;
  };
  struct Totals {
    std::map<std::pair<std::size_t, std::string>, Orders> cohorts;
    std::vector<Deposits> regions;
  };

  [[nodiscard]] Totals totals_of(const Market& market) const;
  void add_cohorts(std::vector<Figure>& figures, const Totals& end) const;
  void add_deposits(std::vector<Figure>& figures, const Totals& end) const;
  void add_makers(std::vector<Figure>& figures) const;

  const MarketSpec& spec_;
  std::int64_t first_day_;
  /// Before the first day.
  Totals start_;
  /// By region: what is held of deposits at the end of a day, the most of it and the last.
  std::vector<double> most_held_, last_held_;
  /// Compute that came into a region, delivered or imported, by region and maker.
  Eigen::ArrayXXd came_;
};

}  // namespace chokepoint::sim
