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
  /// Wall clock of times without an offset and of the bill; else the one offset of the file's times, else UTC.
  std::optional<models::TimeZone> zone{};
};

/// A load and how its columns were understood, in words.
struct LoadFile {
  models::LoadSeries load;
  std::string understood;
  /// The clock to bill on.
  models::TimeZone clock{};
  bool has_times = false;
};

/// Reads a load from CSV, plain or gzip: one column of kW, with or without a header, or a time and a power as a meter
/// exports them. A column of ISO 8601 times is known by its first value and of several the first marks the beginning of
/// a row; one named "end" or "ending" alone marks its end. The power or energy a row is known by a name that ends with
/// W, kW, MW, Wh, kWh or MWh. Times without an offset are wall-clock times of the zone, hours that a clock change
/// repeats or skips included. Throws InputError with faults by line: gaps, rows that repeat or stand out of order,
/// blank lines and extra columns, text for numbers, negative and non-finite numbers.
LoadFile read_load(const std::filesystem::path& path, const LoadFileOptions& options);

}  // namespace chokepoint::sim
