
#include <limits>
#include <optional>

#include <doctest/doctest.h>

#include "sim/fleet/fleet.hpp"
#include "sim/fleet/job_list.hpp"
#include "support/in_child.hpp"

namespace chokepoint::sim {
namespace {

using models::PowerState;

/// Takes random nodes down for random times, one at a time each.
class Breaker final : public EventHandler {
 public:
  Breaker(Kernel& kernel, Fleet& fleet, std::uint32_t nodes, std::uint64_t seed)
      : kernel_(kernel), fleet_(fleet), chance_(seed), up_(nodes, true) {
    next();
  }
  void on_event(std::uint64_t argument) override {
    if (argument < up_.size()) {
      fleet_.bring_node_up(static_cast<std::uint32_t>(argument));
      up_[argument] = true;
      return;
    }
    const auto node = static_cast<std::uint32_t>(chance_() % up_.size());
    if (up_[node]) {
      fleet_.take_node_down(node);
      up_[node] = false;
      schedule(static_cast<double>(1 + chance_() % 300), node);
    }
    if (++failures_ < 40) next();
  }

 private:
  void next() { schedule(static_cast<double>(1 + chance_() % 100), up_.size()); }
  void schedule(double delay_s, std::uint64_t argument) {
    kernel_.schedule({.time_s = kernel_.now_s() + delay_s,
                      .phase = Phase::arrivals,
                      .id = 9,
                      .handler = this,
                      .argument = argument});
  }
  Kernel& kernel_;
  Fleet& fleet_;
  std::mt19937_64 chance_;
  std::vector<bool> up_;
  int failures_ = 0;
};

struct Balance {
  double parts_j = 0.0;
  double site_j = 0.0;
  double work_gpu_s = 0.0;
  double computing_gpu_s = 0.0;
  double finished = 0.0;
  double interruptions = 0.0;
  double lost_s = 0.0;
  double free_at_end = 0.0;
  /// Restarts beyond what the interruptions cost.
  double restart_above_cost_s = 0.0;
};

std::vector<double> balance(std::uint64_t seed, const std::string& scheduler, const std::string& placement,
                            bool failures) {
  std::mt19937_64 chance(seed);
  constexpr std::uint32_t nodes = 6;
  FleetSetup setup{.name = "fleet",
                   .power = {.gpus = 4, .by_state_w = {0.0, 300.0, 500.0, 2000.0, 1500.0, 500.0}},
                   .tenants = {{.name = "all", .nodes = nodes}},
                   .scheduler = scheduler,
                   .placement = placement,
                   .interruptions = {.restart_s = static_cast<double>(chance() % 3) * 10.0}};
  if (seed % 2 == 0) setup.interruptions.checkpoints = {.interval_s = 60.0, .write_s = 5.0};
  auto jobs = random_jobs(chance, {.jobs = 80, .most_gpus = 24, .span_s = 1000.0, .longest_s = 200.0});
  for (Job& job : jobs) job.priority = static_cast<std::int32_t>(chance() % 3);
  // Announced to last between half and twice as long as they do.
  if (seed % 3 == 0)
    for (Job& job : jobs) job.announced_s = job.duration_s * (0.5 + static_cast<double>(chance() % 100) / 66.0);
  Kernel kernel;
  Site site(kernel, {.name = "site"}, 0);
  JobList source(jobs);
  Outcomes outcomes;
  Fleet fleet(kernel, site, setup, 1, source, outcomes);
  std::optional<Breaker> breaker;
  if (failures) breaker.emplace(kernel, fleet, nodes, seed);
  kernel.run();
  site.advance();
  Balance sum{.parts_j = fleet.load().energy_j(PowerState::idle),
              .site_j = site.it_energy_j(),
              .computing_gpu_s = fleet.load().gpu_seconds(PowerState::computing),
              .finished = static_cast<double>(outcomes.finished),
              .free_at_end = static_cast<double>(fleet.load().count(PowerState::idle))};
  for (const JobOutcome& job : outcomes.jobs) {
    sum.parts_j += job.energy_j;
    sum.work_gpu_s += job.job.gpus * (job.job.duration_s + job.lost_work_s + job.restart_s + job.checkpoint_s);
    sum.interruptions += job.interruptions;
    sum.lost_s += job.lost_work_s;
    sum.restart_above_cost_s += std::max(0.0, job.restart_s - job.interruptions * setup.interruptions.restart_s - 1e-6);
  }
  return {sum.parts_j,       sum.site_j, sum.work_gpu_s,  sum.computing_gpu_s,     sum.finished,
          sum.interruptions, sum.lost_s, sum.free_at_end, sum.restart_above_cost_s};
}

double sum_of_ends_s(const std::vector<Job>& jobs) {
  return tests::in_child([&] {
    Kernel kernel;
    Site site(kernel, {.name = "site"}, 0);
    JobList source(jobs);
    Outcomes outcomes;
    const FleetSetup setup{.name = "gpu",
                           .power = {.gpus = 1, .by_state_w = {0, 1, 1, 1, 1, 1}},
                           .tenants = {{.name = "all", .nodes = 1}},
                           .scheduler = "srtf"};
    Fleet fleet(kernel, site, setup, 1, source, outcomes);
    kernel.run();
    double sum_s = 0.0;
    for (const JobOutcome& job : outcomes.jobs) sum_s += job.end_s;
    return std::vector{sum_s};
  })[0];
}

/// The least sum of ends over all schedules of whole seconds on one GPU.
double least_sum_of_ends_s(const std::vector<Job>& jobs, std::vector<int> left, int now_s) {
  if (std::ranges::all_of(left, [](int seconds) { return seconds == 0; })) return 0.0;
  double least = std::numeric_limits<double>::infinity();
  bool any = false;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (left[i] == 0 || jobs[i].submit_s > now_s) continue;
    any = true;
    --left[i];
    least = std::min(least, (left[i] == 0 ? now_s + 1.0 : 0.0) + least_sum_of_ends_s(jobs, left, now_s + 1));
    ++left[i];
  }
  return any ? least : least_sum_of_ends_s(jobs, left, now_s + 1);
}

}  // namespace

TEST_CASE("work and energy and GPUs are conserved through preemptions and node failures" *
          doctest::test_suite("heavy")) {
  double preemptions = 0.0;
  double lost_s = 0.0;
  for (const std::string scheduler : {"fifo", "srtf", "priority", "easy", "conservative", "fair-share"})
    for (const std::string placement : {"best-fit", "first-fit", "pooled"})
      for (std::uint64_t seed = 1; seed <= 20; ++seed)
        for (const bool failures : {false, true}) {
          CAPTURE(scheduler);
          CAPTURE(placement);
          CAPTURE(seed);
          CAPTURE(failures);
          const auto sums = tests::in_child([&] { return balance(seed, scheduler, placement, failures); });
          CHECK(sums[0] == doctest::Approx(sums[1]).epsilon(1e-9));
          CHECK(sums[2] == doctest::Approx(sums[3]).epsilon(1e-9));
          CHECK(sums[4] == 80);
          CHECK(sums[7] == 24);
          CHECK(sums[8] == 0.0);
          if (!failures) CHECK(sums[6] == 0.0);
          if (!failures && scheduler != "srtf" && scheduler != "priority") CHECK(sums[5] == 0.0);
          if (!failures) preemptions += sums[5];
          lost_s += sums[6];
        }
  CHECK(preemptions > 100.0);
  CHECK(lost_s > 100.0);
}

TEST_CASE("srtf has the least mean completion of all preemptive schedules on one GPU") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 chance(seed);
    std::vector<Job> jobs;
    std::vector<int> lengths;
    for (std::size_t i = 0; i < 4; ++i) {
      lengths.push_back(static_cast<int>(1 + chance() % 3));
      jobs.push_back({.index = i,
                      .submit_s = static_cast<double>(chance() % 5),
                      .duration_s = static_cast<double>(lengths.back()),
                      .gpus = 1});
    }
    CHECK(sum_of_ends_s(jobs) == least_sum_of_ends_s(jobs, lengths, 0));
  }
}

}  // namespace chokepoint::sim
