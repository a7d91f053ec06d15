#include "sim/kernel/kernel.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <string>

#include <simgrid/kernel/Timer.hpp>
#include <simgrid/s4u.hpp>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {
namespace {

/// SimGrid answers Ctrl-C by an exit of its own; what the program had arranged holds on when this goes.
class KeptInterrupt {
 public:
  KeptInterrupt() { ::sigaction(SIGINT, nullptr, &action_); }
  KeptInterrupt(const KeptInterrupt&) = delete;
  KeptInterrupt& operator=(const KeptInterrupt&) = delete;
  ~KeptInterrupt() { ::sigaction(SIGINT, &action_, nullptr); }

 private:
  struct sigaction action_ {};
};

/// SimGrid keeps pointers into its argument vector.
simgrid::s4u::Engine open_engine() {
  static std::array<std::string, 3> words {
    "chokepoint", "--log=root.threshold:critical",
#if defined(__SANITIZE_ADDRESS__)
        "--cfg=contexts/factory:thread"
#else
        "--cfg=contexts/factory:raw"
#endif
  };
  static std::array<char*, 4> vector{words[0].data(), words[1].data(), words[2].data(), nullptr};
  static int count = 3;
  const KeptInterrupt kept;
  return simgrid::s4u::Engine(&count, vector.data());
}

}  // namespace

/// SimGrid behind the kernel: an engine with an empty platform, unless somebody built one before the first advance.
class Kernel::SimGridClock {
 public:
  SimGridClock() : engine_(open_engine()) {}

  [[nodiscard]] double now_s() const { return simgrid::s4u::Engine::get_clock(); }

  void advance_to(double date_s) {
    if (date_s <= now_s()) return;
    if (!sealed_) seal_platform();
    if (date_s < std::numeric_limits<double>::infinity())
      engine_.run_until(date_s);
    else
      engine_.run();
  }

  template <class Wake>
  void wake_at(double date_s, Wake wake) {
    simgrid::kernel::timer::Timer::set(date_s, wake);
  }

 private:
  void seal_platform() {
    if (engine_.get_netzone_root() == nullptr) {
      auto* zone = simgrid::s4u::create_empty_zone("world");
      zone->create_host("clock", 1.0)->seal();
      zone->seal();
    }
    sealed_ = true;
  }

  simgrid::s4u::Engine engine_;
  bool sealed_ = false;
};

Kernel::Kernel() : clock_(std::make_unique<SimGridClock>()) {
  models::expects(clock_->now_s() == 0.0, "one kernel a process: SimGrid's clock stands at zero");
}

Kernel::~Kernel() = default;

EventTicket Kernel::schedule(const Event& event) {
  models::expects(event.time_s >= now_s(), "an event does not lie in the past");
  // It may come up before the date that SimGrid is advancing to.
  if (advancing_) clock_->wake_at(event.time_s, [this] { happen_at(clock_->now_s()); });
  return queue_.schedule(event);
}

void Kernel::run(double end_s) {
  stopped_ = false;
  bool reached_end = false;
  while (!stopped_ && !error_ && !reached_end) {
    const double date_s = std::min(queue_.next_time_s(), end_s);
    if (date_s == std::numeric_limits<double>::infinity()) {
      if (simgrid_uses_ > 0) advance_simgrid(date_s);
      break;
    }
    reached_end = queue_.next_time_s() > end_s;
    if (simgrid_uses_ > 0) advance_simgrid(date_s);
    if (stopped_ || error_) break;
    now_s_ = std::max(now_s_, date_s);
    happen_at(date_s);
  }
  if (simgrid_uses_ == 0) advance_simgrid(now_s_);
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

void Kernel::advance_simgrid(double date_s) {
  advancing_ = true;
  clock_->advance_to(date_s);
  advancing_ = false;
}

Kernel::SimGridUse::SimGridUse(Kernel& kernel) : kernel_(kernel) {
  if (kernel_.simgrid_uses_++ == 0) kernel_.advance_simgrid(kernel_.now_s_);
}

Kernel::SimGridUse::~SimGridUse() {
  --kernel_.simgrid_uses_;
}

double Kernel::simgrid_now_s() const {
  return clock_->now_s();
}

void Kernel::watch(std::uint64_t events, std::function<void()> watcher) {
  models::expects(events > 0, "a watcher is called after some events");
  watch_every_ = events;
  watch_next_ = events_ + events;
  watcher_ = std::move(watcher);
}

void Kernel::happen_at(double date_s) {
  try {
    while (!error_) {
      const auto event = queue_.pop_until(date_s);
      if (!event) break;
      now_s_ = event->time_s;
      ++events_;
      event->handler->on_event(event->argument);
      if (events_ >= watch_next_) {
        watch_next_ += watch_every_;
        watcher_();
      }
    }
  } catch (...) {
    error_ = std::current_exception();
  }
}

}  // namespace chokepoint::sim
