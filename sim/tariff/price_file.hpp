#pragma once

#include <filesystem>
#include <string>

#include "models/tariff/price_series_charge.hpp"

namespace chokepoint::sim {

/// Where in a CSV file, plain or gzip, prices stand: a first column of ISO times (universal time unless they carry an
/// offset) at equal distances, and a column of prices of which `per_kwh` is one in units of the currency per kWh.
struct PriceFile {
  std::filesystem::path path;
  std::string column;
  double per_kwh = 1.0;
};

/// Throws InputError with every fault by line: a missing column, text for numbers, gaps, times out of order.
models::PriceSeries read_prices(const PriceFile& file);

}  // namespace chokepoint::sim
