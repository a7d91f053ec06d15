#include "models/scheduling/usage_ledger.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace chokepoint::models {

double UsageLedger::decayed(const Account& account, double now_s) const {
  const double passed_s = now_s - account.at_s;
  const auto gpus = static_cast<double>(account.gpus);
  if (std::isinf(half_life_s_)) return account.used_gpu_s + gpus * passed_s;
  // What was there has lost half for each half-life; a rate g since then is g times the integral of 2^(-t / h).
  const double kept = std::exp2(-passed_s / half_life_s_);
  return account.used_gpu_s * kept + gpus * half_life_s_ / std::numbers::ln2 * (1.0 - kept);
}

UsageLedger::Account& UsageLedger::brought_up(std::uint32_t owner, double now_s) {
  if (owner >= accounts_.size()) accounts_.resize(owner + 1, Account{.at_s = now_s});
  Account& account = accounts_[owner];
  account.used_gpu_s = decayed(account, now_s);
  account.at_s = now_s;
  return account;
}

void UsageLedger::started(std::uint32_t job, const Use& use, double now_s) {
  Account& account = brought_up(use.owner, now_s);
  account.gpus += use.gpus;
  account.ends_gpu_s += use.gpus * use.until_s;
  running_[job] = use;
}

void UsageLedger::left(std::uint32_t job, double now_s) {
  const auto found = running_.find(job);
  if (found == running_.end()) return;
  const Use use = found->second;
  running_.erase(found);
  Account& account = brought_up(use.owner, now_s);
  account.gpus -= use.gpus;
  account.ends_gpu_s = account.gpus == 0 ? 0.0 : account.ends_gpu_s - use.gpus * use.until_s;
}

double UsageLedger::used_gpu_s(std::uint32_t owner, double now_s) const {
  return owner < accounts_.size() ? decayed(accounts_[owner], now_s) : 0.0;
}

double UsageLedger::promised_gpu_s(std::uint32_t owner, double now_s) const {
  if (owner >= accounts_.size()) return 0.0;
  const Account& account = accounts_[owner];
  return std::max(0.0, account.ends_gpu_s - static_cast<double>(account.gpus) * now_s);
}

}  // namespace chokepoint::models
