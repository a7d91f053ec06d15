#include <algorithm>
#include <random>

#include <doctest/doctest.h>
#include <simgrid/plugins/energy.h>
#include <simgrid/s4u.hpp>

#include "sim/fleet/fleet.hpp"
#include "sim/fleet/job_list.hpp"

namespace chokepoint::sim {
namespace {

namespace s4u = simgrid::s4u;

/// A host of eight cores of one flop a second that draws 1,600 W idle and 400 W more for each core at work.
s4u::Host* eight_gpu_host() {
  sg_host_energy_plugin_init();
  auto* zone = s4u::create_full_zone("world");
  s4u::Host* host = zone->create_host("server", 1.0)->set_core_count(8);
  host->set_property("wattage_per_state", "1600:1600:4800")->seal();
  zone->seal();
  return host;
}

/// Executes a job's flops on as many cores as it has GPUs, from its start on.
void execute_from(s4u::Host* host, const JobOutcome& job) {
  s4u::Actor::create("job", host, [job] {
    s4u::this_actor::sleep_until(job.start_s);
    std::vector<s4u::ExecPtr> parts;
    for (int gpu = 0; gpu < job.job.gpus; ++gpu) parts.push_back(s4u::this_actor::exec_async(job.job.duration_s));
    for (const s4u::ExecPtr& part : parts) part->wait();
  });
}

}  // namespace

TEST_CASE("a server's energy is that of the host energy plugin of SimGrid") {
  Kernel kernel;
  const Kernel::SimGridUse use(kernel);
  s4u::Host* host = eight_gpu_host();
  std::mt19937_64 chance(7);
  // All are there from the start, so that their order of execution is known before the clock moves.
  const auto jobs = random_jobs(chance, {.jobs = 30, .span_s = 1e-9, .longest_s = 50.0});
  constexpr double end_s = 1500.0;

  std::vector<JobOutcome> planned;
  double free_at_s[8] = {};
  for (const Job& job : jobs) {
    std::ranges::sort(free_at_s);
    const double start_s = std::max(free_at_s[job.gpus - 1], planned.empty() ? 0.0 : planned.back().start_s);
    for (int gpu = 0; gpu < job.gpus; ++gpu) free_at_s[gpu] = start_s + job.duration_s;
    planned.push_back({.job = job, .start_s = start_s});
  }
  for (const JobOutcome& job : planned) execute_from(host, job);

  std::vector<Job> at_once = jobs;
  for (Job& job : at_once) job.submit_s = 0.0;
  JobList source(at_once);
  Outcomes outcomes;
  Site site(kernel, {.name = "site"}, 0);
  const FleetSetup setup{.name = "fleet",
                         .power = {.gpus = 8, .by_state_w = {0.0, 1600.0, 1600.0, 4800.0, 4800.0, 1600.0}},
                         .tenants = {{.name = "all", .nodes = 1}}};
  Fleet fleet(kernel, site, setup, 1, source, outcomes);
  kernel.run(end_s);
  site.advance();

  REQUIRE(outcomes.finished == jobs.size());
  for (const JobOutcome& job : outcomes.jobs)
    CHECK(job.start_s == doctest::Approx(planned[job.job.index].start_s).epsilon(1e-12));
  CHECK(site.it_energy_j() == doctest::Approx(sg_host_get_consumed_energy(host)).epsilon(1e-9));
  CHECK(site.it_energy_j() > 1.3 * 1600.0 * end_s);
}

}  // namespace chokepoint::sim
