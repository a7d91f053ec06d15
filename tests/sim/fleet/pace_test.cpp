#include <cmath>
#include <map>
#include <optional>
#include <stdexcept>

#include <doctest/doctest.h>

#include "sim/site/random_world.hpp"
#include "support/in_child.hpp"

namespace chokepoint::sim {
namespace {

using models::PowerState;

/// Sets rates and intensities of random jobs at random times, takes nodes down where asked, and keeps its own count of
/// the work of each job: rate times the fleet's speed, summed over the time in which it works.
class Meddler final : public EventHandler, public WorkWatcher {
 public:
  struct Setup {
    std::uint64_t seed = 0;
    bool rates = true;
    bool intensities = true;
    std::uint32_t nodes = 0;
  };

  Meddler(Kernel& kernel, Fleet& fleet, const Setup& setup)
      : kernel_(kernel), fleet_(fleet), setup_(setup), chance_(setup.seed), up_(setup.nodes, true) {
    fleet.watch_work(*this);
    again();
  }

  void work_began(std::uint32_t slot, const Job& job, const models::Allocation& allocation) override {
    if (allocation.gpus != job.gpus) wrong_ += 1.0;
    if (!working_.emplace(slot, Working{.job = job.index, .since_work_s = now_work_s()}).second) wrong_ += 1.0;
  }
  void work_stopped(std::uint32_t slot) override {
    count(slot);
    working_.erase(slot);
  }
  void settle(Fleet&) override {
    if (setup_.rates && chance_() % 4 == 0) set_random_rate();
  }
  void on_event(std::uint64_t argument) override {
    if (argument < up_.size()) {
      fleet_.bring_node_up(static_cast<std::uint32_t>(argument));
      up_[argument] = true;
      return;
    }
    if (setup_.rates) set_random_rate();
    if (setup_.intensities && !working_.empty()) fleet_.set_intensity(random_slot(), uniform(2.0));
    if (!up_.empty() && chance_() % 8 == 0) {
      const auto node = static_cast<std::uint32_t>(chance_() % up_.size());
      if (up_[node]) {
        fleet_.take_node_down(node);
        up_[node] = false;
        schedule(static_cast<double>(1 + chance_() % 300), node);
      }
    }
    if (++meddlings_ < 400) again();
  }

  /// Of jobs that do not work now.
  [[nodiscard]] double work_s(std::uint64_t job) const {
    const auto found = work_s_.find(job);
    return found == work_s_.end() ? 0.0 : found->second;
  }
  void count_all() {
    for (const auto& [slot, working] : working_) count(slot);
  }
  [[nodiscard]] double wrong() const { return wrong_; }

 private:
  struct Working {
    std::uint64_t job;
    double since_work_s;
  };

  [[nodiscard]] double now_work_s() const { return fleet_.load().work_s(kernel_.now_s()); }
  void count(std::uint32_t slot) {
    Working& working = working_.at(slot);
    work_s_[working.job] += fleet_.rate(slot) * (now_work_s() - working.since_work_s);
    working.since_work_s = now_work_s();
  }
  double uniform(double high) { return high * static_cast<double>(chance_() >> 11) * 0x1.0p-53; }
  std::uint32_t random_slot() {
    auto chosen = working_.begin();
    std::advance(chosen, chance_() % working_.size());
    return chosen->first;
  }
  void set_random_rate() {
    if (working_.empty()) return;
    const std::uint32_t slot = random_slot();
    count(slot);
    fleet_.set_rate(slot, chance_() % 6 == 0 ? 0.0 : uniform(1.5));
    // None stands still for ever.
    if (meddlings_ > 390) fleet_.set_rate(slot, 1.0);
  }
  void again() { schedule(uniform(15.0), up_.size()); }
  void schedule(double delay_s, std::uint64_t argument) {
    kernel_.schedule({.time_s = kernel_.now_s() + delay_s,
                      .phase = Phase::arrivals,
                      .id = 9,
                      .handler = this,
                      .argument = argument});
  }

  Kernel& kernel_;
  Fleet& fleet_;
  Setup setup_;
  std::mt19937_64 chance_;
  std::vector<bool> up_;
  std::map<std::uint32_t, Working> working_;
  std::map<std::uint64_t, double> work_s_;
  double wrong_ = 0.0;
  int meddlings_ = 0;
};

void give_random_intensities(RandomWorldSetup& world, std::uint64_t seed) {
  std::mt19937_64 chance(seed);
  for (auto& jobs : world.jobs)
    for (Job& job : jobs) job.intensity = static_cast<double>(chance() >> 11) * 0x1.0p-52;
}

struct Change {
  double time_s;
  double rate;
  double intensity;
};

/// Makes changes to the one job of a fleet of one GPU.
class Changes final : public EventHandler, public WorkWatcher {
 public:
  Changes(Kernel& kernel, Fleet& fleet, std::vector<Change> changes) : fleet_(fleet), changes_(std::move(changes)) {
    fleet.watch_work(*this);
    for (std::size_t i = 0; i < changes_.size(); ++i)
      kernel.schedule({.time_s = changes_[i].time_s, .phase = Phase::arrivals, .handler = this, .argument = i});
  }
  void work_began(std::uint32_t slot, const Job&, const models::Allocation&) override { slot_ = slot; }
  void work_stopped(std::uint32_t) override {}
  void settle(Fleet&) override {}
  void on_event(std::uint64_t argument) override {
    fleet_.set_rate(slot_, changes_[argument].rate);
    fleet_.set_intensity(slot_, changes_[argument].intensity);
  }

 private:
  Fleet& fleet_;
  std::vector<Change> changes_;
  std::uint32_t slot_ = 0;
};

/// End and energy of a job of 100 s on one GPU that draws 100 W idle and 500 W computing.
std::vector<double> end_and_energy(const std::vector<Change>& changes, double intensity) {
  return tests::in_child([&] {
    Kernel kernel;
    Site site(kernel, {.name = "site"}, 0);
    JobList source({{.duration_s = 100.0, .gpus = 1, .intensity = intensity}});
    Outcomes outcomes;
    const FleetSetup setup{.name = "one",
                           .power = {.gpus = 1, .by_state_w = {0, 100, 200, 500, 500, 200}},
                           .tenants = {{.name = "all", .nodes = 1}}};
    Fleet fleet(kernel, site, setup, 1, source, outcomes);
    Changes meddling(kernel, fleet, changes);
    kernel.run();
    return std::vector{outcomes.jobs.front().end_s, outcomes.jobs.front().energy_j};
  });
}

/// Slows one job whenever it works, and breaks off where jobs start more often than any schedule needs.
class Slower final : public WorkWatcher {
 public:
  Slower(Fleet& fleet, std::uint64_t job, double rate) : job_(job), rate_(rate) { fleet.watch_work(*this); }
  void work_began(std::uint32_t slot, const Job& job, const models::Allocation&) override {
    if (job.index == job_) slow_ = slot;
    if (++starts_ == 100) throw std::runtime_error("jobs start more often than any schedule needs");
  }
  void work_stopped(std::uint32_t slot) override {
    if (slow_ == slot) slow_.reset();
  }
  void settle(Fleet& fleet) override {
    if (slow_ && fleet.rate(*slow_) != rate_) fleet.set_rate(*slow_, rate_);
  }

 private:
  std::uint64_t job_;
  double rate_;
  std::optional<std::uint32_t> slow_;
  int starts_ = 0;
};

}  // namespace

TEST_CASE("a job at half rate from its twentieth second on takes 180 seconds") {
  CHECK(end_and_energy({}, 1.0) == std::vector{100.0, 50000.0});
  CHECK(end_and_energy({{20.0, 0.5, 1.0}}, 1.0) == std::vector{180.0, 90000.0});
  CHECK(end_and_energy({{20.0, 0.5, 1.0}, {40.0, 2.0, 1.0}}, 1.0) == std::vector{75.0, 37500.0});
  CHECK(end_and_energy({{20.0, 0.0, 1.0}, {50.0, 1.0, 1.0}}, 1.0) == std::vector{130.0, 65000.0});
}

TEST_CASE("a job draws idleness and its intensity of what computing adds") {
  CHECK(end_and_energy({}, 0.5) == std::vector{100.0, 30000.0});
  CHECK(end_and_energy({}, 1.25) == std::vector{100.0, 60000.0});
  CHECK(end_and_energy({{50.0, 1.0, 0.0}}, 1.25) == std::vector{100.0, 35000.0});
  CHECK(end_and_energy({{50.0, 0.5, 0.25}}, 1.0) == std::vector{150.0, 45000.0});
}

TEST_CASE("a slowed job and a longer one do not preempt each other without end") {
  // At a tenth of its rate the first job is 990 s from its end, but has 99 s of work: less than the second.
  const auto ends = tests::in_child([] {
    Kernel kernel;
    Site site(kernel, {.name = "site"}, 0);
    JobList source({{.index = 0, .duration_s = 100.0, .gpus = 1},
                    {.index = 1, .submit_s = 10.0, .duration_s = 500.0, .gpus = 1},
                    {.index = 2, .submit_s = 20.0, .duration_s = 50.0, .gpus = 1}});
    Outcomes outcomes;
    const FleetSetup setup{.name = "one",
                           .power = {.gpus = 1, .by_state_w = {0, 100, 200, 500, 500, 200}},
                           .tenants = {{.name = "all", .nodes = 1}},
                           .scheduler = "srtf"};
    Fleet fleet(kernel, site, setup, 1, source, outcomes);
    Slower slower(fleet, 0, 0.1);
    kernel.run();
    std::vector<double> found;
    for (const JobOutcome& job : outcomes.jobs)
      found.insert(found.end(),
                   {static_cast<double>(job.job.index), job.end_s, static_cast<double>(job.interruptions)});
    return found;
  });
  // The third is shorter than the 98 s that the first has left, and makes it wait for 50 s.
  REQUIRE(ends.size() == 9);
  CHECK(ends[0] == 2.0);
  CHECK(ends[1] == doctest::Approx(70.0));
  CHECK(ends[2] == 0.0);
  CHECK(ends[3] == 0.0);
  CHECK(ends[4] == doctest::Approx(1050.0));
  CHECK(ends[5] == 1.0);
  CHECK(ends[6] == 1.0);
  CHECK(ends[7] == doctest::Approx(1550.0));
  CHECK(ends[8] == 0.0);
}

TEST_CASE("work and energy are conserved under random rates and intensities and limits") {
  for (const ShedPolicy shed : {ShedPolicy::hold, ShedPolicy::slow, ShedPolicy::suspend})
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
      CAPTURE(static_cast<int>(shed));
      CAPTURE(seed);
      RandomWorldSetup setup = random_world(seed, shed, seed % 5 != 0);
      give_random_intensities(setup, seed);
      const auto found = tests::in_child([&] {
        RandomWorld world(setup);
        std::vector<std::unique_ptr<Meddler>> meddlers;
        for (const auto& fleet : world.fleets())
          meddlers.push_back(std::make_unique<Meddler>(world.kernel(), *fleet, Meddler::Setup{.seed = seed}));
        double wrong = 0.0;
        world.run();
        double parts_j = setup.site.it_load_w * setup.end_s;
        double worst_s = 0.0;
        for (std::size_t i = 0; i < setup.fleets.size(); ++i) {
          parts_j += world.fleets()[i]->load().energy_j(PowerState::idle);
          wrong += meddlers[i]->wrong();
          for (const JobOutcome& job : world.outcomes(i).jobs) {
            parts_j += job.energy_j;
            if (job.end_s >= 0.0)
              worst_s = std::max(worst_s, std::abs(meddlers[i]->work_s(job.job.index) - job.job.duration_s));
          }
        }
        if (shed != ShedPolicy::hold) wrong += world.site().energy_over_limit_j();
        return std::vector{parts_j, world.site().it_energy_j(), worst_s, wrong};
      });
      CHECK(found[0] == doctest::Approx(found[1]).epsilon(1e-9));
      CHECK(found[2] < 1e-8);
      CHECK(found[3] < 1e-3);
    }
}

TEST_CASE("work and energy are conserved under random rates through preemptions and failures") {
  for (const std::string scheduler : {"fifo", "srtf", "priority", "easy"})
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
      CAPTURE(scheduler);
      CAPTURE(seed);
      const auto found = tests::in_child([&] {
        std::mt19937_64 chance(seed);
        constexpr std::uint32_t nodes = 6;
        FleetSetup setup{.name = "fleet",
                         .power = {.gpus = 4, .by_state_w = {0.0, 300.0, 500.0, 2000.0, 1500.0, 500.0}},
                         .tenants = {{.name = "all", .nodes = nodes}},
                         .scheduler = scheduler,
                         .interruptions = {.restart_s = static_cast<double>(chance() % 3) * 10.0}};
        if (seed % 2 == 0) setup.interruptions.checkpoints = {.interval_s = 60.0, .write_s = 5.0};
        auto jobs = random_jobs(chance, {.jobs = 80, .most_gpus = 24, .span_s = 1000.0, .longest_s = 200.0});
        for (Job& job : jobs) {
          job.priority = static_cast<std::int32_t>(chance() % 3);
          job.intensity = static_cast<double>(chance() % 200) / 100.0;
        }
        Kernel kernel;
        Site site(kernel, {.name = "site"}, 0);
        JobList source(jobs);
        Outcomes outcomes;
        Fleet fleet(kernel, site, setup, 1, source, outcomes);
        Meddler meddler(kernel, fleet, {.seed = seed, .nodes = nodes});
        kernel.run();
        site.advance();
        double parts_j = fleet.load().energy_j(PowerState::idle);
        double worst_s = 0.0;
        double interruptions = 0.0;
        for (const JobOutcome& job : outcomes.jobs) {
          parts_j += job.energy_j;
          interruptions += job.interruptions;
          const double work_s = job.job.duration_s + job.lost_work_s + job.restart_s + job.checkpoint_s;
          worst_s = std::max(worst_s, std::abs(meddler.work_s(job.job.index) - work_s));
        }
        return std::vector{parts_j, site.it_energy_j(), worst_s, static_cast<double>(outcomes.finished), interruptions};
      });
      CHECK(found[0] == doctest::Approx(found[1]).epsilon(1e-9));
      CHECK(found[2] < 1e-8);
      CHECK(found[3] == 80.0);
      CHECK(found[4] > 0.0);
    }
}

}  // namespace chokepoint::sim
