#include "sim/market/order_up_to_dealers.hpp"

#include <type_traits>
#include <utility>
#include <variant>

namespace chokepoint::sim {
namespace {

models::DemandForecast forecast_by(const OrderUpToTerms& terms, double first) {
  return std::visit(
      [first](const auto& forecast) -> models::DemandForecast {
        using Terms = std::decay_t<decltype(forecast)>;
        if constexpr (std::is_same_v<Terms, MovingAverageTerms>)
          return models::MovingAverage(static_cast<std::size_t>(forecast.reviews), first);
        else if constexpr (std::is_same_v<Terms, SmoothingTerms>)
          return models::ExponentialSmoothing(forecast.weight, first);
        else
          return models::AutoregressiveForecast(forecast.persistence, first);
      },
      terms.forecast);
}

}  // namespace

OrderUpToDealers::OrderUpToDealers(const DealerCohort& cohort, const OrderUpToTerms& terms,
                                   const Eigen::ArrayXXd& sales)
    : review_days_(static_cast<double>(cohort.review_days)),
      cover_days_(cohort.cover_days),
      safety_stock_(terms.safety_stock),
      demand_(Eigen::ArrayXXd::Zero(sales.rows(), sales.cols())) {
  for (Eigen::Index i = 0; i < sales.rows(); ++i)
    for (Eigen::Index k = 0; k < sales.cols(); ++k)
      rules_.emplace_back(forecast_by(terms, review_days_ * sales(i, k)), 0.0);
}

double OrderUpToDealers::review(Eigen::Index dealer, Eigen::Index product, const models::StockPosition& position,
                                double lead_days) {
  models::OrderUpTo& rule = rules_[static_cast<std::size_t>(dealer * demand_.cols() + product)];
  rule.cover((lead_days + review_days_ + cover_days_) / review_days_);
  return rule.order(std::exchange(demand_(dealer, product), 0.0), position) + safety_stock_;
}

}  // namespace chokepoint::sim
