#include "analysis/store/run_store.hpp"

#include <algorithm>
#include <unistd.h>

#include <fmt/format.h>

#include "analysis/store/store_file.hpp"
#include "models/contract/expects.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::analysis {
namespace {

constexpr std::size_t most_faults = 20;
/// Of the table "runs", before those of parameters and outcomes.
constexpr std::size_t fixed_columns = 7;

std::string places(std::size_t count) {
  std::string text = "?";
  for (std::size_t i = 1; i < count; ++i) text += ", ?";
  return text;
}

}  // namespace

RunStore::RunStore(const std::filesystem::path& path, const StoreLayout& layout, const StudyIdentity& identity,
                   Begin begin)
    : path_(path),
      inputs_(layout.parameters.size()),
      outcomes_(layout.outcomes.size()),
      series_(layout.series),
      lock_(std::in_place, path, begin) {
  try {
    database_.emplace(path, Database::Mode::write);
    if (lock_->made() || !is_store(path, *database_)) {
      make(layout, identity);
    } else {
      check(identity);
    }
    insert_ =
        database_->prepare("INSERT OR REPLACE INTO runs VALUES (" + places(fixed_columns + inputs_ + outcomes_) + ")");
    find_ = database_->prepare("SELECT 1 FROM runs WHERE point = ? AND replicate = ? AND status = 'done'");
    read_ = database_->prepare("SELECT * FROM runs WHERE point = ? AND replicate = ? AND status = 'done'");
    constexpr std::size_t fixed_series_columns = 5;
    if (!series_.empty())
      insert_step_ = database_->prepare("INSERT OR REPLACE INTO series VALUES (" +
                                        places(fixed_series_columns + series_.size()) + ")");
  } catch (...) {
    if (lock_->made()) ::unlink(path.c_str());
    throw;
  }
}

RunStore::~RunStore() {
  try {
    commit();
  } catch (const DatabaseError&) {
  }
}

void RunStore::make(const StoreLayout& layout, const StudyIdentity& identity) {
  Transaction transaction(*database_);
  mark_store(*database_);
  create_identity(*database_, identity);
  create_schema(*database_, layout);
  transaction.commit();
}

void RunStore::check(const StudyIdentity& identity) {
  const StudyIdentity begun = read_identity(*database_);
  const auto fault = [&](std::string where, std::string expected, std::string found) {
    return sim::Fault{.file = path_.string(),
                      .where = std::move(where),
                      .expected = std::move(expected),
                      .found = std::move(found),
                      .hint = {}};
  };
  if (begun.name != identity.name)
    throw sim::InputError(
        fault("", fmt::format("a store of the study \"{}\"", identity.name), fmt::format("one of \"{}\"", begun.name)));
  std::vector<sim::Fault> faults;
  for (IdentityChange& change : identity_changes(begun, identity))
    faults.push_back(fault(std::move(change.where), change.was + ", with which it was begun", std::move(change.is)));
  if (begun.shard != identity.shard)
    faults.push_back(fault("shard", fmt::format("{}/{}, with which it was begun", begun.shard.index, begun.shard.count),
                           fmt::format("{}/{}", identity.shard.index, identity.shard.count)));
  if (faults.size() > most_faults) {
    const std::size_t more = faults.size() - most_faults;
    faults.resize(most_faults);
    faults.back().hint = fmt::format("and {} more changes", more);
  }
  sim::throw_if_any(std::move(faults));
}

bool RunStore::is_done(std::uint64_t point, std::uint64_t replicate) {
  find_->bind(1, whole_cell(point)).bind(2, whole_cell(replicate));
  const bool found = find_->step();
  // To its end, where the statement lets go of the table.
  if (found) find_->step();
  return found;
}

std::optional<RunRow> RunStore::done_row(std::uint64_t point, std::uint64_t replicate) {
  read_->bind(1, whole_cell(point)).bind(2, whole_cell(replicate));
  if (!read_->step()) return std::nullopt;
  RunRow row{.point = point,
             .replicate = replicate,
             .seed = static_cast<std::uint64_t>(read_->integer(2)),
             .wall_s = read_->real(4),
             .memory_bytes = static_cast<std::uint64_t>(read_->integer(5))};
  for (std::size_t i = 0; i < inputs_ + outcomes_; ++i)
    (i < inputs_ ? row.inputs : row.outcomes).push_back(read_->cell(static_cast<int>(fixed_columns + i)));
  read_->run();  // to its end, where it lets go of the table
  return row;
}

std::uint64_t RunStore::count_done() const {
  return static_cast<std::uint64_t>(database_->integer("SELECT count(*) FROM runs WHERE status = 'done'"));
}

std::uint64_t RunStore::count_rows() const {
  return static_cast<std::uint64_t>(database_->integer("SELECT count(*) FROM runs"));
}

void RunStore::add(const RunRow& row) {
  models::expects(row.inputs.size() == inputs_ && row.outcomes.size() == outcomes_, "a row fits the store's columns");
  if (!database_->in_transaction()) database_->execute("BEGIN IMMEDIATE");
  std::vector<Cell> cells{whole_cell(row.point),
                          whole_cell(row.replicate),
                          whole_cell(row.seed),
                          row.status,
                          row.wall_s,
                          whole_cell(row.memory_bytes),
                          row.message.empty() ? Cell{} : Cell{row.message}};
  cells.insert(cells.end(), row.inputs.begin(), row.inputs.end());
  cells.insert(cells.end(), row.outcomes.begin(), row.outcomes.end());
  // The row last: if the disk is full before it, the run is done again.
  if (insert_step_) add_series(row);
  insert_->bind(cells).run();
  if (uncommitted_++ == 0) first_uncommitted_ = Clock::now();
  commit_if_due();
}

void RunStore::add_series(const RunRow& row) {
  const auto column = [&](const std::string& name) -> const sim::Column* {
    const auto found = std::ranges::find(row.series.columns, name, &sim::Column::name);
    return found == row.series.columns.end() ? nullptr : &*found;
  };
  std::vector<const sim::Column*> columns{column("time_s"), column("date")};
  for (const std::string& name : series_) columns.push_back(column(name));
  std::vector<Cell> cells;
  for (std::size_t step = 0; step < row.series.rows(); ++step) {
    cells = {whole_cell(row.point), whole_cell(row.replicate), whole_cell(step)};
    for (const sim::Column* one : columns) {
      Cell& cell = cells.emplace_back();
      if (one == nullptr) continue;
      if (const auto* texts = std::get_if<sim::TextColumn>(&one->values)) cell = std::string((*texts)[step]);
      if (const auto* reals = std::get_if<std::vector<double>>(&one->values)) cell = (*reals)[step];
      if (const auto* wholes = std::get_if<std::vector<std::int64_t>>(&one->values)) cell = (*wholes)[step];
    }
    insert_step_->bind(cells).run();
  }
}

void RunStore::set_unit(const std::string& outcome, const std::string& unit) {
  if (!database_->in_transaction()) database_->execute("BEGIN IMMEDIATE");
  database_->prepare("UPDATE outcomes SET unit = ? WHERE name = ?").bind(1, unit).bind(2, outcome).run();
}

void RunStore::commit() {
  uncommitted_ = 0;
  if (database_ && database_->in_transaction()) database_->execute("COMMIT");
}

void RunStore::discard() {
  if (database_->in_transaction()) database_->execute("ROLLBACK");
  if (count_rows() == 0) ::unlink(path_.c_str());
}

void RunStore::remove() {
  commit();
  ::unlink(path_.c_str());
}

void RunStore::commit_if_due() {
  if (uncommitted_ == 0) return;
  if (uncommitted_ >= batch_.rows || Clock::now() - first_uncommitted_ >= batch_.age) commit();
}

}  // namespace chokepoint::analysis
