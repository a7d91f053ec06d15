#include "analysis/output/svg_writer.hpp"

#include <cmath>
#include <iterator>

#include <fmt/format.h>

namespace chokepoint::analysis {
namespace {

std::string escaped(std::string_view words) {
  std::string text;
  for (const char c : words) {
    switch (c) {
      case '&':
        text += "&amp;";
        break;
      case '<':
        text += "&lt;";
        break;
      case '>':
        text += "&gt;";
        break;
      case '"':
        text += "&quot;";
        break;
      default:
        text += c >= 0 && c < ' ' ? ' ' : c;
    }
  }
  return text;
}

double tenth(double value) {
  return std::round(value * 10.0) / 10.0 + 0.0;
}

template <typename... Values>
void append(std::string& text, fmt::format_string<Values...> form, Values&&... values) {
  fmt::format_to(std::back_inserter(text), form, std::forward<Values>(values)...);
}

}  // namespace

SvgWriter::SvgWriter(int width, int height, std::string_view title, std::string_view style) {
  append(text_,
         "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
         "role=\"img\">\n<title>{2}</title>\n<style>{3}</style>\n",
         width, height, escaped(title), style);
}

void SvgWriter::rectangle(Point corner, double width, double height, std::string_view kind) {
  append(text_, "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n", kind, tenth(corner.x),
         tenth(corner.y), tenth(width), tenth(height));
}

void SvgWriter::line(Point from, Point to, std::string_view kind) {
  append(text_, "<line class=\"{}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>\n", kind, tenth(from.x), tenth(from.y),
         tenth(to.x), tenth(to.y));
}

void SvgWriter::text(Point at, std::string_view words, std::string_view kind) {
  append(text_, "<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>\n", kind, tenth(at.x), tenth(at.y), escaped(words));
}

void SvgWriter::curve(const std::vector<std::vector<Point>>& pieces, std::string_view kind) {
  path(pieces, "", kind);
}

void SvgWriter::area(const std::vector<std::vector<Point>>& pieces, std::string_view kind) {
  path(pieces, "Z", kind);
}

void SvgWriter::path(const std::vector<std::vector<Point>>& pieces, std::string_view end, std::string_view kind) {
  append(text_, "<path class=\"{}\" d=\"", kind);
  for (const auto& piece : pieces) {
    if (piece.empty()) continue;
    char command = 'M';
    double x = 0.0;
    double y = 0.0;
    // Steps are mostly level or upright: a command for each saves half of the file.
    for (const Point& point : piece) {
      const double next_x = tenth(point.x);
      const double next_y = tenth(point.y);
      if (command == 'L' && next_x == x && next_y == y) continue;
      if (command == 'L' && next_y == y) {
        append(text_, "H{}", next_x);
      } else if (command == 'L' && next_x == x) {
        append(text_, "V{}", next_y);
      } else {
        append(text_, "{}{} {}", command, next_x, next_y);
      }
      command = 'L';
      x = next_x;
      y = next_y;
    }
    text_ += end;
  }
  text_ += "\"/>\n";
}

std::string SvgWriter::take() && {
  return std::move(text_) + "</svg>\n";
}

}  // namespace chokepoint::analysis
