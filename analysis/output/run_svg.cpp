#include "analysis/output/run_svg.hpp"

#include <fmt/format.h>

#include "analysis/output/panels_svg.hpp"

namespace chokepoint::analysis {

std::string run_svg(const sim::Record& record) {
  const SeriesPanels series = series_panels(record);
  return panels_svg(series,
                    {.heading = record.title.empty() ? record.scenario : record.title,
                     .about = fmt::format("{}, seed {}, chokepoint {}{}", record.scenario, record.seed, record.version,
                                          draws_means(series) ? "; line: mean, band: least and most" : "")});
}

}  // namespace chokepoint::analysis
