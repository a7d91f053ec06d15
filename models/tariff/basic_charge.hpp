#pragma once

#include <string>
#include <vector>

#include "models/tariff/charge.hpp"

namespace chokepoint::models {

/// The basic charge of China's two-part industrial tariff: by highest demand (a price per kW and month, in full for a
/// month that is covered in part) or by rated transformer capacity (per kVA and month, by the share of the month), as
/// the customer has chosen. Leaves out what is agreed with the grid company: a declared demand with its surcharge
/// beyond 105 %, and discounts for high use.
class BasicCharge final : public Charge {
 public:
  struct Parts {
    double price_per_kw = 0.0;
    double price_per_kva = 0.0;
    BasicOption option = BasicOption::demand;
    std::optional<double> capacity_kva{};
  };

  explicit BasicCharge(Parts parts) : parts_(parts) {}

  [[nodiscard]] std::string name(const BillingOptions& options) const override {
    return option(options) == BasicOption::demand ? "demand" : "capacity";
  }
  [[nodiscard]] std::vector<double> amounts(const MeteredLoad& load, std::span<const BillLine>) const override {
    std::vector<double> result;
    for (const MeterMonth& month : load.months)
      result.push_back(option(load.options) == BasicOption::demand
                           ? month.billing_kw * parts_.price_per_kw
                           : month.share * capacity_kva(load.options) * parts_.price_per_kva);
    return result;
  }
  [[nodiscard]] std::optional<BillingRefusal> refusal(const LoadSeries&, const BillingOptions& options) const override {
    if (option(options) == BasicOption::demand || capacity_kva(options) > 0.0) return std::nullopt;
    return BillingRefusal{"the transformers' rated capacity, which the capacity option charges", "none"};
  }

 private:
  [[nodiscard]] BasicOption option(const BillingOptions& options) const {
    return options.basic_option.value_or(parts_.option);
  }
  [[nodiscard]] double capacity_kva(const BillingOptions& options) const {
    return options.capacity_kva ? *options.capacity_kva : parts_.capacity_kva.value_or(0.0);
  }

  Parts parts_;
};

}  // namespace chokepoint::models
