#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace chokepoint::models {

/// What the owners of jobs have had of a pool of GPUs: GPU-seconds, of which half is forgotten in every half-life
/// (Slurm's classic fair share: usage that decays, over shares), and beside them those that their running jobs were
/// announced to take yet. The fleet keeps it: it says when jobs start and leave. Owners are numbers from 0; a share is
/// 1 where none is given. O(1) a call.
class UsageLedger {
 public:
  struct Use {
    std::uint32_t owner = 0;
    std::int32_t gpus = 0;
    /// When it was announced to end.
    double until_s = 0.0;
  };

  /// `half_life_s` > 0, or infinity for usage that is never forgotten; shares > 0, by owner.
  UsageLedger(double half_life_s, std::vector<double> shares) : half_life_s_(half_life_s), shares_(std::move(shares)) {}

  void started(std::uint32_t job, const Use& use, double now_s);
  void left(std::uint32_t job, double now_s);

  /// GPU-seconds until `now_s`, decayed.
  [[nodiscard]] double used_gpu_s(std::uint32_t owner, double now_s) const;
  /// GPU-seconds that running jobs have still to take, as announced.
  [[nodiscard]] double promised_gpu_s(std::uint32_t owner, double now_s) const;
  [[nodiscard]] double share(std::uint32_t owner) const { return owner < shares_.size() ? shares_[owner] : 1.0; }

 private:
  struct Account {
    double used_gpu_s = 0.0;
    double at_s = 0.0;
    std::int64_t gpus = 0;
    /// Sum over running jobs of GPUs times the date of the end, from the start of time.
    double ends_gpu_s = 0.0;
  };
  [[nodiscard]] double decayed(const Account& account, double now_s) const;
  Account& brought_up(std::uint32_t owner, double now_s);

  double half_life_s_;
  std::vector<double> shares_;
  std::vector<Account> accounts_{};
  std::unordered_map<std::uint32_t, Use> running_{};
};

}  // namespace chokepoint::models
