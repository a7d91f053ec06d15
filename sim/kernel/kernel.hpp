#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>

#include "sim/kernel/event_queue.hpp"

namespace chokepoint::sim {

/// The clock of a run and what happens on it. SimGrid's clock is the clock: the kernel lets SimGrid advance to the date
/// of the next event, so that whatever competes for resources there (flows, executions) moves along, and then makes all
/// events of that date happen in their order. Dates are seconds since the start of the scenario.
///
/// Where nobody uses SimGrid its clock could not be told from the date of the event, and moving it is more than a third
/// of the work of a replay: then it catches up when a use begins and when `run` returns.
///
/// An event scheduled while SimGrid advances (when one of its activities completes) happens at that date. An error that
/// is thrown on the way is kept and leaves `run`, never an actor of SimGrid. One kernel a process: SimGrid keeps one
/// engine.
class Kernel {
 public:
  Kernel();
  ~Kernel();
  Kernel(const Kernel&) = delete;
  Kernel& operator=(const Kernel&) = delete;

  /// The date of the event that is happening, or, while SimGrid advances, its clock.
  [[nodiscard]] double now_s() const { return advancing_ ? simgrid_now_s() : now_s_; }
  /// Events that have happened so far.
  [[nodiscard]] std::uint64_t events() const { return events_; }

  /// `event.time_s` must not lie before `now_s()`.
  EventTicket schedule(const Event& event);
  bool cancel(EventTicket ticket) { return queue_.cancel(ticket); }

  /// Runs until there are no events left and no activity of SimGrid that may bring one, or up to and with those at
  /// `end_s`; the clock then stands at the last one, or at a finite `end_s`. Rethrows what a handler threw.
  void run(double end_s = std::numeric_limits<double>::infinity());
  /// Ends `run` after the events of this date. SimGrid's clock may have gone on to the date that it was advancing to.
  void stop() { stopped_ = true; }
  /// Activities and actors of SimGrid may be made and are under way while one of these lives: SimGrid's clock stands at
  /// the kernel's date and moves with it.
  class SimGridUse {
   public:
    explicit SimGridUse(Kernel& kernel);
    ~SimGridUse();
    SimGridUse(const SimGridUse&) = delete;
    SimGridUse& operator=(const SimGridUse&) = delete;

   private:
    Kernel& kernel_;
  };

  /// Calls `watcher` after every `events` events, between two of them; it must change nothing.
  void watch(std::uint64_t events, std::function<void()> watcher);

 private:
  class SimGridClock;

  void advance_simgrid(double date_s);
  void happen_at(double date_s);
  [[nodiscard]] double simgrid_now_s() const;

  EventQueue queue_;
  double now_s_ = 0.0;
  std::uint64_t events_ = 0;
  bool stopped_ = false;
  bool advancing_ = false;
  int simgrid_uses_ = 0;
  std::exception_ptr error_;
  std::uint64_t watch_every_ = 0;
  std::uint64_t watch_next_ = std::numeric_limits<std::uint64_t>::max();
  std::function<void()> watcher_;
  std::unique_ptr<SimGridClock> clock_;
};

}  // namespace chokepoint::sim
