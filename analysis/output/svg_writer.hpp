#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::analysis {

/// Writes a picture in Scalable Vector Graphics (W3C SVG 1.1): the few shapes that a chart needs, coordinates in pixels
/// to a tenth, texts escaped. Classes refer to the style sheet that is given first.
class SvgWriter {
 public:
  struct Point {
    double x;
    double y;
  };

  SvgWriter(int width, int height, std::string_view title, std::string_view style);

  void rectangle(Point corner, double width, double height, std::string_view kind);
  void line(Point from, Point to, std::string_view kind);
  void text(Point at, std::string_view words, std::string_view kind);
  /// A curve through each of `pieces`; pieces without points are left out.
  void curve(const std::vector<std::vector<Point>>& pieces, std::string_view kind);
  /// The same, each piece closed and filled.
  void area(const std::vector<std::vector<Point>>& pieces, std::string_view kind);

  [[nodiscard]] std::string take() &&;

 private:
  void path(const std::vector<std::vector<Point>>& pieces, std::string_view end, std::string_view kind);

  std::string text_;
};

}  // namespace chokepoint::analysis
