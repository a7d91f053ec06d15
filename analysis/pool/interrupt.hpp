#pragma once

#include <stdexcept>

namespace chokepoint::analysis {

/// The work was stopped from without: Ctrl-C, SIGTERM from a batch system, a terminal that was closed.
class Interrupted : public std::runtime_error {
 public:
  Interrupted() : std::runtime_error("interrupted") {}
};

/// While at least one of these stands, SIGINT, SIGTERM and SIGHUP no longer end the process but are noted, so that the
/// work can end its children and take back what is half-written. Watches nest. A signal that came and that nobody
/// reported is raised again when the last watch goes, so none is lost. For single-threaded programs.
class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

  /// Throws Interrupted if a signal came.
  void throw_if_interrupted() const;
  /// Becomes readable for poll() when a signal comes.
  [[nodiscard]] int descriptor() const;
};

}  // namespace chokepoint::analysis
