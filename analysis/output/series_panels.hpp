#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/calendar/iso_date.hpp"
#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// One curve over time, in the unit of its panel; a value holds until the next row.
struct SeriesLine {
  std::string label;
  std::vector<double> values;
  /// A band around them; empty where there is none.
  std::vector<double> low = {};
  std::vector<double> high = {};
  /// A bound on the others and not a state of the world.
  bool limit = false;
};

/// Curves that share an axis.
struct SeriesPanel {
  std::string title;
  std::string unit;
  std::vector<SeriesLine> lines;
  /// The axis reaches at least this far up, if set.
  std::optional<double> top = {};
};

/// The "series" table of a record as pictures need it: utilization, queue, power and price, each there if its columns
/// are. Rows are in order of time. The columns read: `time_s`, `date` (of the first row), `utilization_*`, `*_jobs`,
/// `*power_w` and `limit_w`, `price_*`. Powers are given in the largest of W, kW, MW, GW that fits.
struct SeriesPanels {
  std::vector<double> time_s;
  /// Wall-clock time of time zero; later changes of the clock are left out.
  std::optional<models::LocalTime> start;
  std::vector<SeriesPanel> panels;
  /// A date that a dotted line marks.
  std::optional<double> mark_s = {};
};

/// A series and a band around it: tables of one shape.
struct BandedSeries {
  const sim::Table& line;
  const sim::Table* low = nullptr;
  const sim::Table* high = nullptr;
};

SeriesPanels series_panels(const sim::Record& record);
SeriesPanels series_panels(const BandedSeries& series);

}  // namespace chokepoint::analysis
