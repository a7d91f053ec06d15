#include "analysis/store/store_summary.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "analysis/store/shard.hpp"

namespace chokepoint::analysis {
namespace {

constexpr int most_reasons = 5;
constexpr std::size_t most_groups = 100;

std::uint64_t natural(const Statement& row, int column) {
  return static_cast<std::uint64_t>(row.integer(column));
}

void read_study(const Database& store, StoreSummary& summary) {
  Statement row = store.prepare("SELECT name, points, replicates, shard, shards FROM study");
  if (!row.step()) throw DatabaseError(DatabaseError::Kind::damaged, "the table \"study\" has no row");
  summary.study = row.text(0);
  summary.points = natural(row, 1);
  summary.replicates = natural(row, 2);
  summary.runs = Shard{natural(row, 3), natural(row, 4)}.size(summary.points) * summary.replicates;
}

void read_statuses(const Database& store, StoreSummary& summary) {
  Statement row = store.prepare("SELECT status, count(*) FROM runs GROUP BY status ORDER BY status != 'done', status");
  while (row.step()) summary.statuses.push_back({row.text(0), natural(row, 1)});
  // With min(), SQLite takes the other columns from the row that has it.
  Statement reason = store.prepare(fmt::format(
      "SELECT status, coalesce(message, ''), count(*), min(point), replicate FROM runs WHERE status != 'done' "
      "GROUP BY status, message ORDER BY min(point), replicate LIMIT {}",
      most_reasons));
  while (reason.step())
    summary.reasons.push_back(
        {reason.text(0), reason.text(1), natural(reason, 2), natural(reason, 3), natural(reason, 4)});
}

void read_outcomes(const Database& store, StoreSummary& summary) {
  Statement row = store.prepare("SELECT name, figure, coalesce(unit, '') FROM outcomes ORDER BY rowid");
  while (row.step()) {
    StoreSummary::Outcome outcome{.name = row.text(0), .figure = row.text(1), .unit = row.text(2)};
    const std::string column = sql_name(outcome.name);
    Statement numbers = store.prepare(fmt::format(
        "SELECT count({0}), avg({0}), min({0}), max({0}) FROM runs WHERE status = 'done' AND typeof({0}) != 'text'",
        column));
    if (numbers.step()) {
      outcome.runs = natural(numbers, 0);
      outcome.mean = numbers.real(1);
      outcome.low = numbers.real(2);
      outcome.high = numbers.real(3);
    }
    summary.outcomes.push_back(std::move(outcome));
  }
}

void read_groups(const Database& store, StoreSummary& summary) {
  if (summary.parameters.empty() || summary.parameters.size() > 2) return;
  std::string keys;
  for (const auto& parameter : summary.parameters) keys += (keys.empty() ? "" : ", ") + sql_name(parameter.name);
  std::string means;
  for (const auto& outcome : summary.outcomes) means += ", avg(" + sql_name(outcome.name) + ')';
  Statement row =
      store.prepare(fmt::format("SELECT {}{} FROM runs WHERE status = 'done' GROUP BY {} ORDER BY min(point) LIMIT {}",
                                keys, means, keys, most_groups + 1));
  while (row.step()) {
    StoreSummary::Group group;
    for (int column = 0; column < row.columns(); ++column)
      (static_cast<std::size_t>(column) < summary.parameters.size() ? group.values : group.means)
          .push_back(row.cell(column));
    summary.groups.push_back(std::move(group));
  }
  if (summary.groups.size() > most_groups) summary.groups.clear();
}

}  // namespace

std::uint64_t StoreSummary::of_status(const std::string& status) const {
  const auto found = std::ranges::find(statuses, status, &StatusCount::status);
  return found == statuses.end() ? 0 : found->runs;
}

std::uint64_t StoreSummary::rows() const {
  std::uint64_t rows = 0;
  for (const StatusCount& status : statuses) rows += status.runs;
  return rows;
}

StoreSummary read_summary(const Database& store) {
  StoreSummary summary;
  read_study(store, summary);
  read_statuses(store, summary);
  Statement parameter = store.prepare("SELECT name, unit FROM parameters ORDER BY rowid");
  while (parameter.step()) summary.parameters.push_back({parameter.text(0), parameter.text(1)});
  read_outcomes(store, summary);
  read_groups(store, summary);
  return summary;
}

}  // namespace chokepoint::analysis
