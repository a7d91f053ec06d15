#include "models/hardware/collective_load.hpp"

#include <algorithm>
#include <limits>

#include "models/contract/expects.hpp"

namespace chokepoint::models {
namespace {

std::vector<LinkUse> counted(std::vector<int> links) {
  std::ranges::sort(links);
  std::vector<LinkUse> uses;
  for (const int link : links) {
    if (uses.empty() || uses.back().link != link) uses.push_back({.link = link, .times = 0});
    ++uses.back().times;
  }
  return uses;
}

/// The GPUs of each node that has some, in order.
std::vector<std::span<const int>> by_node(const FabricGraph& graph, std::span<const int> gpus) {
  std::vector<std::span<const int>> nodes;
  for (std::size_t begin = 0; begin < gpus.size();) {
    std::size_t end = begin + 1;
    while (end < gpus.size() && graph.node_of(gpus[end]) == graph.node_of(gpus[begin])) ++end;
    nodes.push_back(gpus.subspan(begin, end - begin));
    begin = end;
  }
  return nodes;
}

}  // namespace

void CollectiveLoad::add(const CollectiveLoad& other) {
  expects(uses.empty() || channels == other.channels, "collectives of one load have as many channels");
  channels = other.channels;
  std::vector<LinkUse> sum;
  sum.reserve(uses.size() + other.uses.size());
  std::ranges::merge(uses, other.uses, std::back_inserter(sum), {}, &LinkUse::link, &LinkUse::link);
  uses.clear();
  for (const LinkUse& use : sum) {
    if (!uses.empty() && uses.back().link == use.link)
      uses.back().times += use.times;
    else
      uses.push_back(use);
  }
}

CollectiveLoad ring_load(const FabricGraph& graph, std::span<const int> gpus, int most_channels) {
  CollectiveLoad load;
  if (gpus.size() < 2) return load;
  const auto nodes = by_node(graph, gpus);
  std::vector<int> links;
  if (nodes.size() > 1) {
    std::size_t fewest = gpus.size();
    for (const auto& node : nodes) fewest = std::min(fewest, node.size());
    load.channels = std::min(most_channels, static_cast<int>(fewest));
  }
  for (int channel = 0; channel < load.channels; ++channel) {
    const auto shift = static_cast<std::size_t>(channel);
    const auto member = [&](std::size_t node, std::size_t place) {
      return nodes[node][(shift + place) % nodes[node].size()];
    };
    for (std::size_t node = 0; node < nodes.size(); ++node) {
      const std::size_t last = nodes[node].size() - 1;
      for (std::size_t place = 0; place < last; ++place)
        graph.append_way(member(node, place), member(node, place + 1), links);
      graph.append_way(member(node, last), member((node + 1) % nodes.size(), 0), links);
    }
  }
  load.uses = counted(std::move(links));
  return load;
}

CollectiveLoad all_to_all_load(const FabricGraph& graph, std::span<const int> gpus) {
  std::vector<int> links;
  for (const int from : gpus)
    for (const int to : gpus) graph.append_way(from, to, links);
  return {.uses = counted(std::move(links))};
}

CollectiveLoad pairs_load(const FabricGraph& graph, std::span<const int> from, std::span<const int> to) {
  expects(from.size() == to.size(), "each sender has a receiver");
  std::vector<int> links;
  for (std::size_t i = 0; i < from.size(); ++i) graph.append_way(from[i], to[i], links);
  return {.uses = counted(std::move(links))};
}

double pace_bytes_per_s(const FabricGraph& graph, const CollectiveLoad& load) {
  double pace = std::numeric_limits<double>::infinity();
  for (const LinkUse& use : load.uses) pace = std::min(pace, graph.bytes_per_s(use.link) / use.times);
  return load.channels * pace;
}

}  // namespace chokepoint::models
