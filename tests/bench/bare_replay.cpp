#include "bench/bare_replay.hpp"

#include <algorithm>
#include <numeric>
#include <queue>
#include <set>
#include <utility>

namespace chokepoint::bench {
namespace {

constexpr int node_gpus = 8;

struct Tenant {
  std::vector<int> free;
  std::set<std::pair<double, std::uint32_t>> waiting;
};

struct End {
  double time_s;
  std::uint32_t job;
  bool operator>(const End& other) const { return time_s > other.time_s; }
};

/// Nodes for a job, or none.
bool place(Tenant& tenant, int gpus, std::vector<std::uint32_t>& nodes) {
  std::vector<int>& free = tenant.free;
  nodes.clear();
  const auto whole = static_cast<std::size_t>(gpus / node_gpus);
  const int rest = gpus % node_gpus;
  for (std::uint32_t node = 0; node < free.size() && nodes.size() < whole; ++node)
    if (free[node] == node_gpus) nodes.push_back(node);
  if (nodes.size() < whole) return false;
  for (const std::uint32_t node : nodes) free[node] = 0;
  if (rest == 0) return true;

  const auto least = static_cast<std::uint32_t>(free.size());
  std::uint32_t best = least;
  for (std::uint32_t node = 0; node < free.size(); ++node) {
    if (free[node] < rest) continue;
    const bool better = best == least || (whole == 0 ? free[node] < free[best] : free[node] > free[best]);
    if (better) best = node;
  }
  if (best == least) {
    for (const std::uint32_t node : nodes) free[node] = node_gpus;
    return false;
  }
  free[best] -= rest;
  nodes.push_back(best);
  return true;
}

}  // namespace

std::vector<double> bare_replay(const sim::Trace& trace, const std::vector<std::uint32_t>& tenant_of,
                                const std::vector<sim::TenantNodes>& nodes_of, bool shortest_first) {
  std::vector<Tenant> tenants(nodes_of.size());
  for (std::size_t i = 0; i < nodes_of.size(); ++i) tenants[i].free.assign(nodes_of[i].nodes, node_gpus);
  std::vector<std::uint32_t> order(trace.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t job) { return trace.submit_s[job]; });

  std::vector<double> start_s(trace.size(), -1.0);
  std::vector<std::vector<std::uint32_t>> held(trace.size());
  std::priority_queue<End, std::vector<End>, std::greater<>> ends;
  std::vector<bool> changed(tenants.size(), false);
  std::vector<std::uint32_t> nodes;
  std::size_t next = 0;
  while (next < order.size() || !ends.empty()) {
    const double now_s = next == order.size() ? ends.top().time_s
                         : ends.empty()       ? trace.submit_s[order[next]]
                                              : std::min(ends.top().time_s, trace.submit_s[order[next]]);
    for (; !ends.empty() && ends.top().time_s == now_s; ends.pop()) {
      const std::uint32_t job = ends.top().job;
      Tenant& tenant = tenants[tenant_of[trace.tenant[job]]];
      int rest = trace.gpus[job];
      for (const std::uint32_t node : held[job]) {
        tenant.free[node] += std::min(rest, node_gpus);
        rest -= node_gpus;
      }
      changed[tenant_of[trace.tenant[job]]] = true;
    }
    for (; next < order.size() && trace.submit_s[order[next]] == now_s; ++next) {
      const std::uint32_t job = order[next];
      const std::uint32_t tenant = tenant_of[trace.tenant[job]];
      tenants[tenant].waiting.emplace(shortest_first ? trace.duration_s[job] : trace.submit_s[job],
                                      static_cast<std::uint32_t>(next));
      changed[tenant] = true;
    }
    for (std::size_t i = 0; i < tenants.size(); ++i) {
      if (!changed[i]) continue;
      changed[i] = false;
      Tenant& tenant = tenants[i];
      while (!tenant.waiting.empty()) {
        const std::uint32_t job = order[tenant.waiting.begin()->second];
        if (!place(tenant, trace.gpus[job], nodes)) break;
        tenant.waiting.erase(tenant.waiting.begin());
        start_s[job] = now_s;
        held[job] = nodes;
        ends.push({.time_s = now_s + trace.duration_s[job], .job = job});
      }
    }
  }
  return start_s;
}

}  // namespace chokepoint::bench
