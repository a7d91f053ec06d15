#include "cli/terminal/progress_bar.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "cli/terminal/figure_text.hpp"
#include "models/calendar/iso_date.hpp"

namespace chokepoint::cli {
namespace {

constexpr std::chrono::milliseconds redraw_interval{100};
constexpr int bar_width = 30;
constexpr const char* erase_line = "\r\x1b[K";

std::string bar(double share, bool unicode) {
  constexpr std::array<const char*, 8> eighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const int filled = static_cast<int>(share * bar_width * 8);
  std::string text;
  for (int i = 0; i < filled / 8; ++i) text += unicode ? "█" : "#";
  int cells = filled / 8;
  if (unicode && filled % 8 > 0) {
    text += eighths[static_cast<std::size_t>(filled % 8)];
    ++cells;
  }
  return "[" + text + std::string(static_cast<std::size_t>(bar_width - cells), ' ') + "]";
}

}  // namespace

std::string progress_line(const ProgressState& state, const Terminal& terminal) {
  const double share = std::isnan(state.share) ? 0.0 : std::clamp(state.share, 0.0, 1.0);
  std::string facts = fmt::format("{:3.0f} %", std::floor(share * 100.0));
  if (state.now) facts += "  " + models::format_date(models::LocalTime(state.now->time_since_epoch()));
  if (!state.facts.empty()) facts += "  " + state.facts;
  // The first moments tell nothing of the rest.
  const double worked = share - state.share_before;
  if (worked > 0.01 && share < 1.0)
    facts += "  " + duration_text(std::ceil(state.elapsed.count() * (1.0 - share) / worked)) + " left";
  if (static_cast<int>(facts.size()) + bar_width + 4 > terminal.width) return facts;
  return bar(share, terminal.unicode) + " " + facts;
}

ProgressBar::ProgressBar(std::FILE* stream) : stream_(stream), terminal_(terminal_of(stream)) {}

ProgressBar::~ProgressBar() {
  erase();
}

void ProgressBar::update(ProgressState state) {
  if (!terminal_.interactive) return;
  const auto wall = Clock::now();
  // A short run shows no bar at all.
  if (wall - drawn_.value_or(begin_) < redraw_interval) return;
  drawn_ = wall;
  state.elapsed = wall - begin_;
  fmt::print(stream_, "{}{}", erase_line, progress_line(state, terminal_));
  std::fflush(stream_);
}

void ProgressBar::erase() {
  if (!drawn_) return;
  std::fputs(erase_line, stream_);
  std::fflush(stream_);
  drawn_.reset();
}

}  // namespace chokepoint::cli
