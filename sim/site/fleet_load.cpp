#include "sim/site/fleet_load.hpp"

#include <cmath>
#include <limits>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {

FleetLoad::FleetLoad(const models::ServerPower& power, std::int64_t gpus, double most_intensity)
    : gpus_(gpus), gpus_per_server_(power.gpus), most_intensity_(most_intensity) {
  for (std::size_t state = 0; state < models::power_states; ++state)
    slot_w_[state] = power.slot_w(static_cast<State>(state));
  full_computing_w_ = slot_w(State::computing);
  counts_[index(State::idle)] = gpus;
}

void FleetLoad::move(State from, State to, std::int64_t gpus) {
  counts_[index(from)] -= gpus;
  counts_[index(to)] += gpus;
  models::ensures(counts_[index(from)] >= 0, "no more GPUs leave a state than are in it");
}

double FleetLoad::power_w() const {
  double power_w = 0.0;
  for (std::size_t state = 0; state < models::power_states; ++state)
    power_w += static_cast<double>(counts_[state]) * slot_w_[state];
  return power_w + excess_gpus() * dynamic_w();
}

std::int64_t FleetLoad::rounded_excess_parts(double intensity) {
  models::expects(intensity >= 0.0 && intensity <= 100.0, "an intensity lies from 0 to 100");
  return std::llround((intensity - 1.0) * parts_per_unit);
}

void FleetLoad::set_pace(double now_s, double speed, double dynamic_share) {
  work_base_s_ = work_s(now_s);
  slot_energy_base_j_ = computing_slot_energy_j(now_s);
  pace_since_s_ = now_s;
  speed_ = speed;
  slot_w_[index(State::computing)] = slot_w(State::idle) + dynamic_share * work_increment_w();
}

void FleetLoad::advance(double elapsed_s) {
  for (std::size_t state = 0; state < models::power_states; ++state) {
    if (counts_[state] == 0) continue;
    const double gpu_seconds = static_cast<double>(counts_[state]) * elapsed_s;
    gpu_seconds_[state].add(gpu_seconds);
    energy_j_[state].add(gpu_seconds * slot_w_[state]);
  }
  if (excess_ != 0) energy_j_[index(State::computing)].add(excess_gpus() * elapsed_s * dynamic_w());
}

double FleetLoad::time_of_work_s(double work_s) const {
  if (speed_ == 0.0) return std::numeric_limits<double>::infinity();
  return pace_since_s_ + (work_s - work_base_s_) / speed_;
}

}  // namespace chokepoint::sim
