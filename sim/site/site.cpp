#include "sim/site/site.hpp"

#include <algorithm>
#include <cmath>

#include "models/quantity/quantity.hpp"

namespace chokepoint::sim {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// What a load that fills a limit may pass it by in its last digits.
constexpr double limit_rounding = 1e-12;

double limit_at(const SiteSetup& setup, double time_s) {
  double limit_w = setup.limit_w;
  for (const Curtailment& window : setup.curtailments)
    if (window.from_s <= time_s && time_s < window.until_s) limit_w = std::min(limit_w, window.limit_w);
  return limit_w;
}

/// The next full hour of the site's clock after `time_s`: when the weather changes.
double next_hour(const SiteSetup& setup, double time_s) {
  const double second = std::floor(time_s);
  const models::LocalTime local =
      setup.zone.to_local(setup.start + std::chrono::seconds(static_cast<std::int64_t>(second)));
  const std::chrono::seconds begun = local - std::chrono::floor<std::chrono::hours>(local);
  return second + models::seconds_per_hour - static_cast<double>(begun.count());
}

/// The least share of its dynamic power that a limit may leave to work.
double least_dynamic_share(const SiteSetup& setup) {
  return setup.shed == ShedPolicy::slow ? setup.power_cap.least_dynamic_share() : 1.0;
}

}  // namespace

Site::Site(Kernel& kernel, SiteSetup setup, std::uint64_t id)
    : kernel_(kernel),
      setup_(std::move(setup)),
      id_(id),
      limited_(setup_.limit_w < infinity || !setup_.curtailments.empty()),
      current_limit_w_(limit_at(setup_, 0.0)),
      meter_(setup_.metering_step_s),
      series_{StepIntegral(setup_.series_step_s), StepIntegral(setup_.series_step_s),
              StepIntegral(setup_.series_step_s), StepIntegral(setup_.series_step_s),
              StepIntegral(setup_.series_step_s), StepIntegral(setup_.series_step_s)} {
  if (limited_) schedule_next_change();
}

void Site::join(PowerConsumer& consumer, std::span<FleetLoad> loads) {
  consumers_.push_back(&consumer);
  for (FleetLoad& load : loads) loads_.push_back(&load);
}

double Site::wet_bulb_c(double time_s) const {
  if (!setup_.climate) return 0.0;
  const models::Instant instant = setup_.start + std::chrono::seconds(static_cast<std::int64_t>(time_s));
  return models::wet_bulb_c(*setup_.climate, setup_.zone.to_local(instant));
}

double Site::it_power_w() const {
  double power_w = setup_.it_load_w;
  for (FleetLoad* load : loads_) power_w += load->power_w();
  return power_w;
}

double Site::facility_power_w() const {
  return setup_.facility_load_w + setup_.pue.facility_power_w(it_power_w(), wet_bulb_c(kernel_.now_s()));
}

double Site::it_limit_w() const {
  if (current_limit_w_ == infinity) return infinity;
  const double left_w = std::max(0.0, current_limit_w_ - setup_.facility_load_w);
  return setup_.pue.it_power_w_at(left_w, wet_bulb_c(kernel_.now_s()));
}

void Site::advance() {
  const double now_s = kernel_.now_s();
  if (now_s <= reached_s_) return;
  if (reached_s_ < setup_.counted_from_s) {
    reached_s_ = std::min(now_s, setup_.counted_from_s);
    if (now_s == reached_s_) return;
  }
  if (setup_.pue.depends_on_weather()) {
    for (double hour_s = next_hour(setup_, reached_s_); hour_s < now_s; hour_s = next_hour(setup_, hour_s))
      integrate(reached_s_, hour_s);
  }
  integrate(reached_s_, now_s);
}

void Site::integrate(double from_s, double to_s) {
  const double elapsed_s = to_s - from_s;
  const double it_w = it_power_w();
  const double facility_w = setup_.facility_load_w + setup_.pue.facility_power_w(it_w, wet_bulb_c(from_s));
  it_energy_j_.add(it_w * elapsed_s);
  facility_energy_j_.add(facility_w * elapsed_s);
  peak_power_w_ = std::max(peak_power_w_, facility_w);
  if (facility_w > current_limit_w_ * (1.0 + limit_rounding))
    over_limit_j_.add((facility_w - current_limit_w_) * elapsed_s);
  const double counted_s = from_s - setup_.counted_from_s;
  const double counted_to_s = to_s - setup_.counted_from_s;
  meter_.add(counted_s, counted_to_s, facility_w);

  std::int64_t allocated = 0;
  std::int64_t waiting = 0;
  std::int64_t running = 0;
  for (FleetLoad* load : loads_) {
    load->advance(elapsed_s);
    allocated += load->allocated();
    waiting += load->waiting_jobs;
    running += load->running_jobs;
  }
  series_.power_w.add(counted_s, counted_to_s, facility_w);
  series_.allocated_gpus.add(counted_s, counted_to_s, static_cast<double>(allocated));
  series_.waiting_jobs.add(counted_s, counted_to_s, static_cast<double>(waiting));
  series_.running_jobs.add(counted_s, counted_to_s, static_cast<double>(running));
  if (limited_) {
    series_.limit_w.add(counted_s, counted_to_s, current_limit_w_);
    series_.speed.add(counted_s, counted_to_s, loads_.empty() ? 1.0 : loads_.front()->speed());
  }
  reached_s_ = to_s;
}

models::PowerHeadroom Site::headroom(const FleetLoad& load) const {
  if (!limited_) return {.available_w = infinity, .per_gpu_w = 0.0};
  // Jobs that were suspended come before all that wait, of whatever fleet.
  const auto has_suspended = [](const PowerConsumer* consumer) { return consumer->has_suspended(); };
  if (std::ranges::any_of(consumers_, has_suspended)) return {.available_w = -infinity, .per_gpu_w = 0.0};
  // Where work may slow down, a limit admits more of it than at full speed.
  const double least_share = least_dynamic_share(setup_);
  double available_w = it_limit_w() - setup_.it_load_w;
  for (const FleetLoad* other : loads_) {
    const double dynamic_w = other->work_power_w();
    const double rest_w = other->power_w() - dynamic_share_ * dynamic_w;
    available_w -= rest_w + least_share * dynamic_w;
  }
  return {.available_w = available_w, .per_gpu_w = per_gpu_w(load)};
}

double Site::per_gpu_w(const FleetLoad& load) const {
  return limited_ ? least_dynamic_share(setup_) * load.work_increment_w() : 0.0;
}

void Site::rebalance() {
  if (!limited_) return;
  if (setup_.shed == ShedPolicy::slow) slow_down();
  if (setup_.shed == ShedPolicy::suspend) suspend_or_resume();
}

void Site::power_changed() {
  if (!limited_) return;
  rebalance();
  for (PowerConsumer* consumer : consumers_) consumer->power_changed();
}

void Site::slow_down() {
  double fixed_w = setup_.it_load_w;
  double dynamic_w = 0.0;
  for (FleetLoad* load : loads_) {
    const double work_w = load->work_power_w();
    fixed_w += load->power_w() - dynamic_share_ * work_w;
    dynamic_w += work_w;
  }
  const double share = dynamic_w <= 0.0 ? 1.0 : std::clamp((it_limit_w() - fixed_w) / dynamic_w, 0.0, 1.0);
  if (share == dynamic_share_) return;
  dynamic_share_ = share;
  const double speed = setup_.power_cap.speed(share);
  for (FleetLoad* load : loads_) load->set_pace(kernel_.now_s(), speed, share);
  for (PowerConsumer* consumer : consumers_) consumer->pace_changed();
}

void Site::suspend_or_resume() {
  double excess_w = it_power_w() - it_limit_w();
  if (excess_w > 0.0) {
    for (auto consumer = consumers_.rbegin(); consumer != consumers_.rend() && excess_w > 0.0; ++consumer)
      excess_w -= (*consumer)->suspend(excess_w);
  } else {
    for (PowerConsumer* consumer : consumers_) excess_w += consumer->resume(-excess_w);
  }
}

void Site::schedule_next_change() {
  const double now_s = kernel_.now_s();
  double next_s = infinity;
  for (const Curtailment& window : setup_.curtailments)
    for (const double edge_s : {window.from_s, window.until_s})
      if (edge_s > now_s) next_s = std::min(next_s, edge_s);
  if (setup_.pue.depends_on_weather()) next_s = std::min(next_s, next_hour(setup_, now_s));
  if (next_s < infinity)
    // After the jobs that end at this date: those are over before the limit changes.
    kernel_.schedule({.time_s = next_s, .phase = Phase::arrivals, .id = id_, .handler = this, .argument = 0});
}

void Site::on_event(std::uint64_t) {
  advance();
  current_limit_w_ = limit_at(setup_, kernel_.now_s());
  power_changed();
  schedule_next_change();
}

}  // namespace chokepoint::sim
