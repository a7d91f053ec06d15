#include <algorithm>
#include <limits>

#include <doctest/doctest.h>

#include "sim/fleet/fleet.hpp"
#include "sim/fleet/job_list.hpp"
#include "sim/world/simulate.hpp"
#include "support/in_child.hpp"
#include "support/scenario_text.hpp"

namespace chokepoint::sim {
namespace {

constexpr double longest_s = 100.0;
constexpr std::int32_t most_gpus = 4;
constexpr std::int32_t gpus_of_fleet = 16;

struct Contest {
  std::vector<double> shares;
  double half_life_s = std::numeric_limits<double>::infinity();
  std::uint64_t seed = 1;
};

/// GPU-seconds that each owner has had at a date up to which all have waiting jobs, and that date.
std::vector<double> had(const Contest& contest) {
  return tests::in_child([&] {
    std::mt19937_64 chance(contest.seed);
    auto jobs = random_jobs(chance, {.jobs = 3000, .most_gpus = most_gpus, .span_s = 0.0, .longest_s = longest_s});
    const auto owners = contest.shares.size();
    for (Job& job : jobs) job.owner = static_cast<std::uint32_t>(job.index % owners);
    const FleetSetup setup{.name = "fleet",
                           .power = {.gpus = 4, .by_state_w = {0, 1, 1, 1, 1, 1}},
                           .tenants = {{.name = "all", .nodes = gpus_of_fleet / 4}},
                           .scheduler = "fair-share",
                           .usage_half_life_s = contest.half_life_s,
                           .shares = contest.shares};
    Kernel kernel;
    Site site(kernel, {.name = "site"}, 0);
    JobList source(jobs);
    Outcomes outcomes;
    Fleet fleet(kernel, site, setup, 1, source, outcomes);
    kernel.run();
    std::vector<double> last_start_s(owners, 0.0);
    for (const JobOutcome& job : outcomes.jobs)
      last_start_s[job.job.owner] = std::max(last_start_s[job.job.owner], job.start_s);
    const double until_s = *std::ranges::min_element(last_start_s);
    std::vector<double> gpu_s(owners + 1, 0.0);
    for (const JobOutcome& job : outcomes.jobs)
      gpu_s[job.job.owner] += job.job.gpus * std::max(0.0, std::min(job.end_s, until_s) - job.start_s);
    gpu_s.back() = until_s;
    return gpu_s;
  });
}

}  // namespace

TEST_CASE("owners who always want more get GPU time in proportion to their shares") {
  // Each start goes to the owner with the least charged for its share, so that charges stand within one job of each
  // other; what was charged and is still to run is less than a fleet full of longest jobs.
  constexpr double bound_gpu_s = most_gpus * longest_s + gpus_of_fleet * longest_s;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    CAPTURE(seed);
    const auto two_to_one = had({.shares = {2.0, 1.0}, .seed = seed});
    CHECK(two_to_one[2] > 5000.0);
    CHECK(std::abs(two_to_one[0] / 2.0 - two_to_one[1]) <= bound_gpu_s);
    CHECK(two_to_one[0] / two_to_one[1] == doctest::Approx(2.0).epsilon(0.02));
    const auto equal = had({.shares = {1.0, 1.0, 1.0}, .seed = seed});
    for (const std::size_t owner : {0, 1}) CHECK(std::abs(equal[owner] - equal[owner + 1]) <= bound_gpu_s);
    // Usage that is soon forgotten leaves the proportion.
    const auto forgetful = had({.shares = {2.0, 1.0}, .half_life_s = 600.0, .seed = seed});
    CHECK(forgetful[0] / forgetful[1] == doctest::Approx(2.0).epsilon(0.04));
  }
}

TEST_CASE("who has had much waits until half-lives have made it little") {
  // One GPU. Owner 0 has it from 0 to 100 s. At 90 s owner 1 asks for 40 s and owner 0 for 10 s twice: owner 1 goes
  // first. At 140 s it has had 40 s or less, and owner 0 more: unless the half-life is so short that nothing is left of
  // the hundred seconds, and the last 40 count for more.
  const auto starts = [](double half_life_s) {
    return tests::in_child([&] {
      const std::vector<Job> jobs{{.index = 0, .submit_s = 0.0, .duration_s = 100.0, .gpus = 1, .owner = 0},
                                  {.index = 1, .submit_s = 90.0, .duration_s = 10.0, .gpus = 1, .owner = 0},
                                  {.index = 2, .submit_s = 91.0, .duration_s = 40.0, .gpus = 1, .owner = 1},
                                  {.index = 3, .submit_s = 92.0, .duration_s = 40.0, .gpus = 1, .owner = 1}};
      const FleetSetup setup{.name = "gpu",
                             .power = {.gpus = 1, .by_state_w = {0, 1, 1, 1, 1, 1}},
                             .tenants = {{.name = "all", .nodes = 1}},
                             .scheduler = "fair-share",
                             .usage_half_life_s = half_life_s};
      Kernel kernel;
      Site site(kernel, {.name = "site"}, 0);
      JobList source(jobs);
      Outcomes outcomes;
      Fleet fleet(kernel, site, setup, 1, source, outcomes);
      kernel.run();
      std::vector<double> start_s(jobs.size());
      for (const JobOutcome& job : outcomes.jobs) start_s[job.job.index] = job.start_s;
      return start_s;
    });
  };
  CHECK(starts(1e9) == std::vector<double>{0.0, 180.0, 100.0, 140.0});
  CHECK(starts(10.0) == std::vector<double>{0.0, 140.0, 100.0, 150.0});
}

TEST_CASE("shares and priorities of a scenario go by the names of works and of their users") {
  const auto work = [](const std::string& name, const std::string& user) {
    return std::string(R"({"kind": "synthetic", "mean_interval": "1 min", "median_duration": "1 h", "log_sd": 0.5,
      "sizes": [{"gpus": 1, "weight": 1}], "name": ")") +
           name + '"' + (user.empty() ? "" : R"(, "users": {")" + user + R"(": 0.7})") + "}";
  };
  const auto running = [&](const std::string& keys, const std::string& user_a = {}, const std::string& user_b = {}) {
    return tests::in_child([&] {
      const Scenario scenario = tests::scenario_with("[" + work("a", user_a) + ", " + work("b", user_b) + "], " + keys,
                                                     R"("duration": "4 d", )", 4);
      const Record record = simulate(scenario, {.keep_details = true}, {});
      std::vector<double> counts(2, 0.0);
      for (const Table& table : record.tables) {
        if (table.name != "jobs") continue;
        const TextColumn* works = nullptr;
        const TextColumn* states = nullptr;
        for (const Column& column : table.columns) {
          if (column.name == "work") works = &std::get<TextColumn>(column.values);
          if (column.name == "state") states = &std::get<TextColumn>(column.values);
        }
        REQUIRE(works != nullptr);
        REQUIRE(states != nullptr);
        for (std::size_t row = 0; row < table.rows(); ++row)
          if ((*states)[row] == "finished") counts[(*works)[row] == "a" ? 0 : 1] += 1.0;
      }
      return counts;
    });
  };
  const auto shared = running(R"("scheduler": "fair-share", "shares": {"a": 3})");
  CHECK(shared[0] / shared[1] == doctest::Approx(3.0).epsilon(0.1));
  const auto first = running(R"("scheduler": "priority", "priorities": {"b": 1})");
  CHECK(first[0] < 0.1 * first[1]);
  // Users of a work stand where the work stood; one user of both has nobody to share with.
  CHECK(running(R"("scheduler": "fair-share", "shares": {"anna": 3})", "anna", "bob") == shared);
  CHECK(running(R"("scheduler": "priority", "priorities": {"bob": 1})", "anna", "bob") == first);
  const auto one = running(R"("scheduler": "fair-share", "shares": {"anna": 3})", "anna", "anna");
  CHECK(one[0] / one[1] == doctest::Approx(1.0).epsilon(0.1));
}

}  // namespace chokepoint::sim
