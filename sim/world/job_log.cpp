#include "sim/world/job_log.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "models/quantity/quantity.hpp"

namespace chokepoint::sim {
namespace {

constexpr std::array<std::string_view, 5> job_state_names{"finished", "running", "suspended", "waiting", "left"};

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
    table.columns.reserve(11);
    if (table.columns.size() == index) table.columns.push_back({.name = name, .values = Values{}});
    return std::get<Values>(table.columns[index].values);
  }
};

}  // namespace

void JobLog::job_left(const JobOutcome& outcome, JobState state) {
  energy_j_.add(outcome.energy_j);
  const double gpus = outcome.job.gpus;
  gpu_seconds_.done.add(gpus * (outcome.job.duration_s - outcome.remaining_s));
  gpu_seconds_.lost.add(gpus * outcome.lost_work_s);
  gpu_seconds_.restarting.add(gpus * outcome.restart_s);
  gpu_seconds_.writing.add(gpus * outcome.checkpoint_s);
  const std::size_t work = indices_.work_of(outcome.job.index);
  if (outcome.job.submit_s < keep_.submitted_from_s || !keep_.works[work]) return;
  ++jobs_;
  first_submit_s_ = std::min(first_submit_s_, outcome.job.submit_s);
  if (state == JobState::finished) {
    waits_s_.push_back(outcome.start_s - outcome.job.submit_s);
    completion_sum_s_ += outcome.end_s - outcome.job.submit_s;
    last_end_s_ = std::max(last_end_s_, outcome.end_s);
  }
  if (keep_.rows || keep_.outcomes[work]) rows_.push_back({.outcome = outcome, .state = state});
}

double JobLog::makespan_s() const {
  return waits_s_.empty() ? 0.0 : last_end_s_ - first_submit_s_;
}

std::vector<JobLog::Outcome> JobLog::outcomes_of(std::size_t work) const {
  std::vector<Outcome> outcomes;
  for (const Row& row : rows_)
    if (indices_.work_of(row.outcome.job.index) == work)
      outcomes.push_back(
          {.own_index = indices_.own_of(row.outcome.job.index), .outcome = row.outcome, .state = row.state});
  std::ranges::sort(outcomes, {}, &Outcome::own_index);
  return outcomes;
}

void JobLog::append_rows(Table& table, const Labels& labels) const {
  Columns columns(table);
  TextColumn* works = nullptr;
  if (labels.names_works) {
    if (table.columns.size() == 10) table.columns.push_back({.name = "work", .values = TextColumn{}});
    works = &std::get<TextColumn>(table.columns[10].values);
  }
  // Indices of a work are dense: each row goes straight to its place.
  std::vector<std::vector<const Row*>> in_order(labels.fleet.works.size());
  for (const Row& row : rows_) {
    auto& rows = in_order[indices_.work_of(row.outcome.job.index)];
    const auto own = static_cast<std::size_t>(indices_.own_of(row.outcome.job.index));
    if (own >= rows.size()) rows.resize(std::max(own + 1, 2 * rows.size()), nullptr);
    rows[own] = &row;
  }
  for (std::size_t place = 0; place < in_order.size(); ++place) {
    const NamedWork& work = labels.fleet.works[place];
    const std::string name = work.name.empty() ? std::to_string(place) : work.name;
    for (std::size_t own = 0; own < in_order[place].size(); ++own) {
      const Row* const row = in_order[place][own];
      if (row == nullptr) continue;
      const Job& job = row->outcome.job;
      const bool began = row->outcome.start_s >= 0.0;
      const auto tenant = work.work->tenant_name(own);
      columns.id.push_back(work.work->job_name(own));
      columns.submit.push_back(labels.clock_s + job.submit_s);
      columns.start.push_back(began ? labels.clock_s + row->outcome.start_s : no_value);
      columns.end.push_back(row->state == JobState::finished ? labels.clock_s + row->outcome.end_s : no_value);
      columns.gpus.push_back(row->outcome.gpus);
      columns.nodes.push_back(began ? row->outcome.nodes : 0);
      columns.tenant.push_back(tenant.value_or(labels.fleet.tenants[job.tenant].name));
      columns.state.push_back(job_state_names[static_cast<std::size_t>(row->state)]);
      columns.energy.push_back(row->outcome.energy_j / models::joules_per_kwh);
      columns.fleet.push_back(labels.fleet.name);
      if (works != nullptr) works->push_back(name);
    }
  }
}

}  // namespace chokepoint::sim
