#include "sim/kernel/event_queue.hpp"

#include <cmath>
#include <map>
#include <random>
#include <tuple>

#include <doctest/doctest.h>

namespace chokepoint::sim {
namespace {

class Nothing final : public EventHandler {
 public:
  void on_event(std::uint64_t) override {}
};

using Key = std::tuple<double, int, std::uint64_t, std::uint64_t>;

/// A queue beside an ordered map that is given the same events.
class QueueAndMap {
 public:
  explicit QueueAndMap(std::uint64_t seed) : chance_(seed) {}

  void schedule() {
    const Event event{.time_s = static_cast<double>(chance_() % 50),
                      .phase = static_cast<Phase>(chance_() % 4),
                      .id = chance_() % 3,
                      .handler = &nothing_,
                      .argument = number_};
    const Key key{event.time_s, static_cast<int>(event.phase), event.id, number_++};
    map_[key] = tickets_.size();
    tickets_.push_back({queue_.schedule(event), key});
  }

  void cancel() {
    if (tickets_.empty()) return;
    const auto& [ticket, key] = tickets_[chance_() % tickets_.size()];
    CHECK(queue_.cancel(ticket) == (map_.erase(key) == 1));
  }

  void pop() {
    CHECK(queue_.size() == map_.size());
    CHECK(queue_.empty() == map_.empty());
    if (map_.empty()) {
      CHECK(queue_.next_time_s() == std::numeric_limits<double>::infinity());
      return;
    }
    const Key key = map_.begin()->first;
    map_.erase(map_.begin());
    CHECK(queue_.next_time_s() == std::get<0>(key));
    CHECK_FALSE(queue_.pop_until(std::nextafter(std::get<0>(key), -1.0)).has_value());
    const auto event = queue_.pop_until(std::get<0>(key));
    REQUIRE(event.has_value());
    CHECK(Key{event->time_s, static_cast<int>(event->phase), event->id, event->argument} == key);
    CHECK(event->handler == &nothing_);
  }

  [[nodiscard]] bool empty() const { return map_.empty(); }

 private:
  std::mt19937_64 chance_;
  Nothing nothing_;
  EventQueue queue_;
  std::map<Key, std::size_t> map_;
  std::vector<std::pair<EventTicket, Key>> tickets_;
  std::uint64_t number_ = 0;
};

}  // namespace

TEST_CASE("events leave in order of time and phase and id and scheduling whatever was cancelled") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 chance(seed);
    QueueAndMap both(seed);
    // Some seeds cancel more than they schedule, so that the heap is swept.
    const std::uint64_t cancels = 1 + chance() % 6;
    for (int step = 0; step < 2000; ++step) {
      const std::uint64_t what = chance() % (5 + cancels);
      if (what < 4) {
        both.schedule();
      } else if (what < 4 + cancels) {
        both.cancel();
      } else {
        both.pop();
      }
    }
    while (!both.empty()) both.pop();
    both.pop();
  }
}

TEST_CASE("an event that has happened cannot be cancelled and its ticket names no later one") {
  Nothing nothing;
  EventQueue queue;
  const EventTicket first = queue.schedule({.time_s = 1.0, .handler = &nothing});
  CHECK(queue.pop_until(1.0).has_value());
  const EventTicket second = queue.schedule({.time_s = 2.0, .handler = &nothing});
  CHECK(first.slot == second.slot);
  CHECK_FALSE(queue.cancel(first));
  CHECK(queue.size() == 1);
  CHECK(queue.cancel(second));
  CHECK_FALSE(queue.cancel(second));
  CHECK_FALSE(queue.cancel({}));
}

TEST_CASE("an event without a handler or without a date is refused") {
  Nothing nothing;
  EventQueue queue;
  CHECK_THROWS((void)queue.schedule({.time_s = 1.0}));
  for (const double date_s : {-1.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
    CHECK_THROWS((void)queue.schedule({.time_s = date_s, .handler = &nothing}));
  CHECK_THROWS((void)queue.schedule({.time_s = 1.0, .id = std::uint64_t{1} << 60, .handler = &nothing}));
}

}  // namespace chokepoint::sim
