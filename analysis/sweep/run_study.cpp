#include "analysis/sweep/run_study.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "analysis/pool/interrupt.hpp"
#include "analysis/pool/run_pool.hpp"
#include "analysis/sweep/study_row.hpp"
#include "analysis/sweep/trial_runs.hpp"

namespace chokepoint::analysis {
namespace {

using Clock = std::chrono::steady_clock;

class Sweep {
 public:
  Sweep(const Study& study, RunStore& store, const SweepOptions& options)
      : study_(study), store_(store), options_(options) {
    progress_.runs = options.shard.size(points(study)) * static_cast<std::uint64_t>(study.replicates);
    progress_.done_before = store.count_done();
  }

  SweepResult run() {
    SweepResult result;
    try {
      if (store_.count_rows() == 0) try_outcomes();
      run_missing();
      store_.commit();
    } catch (const Interrupted&) {
      result.end = SweepResult::End::interrupted;
    } catch (const DatabaseError& error) {
      if (error.kind() != DatabaseError::Kind::unwritable) throw;
      result.end = SweepResult::End::unwritable;
      result.reason = error.what();
    }
    if (result.end == SweepResult::End::interrupted) commit_what_came(result);
    result.progress = progress_;
    result.progress.elapsed = Clock::now() - begin_;
    return result;
  }

 private:
  void commit_what_came(SweepResult& result) {
    try {
      store_.commit();
    } catch (const DatabaseError& error) {
      result.end = SweepResult::End::unwritable;
      result.reason = error.what();
    }
  }

  [[nodiscard]] std::function<void()> tick() {
    return [this] {
      store_.commit_if_due();
      tell();
    };
  }

  /// A run's key counts the replicates of the shard's points.
  void run_missing() {
    const RunPool pool({.workers = options_.workers, .limits = options_.limits, .tick = tick()});
    pool.stream(
        [this] { return next_missing(); },
        [this](std::uint64_t key) {
          return [this, run = run_of(key)](const sim::Progress& progress) {
            return kept_of(options_.run(study_, run, progress), study_, false);
          };
        },
        [this](std::uint64_t key, const RunResult& result, const RunUse& use) { keep(run_of(key), result, use); },
        RunPool::Order::completion);
  }

  /// The first, the last and the middle point of the shard, whose rows are kept if they pass.
  void try_outcomes() {
    const std::uint64_t count = options_.shard.size(points(study_));
    if (count == 0) return;
    for (const std::uint64_t place : {std::uint64_t{0}, count / 2, count - 1})
      tried_.insert(point_of(place * replicates_));
    const std::vector<std::uint64_t> places(tried_.begin(), tried_.end());
    for (TrialRun& trial :
         run_trials(study_, places,
                    {.workers = options_.workers, .limits = options_.limits, .run = options_.run, .tick = tick()})) {
      if (auto* record = std::get_if<sim::Record>(&trial.result)) *record = kept_of(std::move(*record), study_, false);
      keep(trial.run, trial.result, trial.use);
    }
  }

  [[nodiscard]] std::uint64_t point_of(std::uint64_t key) const {
    return key / replicates_ * options_.shard.count + options_.shard.index - 1;
  }

  [[nodiscard]] StudyRun run_of(std::uint64_t key) const {
    return {.point = point_at(study_, point_of(key)), .replicate = key % replicates_};
  }

  std::optional<std::uint64_t> next_missing() {
    while (next_ < progress_.runs) {
      const std::uint64_t key = next_++;
      const std::uint64_t replicate = key % replicates_;
      const bool tried = replicate == 0 && tried_.contains(point_of(key));
      if (!tried && !store_.is_done(point_of(key), replicate)) return key;
    }
    return std::nullopt;
  }

  void keep(const StudyRun& run, const RunResult& result, const RunUse& use) {
    if (const auto* record = std::get_if<sim::Record>(&result)) {
      tell_units(*record);
    } else {
      ++progress_.failed;
    }
    store_.add(row_of(study_, run, result, use));
    ++progress_.ended;
    tell();
  }

  void tell_units(const sim::Record& record) {
    for (std::size_t i = 0; i < study_.outcomes.size(); ++i) {
      const sim::Figure* figure = record.find_figure(study_.outcomes[i].figure);
      if (figure != nullptr && units_told_.insert(i).second) store_.set_unit(study_.outcomes[i].name, figure->unit);
    }
  }

  void tell() {
    if (!options_.on_progress) return;
    progress_.elapsed = Clock::now() - begin_;
    options_.on_progress(progress_);
  }

  const Study& study_;
  RunStore& store_;
  const SweepOptions& options_;
  const std::uint64_t replicates_ = static_cast<std::uint64_t>(study_.replicates);
  Clock::time_point begin_ = Clock::now();
  SweepProgress progress_;
  std::uint64_t next_ = 0;
  std::set<std::uint64_t> tried_;
  std::set<std::size_t> units_told_;
};

}  // namespace

SweepResult run_study(const Study& study, RunStore& store, const SweepOptions& options) {
  try {
    return Sweep(study, store, options).run();
  } catch (const sim::InputError&) {
    store.discard();
    throw;
  }
}

}  // namespace chokepoint::analysis
