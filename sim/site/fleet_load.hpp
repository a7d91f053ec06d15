#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "models/power/server_power.hpp"
#include "sim/site/compensated_sum.hpp"

namespace chokepoint::sim {

/// What a fleet asks of its site for its servers of one type: GPUs by what they do, and the power and energy that
/// follow. Powers of a slot are those of one GPU with its share of the server. Work runs at `speed` of its full rate;
/// then a computing slot draws `slot_w(State::computing)`, between idle and full. Jobs of an intensity other than 1
/// draw that multiple of what a computing slot has above idleness; it is counted in whole parts, so that it adds up
/// exactly.
class FleetLoad {
 public:
  using State = models::PowerState;

  /// Work of more than `most_intensity` is capped there.
  FleetLoad(const models::ServerPower& power, std::int64_t gpus,
            double most_intensity = std::numeric_limits<double>::infinity());

  void move(State from, State to, std::int64_t gpus);

  /// An intensity above 1 (or below, negative), in parts.
  static constexpr double parts_per_unit = 0x1p24;
  /// `intensity` from 0 to 100.
  [[nodiscard]] static std::int64_t excess_parts(double intensity) {
    return intensity == 1.0 ? 0 : rounded_excess_parts(intensity);
  }
  [[nodiscard]] static double intensity_of(std::int64_t excess_parts) {
    return 1.0 + static_cast<double>(excess_parts) / parts_per_unit;
  }
  /// GPUs that compute at an excess over 1 have come (or gone): GPUs times its parts.
  void add_excess(std::int64_t gpu_parts) { excess_ += gpu_parts; }
  /// Jobs that wait and that run; for the record only.
  std::int64_t waiting_jobs = 0;
  std::int64_t running_jobs = 0;

  [[nodiscard]] std::int64_t gpus() const { return gpus_; }
  [[nodiscard]] double most_intensity() const { return most_intensity_; }
  [[nodiscard]] std::int32_t gpus_per_server() const { return gpus_per_server_; }
  [[nodiscard]] std::int64_t count(State state) const { return counts_[index(state)]; }
  /// GPUs that jobs hold, whether they compute or not.
  [[nodiscard]] std::int64_t allocated() const { return gpus_ - count(State::idle) - count(State::off); }
  [[nodiscard]] double slot_w(State state) const { return slot_w_[index(state)]; }
  /// W that a GPU adds when it goes from idleness to work at full speed.
  [[nodiscard]] double work_increment_w() const { return full_computing_w_ - slot_w(State::idle); }
  /// W that all work would add to idleness at full speed.
  [[nodiscard]] double work_power_w() const {
    return (static_cast<double>(count(State::computing)) + excess_gpus()) * work_increment_w();
  }
  [[nodiscard]] double power_w() const;

  /// From `now_s` on work runs at `speed` (0 to 1), and a computing slot draws its idle power and `dynamic_share` of
  /// what work adds to it. `now_s` as in `advance`.
  void set_pace(double now_s, double speed, double dynamic_share);
  [[nodiscard]] double speed() const { return speed_; }

  /// Everything stays as it is for `elapsed_s`.
  void advance(double elapsed_s);

  /// Seconds of full-speed work that a job computing since the start would have done by `now_s`.
  [[nodiscard]] double work_s(double now_s) const { return work_base_s_ + speed_ * (now_s - pace_since_s_); }
  /// When `work_s` reaches `work_s`; infinity at a standstill.
  [[nodiscard]] double time_of_work_s(double work_s) const;
  /// J that one slot in the state of computing would have drawn from the start to `now_s`.
  [[nodiscard]] double computing_slot_energy_j(double now_s) const {
    return slot_energy_base_j_ + slot_w(State::computing) * (now_s - pace_since_s_);
  }
  /// What a computing slot draws above idleness at the present pace, W.
  [[nodiscard]] double dynamic_w() const { return slot_w(State::computing) - slot_w(State::idle); }

  [[nodiscard]] double energy_j(State state) const { return energy_j_[index(state)].value(); }
  /// GPU-seconds spent in a state.
  [[nodiscard]] double gpu_seconds(State state) const { return gpu_seconds_[index(state)].value(); }

 private:
  [[nodiscard]] static std::int64_t rounded_excess_parts(double intensity);
  static constexpr std::size_t index(State state) { return static_cast<std::size_t>(state); }
  [[nodiscard]] double excess_gpus() const { return static_cast<double>(excess_) / parts_per_unit; }

  std::int64_t gpus_;
  std::int32_t gpus_per_server_;
  double most_intensity_;
  std::array<std::int64_t, models::power_states> counts_{};
  std::array<double, models::power_states> slot_w_{};
  double full_computing_w_ = 0.0;
  std::int64_t excess_ = 0;
  std::array<CompensatedSum, models::power_states> energy_j_{};
  std::array<CompensatedSum, models::power_states> gpu_seconds_{};

  double speed_ = 1.0;
  double pace_since_s_ = 0.0;
  double work_base_s_ = 0.0;
  double slot_energy_base_j_ = 0.0;
};

}  // namespace chokepoint::sim
