#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "sim/kernel/four_ary_heap.hpp"

namespace chokepoint::sim {

/// The order of what happens at one date: jobs end and goods leave, then things arrive, then decisions are taken on
/// all of it, then the result is recorded.
enum class Phase : std::uint8_t { ends, arrivals, decisions, records };

/// Something that events happen to. Does not own the queue and is not owned by it.
class EventHandler {
 public:
  virtual ~EventHandler() = default;
  virtual void on_event(std::uint64_t argument) = 0;
};

/// Something that happens at a date, `time_s` seconds after the start. Events of one date happen in order of phase,
/// those of one phase in order of id, those of one id in the order in which they were scheduled.
struct Event {
  double time_s = 0.0;
  Phase phase = Phase::ends;
  /// Below 2^60.
  std::uint64_t id = 0;
  EventHandler* handler = nullptr;
  std::uint64_t argument = 0;
};

/// Names one scheduled event, so that it can be cancelled.
struct EventTicket {
  std::uint32_t slot = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t sequence = 0;
};

/// The events to come, ordered by (time, phase, id). Cancelled events stay in the heap until they surface or outnumber
/// the others.
/// schedule and pop: O(log n); cancel: O(1), amortised.
class EventQueue {
 public:
  [[nodiscard]] bool empty() const { return live_ == 0; }
  [[nodiscard]] std::size_t size() const { return live_; }

  EventTicket schedule(const Event& event);
  /// False if the event has happened or was cancelled before.
  bool cancel(EventTicket ticket);
  /// The date of the next event; infinity if there is none.
  [[nodiscard]] double next_time_s();
  /// Takes the next event if there is one at `date_s` or before.
  std::optional<Event> pop_until(double date_s);

 private:
  struct Entry {
    double time_s;
    std::uint64_t order;  // phase in the highest four bits, then id
    std::uint32_t slot;
    std::uint32_t sequence;
  };
  struct Slot {
    EventHandler* handler = nullptr;
    std::uint64_t argument = 0;
    std::uint32_t sequence = 0;
    bool live = false;
  };

  struct Before {
    bool operator()(const Entry& a, const Entry& b) const {
      if (a.time_s != b.time_s) return a.time_s < b.time_s;
      if (a.order != b.order) return a.order < b.order;
      // The counter may have gone round: of two that are close, the older one is behind the younger.
      return static_cast<std::int32_t>(a.sequence - b.sequence) < 0;
    }
  };

  [[nodiscard]] bool stale(const Entry& entry) const;
  void drop_stale_head();
  void release(std::uint32_t slot);

  FourAryHeap<Entry, Before> heap_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_slots_;
  std::size_t live_ = 0;
  std::uint32_t next_sequence_ = 0;
};

}  // namespace chokepoint::sim
