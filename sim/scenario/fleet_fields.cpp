#include "sim/scenario/fleet_fields.hpp"

#include <array>
#include <set>

#include <fmt/format.h>

#include "models/scheduling/placement.hpp"
#include "models/scheduling/scheduler.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/input/near_name.hpp"
#include "sim/scenario/failure_fields.hpp"
#include "sim/workload/work_kinds.hpp"

namespace chokepoint::sim {
namespace {

using models::dimension::time;

void visit_choice(FieldVisitor& v, std::string& name, std::span<const std::string> names) {
  std::size_t index = 0;
  v.choice(index, names);
  name = names[index];
}

void visit_server_name(FieldVisitor& v, std::string& server) {
  v.name(server);
  if (!server.empty() && catalogue().servers.find(server) == nullptr)
    v.refuse("the name of an entry of catalogue servers", '"' + server + '"',
             name_hint(server, catalogue().servers.names()));
}

void visit_server(FieldVisitor& v, FleetFields::ServerFields& fields) {
  v.object("servers of one type", [&] {
    v.field("server", "a name of catalogue servers", required, [&] { visit_server_name(v, fields.server); });
    v.field("nodes", "how many", required, [&] { v.integer(fields.nodes, {.low = 1.0, .high = 1e8}); });
    v.field_if("speed", "of a job, against the first of the list; by measured rate of matrix products if left out",
               fields.speed, [&](double& speed) { v.number(speed, {.low = 1e-3, .high = 1e3}); });
    v.field_if("server_price", "price of one server; the catalogue's if left out", fields.server_price,
               [&](Price& price) { v.price(price, models::dimension::money, Range::not_negative()); });
  });
}

/// Servers are of one type, for all or by tenant, or of several for all.
void visit_servers(FieldVisitor& v, FleetFields& fleet) {
  const bool has_server =
      v.field("server", "a name of catalogue servers", optional, [&] { visit_server_name(v, fleet.server); });
  const bool has_nodes = v.field_if("nodes", "servers that all work shares", fleet.nodes,
                                    [&](std::int64_t& nodes) { v.integer(nodes, {.low = 1.0, .high = 1e8}); });
  const bool has_tenants =
      v.field("tenants", "servers by tenant; \"all\" takes the work of tenants not named", optional, [&] {
        v.map(
            fleet.tenants, [&](std::int64_t& nodes) { v.integer(nodes, {.low = 1.0, .high = 1e8}); }, 1);
      });
  const bool has_servers = v.field(
      "servers", "servers of several types, in place of \"server\" and \"nodes\"; durations are told for the first",
      optional, [&] { v.list(fleet.servers, 1, [&](FleetFields::ServerFields& fields) { visit_server(v, fields); }); });
  v.field("prefer", "which of several types of servers a job tries first", optional, [&] {
    static const std::array<std::string, 3> names{"fastest", "frugal", "listed"};
    std::size_t index = 0;
    v.choice(index, names);
    fleet.prefer = static_cast<ServerPreference>(index);
  });
  if (has_server == has_servers)
    v.refuse("either the key \"server\" or the key \"servers\"", has_server ? "both" : "neither");
  if (!has_servers && has_nodes == has_tenants)
    v.refuse("either the key \"nodes\" or the key \"tenants\"", has_nodes ? "both" : "neither");
  if (has_servers && (has_nodes || has_tenants))
    v.refuse("\"nodes\" of each of the \"servers\"", has_nodes ? "\"nodes\" beside them" : "\"tenants\" beside them");
}

void visit_work(FieldVisitor& v, FleetFields::WorkFields& fields) {
  v.object("work for the fleet", [&] {
    v.field("name", "its name, for random streams and the table of jobs", optional, [&] { v.name(fields.name); });
    visit_work_kind(v, fields.work);
  });
}

/// Works are known by their names, those without by their place.
void refuse_equal_names(FieldVisitor& v, const std::vector<FleetFields::WorkFields>& works) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < works.size(); ++i) {
    const std::string name = works[i].name.empty() ? std::to_string(i) : works[i].name;
    if (!names.insert(name).second) v.refuse("works of different names", fmt::format("\"{}\" twice", name));
  }
}

void visit_works(FieldVisitor& v, FleetFields& fleet) {
  const auto one = [&] {
    fleet.works.resize(1);
    visit_work(v, fleet.works.front());
  };
  const auto several = [&] {
    fleet.works_listed = true;
    v.list(fleet.works, 1, [&](FleetFields::WorkFields& fields) { visit_work(v, fields); });
    refuse_equal_names(v, fleet.works);
  };
  v.one_of(std::array{FieldVisitor::Alternative{"object", one}, FieldVisitor::Alternative{"list", several}});
}

void visit_fabric(FieldVisitor& v, models::Fabric& fabric) {
  v.object("leaf switches and how they are joined", [&] {
    v.field("kind", "a node's cards on one leaf each, or all on one", optional, [&] {
      static const std::array<std::string, 2> names{"rail-optimised", "fat-tree"};
      std::size_t index = 0;
      v.choice(index, names);
      fabric.kind = index == 0 ? models::FabricKind::rail_optimised : models::FabricKind::fat_tree;
    });
    v.field("nodes_per_leaf", "nodes under one leaf, or of one group of leaves", optional, [&] {
      std::int64_t nodes = fabric.nodes_per_leaf;
      v.integer(nodes, {.low = 1.0, .high = 1e6});
      fabric.nodes_per_leaf = static_cast<int>(nodes);
    });
    v.field("oversubscription", "bandwidth into a leaf over that to the spines", optional,
            [&] { v.number(fabric.oversubscription, {.low = 1.0, .high = 1000.0}); });
  });
}

/// Rules between failures, checkpoints and the rest of a fleet.
void refuse_reliability(FieldVisitor& v, const FleetFields& fleet, bool fails) {
  if (fails && fleet.placement == "pooled")
    v.refuse("a \"placement\" that knows nodes, since nodes fail", "\"pooled\"");
  if (fails && !fleet.servers.empty())
    v.refuse("nodes of one \"server\", since nodes fail", "\"servers\" of several types");
  if (fleet.checkpoints && fleet.checkpoints->interval != models::CheckpointPolicy::Interval::given && !fails)
    v.refuse("\"failures\", or an \"interval\" of the \"checkpoints\"", "neither");
  if (fleet.spare_nodes == 0) return;
  if (!fails) v.refuse("\"failures\" beside \"spare_nodes\"", "none");
  if (!fleet.nodes) {
    v.refuse("\"nodes\" beside \"spare_nodes\"", "nodes by tenant");
  } else if (fleet.spare_nodes >= *fleet.nodes) {
    v.refuse("fewer \"spare_nodes\" than the \"nodes\"", fmt::format("{} of {}", fleet.spare_nodes, *fleet.nodes));
  }
}

}  // namespace

void visit(FieldVisitor& v, FleetFields& fleet) {
  v.object("nodes of one type of server or of several, and their work", [&] {
    v.field("name", "the fleet's name", required, [&] { v.name(fleet.name); });
    v.field("site", "the name of its site; may be left out where there is one", optional, [&] { v.name(fleet.site); });
    visit_servers(v, fleet);
    v.field("scheduler", "which job goes first", optional,
            [&] { visit_choice(v, fleet.scheduler, models::scheduler_names()); });
    v.field("restart_cost", "time that a preempted job needs to go on, beside the work left", optional,
            [&] { v.quantity(fleet.restart_s, time, {.low = 0.0, .high = 1e7}); });
    v.field(
        "priorities", "by owner, tenant or work, where jobs have none of their own; higher goes first", optional, [&] {
          v.map(
              fleet.priorities, [&](std::int64_t& priority) { v.integer(priority, {.low = -1e6, .high = 1e6}); }, 1);
        });
    v.field("shares", "of fair-share: by owner or work; 1 for those not named", optional, [&] {
      v.map(
          fleet.shares.of, [&](double& share) { v.number(share, {.low = 1e-6, .high = 1e6}); }, 1);
    });
    v.field("share_among", "of fair-share: the users of traces, or their tenants", optional, [&] {
      static const std::array<std::string, 2> names{"users", "tenants"};
      std::size_t index = 0;
      v.choice(index, names);
      fleet.shares.among_tenants = index == 1;
    });
    v.field("usage_half_life", "of fair-share: in this time half of what an owner has had is forgotten", optional,
            [&] { v.quantity(fleet.shares.half_life_s, time, {.low = 1.0, .high = 1e10}); });
    v.field("patience", "of tariff-aware: how long a job waits for cheaper energy", optional,
            [&] { v.quantity(fleet.terms.patience_s, time, {.low = 0.0, .high = 1e7}); });
    v.field("least_saving", "of tariff-aware: share of a job's energy cost that such a wait must save", optional,
            [&] { v.number(fleet.terms.least_saving, {.low = 0.0, .high = 1.0}); });
    v.field("placement", "which nodes a job gets", optional,
            [&] { visit_choice(v, fleet.placement, models::placement_names()); });
    v.field("fabric", "the network between nodes", optional, [&] { visit_fabric(v, fleet.fabric); });
    v.field("network", "whether jobs wait for each other on the fabric", optional, [&] {
      static const std::array<std::string, 2> names{"none", "flow"};
      std::size_t index = 0;
      v.choice(index, names);
      fleet.shares_network = index == 1;
    });
    v.field("communication_share", "share of its time on several nodes that a job communicates and does nothing else",
            optional, [&] { v.number(fleet.communication_share, {.low = 0.0, .high = 1.0}); });
    const bool fails = v.field_if("failures", "what fails by chance, and how often", fleet.failures,
                                  [&](FailureSpec& failures) { visit(v, failures); });
    v.field_if("checkpoints", "how jobs keep what they have done; without them a failure undoes all of it",
               fleet.checkpoints, [&](models::CheckpointPolicy& policy) { visit_checkpoints(v, policy); });
    v.field("spare_nodes", "of the nodes, those that take no work until another one fails", optional,
            [&] { v.integer(fleet.spare_nodes, {.low = 0.0, .high = 1e8}); });
    refuse_reliability(v, fleet, fails);
    v.field("power", "measured draw by state, or the servers' rated power whenever they are on", optional, [&] {
      static const std::array<std::string, 2> names{"measured", "rated"};
      std::size_t index = 0;
      v.choice(index, names);
      fleet.rated_power = index == 1;
    });
    v.field_if("gpu_power_cap", "what a GPU at work may draw at most, its server's share left out",
               fleet.gpu_power_cap_w,
               [&](double& cap_w) { v.quantity(cap_w, models::dimension::power, {.low = 1.0, .high = 1e5}); });
    const bool has_price =
        v.field_if("server_price", "price of one server; the catalogue's if left out", fleet.server_price,
                   [&](Price& price) { v.price(price, models::dimension::money, Range::not_negative()); });
    if (has_price && !fleet.servers.empty())
      v.refuse("a \"server_price\" of each of the \"servers\"", "one beside them");
    v.field("workload", "what the fleet works on, one work or a list of them", optional,
            [&] { visit_works(v, fleet); });
  });
}

}  // namespace chokepoint::sim
