#pragma once

#include <cmath>
#include <string>
#include <thread>

#include "analysis/store/store_csv.hpp"
#include "analysis/store/store_file.hpp"
#include "analysis/study/load_study.hpp"
#include "analysis/sweep/run_study.hpp"
#include "analysis/sweep/study_store.hpp"
#include "cli/program.hpp"
#include "sim/kernel/random_stream.hpp"

namespace chokepoint::tests {

/// A study of a site without work, on files of its own, so that a run takes no time.
class SmallStudy {
 public:
  explicit SmallStudy(int steps = 6, int replicates = 2) {
    (void)folder_.write("site.json", R"({"name": "site", "start": "2023-01-01", "duration": "1 d", "currency": "CNY",
      "sites": [{"name": "s", "pue": 1.2, "it_load": "1 MW", "on_limit": "slow", "tariff": "yangquan-flat"}]})");
    study_ = folder_.write("study.json", R"({"name": "small", "scenario": "site.json", "parameters": [
      {"name": "pue", "at": "/sites/0/pue", "from": 1, "to": 2, "steps": )" +
                                             std::to_string(steps) + R"(},
      {"name": "policy", "at": "/sites/0/on_limit", "choices": ["slow", "suspend"]}],
      "outcomes": [{"name": "energy", "figure": "energy_mwh"}, {"name": "luck", "figure": "luck"}],
      "design": {"kind": "grid"}, "replicates": )" +
                                             std::to_string(replicates) + R"(, "seed": 11, "series": ["power_w"]})");
  }

  [[nodiscard]] const ScratchFolder& folder() const { return folder_; }
  [[nodiscard]] std::string file() const { return study_; }
  [[nodiscard]] analysis::Study load() const { return analysis::load_study(study_); }
  [[nodiscard]] std::filesystem::path store(const std::string& name) const { return folder_.path() / name; }

 private:
  ScratchFolder folder_;
  std::string study_;
};

/// A run without SimGrid: its energy follows from the point, its luck from the replicate's own chance.
inline sim::Record quick_run(const analysis::Study& study, const analysis::StudyRun& run, const sim::Progress&) {
  const double pue = std::get<double>(run.point.values[0]);
  sim::RandomStream stream(study.seed, static_cast<std::uint32_t>(run.replicate), "luck");
  sim::Record record;
  record.figures = {{"energy_mwh", "energy", "MWh", 24.0 * pue, ""}, {"luck", "luck", "", stream.uniform(), ""}};
  sim::TextColumn dates;
  dates.push_back("2023-01-01");
  record.tables = {{"series", {{"time_s", std::vector{0.0}}, {"date", dates}, {"power_w", std::vector{pue * 1e6}}}}};
  return record;
}

inline analysis::SweepResult sweep(const analysis::Study& study, const std::filesystem::path& out,
                                   analysis::SweepOptions options, analysis::RunStore::Batch batch = {}) {
  analysis::RunStore store(out, analysis::store_layout(study), analysis::study_identity(study, options.shard),
                           analysis::RunStore::Begin::resumed);
  store.set_batch(batch);
  return analysis::run_study(study, store, options);
}

/// All of a store's runs and series but for wall time, memory and message.
inline std::string rows_of(const std::filesystem::path& path) {
  const analysis::Database store = analysis::open_store(path, analysis::Database::Mode::write);
  std::string text;
  analysis::Statement row = store.prepare("SELECT * FROM runs");
  while (row.step()) {
    for (int column = 0; column < row.columns(); ++column) {
      const std::string name = row.column_name(column);
      if (name != "wall_s" && name != "memory_bytes" && name != "message") text += row.text(column) + '|';
    }
    text += '\n';
  }
  analysis::write_store_csv(store, "series", [&](std::string_view piece) { text += piece; });
  return text;
}

}  // namespace chokepoint::tests
