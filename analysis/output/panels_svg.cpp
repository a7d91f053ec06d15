#include "analysis/output/panels_svg.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "analysis/output/axis.hpp"
#include "analysis/output/envelope.hpp"
#include "analysis/output/svg_writer.hpp"

namespace chokepoint::analysis {
namespace {

using Point = SvgWriter::Point;
using Pieces = std::vector<std::vector<Point>>;

constexpr int width = 960;
constexpr int left = 84;
constexpr int plot_width = width - left - 32;
constexpr int head = 64;
constexpr int title_height = 34;
constexpr int plot_height = 120;
constexpr int panel_height = title_height + plot_height + 10;
constexpr int foot = 40;
constexpr std::size_t most_bins = 420;
constexpr std::size_t colours = 5;

constexpr const char* style =
    "text{font-family:'Helvetica Neue',Helvetica,Arial,'Liberation Sans','DejaVu "
    "Sans',sans-serif;font-size:13px;fill:#333}"
    ".paper{fill:#fff}.heading{font-size:19px;font-weight:600;fill:#111}.about{fill:#767676}"
    ".panel{font-size:14px;font-weight:600;fill:#111}.value{text-anchor:end}.time{text-anchor:middle}"
    ".grid{stroke:#e4e4e4}.base{stroke:#8a8a8a}.curve{fill:none;stroke-width:1.6;stroke-linejoin:round}"
    ".limit{fill:none;stroke:#333;stroke-width:1.4;stroke-dasharray:6 4}.mark{stroke:#555;stroke-dasharray:2 "
    "4}.band{stroke:none;fill-opacity:.22}"
    ".c0{stroke:#0072b2}.c1{stroke:#d55e00}.c2{stroke:#009e73}.c3{stroke:#cc79a7}.c4{stroke:#e69f00}"
    ".f0{fill:#0072b2}.f1{fill:#d55e00}.f2{fill:#009e73}.f3{fill:#cc79a7}.f4{fill:#e69f00}";

// From seconds and values to pixels.
struct Frame {
  double begin;
  double end;
  double least;
  double most;
  double top;

  [[nodiscard]] double x(double time) const {
    return left + (end > begin ? (time - begin) / (end - begin) : 0.5) * plot_width;
  }
  [[nodiscard]] double y(double value) const { return top + (most - value) / (most - least) * plot_height; }
};

// Each value holds until the next instant; a gap starts a new piece.
Pieces step_curve(const Frame& frame, std::span<const double> time_s, std::span<const double> values) {
  Pieces pieces(1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      pieces.emplace_back();
      continue;
    }
    const double until = i + 1 < values.size() ? time_s[i + 1] : frame.end;
    pieces.back().push_back({frame.x(time_s[i]), frame.y(values[i])});
    pieces.back().push_back({frame.x(until), frame.y(values[i])});
  }
  return pieces;
}

// The least width that gives few enough bins: a whole part of a day or whole days, for any other would beat with the
// daily curve and draw waves that are not there.
double bin_width(double span_s) {
  const double least = span_s / static_cast<double>(most_bins);
  for (const double width_s : {1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0, 7200.0,
                               10800.0, 21600.0, 43200.0})
    if (width_s >= least) return width_s;
  return std::ceil(least / 86400.0) * 86400.0;
}

// Of each unbroken stretch of bins: the line of the means, and the band around it.
struct Dense {
  Pieces means;
  Pieces bands;
};

Dense dense_curve(const Frame& frame, const std::vector<Bin>& envelope, double bin_s) {
  Dense dense;
  std::vector<Point> means;
  std::vector<Point> upper;
  std::vector<Point> lower;
  const auto finish = [&] {
    upper.insert(upper.end(), lower.rbegin(), lower.rend());
    dense.means.push_back(std::move(means));
    dense.bands.push_back(std::move(upper));
    means.clear();
    upper.clear();
    lower.clear();
  };
  for (std::size_t i = 0; i < envelope.size(); ++i) {
    const Bin& bin = envelope[i];
    if (std::isnan(bin.mean)) {
      finish();
      continue;
    }
    const double x = frame.x(std::min(frame.end, frame.begin + (static_cast<double>(i) + 0.5) * bin_s));
    means.push_back({x, frame.y(bin.mean)});
    upper.push_back({x, frame.y(bin.most)});
    lower.push_back({x, frame.y(bin.least)});
  }
  finish();
  return dense;
}

// Of each unbroken stretch: along the upper bound and back along the lower one.
Pieces band_between(const Pieces& low, const Pieces& high) {
  Pieces bands;
  for (std::size_t i = 0; i < std::min(low.size(), high.size()); ++i) {
    bands.push_back(high[i]);
    bands.back().insert(bands.back().end(), low[i].rbegin(), low[i].rend());
  }
  return bands;
}

void draw_line(SvgWriter& svg, const Frame& frame, const std::vector<double>& time_s, const SeriesLine& line,
               std::size_t colour) {
  const std::string kind = line.limit ? "limit" : fmt::format("curve c{}", colour);
  const std::string band = fmt::format("band f{}", colour);
  const bool banded = !line.limit && !line.low.empty();
  if (time_s.size() <= most_bins) {
    if (banded) svg.area(band_between(step_curve(frame, time_s, line.low), step_curve(frame, time_s, line.high)), band);
    svg.curve(step_curve(frame, time_s, line.values), kind);
    return;
  }
  const double bin_s = bin_width(frame.end - frame.begin);
  const double bins = std::max(1.0, std::ceil((frame.end - frame.begin) / bin_s));
  const auto dense = [&](const std::vector<double>& values) {
    return dense_curve(frame, envelope(time_s, values, frame.begin + bins * bin_s, static_cast<std::size_t>(bins)),
                       bin_s);
  };
  const Dense curve = dense(line.values);
  if (banded) {
    svg.area(band_between(dense(line.low).means, dense(line.high).means), band);
  } else if (!line.limit) {
    svg.area(curve.bands, band);
  }
  svg.curve(curve.means, kind);
}

// Right-aligned in the title line of the panel; the width of a letter is a guess that leaves room.
void draw_legend(SvgWriter& svg, const SeriesPanel& panel, double baseline) {
  double x = left + plot_width;
  for (std::size_t i = panel.lines.size(); i-- > 0;) {
    const SeriesLine& line = panel.lines[i];
    x -= 7.2 * static_cast<double>(line.label.size());
    svg.text({x, baseline}, line.label, "about");
    svg.line({x - 26, baseline - 4}, {x - 6, baseline - 4},
             line.limit ? "limit" : fmt::format("curve c{}", i % colours));
    x -= 46;
  }
}

std::pair<double, double> range_of(const SeriesPanel& panel) {
  double least = 0.0;
  double most = panel.top.value_or(0.0);
  for (const SeriesLine& line : panel.lines)
    for (const auto* values : {&line.values, &line.low, &line.high})
      for (const double value : *values)
        if (std::isfinite(value)) {
          least = std::min(least, value);
          most = std::max(most, value);
        }
  return {least, most};
}

void draw_panel(SvgWriter& svg, const SeriesPanels& series, const SeriesPanel& panel, double top,
                const std::vector<Tick>& times) {
  const auto [least, most] = range_of(panel);
  const std::vector<Tick> values = value_ticks(least, most, 4);
  const Frame frame{series.time_s.front(), series.time_s.back(), values.front().at, values.back().at,
                    top + title_height};
  svg.text({left, top + 24}, panel.title + (panel.unit.empty() ? "" : ", " + panel.unit), "panel");
  if (panel.lines.size() > 1) draw_legend(svg, panel, top + 24);
  for (const Tick& tick : times)
    svg.line({frame.x(tick.at), frame.top}, {frame.x(tick.at), frame.top + plot_height}, "grid");
  for (const Tick& tick : values) {
    svg.line({left, frame.y(tick.at)}, {left + plot_width, frame.y(tick.at)}, tick.at == 0.0 ? "base" : "grid");
    svg.text({left - 10, frame.y(tick.at) + 4.5}, tick.label, "value");
  }
  if (series.mark_s)
    svg.line({frame.x(*series.mark_s), frame.top}, {frame.x(*series.mark_s), frame.top + plot_height}, "mark");
  for (std::size_t i = 0; i < panel.lines.size(); ++i)
    draw_line(svg, frame, series.time_s, panel.lines[i], i % colours);
}

}  // namespace

bool draws_means(const SeriesPanels& series) {
  return series.time_s.size() > most_bins;
}

std::string panels_svg(const SeriesPanels& series, const PictureText& text) {
  if (series.panels.empty()) return {};
  const int height = head + static_cast<int>(series.panels.size()) * panel_height + foot;
  const double begin = series.time_s.front();
  const double end = series.time_s.back();
  const std::vector<Tick> times = time_ticks(begin, end, series.start, 9);

  SvgWriter svg(width, height, text.heading, style);
  svg.rectangle({0, 0}, width, height, "paper");
  svg.text({left, 32}, text.heading, "heading");
  svg.text({left, 53}, text.about, "about");
  for (std::size_t i = 0; i < series.panels.size(); ++i)
    draw_panel(svg, series, series.panels[i], static_cast<double>(head + static_cast<int>(i) * panel_height), times);
  const Frame frame{begin, end, 0.0, 1.0, 0.0};
  for (const Tick& tick : times) svg.text({frame.x(tick.at), height - foot + 12.0}, tick.label, "time");
  return std::move(svg).take();
}

}  // namespace chokepoint::analysis
