#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>

#include "models/calendar/iso_date.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// A site with a daily curve, a queue that builds up and a price with three levels, sampled `rows` times at `step_s`.
inline sim::Record example_record(int rows, int step_s) {
  constexpr double turn = 6.283185307179586;
  std::vector<double> time, utilization, active, power, limit, price;
  std::vector<std::int64_t> waiting, running;
  sim::TextColumn date;
  const models::LocalTime start{std::chrono::local_days(std::chrono::year(2026) / 1 / 1)};
  std::uint32_t noise = 12345;
  for (int row = 0; row < rows; ++row) {
    const double t = static_cast<double>(row) * step_s;
    noise = noise * 1664525u + 1013904223u;
    const double jitter = static_cast<double>(noise >> 8) / (1 << 24) - 0.5;
    const double day = t / 86400.0;
    const double season = std::sin(turn * day / 365.0);
    const double share = std::min(1.0, 0.7 + 0.15 * season + 0.2 * std::sin(turn * day) + 0.1 * jitter);
    const double hour = std::fmod(day, 1.0) * 24.0;
    time.push_back(t);
    date.push_back(models::format_date_time(start + std::chrono::seconds(static_cast<std::int64_t>(t))));
    utilization.push_back(share);
    active.push_back(0.8 * share);
    waiting.push_back(static_cast<std::int64_t>(std::max(0.0, 900.0 * (share - 0.85))));
    running.push_back(static_cast<std::int64_t>(400.0 * share));
    power.push_back(64e6 * (0.35 + 0.65 * share));
    limit.push_back(day > 180.0 && day < 210.0 ? 50e6 : 64e6);
    price.push_back(hour < 8.0 ? 0.31 : hour < 18.0 ? 0.62 : 0.93);
  }
  sim::Record record{"scenarios/example.json", "A site with a daily curve", 1, "0.1.0", "4f1c2a9e", {}, {}};
  record.figures = {{"energy_mwh", "energy", "MWh", 398765.4321, "energy"},
                    {"peak_power_mw", "peak power", "MW", 64.0, "energy"},
                    {"electricity_cost", "electricity", "CNY", 252288000.0, "cost"},
                    {"currency", "currency", "", "CNY", "cost"},
                    {"jobs_finished", "jobs finished", "", std::int64_t{47192}, "jobs"},
                    {"wait_mean_s", "mean wait", "s", 12345.678, "jobs"},
                    {"gpu_utilization_allocated", "GPUs allocated", "", 0.731234, "jobs"}};
  record.tables.push_back({"series",
                           {{"time_s", time},
                            {"date", date},
                            {"utilization_allocated", utilization},
                            {"utilization_active", active},
                            {"queue_jobs", waiting},
                            {"running_jobs", running},
                            {"power_w", power},
                            {"limit_w", limit},
                            {"price_cny_per_kwh", price}}});
  return record;
}

}  // namespace chokepoint::analysis
