#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/quantity/money.hpp"

namespace chokepoint::models {

/// A price that somebody asked, listed or paid on a date. `date` is ISO 8601 as exact as it is known: "2024",
/// "2024-06" or "2024-06-30".
struct PriceQuote {
  double amount = 0.0;
  Currency currency;
  std::string date;
  std::string note;
};

/// A chip or card that trains and serves models, as its data sheet and measurements describe it. Peak rates are dense
/// (no sparsity); `link_bytes_per_s` is the sum of both directions of all links to its neighbours in the server.
/// Absent where no figure is known: nothing is filled in. Leaves out clock rates and power capping.
struct Accelerator {
  std::string name;
  std::string vendor;
  std::string form;

  double bf16_flop_per_s = 0.0;
  std::optional<double> fp8_flop_per_s{};
  std::optional<double> int8_op_per_s{};
  std::optional<double> fp64_flop_per_s{};
  /// Reached by one large bf16 matrix product, measured.
  std::optional<double> measured_matmul_flop_per_s{};

  double memory_bytes = 0.0;
  double memory_bytes_per_s = 0.0;
  std::optional<double> link_bytes_per_s{};

  std::optional<double> tdp_w{};
  /// Without a program, and with one that holds it and computes nothing.
  std::optional<double> idle_w{};
  std::optional<double> idle_with_context_w{};

  std::string process;
  std::string foundry;
  std::optional<double> die_mm2{};
  std::optional<double> transistors{};

  /// As exact as it is known: "2023" or "2020-11-16".
  std::string released;
  std::vector<PriceQuote> prices;
  std::string export_status_china;
};

}  // namespace chokepoint::models
