#pragma once

#include "models/scheduling/scheduler.hpp"

namespace chokepoint::models {

/// First in, first out, but a job waits for cheap energy: it starts now unless a start before `patience_s` have passed
/// since its submission makes the energy of its announced duration cheaper by more than the share `least_saving`; then
/// it lets others pass until the cheapest start. Past its patience price no longer holds it. The power of a job is
/// taken as even. Leaves out demand charges, tiers, and that GPUs may be taken at the cheap hour: a job that then does
/// not fit waits on as under FIFO. Without a tariff it is FIFO.
class TariffAware final : public Scheduler {
 public:
  explicit TariffAware(const SchedulerTerms& terms)
      : patience_s_(terms.patience_s), least_saving_(terms.least_saving) {}

  [[nodiscard]] double rank(const WaitingJob& job) const override { return job.submit_s; }
  void decide(DecisionRound& round) const override;

 private:
  /// When the job should start: now, or at a cheaper date.
  [[nodiscard]] double best_start_s(const WaitingJob& job, double now_s, PriceForecast& prices) const;

  double patience_s_;
  double least_saving_;
};

}  // namespace chokepoint::models
