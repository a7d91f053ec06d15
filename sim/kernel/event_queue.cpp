#include "sim/kernel/event_queue.hpp"

#include "models/contract/expects.hpp"

namespace chokepoint::sim {
namespace {
constexpr std::uint64_t id_limit = std::uint64_t{1} << 60;
}  // namespace

bool EventQueue::stale(const Entry& entry) const {
  const Slot& slot = slots_[entry.slot];
  return !slot.live || slot.sequence != entry.sequence;
}

EventTicket EventQueue::schedule(const Event& event) {
  models::expects(event.handler != nullptr, "an event has a handler");
  models::expects(event.time_s >= 0.0 && event.time_s < std::numeric_limits<double>::infinity(),
                  "the date of an event is finite and not before the start");
  models::expects(event.id < id_limit, "the id of an event is below 2^60");
  std::uint32_t slot = 0;
  if (free_slots_.empty()) {
    slot = static_cast<std::uint32_t>(slots_.size());
    slots_.emplace_back();
  } else {
    slot = free_slots_.back();
    free_slots_.pop_back();
  }
  const std::uint32_t sequence = next_sequence_++;
  slots_[slot] = {.handler = event.handler, .argument = event.argument, .sequence = sequence, .live = true};
  const std::uint64_t order = static_cast<std::uint64_t>(event.phase) << 60 | event.id;
  heap_.push({.time_s = event.time_s, .order = order, .slot = slot, .sequence = sequence});
  ++live_;
  return {.slot = slot, .sequence = sequence};
}

bool EventQueue::cancel(EventTicket ticket) {
  if (ticket.slot >= slots_.size()) return false;
  const Slot& slot = slots_[ticket.slot];
  if (!slot.live || slot.sequence != ticket.sequence) return false;
  release(ticket.slot);
  if (heap_.size() > 64 && heap_.size() > 2 * live_)
    heap_.erase_if([this](const Entry& entry) { return stale(entry); });
  return true;
}

double EventQueue::next_time_s() {
  drop_stale_head();
  return heap_.empty() ? std::numeric_limits<double>::infinity() : heap_.top().time_s;
}

std::optional<Event> EventQueue::pop_until(double date_s) {
  drop_stale_head();
  if (heap_.empty() || heap_.top().time_s > date_s) return std::nullopt;
  const Entry head = heap_.top();
  const Slot& slot = slots_[head.slot];
  const Event event{.time_s = head.time_s,
                    .phase = static_cast<Phase>(head.order >> 60),
                    .id = head.order & (id_limit - 1),
                    .handler = slot.handler,
                    .argument = slot.argument};
  release(head.slot);
  heap_.pop();
  return event;
}

void EventQueue::release(std::uint32_t slot) {
  slots_[slot].live = false;
  free_slots_.push_back(slot);
  --live_;
}

void EventQueue::drop_stale_head() {
  while (!heap_.empty() && stale(heap_.top())) heap_.pop();
}

}  // namespace chokepoint::sim
