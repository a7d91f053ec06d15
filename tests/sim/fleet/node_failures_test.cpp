#include "sim/fleet/node_failures.hpp"

#include <cmath>
#include <random>

#include <doctest/doctest.h>

#include "models/reliability/effective_time.hpp"
#include "sim/fleet/job_list.hpp"
#include "sim/training/interrupted_run.hpp"
#include "support/in_child.hpp"

namespace chokepoint::sim {
namespace {

using models::FailureOrigin;
using models::PowerState;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::int32_t gpus = 8;

/// A fleet of nodes of 8 GPUs with failures, for the time of `look`.
struct World {
  std::uint32_t nodes = 64;
  FailureSetup failures;
  JobsAtWork::Interruptions interruptions{};
  std::vector<Job> jobs;
  double end_s = infinity;
  std::uint64_t seed = 1;

  template <class Look>
  std::vector<double> run(const Look& look) const {
    return tests::in_child([&] {
      Kernel kernel;
      Site site(kernel, {.name = "site"}, 0);
      JobList source(jobs);
      Outcomes outcomes;
      const FleetSetup setup{.name = "fleet",
                             .power = {.gpus = gpus, .by_state_w = {0.0, 300.0, 500.0, 2000.0, 1500.0, 500.0}},
                             .tenants = {{.name = "all", .nodes = nodes}},
                             .interruptions = interruptions,
                             .tracks_nodes = true};
      Fleet fleet(kernel, site, setup, 1, source, outcomes);
      NodeFailures breaker(kernel, fleet, failures, {.seed = seed, .nodes = {{"fleets/fleet", fleet.nodes()}}}, 2);
      kernel.run(end_s);
      site.advance();
      return look(kernel, fleet, breaker, outcomes);
    });
  }
};

models::FailureCause cause(FailureOrigin origin, double per_1000_node_days, double up_to_nodes = infinity) {
  return {.name = "cause", .origin = origin, .per_1000_node_days = per_1000_node_days, .up_to_nodes = up_to_nodes};
}

Job job_of_nodes(std::uint32_t nodes, double duration_s, std::uint64_t index = 0) {
  return {.index = index, .duration_s = duration_s, .gpus = static_cast<std::int32_t>(nodes) * gpus};
}

/// 64 nodes that together fail once in 1.803 h, as 2,048 do at 6.5 per 1000 node-days.
constexpr double often = 6.5 * 2048 / 64;

/// A job on all nodes that is interrupted about 6,000 times.
World one_big_job(double interval_s, std::uint64_t seed) {
  World world{.failures = {.causes = {cause(FailureOrigin::hardware, often)}}, .seed = seed};
  world.interruptions.failure_restart_s = 300.0;
  world.interruptions.checkpoints = {.interval_s = interval_s, .write_s = 60.0};
  world.jobs = {job_of_nodes(64, 3e7)};
  return world;
}

}  // namespace

TEST_CASE("the effective time of a job that fills a fleet agrees with the closed form and with a single run") {
  const models::FailureRate rate{.per_1000_node_days = often};
  for (const double interval_s : {300.0, 900.0, 2500.0}) {
    const double expected =
        models::complete_effective_time_ratio({.interruptions_per_s = models::interruptions_per_s(rate, 64),
                                               .restart_s = 300.0,
                                               .write_s = 60.0,
                                               .interval_s = interval_s});
    const double single =
        simulate(
            {.work_s = 1e8, .nodes = 64, .failures = rate, .interval_s = interval_s, .write_s = 60, .detection_s = 300},
            1, 0)
            .effective_ratio();
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      const auto ends = one_big_job(interval_s, seed).run([](auto&, auto&, auto&, const Outcomes& outcomes) {
        return std::vector{outcomes.jobs.at(0).end_s};
      });
      CAPTURE(interval_s);
      CAPTURE(seed);
      CHECK(3e7 / ends[0] == doctest::Approx(expected).epsilon(0.02));
      CHECK(3e7 / ends[0] == doctest::Approx(single).epsilon(0.02));
    }
  }
}

TEST_CASE("nodes at work fail as often as their rate says and their counts spread as those of Poisson") {
  // 32 jobs of two nodes that never end, on nodes that come back at once.
  World world{.failures = {.causes = {cause(FailureOrigin::hardware, often)}}, .end_s = 400 * 86400.0};
  for (std::uint64_t job = 0; job < 32; ++job) world.jobs.push_back(job_of_nodes(2, 1e9, job));
  const double expected = often * 64 * 400 / 1000.0;
  constexpr int seeds = 60;
  double sum = 0.0;
  double chi_square = 0.0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    world.seed = seed;
    const double count = world.run([](auto&, auto&, const NodeFailures& breaker, auto&) {
      return std::vector{static_cast<double>(breaker.failures().size())};
    })[0];
    sum += count;
    chi_square += (count - expected) * (count - expected) / expected;
  }
  // Five standard deviations of the sum, and of chi-square with as many degrees of freedom.
  CHECK(std::abs(sum - seeds * expected) < 5.0 * std::sqrt(seeds * expected));
  CHECK(std::abs(chi_square - seeds) < 5.0 * std::sqrt(2.0 * seeds));
}

TEST_CASE("causes strike in proportion to their rates and a job's own stop growing with its nodes") {
  // Per 1000 node-days, 64 nodes at work in one job: 30 and 20 a day by node, and 16 nodes' worth of 100: 1.6 a day.
  World world{.failures = {.causes = {cause(FailureOrigin::hardware, 30), cause(FailureOrigin::software, 20),
                                      cause(FailureOrigin::job, 100, 16)}},
              .jobs = {job_of_nodes(64, 1e12)},
              .end_s = 3000 * 86400.0};
  const auto counts = world.run([](auto&, auto&, const NodeFailures& breaker, auto&) {
    std::vector<double> by_cause(5);
    for (const NodeFailure& failure : breaker.failures()) {
      ++by_cause[failure.cause];
      if (failure.up_s.has_value() != (failure.cause == 0)) ++by_cause[3];
      if (failure.struck.jobs != 1 || failure.struck.gpus != 64 * gpus) ++by_cause[4];
    }
    return by_cause;
  });
  const std::vector<double> expected{0.064 * 30 * 3000, 0.064 * 20 * 3000, 0.016 * 100 * 3000};
  for (std::size_t i = 0; i < 3; ++i) {
    CAPTURE(i);
    CHECK(std::abs(counts[i] - expected[i]) < 5.0 * std::sqrt(expected[i]));
  }
  CHECK(counts[3] == 0);
  CHECK(counts[4] == 0);
}

TEST_CASE("a node that does nothing does not fail and a job of one GPU suffers an eighth of a node's software") {
  World world{.nodes = 2,
              .failures = {.causes = {cause(FailureOrigin::software, 4000)}},
              .jobs = {{.index = 0, .duration_s = 1e12, .gpus = 1}},
              .end_s = 4000 * 86400.0};
  const auto counts = world.run([](auto&, auto&, const NodeFailures& breaker, auto&) {
    double idle = 0.0;
    for (const NodeFailure& failure : breaker.failures()) idle += failure.node != 0 ? 1.0 : 0.0;
    return std::vector{static_cast<double>(breaker.failures().size()), idle};
  });
  CHECK(std::abs(counts[0] - 2000) < 5.0 * std::sqrt(2000));
  CHECK(counts[1] == 0);
}

TEST_CASE("failures find no spare as often as Erlang says and the job then waits for the first repair") {
  for (const std::uint32_t spares : {0u, 1u, 3u}) {
    World world{.nodes = 32 + spares,
                .failures = {.causes = {cause(FailureOrigin::hardware, 1000)}, .repair_s = 5000, .spares = spares},
                .jobs = {job_of_nodes(32, 1e12)},
                .end_s = 1e8};
    const double load = 32.0 / 86400 * 5000;
    const auto sums = world.run([&](const Kernel& kernel, const Fleet& fleet, const NodeFailures& breaker, auto&) {
      double without = 0.0;
      for (const NodeFailure& failure : breaker.failures()) without += failure.without_spare ? 1.0 : 0.0;
      const double computing = fleet.load().gpu_seconds(PowerState::computing) / (32 * gpus);
      return std::vector{static_cast<double>(breaker.failures().size()), without, kernel.now_s() - computing};
    });
    const double expected = models::no_spare_probability(static_cast<int>(spares), load / 5000, 5000);
    CAPTURE(spares);
    CHECK(sums[0] > 10000);
    CHECK(sums[1] / sums[0] == doctest::Approx(expected).epsilon(0.05));
    CHECK(sums[2] / sums[1] ==
          doctest::Approx(models::mean_spare_wait_s(static_cast<int>(spares), 5000)).epsilon(0.05));
  }
}

TEST_CASE("lemons take their part of the failures until they are replaced") {
  World world{.nodes = 200,
              .failures = {.causes = {cause(FailureOrigin::hardware, 50)}, .lemon_share = 0.1, .lemon_multiple = 20},
              .end_s = 300 * 86400.0};
  for (std::uint64_t job = 0; job < 200; ++job) world.jobs.push_back(job_of_nodes(1, 1e9, job));
  // Lemons fail once a day and others once in 20 days: whoever fails more often than every 4 days is one.
  const auto count = [&] {
    return world.run([](auto&, auto&, const NodeFailures& breaker, auto&) {
      std::vector<double> by_node(200);
      for (const NodeFailure& failure : breaker.failures()) ++by_node[failure.node];
      double lemons = 0.0;
      double of_lemons = 0.0;
      for (const double failures : by_node) {
        if (failures < 75) continue;
        ++lemons;
        of_lemons += failures;
      }
      return std::vector{lemons, of_lemons / lemons, static_cast<double>(breaker.failures().size())};
    });
  };
  const auto kept = count();
  CHECK(std::abs(kept[0] - 20) < 5.0 * std::sqrt(18));
  CHECK(kept[1] == doctest::Approx(300).epsilon(0.06));
  world.failures.replaced_after = 3;
  const auto replaced = count();
  CHECK(replaced[0] == 0);
  CHECK(replaced[2] == doctest::Approx(200 * 15 + kept[0] * 3).epsilon(0.06));
}

TEST_CASE("a further node moves no other node's failures") {
  World world{.nodes = 6,
              .failures = {.causes = {cause(FailureOrigin::hardware, 2000), cause(FailureOrigin::software, 1000)},
                           .lemon_share = 0.3,
                           .lemon_multiple = 3,
                           .repair_s = 3600},
              .end_s = 50 * 86400.0};
  const auto dates = [&](std::uint32_t nodes) {
    world.nodes = nodes;
    world.jobs.clear();
    // Work for every GPU at any time.
    for (std::uint64_t job = 0; job < nodes; ++job) world.jobs.push_back(job_of_nodes(1, 1e9, job));
    return world.run([](auto&, auto&, const NodeFailures& breaker, auto&) {
      std::vector<double> all;
      for (const NodeFailure& failure : breaker.failures())
        if (failure.node < 6) all.insert(all.end(), {failure.time_s, 1.0 * failure.node, 1.0 * failure.cause});
      return all;
    });
  };
  const auto six = dates(6);
  CHECK(six.size() > 3 * 500);
  CHECK(dates(9) == six);
}

namespace {

/// Sums that must agree, of a random fleet with random failures of every kind.
std::vector<double> balance(std::uint64_t seed) {
  static const std::vector<std::string> schedulers{"fifo", "srtf", "priority", "easy", "sjf"};
  std::mt19937_64 chance(seed);
  constexpr std::uint32_t nodes = 12;
  FleetSetup setup{.name = "fleet",
                   .power = {.gpus = 4, .by_state_w = {0.0, 300.0, 500.0, 2000.0, 1500.0, 500.0}},
                   .tenants = {{.name = "all", .nodes = nodes}},
                   .scheduler = schedulers[seed % schedulers.size()],
                   .placement = seed % 2 == 0 ? "best-fit" : "first-fit",
                   .interruptions = {.restart_s = 7.0, .failure_restart_s = 20.0},
                   .tracks_nodes = true};
  if (seed % 3 == 0) setup.interruptions.checkpoints = {.interval_s = 60.0, .write_s = 5.0};
  if (seed % 3 == 1)
    setup.interruptions.by_size =
        models::CheckpointPolicy{.gpu_bytes = 1e9, .failures = {.per_1000_node_days = 1e4}, .gpus_per_node = 4};
  auto jobs = random_jobs(chance, {.jobs = 80, .most_gpus = 40, .span_s = 1000.0, .longest_s = 300.0});
  for (Job& job : jobs) job.priority = static_cast<std::int32_t>(chance() % 3);
  Kernel kernel;
  Site site(kernel, {.name = "site"}, 0);
  JobList source(jobs);
  Outcomes outcomes;
  Fleet fleet(kernel, site, setup, 1, source, outcomes);
  FailureSetup failures{.causes = {cause(FailureOrigin::hardware, 7e3), cause(FailureOrigin::software, 4e3),
                                   cause(FailureOrigin::job, 4e3, 2)},
                        .lemon_share = 0.2,
                        .lemon_multiple = 4.0,
                        .replaced_after = static_cast<std::uint32_t>(seed % 4),
                        .repair_s = 100.0,
                        .spares = static_cast<std::uint32_t>(seed % 3)};
  NodeFailures breaker(kernel, fleet, failures, {.seed = seed, .nodes = {{"fleets/fleet", fleet.nodes()}}}, 2);
  kernel.run();
  site.advance();
  const FleetLoad& load = fleet.load();
  double parts_j = load.energy_j(PowerState::idle) + load.energy_j(PowerState::off);
  double work_gpu_s = 0.0;
  double lost_gpu_s = 0.0;
  double lost_by_failure_gpu_s = 0.0;
  double interruptions = 0.0;
  double struck = 0.0;
  for (const JobOutcome& job : outcomes.jobs) {
    parts_j += job.energy_j;
    work_gpu_s += job.job.gpus * (job.job.duration_s + job.lost_work_s + job.restart_s + job.checkpoint_s);
    lost_gpu_s += job.job.gpus * job.lost_work_s;
    interruptions += job.interruptions;
  }
  for (const NodeFailure& failure : breaker.failures()) {
    struck += failure.struck.jobs;
    lost_by_failure_gpu_s += failure.struck.lost_gpu_s;
  }
  double gpu_s = 0.0;
  for (std::size_t state = 0; state < models::power_states; ++state)
    gpu_s += load.gpu_seconds(static_cast<PowerState>(state));
  return {parts_j,
          site.it_energy_j(),
          work_gpu_s,
          load.gpu_seconds(PowerState::computing),
          lost_gpu_s,
          lost_by_failure_gpu_s,
          gpu_s,
          4.0 * nodes * kernel.now_s(),
          static_cast<double>(outcomes.finished),
          interruptions,
          struck,
          static_cast<double>(load.count(PowerState::idle) + load.count(PowerState::off))};
}

}  // namespace

TEST_CASE("energy and GPUs and work are conserved in a hundred worlds with random failures") {
  double failures = 0.0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const auto sums = tests::in_child([&] { return balance(seed); });
    CAPTURE(seed);
    CHECK(sums[0] == doctest::Approx(sums[1]).epsilon(1e-9));
    CHECK(sums[2] == doctest::Approx(sums[3]).epsilon(1e-9));
    CHECK(sums[4] == doctest::Approx(sums[5]).epsilon(1e-9));
    CHECK(sums[6] == doctest::Approx(sums[7]).epsilon(1e-9));
    CHECK(sums[8] == 80);
    CHECK(sums[9] >= sums[10]);
    CHECK(sums[11] == 48);
    failures += sums[10];
  }
  CHECK(failures > 300);
}

}  // namespace chokepoint::sim
