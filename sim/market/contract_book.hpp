#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include <Eigen/Core>

#include "models/quantity/money.hpp"
#include "sim/market/market_spec.hpp"

namespace chokepoint::sim {

/// What makers of servers agreed with a buyer on one day, and what became of it; goods.
struct ServerContract {
  std::int64_t signed_day = 0;
  std::int64_t due_day = 0;
  Eigen::Index customer = 0;
  Eigen::Index product = 0;
  /// Of a good, without duty.
  models::Money price;
  std::int64_t quantity = 0;

  std::int64_t delivered = 0;
  /// Last day on which goods came.
  std::int64_t last_delivery_day = -1;
  /// By the maker, who sells them on the spot and pays the penalty.
  std::int64_t kept_back = 0;
  models::Money penalty;
  std::int64_t cancelled = 0;
  /// For a rule, or the end of the product.
  std::int64_t undelivered = 0;

  [[nodiscard]] std::int64_t open() const { return quantity - delivered - kept_back - cancelled - undelivered; }
};

/// All contracts of a vendor's customers, each at the price of its day. Of a customer and product the oldest is
/// delivered first and the newest is cancelled first.
class ContractBook {
 public:
  /// Those that are closed leave their place to others, unless they are to be kept.
  explicit ContractBook(Eigen::Index products, bool keep_closed = true)
      : products_(products), keep_closed_(keep_closed) {}

  /// `contract` is open whole.
  void sign(const ServerContract& contract);
  /// At most what is open of the customer's contracts on the product.
  void cancel(Eigen::Index customer, Eigen::Index product, std::int64_t quantity);
  void leave_undelivered(Eigen::Index customer, Eigen::Index product, std::int64_t quantity);

  struct Handover {
    std::int64_t delivered = 0;
    std::int64_t kept_back = 0;
    /// Of what is delivered, and for what is kept back.
    models::Money price;
    models::Money penalty;
  };
  struct Arrival {
    Eigen::Index customer = 0;
    Eigen::Index product = 0;
    std::int64_t quantity = 0;
    double spot_price = 0.0;
    std::int64_t day = 0;
  };
  /// Hands over what arrives, at most what is open, or keeps back what `breach` says, where makers break contracts.
  Handover deliver(const Arrival& arrival, const std::optional<BreachTerms>& breach);

  [[nodiscard]] const std::deque<ServerContract>& contracts() const { return contracts_; }

 private:
  /// Places of contracts of which something is open, the oldest first.
  std::deque<std::size_t>& open_of(Eigen::Index customer, Eigen::Index product);

  void close(std::size_t place) {
    if (!keep_closed_) free_.push_back(place);
  }

  Eigen::Index products_;
  bool keep_closed_;
  std::deque<ServerContract> contracts_;
  std::vector<std::deque<std::size_t>> open_;
  std::vector<std::size_t> free_;
};

}  // namespace chokepoint::sim
