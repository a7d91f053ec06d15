#include "sim/fleet/fleet.hpp"

#include <numeric>
#include <optional>

#include <doctest/doctest.h>

#include "sim/fleet/job_list.hpp"
#include "support/in_child.hpp"

namespace chokepoint::sim {
namespace {

/// The rules of the reference runs, second by second and node by node. A job of no duration gives its GPUs back in the
/// second in which it starts, so that those behind it start in that second too.
class PlainCluster {
 public:
  PlainCluster(const FleetSetup& setup, std::vector<Job> jobs) : setup_(setup), jobs_(std::move(jobs)) {
    for (const TenantNodes& tenant : setup.tenants) free_.emplace_back(tenant.nodes, setup.power.gpus);
    queues_.resize(setup.tenants.size());
    start_s_.assign(jobs_.size(), -1.0);
  }

  std::vector<double> starts() {
    std::size_t started = 0;
    for (double now_s = 0.0; started < jobs_.size(); now_s += 1.0) {
      bool again = true;
      for (bool first = true; again; first = false) {
        again = false;
        std::erase_if(running_, [&](const Running& running) {
          if (running.end_s > now_s) return false;
          change(running, 1);
          return true;
        });
        if (first)
          for (const Job& job : jobs_)
            if (job.submit_s == now_s) queues_[job.tenant].push_back(&job);
        for (std::uint32_t tenant = 0; tenant < queues_.size(); ++tenant) {
          auto& queue = queues_[tenant];
          std::ranges::stable_sort(
              queue, {}, [&](const Job* job) { return setup_.scheduler == "fifo" ? job->submit_s : job->duration_s; });
          while (!queue.empty()) {
            const auto nodes = place(tenant, queue.front()->gpus);
            if (!nodes) break;
            const Job& job = *queue.front();
            queue.erase(queue.begin());
            running_.push_back({.tenant = tenant, .gpus = job.gpus, .nodes = *nodes, .end_s = now_s + job.duration_s});
            change(running_.back(), -1);
            start_s_[job.index] = now_s;
            again = again || job.duration_s == 0.0;
            ++started;
          }
        }
      }
    }
    return start_s_;
  }

 private:
  using Nodes = std::vector<std::size_t>;
  struct Running {
    std::uint32_t tenant;
    int gpus;
    Nodes nodes;
    double end_s;
  };

  void change(const Running& running, int sign) {
    int rest = running.gpus;
    for (const std::size_t node : running.nodes) {
      const int here = std::min(rest, setup_.power.gpus);
      free_[running.tenant][node] += sign * here;
      rest -= here;
    }
    if (running.nodes.empty()) pooled_in_use_ += -sign * running.gpus;
  }

  std::optional<Nodes> place(std::uint32_t tenant, int gpus) const {
    const std::vector<int>& free = free_[tenant];
    const int per_node = setup_.power.gpus;
    if (setup_.placement == "pooled") {
      const int all = static_cast<int>(free.size()) * per_node;
      return pooled_in_use_ + gpus <= all ? std::optional(Nodes{}) : std::nullopt;
    }
    Nodes in_order(free.size());
    std::iota(in_order.begin(), in_order.end(), std::size_t{0});
    const bool best = setup_.placement == "best-fit";
    if (gpus <= per_node) {
      if (best) std::ranges::stable_sort(in_order, {}, [&](std::size_t node) { return free[node]; });
      for (const std::size_t node : in_order)
        if (free[node] >= gpus) return Nodes{node};
      return std::nullopt;
    }
    Nodes nodes;
    for (const std::size_t node : in_order)
      if (free[node] == per_node && static_cast<int>(nodes.size()) < gpus / per_node) nodes.push_back(node);
    if (static_cast<int>(nodes.size()) < gpus / per_node) return std::nullopt;
    if (gpus % per_node == 0) return nodes;
    if (best) std::ranges::stable_sort(in_order, std::ranges::greater{}, [&](std::size_t node) { return free[node]; });
    for (const std::size_t node : in_order) {
      if (std::ranges::find(nodes, node) != nodes.end()) continue;
      if (free[node] >= gpus % per_node) {
        nodes.push_back(node);
        return nodes;
      }
    }
    return std::nullopt;
  }

  FleetSetup setup_;
  std::vector<Job> jobs_;
  std::vector<std::vector<int>> free_;
  std::vector<std::vector<const Job*>> queues_;
  std::vector<Running> running_;
  std::vector<double> start_s_;
  int pooled_in_use_ = 0;
};

std::vector<double> simulated_starts(const FleetSetup& setup, const std::vector<Job>& jobs) {
  JobList source(jobs);
  Outcomes outcomes;
  Kernel kernel;
  Site site(kernel, {.name = "site"}, 0);
  Fleet fleet(kernel, site, setup, 1, source, outcomes);
  kernel.run();
  std::vector<double> starts(jobs.size(), -1.0);
  for (const JobOutcome& outcome : outcomes.jobs) starts[outcome.job.index] = outcome.start_s;
  return starts;
}

void compare(const std::string& scheduler, const std::string& placement) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    CAPTURE(scheduler);
    CAPTURE(placement);
    std::mt19937_64 chance(seed);
    constexpr int node_sizes[] = {3, 4, 8, 5, 1};
    FleetSetup setup{.name = "fleet",
                     .power = {.gpus = node_sizes[chance() % 5], .by_state_w = {0, 1, 1, 1, 1, 1}},
                     .scheduler = scheduler,
                     .placement = placement};
    // Pooled GPUs are counted by tenant; the plain count above has one.
    const std::uint32_t tenants = placement == "pooled" ? 1 : static_cast<std::uint32_t>(1 + chance() % 4);
    for (std::uint32_t tenant = 0; tenant < tenants; ++tenant)
      setup.tenants.push_back({.name = std::to_string(tenant), .nodes = static_cast<std::uint32_t>(1 + chance() % 9)});
    std::uint32_t fewest = setup.tenants.front().nodes;
    for (const TenantNodes& tenant : setup.tenants) fewest = std::min(fewest, tenant.nodes);
    const auto jobs = random_jobs(chance, {.jobs = 1 + chance() % 150,
                                           .most_gpus = std::min(40, static_cast<int>(fewest) * setup.power.gpus),
                                           .tenants = tenants,
                                           .span_s = static_cast<double>(1 + chance() % 600),
                                           .longest_s = static_cast<double>(1 + chance() % 100),
                                           .whole_seconds = true});
    REQUIRE(tests::in_child([&] { return simulated_starts(setup, jobs); }) == PlainCluster(setup, jobs).starts());
  }
}

}  // namespace

TEST_CASE("every start of random traces under FIFO equals a second by second loop") {
  for (const std::string placement : {"best-fit", "first-fit", "pooled"}) compare("fifo", placement);
}

TEST_CASE("every start of random traces under SJF equals a second by second loop") {
  for (const std::string placement : {"best-fit", "first-fit", "pooled"}) compare("sjf", placement);
}

}  // namespace chokepoint::sim
