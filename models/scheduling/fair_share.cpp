#include "models/scheduling/fair_share.hpp"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace chokepoint::models {
namespace {

struct Owner {
  double standing = 0.0;
  double share = 1.0;
  std::vector<WaitingQueue::Position> jobs{};
  std::size_t next = 0;

  [[nodiscard]] WaitingQueue::Position head() const { return jobs[next]; }
};

/// For a heap whose top goes first.
bool goes_after(const Owner* a, const Owner* b) {
  if (a->standing != b->standing) return a->standing > b->standing;
  return WaitingQueue::Before{}(*b->head(), *a->head());
}

}  // namespace

void FairShare::decide(DecisionRound& round) const {
  const UsageLedger& usage = round.usage();
  if (!round.has_free_gpus()) return;
  std::vector<Owner> owners;
  std::unordered_map<std::uint32_t, std::size_t> places;
  for (auto position = round.queue().begin(); position != round.queue().end(); ++position) {
    const std::uint32_t owner = position->job.owner;
    const auto [place, is_new] = places.try_emplace(owner, owners.size());
    if (is_new) {
      const double share = usage.share(owner);
      const double had = usage.used_gpu_s(owner, round.now_s()) + usage.promised_gpu_s(owner, round.now_s());
      owners.push_back({.standing = had / share, .share = share});
    }
    owners[place->second].jobs.push_back(position);
  }
  std::vector<Owner*> heap;
  for (Owner& owner : owners) heap.push_back(&owner);
  std::ranges::make_heap(heap, goes_after);
  while (!heap.empty()) {
    std::ranges::pop_heap(heap, goes_after);
    Owner& owner = *heap.back();
    if (!round.start(owner.head())) return;
    const Start& start = round.started().back();
    owner.standing += start.allocation.gpus * start.duration_s() / owner.share;
    if (++owner.next == owner.jobs.size()) {
      heap.pop_back();
    } else {
      std::ranges::push_heap(heap, goes_after);
    }
  }
}

}  // namespace chokepoint::models
