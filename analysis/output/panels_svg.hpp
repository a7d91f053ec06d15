#pragma once

#include <string>

#include "analysis/output/series_panels.hpp"

namespace chokepoint::analysis {

/// What a picture says at its head.
struct PictureText {
  std::string heading;
  std::string about;
};

/// Stacked panels over one axis of time as a picture (SVG). Where several values fall on one place, a line shows their
/// mean over time, and a band their least and most, or the mean of a band that the line has. Colours are those of Okabe
/// and Ito (2008, "Color Universal Design"), which the colour-blind can tell apart. Empty if there are no panels.
std::string panels_svg(const SeriesPanels& series, const PictureText& text);

/// Whether it does so.
bool draws_means(const SeriesPanels& series);

}  // namespace chokepoint::analysis
