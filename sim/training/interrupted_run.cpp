#include "sim/training/interrupted_run.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>
#include <utility>
#include <vector>

#include "models/contract/expects.hpp"
#include "sim/kernel/random_stream.hpp"

namespace chokepoint::sim {

namespace {
using models::expects;

class Run {
 public:
  Run(const InterruptedRun& inputs, std::uint64_t seed, std::uint32_t replicate)
      : inputs_(inputs),
        rate_(models::interruptions_per_s(inputs.failures, inputs.nodes)),
        job_part_(models::extra_part(inputs.failures, inputs.nodes)),
        lemon_part_(models::lemon_part(inputs.failures)),
        failures_(seed, replicate, "training/failures"),
        causes_(seed, replicate, "training/causes"),
        repairs_(seed, replicate, "training/repairs") {}

  InterruptedRunResult to_end() {
    while (!work_until(time_to_failure())) {
      do replace_node();
      while (!restart_within(left_));
    }
    return result_;
  }

 private:
  double time_to_failure() {
    if (left_ > 0.0) return std::exchange(left_, 0.0);
    return draw();
  }
  double draw() { return rate_ > 0.0 ? failures_.exponential(1.0 / rate_) : std::numeric_limits<double>::infinity(); }

  void spend(double& on, double time_s) {
    on += time_s;
    result_.total_s += time_s;
  }

  /// Works for `life_s` at most; true where the run ends before.
  bool work_until(double life_s) {
    const double remaining = inputs_.work_s - result_.work_s;
    const double cycle = inputs_.interval_s + inputs_.write_s;
    const double cycles_to_end = std::ceil(remaining / inputs_.interval_s);
    const double to_end = remaining + cycles_to_end * inputs_.write_s;
    if (life_s >= to_end) {
      spend(result_.work_s, remaining);
      spend(result_.writing_s, cycles_to_end * inputs_.write_s);
      return true;
    }
    const double cycles = std::min(std::floor(life_s / cycle), cycles_to_end - 1.0);
    spend(result_.work_s, cycles * inputs_.interval_s);
    spend(result_.writing_s, cycles * inputs_.write_s);
    spend(result_.lost_s, life_s - cycles * cycle);
    return false;
  }

  /// Counts a failure by its cause and, where a node broke, takes a spare or waits for the first repair.
  void replace_node() {
    ++result_.interruptions;
    left_ = draw();
    if (causes_.uniform() < job_part_) {
      ++result_.of_jobs;
      return;
    }
    if (causes_.uniform() < lemon_part_) ++result_.of_lemons;
    if (inputs_.repair_s == 0.0) return;
    while (!in_repair_.empty() && in_repair_.top() <= result_.total_s) in_repair_.pop();
    const bool spare = in_repair_.size() < static_cast<std::size_t>(inputs_.spares);
    in_repair_.push(result_.total_s + repairs_.exponential(inputs_.repair_s));
    if (spare) return;
    ++result_.without_spare;
    spend(result_.waiting_s, in_repair_.top() - result_.total_s);
    in_repair_.pop();
  }

  /// Detects and restores within `life_s`; false where the next failure comes first.
  bool restart_within(double life_s) {
    const double needed = inputs_.detection_s + inputs_.restore_s;
    spend(result_.restarting_s, std::min(needed, life_s));
    left_ = std::max(0.0, life_s - needed);
    return life_s > needed;
  }

  InterruptedRun inputs_;
  double rate_;
  double job_part_;
  double lemon_part_;
  RandomStream failures_;
  RandomStream causes_;
  RandomStream repairs_;
  std::priority_queue<double, std::vector<double>, std::greater<>> in_repair_;
  double left_ = 0.0;
  InterruptedRunResult result_;
};
}  // namespace

InterruptedRunResult simulate(const InterruptedRun& run, std::uint64_t seed, std::uint32_t replicate) {
  expects(run.work_s > 0.0 && run.interval_s > 0.0, "work and interval are positive");
  expects(run.write_s >= 0.0 && run.detection_s >= 0.0 && run.restore_s >= 0.0, "times are not negative");
  expects(run.spares >= 0 && run.repair_s >= 0.0, "spares and repairs are not negative");
  return Run(run, seed, replicate).to_end();
}

}  // namespace chokepoint::sim
