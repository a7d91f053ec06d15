#pragma once

#include <chrono>
#include <cstdio>
#include <optional>
#include <string>

#include "cli/terminal/terminal.hpp"
#include "models/calendar/time_zone.hpp"

namespace chokepoint::cli {

/// One state of a progress bar.
struct ProgressState {
  /// 0 to 1.
  double share = 0.0;
  /// The simulated date, if there is one.
  std::optional<models::Instant> now;
  std::chrono::duration<double> elapsed{0.0};
  /// Of the work that was done when the time began: of what an earlier call did.
  double share_before = 0.0;
  /// More words, such as "81 of 2,000 runs".
  std::string facts = {};
};

/// A line of the terminal's width at most: bar, share, simulated date, facts, remaining time.
std::string progress_line(const ProgressState& state, const Terminal& terminal);

/// Draws the line on standard error at most ten times a second, over and over at the same place, and takes it away at
/// the end. Does nothing if no person watches.
class ProgressBar {
 public:
  explicit ProgressBar(std::FILE* stream = stderr);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void update(double share, std::optional<models::Instant> now) { update({.share = share, .now = now}); }
  /// Its time is the bar's own.
  void update(ProgressState state);
  /// Takes the line away, before something else is printed.
  void erase();

 private:
  using Clock = std::chrono::steady_clock;

  std::FILE* stream_;
  Terminal terminal_;
  Clock::time_point begin_ = Clock::now();
  std::optional<Clock::time_point> drawn_;
};

}  // namespace chokepoint::cli
