#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "analysis/store/database.hpp"
#include "analysis/store/run_row.hpp"
#include "analysis/store/store_lock.hpp"
#include "analysis/store/store_schema.hpp"
#include "analysis/store/study_identity.hpp"

namespace chokepoint::analysis {

/// The runs of a study in one SQLite file, written as they come. Rows are committed together in batches: a process that
/// is killed loses at most what came since, and the file stays whole. Rows stand in the order of point and replicate,
/// whatever the order in which they came.
///
/// Throws DatabaseError where it cannot be written, as on a full disk: what was committed before stands.
class RunStore {
 public:
  using Begin = StoreLock::Begin;
  /// When rows are committed: at this number, or when the first of them is so old.
  struct Batch {
    std::size_t rows = 1000;
    std::chrono::milliseconds age{1000};
  };

  /// Makes a store, or goes on with one. Throws InputError where that cannot be: a fresh one is there already, another
  /// process is writing it, it is damaged, it belongs to another study, or something that its rows depend on has
  /// changed, each change with its place. Nothing is changed then, and nothing is left behind.
  RunStore(const std::filesystem::path& path, const StoreLayout& layout, const StudyIdentity& identity, Begin begin);
  /// Commits what it can.
  ~RunStore();
  RunStore(const RunStore&) = delete;
  RunStore& operator=(const RunStore&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] bool is_done(std::uint64_t point, std::uint64_t replicate);
  /// The row of a run that is done, without its series; none where it is not.
  [[nodiscard]] std::optional<RunRow> done_row(std::uint64_t point, std::uint64_t replicate);
  [[nodiscard]] std::uint64_t count_done() const;
  [[nodiscard]] std::uint64_t count_rows() const;

  /// In place of the row of the same point and replicate, if there is one.
  void add(const RunRow& row);
  /// Units of outcomes show with the first run.
  void set_unit(const std::string& outcome, const std::string& unit);
  void set_batch(Batch batch) { batch_ = batch; }
  void commit();
  /// To be called now and then, so that rows do not wait for the next one.
  void commit_if_due();
  /// Takes the file away again if it holds no runs.
  void discard();
  /// Takes the file away with all that it holds.
  void remove();

  [[nodiscard]] Database& database() { return *database_; }

 private:
  using Clock = std::chrono::steady_clock;

  void make(const StoreLayout& layout, const StudyIdentity& identity);
  void check(const StudyIdentity& identity);
  void add_series(const RunRow& row);

  std::filesystem::path path_;
  std::size_t inputs_;
  std::size_t outcomes_;
  std::vector<std::string> series_;
  std::optional<StoreLock> lock_;
  std::optional<Database> database_;
  std::optional<Statement> insert_;
  std::optional<Statement> insert_step_;
  std::optional<Statement> find_;
  std::optional<Statement> read_;
  Batch batch_;
  std::size_t uncommitted_ = 0;
  Clock::time_point first_uncommitted_;
};

}  // namespace chokepoint::analysis
