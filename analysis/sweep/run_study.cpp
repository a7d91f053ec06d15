#include "analysis/sweep/run_study.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "analysis/pool/interrupt.hpp"
#include "analysis/pool/run_pool.hpp"
#include "analysis/sweep/outcome_check.hpp"

namespace chokepoint::analysis {
namespace {

using Clock = std::chrono::steady_clock;

Cell cell_of(const ParameterValue& value) {
  return std::visit([](const auto& one) { return Cell(one); }, value);
}

std::string message_of(const RunFailure& failure) {
  if (failure.kind != RunFailure::Kind::bad_input) return failure.text;
  std::string text;
  for (const sim::Fault& fault : failure.faults) text += (text.empty() ? "" : "\n") + fault.text();
  return text;
}

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
      stream([this] { return next_missing(); },
             [this](const StudyRun& run, const RunResult& got, const RunUse& use) { keep(run, got, use); });
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
  using Take = std::function<void(const StudyRun&, const RunResult&, const RunUse&)>;

  void commit_what_came(SweepResult& result) {
    try {
      store_.commit();
    } catch (const DatabaseError& error) {
      result.end = SweepResult::End::unwritable;
      result.reason = error.what();
    }
  }

  /// A run's key counts the replicates of the shard's points.
  void stream(const RunPool::Source& next, const Take& take, bool all_figures = false) {
    const RunPool pool({.workers = options_.workers, .limits = options_.limits, .tick = [this] {
                          store_.commit_if_due();
                          tell();
                        }});
    pool.stream(
        next,
        [this, all_figures](std::uint64_t key) {
          return [this, run = run_of(key), all_figures](const sim::Progress& progress) {
            return kept_of(options_.run(study_, run, progress), study_, all_figures);
          };
        },
        [&](std::uint64_t key, const RunResult& result, const RunUse& use) { take(run_of(key), result, use); },
        RunPool::Order::completion);
  }

  /// The first, the last and the middle point of the shard, whose rows are kept if they pass.
  void try_outcomes() {
    const std::uint64_t count = options_.shard.size(points(study_));
    if (count == 0) return;
    const std::set<std::uint64_t> places{0, count / 2, count - 1};
    struct Ended {
      StudyRun run;
      RunResult result;
      RunUse use;
    };
    std::vector<Ended> ended;
    auto place = places.begin();
    stream([&] { return place != places.end() ? std::optional(*place++ * replicates_) : std::nullopt; },
           [&](const StudyRun& run, const RunResult& result, const RunUse& use) {
             ended.push_back({run, result, use});
           },
           true);
    std::vector<sim::Record> records;
    for (const Ended& one : ended)
      if (const auto* record = std::get_if<sim::Record>(&one.result)) records.push_back(*record);
    check_outcomes(study_, records);
    for (Ended& one : ended) {
      if (auto* record = std::get_if<sim::Record>(&one.result)) *record = kept_of(std::move(*record), study_, false);
      tried_.insert(one.run.point.index);
      keep(one.run, one.result, one.use);
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
    RunRow row{.point = run.point.index,
               .replicate = run.replicate,
               .seed = study_.seed,
               .wall_s = use.wall.count(),
               .memory_bytes = use.peak_memory_bytes};
    for (const ParameterValue& value : run.point.values) row.inputs.push_back(cell_of(value));
    row.outcomes.resize(study_.outcomes.size());
    if (const auto* record = std::get_if<sim::Record>(&result)) {
      take_outcomes(*record, row);
    } else {
      const auto& failure = std::get<RunFailure>(result);
      row.status = failure.kind == RunFailure::Kind::bad_input ? "failed" : to_text(failure.kind);
      row.message = message_of(failure);
      ++progress_.failed;
    }
    store_.add(row);
    ++progress_.ended;
    tell();
  }

  void take_outcomes(const sim::Record& record, RunRow& row) {
    for (std::size_t i = 0; i < study_.outcomes.size(); ++i) {
      const sim::Figure* figure = record.find_figure(study_.outcomes[i].figure);
      if (figure == nullptr) continue;
      row.outcomes[i] = std::visit([](const auto& value) { return Cell(value); }, figure->value);
      if (units_told_.insert(i).second) store_.set_unit(study_.outcomes[i].name, figure->unit);
    }
    if (const sim::Table* series = record.find_table("series")) row.series = *series;
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
