#include "sim/scenario/failure_fields.hpp"

#include <array>
#include <string>
#include <vector>

namespace chokepoint::sim {
namespace {

using models::dimension::bandwidth;
using models::dimension::data;
using models::dimension::time;

const std::vector<std::string>& table_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const models::FailureTable& table : models::failure_tables()) all.push_back(table.name);
    return all;
  }();
  return names;
}

void visit_rate(FieldVisitor& v, models::FailureTable& table) {
  const std::array alternatives{
      FieldVisitor::Alternative{"text",
                                [&] {
                                  std::size_t index = 0;
                                  v.choice(index, table_names());
                                  table = models::failure_tables()[index];
                                }},
      FieldVisitor::Alternative{"number", [&] {
                                  double per_1000_node_days = 0.0;
                                  if (v.sound([&] { v.number(per_1000_node_days, {.low = 0.0, .high = 1e6}); }))
                                    table = models::failure_table_at(per_1000_node_days);
                                }}};
  v.one_of(alternatives);
}

void set_job_rate(models::FailureTable& table, double rate, double up_to_nodes) {
  std::erase_if(table.causes, [](const auto& cause) { return cause.origin == models::FailureOrigin::job; });
  if (rate > 0.0)
    table.causes.push_back({.name = "job's own software or user",
                            .origin = models::FailureOrigin::job,
                            .per_1000_node_days = rate,
                            .up_to_nodes = up_to_nodes});
}

}  // namespace

void visit(FieldVisitor& v, FailureSpec& failures) {
  v.object("failures by chance, of nodes at work", [&] {
    v.field("on", "false: nothing fails, and all else stays as it is", optional, [&] { v.flag(failures.on); });
    v.field("rate", "a table of causes, or failures per 1000 node-days of 8 GPUs", optional,
            [&] { visit_rate(v, failures.table); });
    std::optional<double> job_rate;
    double up_to_nodes = 128.0;
    v.field_if("job_rate", "failures of jobs by their own software and users, per 1000 node-days; those of the table",
               job_rate, [&](double& rate) { v.number(rate, {.low = 0.0, .high = 1e6}); });
    v.field("job_rate_up_to_nodes", "nodes of a job from which on these do not become more", optional,
            [&] { v.number(up_to_nodes, {.low = 1.0, .high = 1e8}); });
    if (job_rate) set_job_rate(failures.table, *job_rate, up_to_nodes);
    v.field("lemons", "nodes that fail more often than the rest", optional, [&] {
      v.object("nodes that fail more often", [&] {
        v.field("share", "chance that a node is one", required,
                [&] { v.number(failures.lemon_share, Range::share()); });
        v.field("multiple", "how many times as often it fails", required,
                [&] { v.number(failures.lemon_multiple, {.low = 0.0, .high = 1e6}); });
        v.field("replaced_after", "failures after which a node is replaced by one that is no lemon", optional,
                [&] { v.integer(failures.replaced_after, {.low = 1.0, .high = 1e6}); });
      });
    });
    v.field("repair", "mean time until a node that failed is up again (exponential)", optional,
            [&] { v.quantity(failures.repair_s, time, {.low = 0.0, .high = 1e9}); });
    v.field("detection", "time until a failure is known", optional,
            [&] { v.quantity(failures.detection_s, time, {.low = 0.0, .high = 1e7}); });
    v.field("start", "time until a job's processes stand again", optional,
            [&] { v.quantity(failures.start_s, time, {.low = 0.0, .high = 1e7}); });
  });
}

void visit_checkpoints(FieldVisitor& v, models::CheckpointPolicy& policy) {
  using Interval = models::CheckpointPolicy::Interval;
  v.object("checkpoints of all jobs", [&] {
    static const std::array<std::string, 2> rules{"daly", "young"};
    const bool has_rule = v.field("rule", "the formula of the interval, by a job's own failures", optional, [&] {
      std::size_t index = 0;
      v.choice(index, rules);
      policy.interval = index == 0 ? Interval::daly : Interval::young;
    });
    const bool has_interval = v.field("interval", "work between two checkpoints, instead of a rule", optional, [&] {
      v.quantity(policy.given_interval_s, time, {.low = 1.0, .high = 1e9});
      policy.interval = Interval::given;
    });
    if (has_rule && has_interval) v.refuse("\"rule\" or \"interval\"", "both");
    v.field_if("write", "time of a checkpoint, whatever the job's size", policy.write_s,
               [&](double& value) { v.quantity(value, time, {.low = 0.0, .high = 1e7}); });
    v.field_if("restore", "time to read one back; that of a write if left out", policy.restore_s,
               [&](double& value) { v.quantity(value, time, {.low = 0.0, .high = 1e7}); });
    const bool has_state = v.field("gpu_state", "state of a GPU to write and read, instead of times", optional,
                                   [&] { v.quantity(policy.gpu_bytes, data, {.low = 0.0, .high = 1e13}); });
    v.field("write_bandwidth", "of a node", optional,
            [&] { v.quantity(policy.path.write_bytes_per_s, bandwidth, Range::positive()); });
    v.field("read_bandwidth", "of a node", optional,
            [&] { v.quantity(policy.path.read_bytes_per_s, bandwidth, Range::positive()); });
    if (policy.write_s.has_value() == has_state)
      v.refuse("either the key \"write\" or the key \"gpu_state\"", has_state ? "both" : "neither");
    if (policy.write_s && !policy.restore_s) policy.restore_s = policy.write_s;
  });
}

}  // namespace chokepoint::sim
