#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/calendar/time_zone.hpp"
#include "models/power/power_cap.hpp"
#include "models/power/pue.hpp"
#include "models/power/wet_bulb.hpp"
#include "models/scheduling/scheduler.hpp"
#include "sim/kernel/kernel.hpp"
#include "sim/site/compensated_sum.hpp"
#include "sim/site/fleet_load.hpp"
#include "sim/site/step_integral.hpp"

namespace chokepoint::sim {

/// What a site does when its fleets want more power than it may draw: start no more jobs and let those that run end
/// (`hold`), run all work slower (`slow`), or suspend the jobs that started last (`suspend`).
enum class ShedPolicy { hold, slow, suspend };

/// From `from_s` to `until_s` the site may draw at most `limit_w`.
struct Curtailment {
  double from_s = 0.0;
  double until_s = 0.0;
  double limit_w = 0.0;
};

struct SiteSetup {
  std::string name;
  models::Instant start;
  models::TimeZone zone;
  models::Pue pue;
  std::optional<models::WetBulbClimate> climate;
  /// Load beside the fleets: of computers, and of the whole facility with its cooling counted in.
  double it_load_w = 0.0;
  double facility_load_w = 0.0;
  double limit_w = std::numeric_limits<double>::infinity();
  std::vector<Curtailment> curtailments;
  ShedPolicy shed = ShedPolicy::hold;
  models::PowerCap power_cap;
  /// Steps of the meter that the bill is made from, and of the series for the record.
  double metering_step_s = 900.0;
  double series_step_s = 3600.0;
  /// Energy, meter and series count from this date on, and their steps.
  double counted_from_s = 0.0;
};

/// A fleet as its site sees it.
class PowerConsumer {
 public:
  virtual ~PowerConsumer() = default;
  /// More power may be had, or less: decide again.
  virtual void power_changed() = 0;
  /// The speed of all work has changed.
  virtual void pace_changed() = 0;
  /// Suspends the jobs that started last until at least `excess_w` of IT power is shed or nothing runs; gives what was.
  virtual double suspend(double excess_w) = 0;
  /// Whether a job of it is suspended.
  [[nodiscard]] virtual bool has_suspended() const = 0;
  /// Resumes suspended jobs, first started first, as long as they fit into `available_w`; gives what they take.
  virtual double resume(double available_w) = 0;
};

/// A place with power: fleets and other loads behind one meter, PUE by load and weather, a limit in megawatts, and
/// the exact energy of all of it. Between two events power is constant (within an hour of weather, where PUE follows
/// it), so energy is summed and not sampled.
class Site final : public EventHandler {
 public:
  Site(Kernel& kernel, SiteSetup setup, std::uint64_t id);

  /// `loads` are those of its generations of servers, one or more.
  void join(PowerConsumer& consumer, std::span<FleetLoad> loads);
  /// Brings energy up to the kernel's date; call it before a load changes.
  void advance();
  /// Call it when loads have grown at a date: holds them to the limit by the site's policy.
  void rebalance();
  /// Call it when a load has shrunk: what it leaves goes to all fleets of the site.
  void power_changed();
  /// What the jobs of a fleet may still add, and what a GPU of this load does.
  [[nodiscard]] models::PowerHeadroom headroom(const FleetLoad& load) const;
  [[nodiscard]] double per_gpu_w(const FleetLoad& load) const;
  [[nodiscard]] bool limited() const { return limited_; }

  [[nodiscard]] const SiteSetup& setup() const { return setup_; }
  [[nodiscard]] double it_power_w() const;
  [[nodiscard]] double facility_power_w() const;
  [[nodiscard]] double it_energy_j() const { return it_energy_j_.value(); }
  [[nodiscard]] double facility_energy_j() const { return facility_energy_j_.value(); }
  /// Facility energy above the limit, J: what `hold` lets through while jobs end.
  [[nodiscard]] double energy_over_limit_j() const { return over_limit_j_.value(); }
  [[nodiscard]] double peak_power_w() const { return peak_power_w_; }
  [[nodiscard]] const StepIntegral& meter() const { return meter_; }

  /// Averages over the steps of the series.
  struct Series {
    StepIntegral power_w;
    StepIntegral limit_w;
    StepIntegral allocated_gpus;
    StepIntegral waiting_jobs;
    StepIntegral running_jobs;
    StepIntegral speed;
  };
  [[nodiscard]] const Series& series() const { return series_; }

  void on_event(std::uint64_t argument) override;

 private:
  [[nodiscard]] double wet_bulb_c(double time_s) const;
  void integrate(double from_s, double to_s);
  [[nodiscard]] double it_limit_w() const;
  void schedule_next_change();
  void slow_down();
  void suspend_or_resume();

  Kernel& kernel_;
  SiteSetup setup_;
  std::uint64_t id_;
  std::vector<PowerConsumer*> consumers_;
  std::vector<FleetLoad*> loads_;
  bool limited_;
  double current_limit_w_;
  double dynamic_share_ = 1.0;
  double reached_s_ = 0.0;
  CompensatedSum it_energy_j_;
  CompensatedSum facility_energy_j_;
  CompensatedSum over_limit_j_;
  double peak_power_w_ = 0.0;
  StepIntegral meter_;
  Series series_;
};

}  // namespace chokepoint::sim
