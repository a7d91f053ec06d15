#pragma once

#include <optional>
#include <span>
#include <string>

#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// The series of replicates, instant by instant: tables of one shape with the median and the 5 % and 95 % quantiles of
/// each column. Replicates share their instants but may end at different ones (where a run lasts until its work is
/// done). The band goes on to the last end, over the replicates that still run: behind `first_end_s` it speaks of the
/// longer ones alone, and the picture marks that date.
struct SeriesBand {
  sim::Table median;
  sim::Table p5;
  sim::Table p95;
  /// On the clock of the series; none where all end together.
  std::optional<double> first_end_s;
};

/// None where there is no series.
std::optional<SeriesBand> series_band(std::span<const sim::Record> replicates);

/// "series": `time_s`, `date`, and of each column X `X_p5`, `X_median` and `X_p95`.
sim::Table band_table(const SeriesBand& band);

/// The picture: as that of one run, a line for the median in a band from 5 % to 95 %. Empty if there is nothing to
/// draw.
std::string band_svg(const SeriesBand& band, std::span<const sim::Record> replicates);

}  // namespace chokepoint::analysis
