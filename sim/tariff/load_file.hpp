#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "models/calendar/time_zone.hpp"
#include "models/tariff/load_series.hpp"

namespace chokepoint::sim {

/// How to read a load where the file does not say it.
struct LoadFileOptions {
  /// When the first row begins, for a file without times.
  models::LocalTime start{};
  /// Length of a row; found from the times of the first two rows where there are any, else one hour.
  std::optional<std::chrono::seconds> step{};
  /// The column of power, where there are several.
  std::optional<std::string> column{};
  models::TimeZone zone{};
};

/// A load and how its columns were understood, in words.
struct LoadFile {
  models::LoadSeries load;
  std::string understood;
};

/// Reads a load from CSV, plain or gzip: one column of kW, with or without a header, or a time and a power as a meter
/// exports them. Columns are found by name: a time (time, timestamp, date, ...) and a power or an energy a row whose
/// name ends with W, kW, MW, Wh, kWh or MWh. Times mark the beginning of a row, ISO 8601; without an offset they are
/// wall-clock times of the zone, hours that a clock change repeats or skips included. Throws InputError with faults by
/// line: gaps, rows that repeat or stand out of order, text for numbers, negative and non-finite numbers.
LoadFile read_load(const std::filesystem::path& path, const LoadFileOptions& options);

}  // namespace chokepoint::sim
