#include "models/hardware/fair_paces.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <queue>
#include <utility>

namespace chokepoint::models {
namespace {

struct Link {
  double left = 0.0;
  /// Flows that have no pace yet.
  std::uint32_t open = 0;
  std::vector<std::uint32_t> flows{};

  [[nodiscard]] double share() const { return left / open; }
};

class Filling {
 public:
  Filling(std::span<const double> capacities, std::span<const FairFlow> flows)
      : flows_(flows), links_(capacities.size()), paces_(flows.size(), -1.0) {
    for (std::size_t i = 0; i < capacities.size(); ++i) links_[i].left = capacities[i];
    for (std::uint32_t flow = 0; flow < flows.size(); ++flow)
      for (const std::uint32_t link : flows[flow].links) links_[link].flows.push_back(flow);
    for (std::uint32_t link = 0; link < links_.size(); ++link) {
      links_[link].open = static_cast<std::uint32_t>(links_[link].flows.size());
      if (links_[link].open > 0) by_share_.emplace(links_[link].share(), link);
    }
  }

  std::vector<double> paces() {
    std::vector<std::uint32_t> by_limit(flows_.size());
    std::iota(by_limit.begin(), by_limit.end(), 0u);
    std::ranges::stable_sort(by_limit, {}, [this](std::uint32_t flow) { return flows_[flow].most; });
    for (const std::uint32_t flow : by_limit) {
      while (paces_[flow] < 0.0 && find_fullest() < flows_[flow].most) stop_at_fullest();
      if (paces_[flow] < 0.0) stop(flow, flows_[flow].most);
    }
    return std::move(paces_);
  }

 private:
  using Entry = std::pair<double, std::uint32_t>;

  /// Brings the link that is full next to the top, and gives what its flows get. Shares only grow, so that an entry is
  /// late but never early.
  double find_fullest() {
    while (!by_share_.empty()) {
      const auto [share, index] = by_share_.top();
      const Link& link = links_[index];
      if (link.open > 0 && link.share() <= share) return share;
      by_share_.pop();
      if (link.open > 0) by_share_.emplace(link.share(), index);
    }
    return std::numeric_limits<double>::infinity();
  }

  void stop_at_fullest() {
    const auto [share, index] = by_share_.top();
    by_share_.pop();
    for (const std::uint32_t flow : links_[index].flows)
      if (paces_[flow] < 0.0) stop(flow, share);
  }

  void stop(std::uint32_t flow, double pace) {
    paces_[flow] = pace;
    for (const std::uint32_t index : flows_[flow].links) {
      Link& link = links_[index];
      link.left = std::max(0.0, link.left - pace);
      --link.open;
    }
  }

  std::span<const FairFlow> flows_;
  std::vector<Link> links_;
  std::vector<double> paces_;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> by_share_;
};

}  // namespace

std::vector<double> fair_paces(std::span<const double> capacities, std::span<const FairFlow> flows) {
  return Filling(capacities, flows).paces();
}

}  // namespace chokepoint::models
