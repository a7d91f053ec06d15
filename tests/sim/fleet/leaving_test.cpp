#include <doctest/doctest.h>

#include "models/scheduling/scheduler.hpp"
#include "sim/site/random_world.hpp"
#include "support/in_child.hpp"

namespace chokepoint::sim {

TEST_CASE("a job leaves at its date wherever it stands and gives back what it held") {
  for (const std::string& scheduler : models::scheduler_names()) {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
      CAPTURE(scheduler);
      CAPTURE(seed);
      const auto shed = static_cast<ShedPolicy>(seed % 3);
      RandomWorldSetup setup = random_world(seed, shed, seed % 2 == 0);
      std::mt19937_64 chance(seed);
      for (std::vector<Job>& jobs : setup.jobs) {
        for (Job& job : jobs) {
          if (chance() % 2 == 0) job.leaves_s = job.submit_s + static_cast<double>(chance() % 400);
          job.priority = static_cast<std::int32_t>(chance() % 3);
        }
      }
      for (FleetSetup& fleet : setup.fleets) fleet.scheduler = scheduler;
      const auto faults = tests::in_child([&] {
        RandomWorld world(setup);
        world.run();
        std::vector<double> found(6, 0.0);
        double parts_j = setup.site.it_load_w * setup.end_s;
        for (std::size_t i = 0; i < setup.fleets.size(); ++i) {
          const FleetLoad& load = world.fleets()[i]->load();
          parts_j += load.energy_j(models::PowerState::idle);
          std::size_t told = 0;
          std::int64_t held = 0;
          for (const JobOutcome& outcome : world.outcomes(i).jobs) {
            ++told;
            parts_j += outcome.energy_j;
            const Job& job = outcome.job;
            const bool began = outcome.start_s >= 0.0;
            if (outcome.end_s > job.leaves_s) found[0] += 1.0;
            if (began && outcome.start_s > job.leaves_s) found[1] += 1.0;
            if (outcome.end_s < 0.0 && job.leaves_s <= setup.end_s) found[2] += 1.0;
            const double done_s = job.duration_s - outcome.remaining_s;
            if (done_s < -1e-9 || outcome.remaining_s < 0.0 || (!began && done_s > 1e-9)) found[3] += 1.0;
            if (outcome.end_s < 0.0 && began && outcome.interruptions == 0) held += job.gpus;
          }
          if (told != setup.jobs[i].size()) found[4] += 1.0;
          // Jobs that run at the end hold no more than is allocated.
          if (scheduler != "priority" && scheduler != "srtf" && held != load.allocated()) found[5] += 1.0;
        }
        found.push_back(parts_j);
        found.push_back(world.site().it_energy_j());
        return found;
      });
      for (std::size_t law = 0; law < 6; ++law) {
        CAPTURE(law);
        CHECK(faults[law] == 0.0);
      }
      CHECK(faults[6] == doctest::Approx(faults[7]).epsilon(1e-9));
    }
  }
}

TEST_CASE("a job that leaves makes room at its date and its work is counted as far as it went") {
  // By hand: eight GPUs of one node. The first job holds them from 0 on and leaves at 50; the second, in the queue from
  // 10 on, leaves at 40 and never runs; the third begins at 50.
  const std::vector<Job> jobs{{.index = 0, .submit_s = 0.0, .duration_s = 100.0, .gpus = 8, .leaves_s = 50.0},
                              {.index = 1, .submit_s = 10.0, .duration_s = 5.0, .gpus = 8, .leaves_s = 40.0},
                              {.index = 2, .submit_s = 20.0, .duration_s = 7.0, .gpus = 8}};
  const auto numbers = tests::in_child([&] {
    JobList source(jobs);
    Outcomes outcomes;
    Kernel kernel;
    Site site(kernel, {.name = "site"}, 0);
    Fleet fleet(kernel, site,
                {.name = "fleet",
                 .power = {.gpus = 8, .by_state_w = {0, 1, 1, 1, 1, 1}},
                 .tenants = {{.name = "all", .nodes = 1}}},
                1, source, outcomes);
    kernel.run();
    std::vector<double> values;
    for (const JobOutcome& outcome : outcomes.jobs)
      values.insert(values.end(), {static_cast<double>(outcome.job.index), outcome.start_s, outcome.end_s,
                                   outcome.job.duration_s - outcome.remaining_s});
    return values;
  });
  CHECK(numbers == std::vector<double>{1, -1, 40, 0, 0, 0, 50, 50, 2, 50, 57, 7});
}

}  // namespace chokepoint::sim
