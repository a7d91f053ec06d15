#include "sim/scenario/fleet_fields.hpp"

#include <array>

#include "models/scheduling/placement.hpp"
#include "models/scheduling/scheduler.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/input/near_name.hpp"

namespace chokepoint::sim {
namespace {

using models::dimension::time;

void visit_choice(FieldVisitor& v, std::string& name, std::span<const std::string> names) {
  std::size_t index = 0;
  v.choice(index, names);
  name = names[index];
}

void visit_size(FieldVisitor& v, SyntheticSetup::Size& size) {
  v.object("GPUs of a job and how often", [&] {
    v.field("gpus", "GPUs that the job asks for", required, [&] {
      std::int64_t gpus = 1;
      v.integer(gpus, {.low = 1.0, .high = 1e9});
      size.gpus = static_cast<std::int32_t>(gpus);
    });
    v.field("weight", "relative frequency", required, [&] { v.number(size.weight, {.low = 0.0, .high = 1e12}); });
  });
}

void visit_synthetic(FieldVisitor& v, SyntheticSetup& setup) {
  v.field("mean_interval", "mean time between two arrivals (Poisson)", required,
          [&] { v.quantity(setup.mean_interval_s, time, {.low = 1e-3, .high = 1e10}); });
  v.field("median_duration", "median time of a job (log-normal)", required,
          [&] { v.quantity(setup.median_duration_s, time, {.low = 1e-3, .high = 1e9}); });
  v.field("log_sd", "standard deviation of the logarithm of the duration", optional,
          [&] { v.number(setup.log_sd, {.low = 0.0, .high = 5.0}); });
  v.field("sizes", "GPUs by frequency; one each if left out", optional, [&] {
    if (!v.sound([&] { v.list(setup.sizes, 1, [&](SyntheticSetup::Size& size) { visit_size(v, size); }); })) return;
    double weights = 0.0;
    for (const SyntheticSetup::Size& size : setup.sizes) weights += size.weight;
    if (!(weights > 0.0)) v.refuse("sizes with a weight above 0", "none");
  });
  v.field("jobs", "how many jobs in all", optional, [&] {
    std::int64_t jobs = 0;
    v.integer(jobs, {.low = 0.0, .high = 1e12});
    setup.jobs = static_cast<std::uint64_t>(jobs);
  });
  v.field("arrivals_for", "for how long jobs arrive", optional,
          [&] { v.quantity(setup.until_s, time, {.low = 1e-3, .high = 1e10}); });
}

void visit_workload(FieldVisitor& v, FleetFields& fleet) {
  ConstantWork constant;
  FleetFields::TraceFile trace;
  SyntheticWork synthetic;
  const std::array kinds{FieldVisitor::Kind{"constant", "a standing demand for GPUs",
                                            [&] {
                                              v.field("gpus", "GPUs that are always asked for", required,
                                                      [&] { v.integer(constant.gpus, {.low = 0.0, .high = 1e9}); });
                                              fleet.workload = constant;
                                            }},
                         FieldVisitor::Kind{"trace", "jobs of a real cluster",
                                            [&] {
                                              v.field("file", "CSV of jobs, relative to this file", required,
                                                      [&] { v.name(trace.file); });
                                              fleet.workload = trace;
                                            }},
                         FieldVisitor::Kind{"synthetic", "jobs by chance", [&] {
                                              visit_synthetic(v, synthetic.setup);
                                              fleet.workload = synthetic;
                                            }}};
  v.object("work for the fleet", [&] { v.kind(kinds); });
}

}  // namespace

void visit(FieldVisitor& v, FleetFields& fleet) {
  v.object("nodes of one type of server, and their work", [&] {
    v.field("name", "the fleet's name", required, [&] { v.name(fleet.name); });
    v.field("site", "the name of its site; may be left out where there is one", optional, [&] { v.name(fleet.site); });
    v.field("server", "a name of catalogue servers", required, [&] {
      v.name(fleet.server);
      const auto names = catalogue().servers.names();
      if (!fleet.server.empty() && catalogue().servers.find(fleet.server) == nullptr)
        v.refuse("the name of an entry of catalogue servers", '"' + fleet.server + '"', name_hint(fleet.server, names));
    });
    const bool has_nodes = v.field_if("nodes", "servers that all work shares", fleet.nodes,
                                      [&](std::int64_t& nodes) { v.integer(nodes, {.low = 1.0, .high = 1e8}); });
    const bool has_tenants =
        v.field("tenants", "servers by tenant; \"all\" takes the work of tenants not named", optional, [&] {
          v.map(
              fleet.tenants, [&](std::int64_t& nodes) { v.integer(nodes, {.low = 1.0, .high = 1e8}); }, 1);
        });
    if (has_nodes == has_tenants)
      v.refuse("either the key \"nodes\" or the key \"tenants\"", has_nodes ? "both" : "neither");
    v.field("scheduler", "which job goes first", optional,
            [&] { visit_choice(v, fleet.scheduler, models::scheduler_names()); });
    v.field("restart_cost", "time that a preempted job needs to go on, beside the work left", optional,
            [&] { v.quantity(fleet.restart_s, time, {.low = 0.0, .high = 1e7}); });
    v.field("placement", "which nodes a job gets", optional,
            [&] { visit_choice(v, fleet.placement, models::placement_names()); });
    v.field("power", "measured draw by state, or the servers' rated power whenever they are on", optional, [&] {
      static const std::array<std::string, 2> names{"measured", "rated"};
      std::size_t index = 0;
      v.choice(index, names);
      fleet.rated_power = index == 1;
    });
    v.field_if("server_price", "price of one server; the catalogue's if left out", fleet.server_price,
               [&](Price& price) { v.price(price, models::dimension::money, Range::not_negative()); });
    v.field("workload", "what the fleet works on", optional, [&] { visit_workload(v, fleet); });
  });
}

}  // namespace chokepoint::sim
