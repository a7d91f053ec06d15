#include <cmath>

#include <doctest/doctest.h>

#include "sim/fleet/fleet.hpp"
#include "sim/fleet/job_list.hpp"
#include "sim/kernel/random_stream.hpp"
#include "sim/workload/synthetic_source.hpp"

namespace chokepoint::sim {
namespace {

/// Poisson arrivals of rate `rate_per_s`, exponential durations of mean 1 s, one GPU each.
class MarkovSource final : public JobSource {
 public:
  MarkovSource(double rate_per_s, std::uint64_t jobs) : rate_per_s_(rate_per_s), jobs_(jobs) {}
  bool next(Job& job) override {
    if (made_ == jobs_) return false;
    time_s_ += arrivals_.exponential(1.0 / rate_per_s_);
    job = {.index = made_++, .submit_s = time_s_, .duration_s = durations_.exponential(1.0), .gpus = 1};
    return true;
  }

 private:
  double rate_per_s_;
  std::uint64_t jobs_;
  RandomStream arrivals_{11, 0, "arrivals"};
  RandomStream durations_{11, 0, "durations"};
  double time_s_ = 0.0;
  std::uint64_t made_ = 0;
};

/// Sums over jobs, so that a long run needs no memory.
class Sums final : public JobObserver {
 public:
  void job_left(const JobOutcome& outcome, JobState) override {
    jobs += 1.0;
    sojourn_s += outcome.end_s - outcome.job.submit_s;
    wait_s += outcome.start_s - outcome.job.submit_s;
    if (outcome.start_s > outcome.job.submit_s) waited += 1.0;
  }
  double jobs = 0.0;
  double sojourn_s = 0.0;
  double wait_s = 0.0;
  double waited = 0.0;
};

FleetSetup one_gpu_servers(std::uint32_t servers) {
  return {.name = "fleet",
          .power = {.gpus = 1, .by_state_w = {0, 1, 1, 1, 1, 1}},
          .tenants = {{.name = "all", .nodes = servers}}};
}

/// The integral of jobs in the system over time, from the averages that the site recorded.
double job_seconds(const Site& site) {
  double sum = 0.0;
  for (const StepIntegral* series : {&site.series().waiting_jobs, &site.series().running_jobs})
    for (const double average : series->averages_over_whole_steps()) sum += average * series->step_s();
  return sum;
}

void check_erlang_c(std::uint32_t servers, double load, double probability_of_waiting) {
  CAPTURE(servers);
  MarkovSource source(load, 1'000'000);
  Sums sums;
  Kernel kernel;
  Site site(kernel, {.name = "site", .series_step_s = 100.0}, 0);
  Fleet fleet(kernel, site, one_gpu_servers(servers), 1, source, sums);
  kernel.run();
  CHECK(sums.waited / sums.jobs == doctest::Approx(probability_of_waiting).epsilon(0.01));
  // Mean wait C / (c mu - lambda), with mu = 1.
  CHECK(sums.wait_s / sums.jobs == doctest::Approx(probability_of_waiting / (servers - load)).epsilon(0.03));
  CHECK(job_seconds(site) == doctest::Approx(sums.sojourn_s).epsilon(1e-9));
  // Poisson arrivals see time averages: mean number = rate times mean time.
  CHECK(job_seconds(site) / kernel.now_s() == doctest::Approx(load * sums.sojourn_s / sums.jobs).epsilon(0.005));
}

}  // namespace

// Source: Erlang C formula, C(1, .8), C(2, 1.6), C(10, 8).
TEST_CASE("one server at load 0.8 makes four jobs of five wait") {
  check_erlang_c(1, 0.8, 0.8);
}
TEST_CASE("two servers at load 1.6 make jobs wait by the Erlang C formula") {
  check_erlang_c(2, 1.6, 0.711111);
}
TEST_CASE("ten servers at load 8 make jobs wait by the Erlang C formula") {
  check_erlang_c(10, 8.0, 0.409180);
}

TEST_CASE("the time integral of jobs in the system is the sum of their times in it") {
  const SyntheticSetup setup{
      .mean_interval_s = 20.0,
      .median_duration_s = 300.0,
      .log_sd = 1.5,
      .sizes = {{.gpus = 1, .weight = 5.0}, {.gpus = 3, .weight = 1.0}, {.gpus = 8, .weight = 2.0}},
      .jobs = 100'000};
  SyntheticSource source(setup, {.seed = 3, .stream = "fleets/x"});
  Sums sums;
  Kernel kernel;
  Site site(kernel, {.name = "site"}, 0);
  FleetSetup fleet_setup = one_gpu_servers(25);
  fleet_setup.power.gpus = 8;
  Fleet fleet(kernel, site, fleet_setup, 1, source, sums);
  kernel.run();
  CHECK(sums.jobs == 100'000.0);
  CHECK(job_seconds(site) == doctest::Approx(sums.sojourn_s).epsilon(1e-9));
  CHECK(job_seconds(site) / kernel.now_s() ==
        doctest::Approx(sums.jobs / kernel.now_s() * sums.sojourn_s / sums.jobs).epsilon(1e-9));
}

TEST_CASE("a synthetic fleet that is never short has as many GPUs busy as are offered") {
  const SyntheticSetup setup{.mean_interval_s = 10.0,
                             .median_duration_s = 100.0,
                             .log_sd = 0.5,
                             .sizes = {{.gpus = 2, .weight = 1.0}, {.gpus = 6, .weight = 3.0}},
                             .jobs = 200'000};
  SyntheticSource source(setup, {.seed = 4, .stream = "fleets/x"});
  Sums sums;
  Kernel kernel;
  Site site(kernel, {.name = "site"}, 0);
  FleetSetup fleet_setup = one_gpu_servers(100);
  fleet_setup.power.gpus = 8;
  Fleet fleet(kernel, site, fleet_setup, 1, source, sums);
  kernel.run();
  CHECK(sums.waited == 0.0);
  CHECK(fleet.load().gpu_seconds(models::PowerState::computing) / kernel.now_s() ==
        doctest::Approx(setup.offered_gpus()).epsilon(0.01));
}

}  // namespace chokepoint::sim
