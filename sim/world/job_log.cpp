#include "sim/world/job_log.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "models/quantity/quantity.hpp"

namespace chokepoint::sim {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr std::array<std::string_view, 4> state_names{"finished", "running", "suspended", "waiting"};

/// The columns of the table of jobs, in the order in which they are written.
struct Columns {
  TextColumn& id;
  std::vector<double>& submit;
  std::vector<double>& start;
  std::vector<double>& end;
  std::vector<std::int64_t>& gpus;
  std::vector<std::int64_t>& nodes;
  TextColumn& tenant;
  TextColumn& state;
  std::vector<double>& energy;
  TextColumn& fleet;

  explicit Columns(Table& table)
      : id(get<TextColumn>(table, 0, "job_id")),
        submit(get<std::vector<double>>(table, 1, "submit_time_s")),
        start(get<std::vector<double>>(table, 2, "start_time_s")),
        end(get<std::vector<double>>(table, 3, "end_time_s")),
        gpus(get<std::vector<std::int64_t>>(table, 4, "gpus")),
        nodes(get<std::vector<std::int64_t>>(table, 5, "nodes")),
        tenant(get<TextColumn>(table, 6, "tenant")),
        state(get<TextColumn>(table, 7, "state")),
        energy(get<std::vector<double>>(table, 8, "energy_kwh")),
        fleet(get<TextColumn>(table, 9, "fleet")) {}

 private:
  template <class Values>
  static Values& get(Table& table, std::size_t index, const char* name) {
    table.columns.reserve(10);
    if (table.columns.size() == index) table.columns.push_back({.name = name, .values = Values{}});
    return std::get<Values>(table.columns[index].values);
  }
};

}  // namespace

void JobLog::job_left(const JobOutcome& outcome, JobState state) {
  ++jobs_;
  energy_j_.add(outcome.energy_j);
  first_submit_s_ = std::min(first_submit_s_, outcome.job.submit_s);
  if (state == JobState::finished) {
    waits_s_.push_back(outcome.start_s - outcome.job.submit_s);
    completion_sum_s_ += outcome.end_s - outcome.job.submit_s;
    last_end_s_ = std::max(last_end_s_, outcome.end_s);
  }
  if (keeps_rows_) rows_.push_back({.outcome = outcome, .state = state});
}

double JobLog::makespan_s() const {
  return waits_s_.empty() ? 0.0 : last_end_s_ - first_submit_s_;
}

void JobLog::append_rows(Table& table, const Labels& labels) const {
  const Trace* const trace = labels.trace;
  Columns columns(table);
  // Indices are dense: each row goes straight to its place.
  std::uint64_t most = 0;
  for (const Row& row : rows_) most = std::max(most, row.outcome.job.index);
  std::vector<const Row*> in_order(rows_.empty() ? 0 : most + 1, nullptr);
  for (const Row& row : rows_) in_order[row.outcome.job.index] = &row;
  for (const Row* row : in_order) {
    if (row == nullptr) continue;
    const Job& job = row->outcome.job;
    const bool began = row->outcome.start_s >= 0.0;
    if (trace != nullptr) {
      columns.id.push_back(trace->ids[job.index]);
    } else {
      columns.id.push_back(std::to_string(job.index));
    }
    columns.submit.push_back(labels.clock_s + job.submit_s);
    columns.start.push_back(began ? labels.clock_s + row->outcome.start_s : missing);
    columns.end.push_back(row->state == JobState::finished ? labels.clock_s + row->outcome.end_s : missing);
    columns.gpus.push_back(job.gpus);
    columns.nodes.push_back(began ? row->outcome.nodes : 0);
    columns.tenant.push_back(trace != nullptr ? trace->tenants[trace->tenant[job.index]] : labels.tenants[job.tenant]);
    columns.state.push_back(state_names[static_cast<std::size_t>(row->state)]);
    columns.energy.push_back(row->outcome.energy_j / models::joules_per_kwh);
    columns.fleet.push_back(labels.fleet);
  }
}

}  // namespace chokepoint::sim
