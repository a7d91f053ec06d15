#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "models/tariff/bill.hpp"

namespace chokepoint::models {

inline Instant at(int year, unsigned month, unsigned day, int hour = 0, int minute = 0) {
  return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}} +
         std::chrono::hours{hour} + std::chrono::minutes{minute};
}

/// A load of `count` steps from `start`, power in kW by index.
inline LoadSeries make_load(Instant start, std::chrono::seconds step, std::size_t count,
                            const std::function<double(std::size_t)>& power_kw) {
  LoadSeries load{.start = start, .step = step, .power_w = {}};
  for (std::size_t i = 0; i < count; ++i) load.power_w.push_back(power_kw(i) * 1e3);
  return load;
}

/// The hours of 2018, which begins on a Monday: power in kW by month from 0.
inline LoadSeries year_by_month(const std::function<double(unsigned)>& power_kw) {
  return make_load(at(2018, 1, 1), std::chrono::hours{1}, 8760, [&](std::size_t hour) {
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(at(2018, 1, 1)) +
                                           std::chrono::days{hour / 24}};
    return power_kw(static_cast<unsigned>(date.month()) - 1);
  });
}

template <class... Charges>
Tariff make_tariff(Charges... charges) {
  Tariff tariff;
  (tariff.charges.push_back(std::make_shared<const Charges>(std::move(charges))), ...);
  return tariff;
}

inline Bill bill_of(const Tariff& tariff, const LoadSeries& load, const BillingOptions& options = {},
                    const TimeZone& zone = {}) {
  return make_bill(tariff, load, zone, options);
}

/// A small generator of its own, so that a seed gives the same numbers on every machine (xorshift64*).
struct Draws {
  std::uint64_t state;

  double operator()() {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return static_cast<double>((state * 0x2545F4914F6CDD1DULL) >> 11) * 0x1.0p-53;
  }
};

}  // namespace chokepoint::models
