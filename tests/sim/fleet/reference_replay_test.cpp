#include <map>
#include <string>

#include <doctest/doctest.h>

#include "sim/fleet/fleet.hpp"
#include "sim/input/csv_table.hpp"
#include "sim/input/gzip_file.hpp"
#include "sim/input/json_document.hpp"
#include "sim/workload/trace.hpp"
#include "support/reference_data.hpp"

// Source: data/README.md, starts of every job as the policies of S-Lab-System-Group/HeliosArtifact gave them, run
// unmodified (Hu et al., SC '21).

namespace chokepoint::sim {
namespace {

class StartTimes final : public JobObserver {
 public:
  explicit StartTimes(std::size_t jobs) : start_s(jobs, -1.0) {}
  void job_left(const JobOutcome& outcome, JobState state) override {
    CHECK(state == JobState::finished);
    start_s[outcome.job.index] = outcome.start_s;
  }
  std::vector<double> start_s;
};

/// Replays in this process; a test case has one, as SimGrid has one engine.
std::vector<double> replay(const std::shared_ptr<const Trace>& trace, const std::map<std::string, std::uint32_t>& nodes,
                           const std::string& scheduler) {
  FleetSetup setup{.name = "reference",
                   .power = {.gpus = 8, .by_state_w = {0, 1, 1, 1, 1, 1}},
                   .tenants = {},
                   .scheduler = scheduler};
  for (const auto& [name, count] : nodes) setup.tenants.push_back({.name = name, .nodes = count});
  std::vector<std::uint32_t> tenant_of;
  for (const std::string& tenant : trace->tenants) {
    const auto found = std::ranges::find(setup.tenants, tenant, &TenantNodes::name);
    tenant_of.push_back(found == setup.tenants.end() ? 0u : static_cast<std::uint32_t>(found - setup.tenants.begin()));
  }
  TraceSource source(trace, {.tenant_of = tenant_of});
  StartTimes starts(trace->size());
  Kernel kernel;
  Site site(kernel, {.name = "site"}, 0);
  Fleet fleet(kernel, site, setup, 1, source, starts);
  kernel.run();
  CHECK(fleet.done());
  return starts.start_s;
}

void check_philly(const std::string& configuration, const std::string& scheduler) {
  const auto data = tests::reference_data();
  if (!data) return;
  const auto trace = std::make_shared<const Trace>(read_trace(*data / "traces/philly_oct2017.csv.gz"));
  const Json nodes = load_json(*data / "traces/ref_philly_oct_vc_configs.json");
  const auto starts = replay(trace, nodes.at("Philly_oct_" + configuration), scheduler);

  const std::string file = "traces/ref_Philly_oct_" + configuration + "_starts.csv.gz";
  CsvTable reference(read_maybe_gzip(*data / file), file);
  REQUIRE(reference.next());
  const std::size_t column = *reference.find("start_" + scheduler);
  std::size_t row = 0;
  std::size_t equal = 0;
  for (; reference.next(); ++row) {
    REQUIRE(reference.field(0) == trace->ids[row]);
    if (parse_number(reference.field(column)) == starts[row]) ++equal;
  }
  CHECK(row == 47192);
  CHECK(equal == row);
}

void check_helios(const std::string& scheduler) {
  const auto data = tests::reference_data();
  if (!data) return;
  const auto trace = std::make_shared<const Trace>(read_trace(*data / "traces/helios_venus_vcvlY_sept2020.csv.gz"));
  const auto starts = replay(trace, {{"vcvlY", 2}}, scheduler);
  CsvTable reference(read_maybe_gzip(*data / "traces/ref_vcvlY_starts.csv.gz"), "ref_vcvlY_starts.csv.gz");
  REQUIRE(reference.next());
  const std::size_t column = *reference.find("start_" + scheduler);
  std::size_t row = 0;
  for (; reference.next(); ++row) {
    REQUIRE(reference.field(0) == trace->ids[row]);
    CHECK(parse_number(reference.field(column)) == starts[row]);
  }
  CHECK(row == 415);
}

}  // namespace

TEST_CASE("every start of Philly on its published nodes under FIFO equals the reference") {
  check_philly("vc", "fifo");
}
TEST_CASE("every start of Philly on its published nodes under SJF equals the reference") {
  check_philly("vc", "sjf");
}
TEST_CASE("every start of Philly at load 0.8 under FIFO equals the reference") {
  check_philly("tight", "fifo");
}
TEST_CASE("every start of Philly at load 0.8 under SJF equals the reference") {
  check_philly("tight", "sjf");
}
TEST_CASE("every start of Philly in one pool under FIFO equals the reference") {
  check_philly("pool", "fifo");
}
TEST_CASE("every start of Philly in one pool under SJF equals the reference") {
  check_philly("pool", "sjf");
}

TEST_CASE("every start of Helios vcvlY under FIFO equals the reference") {
  check_helios("fifo");
}
TEST_CASE("every start of Helios vcvlY under SJF equals the reference") {
  check_helios("sjf");
}

}  // namespace chokepoint::sim
