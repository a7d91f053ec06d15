#include "sim/market/order_rule_fields.hpp"

#include <array>

namespace chokepoint::sim {
namespace {

void visit_forecast(FieldVisitor& v, OrderUpToTerms& terms) {
  const std::array kinds{
      FieldVisitor::Kind{"moving-average", "the mean of the last sales",
                         [&] {
                           auto& average = terms.forecast.emplace<MovingAverageTerms>();
                           v.field("reviews", "from one to the next, over how many", optional,
                                   [&] { v.integer(average.reviews, {.low = 1.0, .high = 10'000.0}); });
                         }},
      FieldVisitor::Kind{"exponential-smoothing", "a mean in which older sales count less",
                         [&] {
                           auto& smoothing = terms.forecast.emplace<SmoothingTerms>();
                           v.field("weight", "of the newest sales", optional,
                                   [&] { v.number(smoothing.weight, {.low = 0.0, .high = 1.0, .above = true}); });
                         }},
      FieldVisitor::Kind{"autoregressive", "a return to the sales of the start", [&] {
                           auto& returning = terms.forecast.emplace<AutoregressiveTerms>();
                           v.field("persistence", "of a deviation, what is left a review later", optional,
                                   [&] { v.number(returning.persistence, {.low = 0.0, .high = 0.999}); });
                         }}};
  v.object("what they expect to sell from one review to the next", [&] { v.kind(kinds); });
}

}  // namespace

void visit_order_rule(FieldVisitor& v, std::optional<OrderUpToTerms>& terms) {
  const std::array kinds{
      FieldVisitor::Kind{"stock-management", "close a part of the gap to their cover of sales", [&] { terms.reset(); }},
      FieldVisitor::Kind{"order-up-to", "up to the forecast until the next order's goods are there, and their cover",
                         [&] {
                           auto& up_to = terms.emplace();
                           v.field("forecast", "of their sales", required, [&] { visit_forecast(v, up_to); });
                           v.field("safety_stock", "goods of a product on top, of each dealer", optional,
                                   [&] { v.number(up_to.safety_stock, {.low = 0.0, .high = 1e9}); });
                         }}};
  v.object("how dealers order", [&] { v.kind(kinds); });
}

}  // namespace chokepoint::sim
