#include "models/power/server_power_line.hpp"

#include "models/contract/expects.hpp"

namespace chokepoint::models {

double accelerator_power_w(const AcceleratorPower& accelerator, PowerState state) {
  const double tdp_w = accelerator.tdp_w;
  switch (state) {
    case PowerState::off:
      return 0.0;
    case PowerState::idle:
      return accelerator.idle_w.value_or(power_share::idle * tdp_w);
    case PowerState::allocated:
    case PowerState::checkpointing:
      return accelerator.idle_with_context_w.value_or(accelerator_power_w(accelerator, PowerState::idle) *
                                                      power_share::idle_with_context / power_share::idle);
    case PowerState::computing:
      return power_share::training * tdp_w;
    case PowerState::communicating:
      return power_share::communicating * tdp_w;
  }
  return 0.0;
}

double intensity_at(const AcceleratorPower& accelerator, double power_w) {
  const double idle_w = accelerator_power_w(accelerator, PowerState::idle);
  return (power_w - idle_w) / (accelerator_power_w(accelerator, PowerState::computing) - idle_w);
}

ServerPower server_power(const ServerPowerInputs& inputs) {
  const double gpu_idle_w = accelerator_power_w(inputs.accelerator, PowerState::idle);
  const double gpu_span_w = inputs.accelerator.tdp_w - gpu_idle_w;
  const double rest_rated_w = inputs.rated_power_w - inputs.gpus * inputs.accelerator.tdp_w;
  expects(inputs.gpus > 0 && gpu_span_w > 0.0, "accelerators that draw more at TDP than at rest");
  expects(rest_rated_w >= 0.0, "a rating of at least the TDP of all accelerators");

  const double idle_w = inputs.idle_w.value_or(power_share::host_at_rest * rest_rated_w + inputs.gpus * gpu_idle_w);
  const double full_w = inputs.full_w.value_or(power_share::server_at_full_load * inputs.rated_power_w);
  expects(idle_w < full_w && full_w <= inputs.rated_power_w, "idle power below full power, within the rating");

  ServerPower power{.gpus = inputs.gpus};
  for (std::size_t i = 0; i < power_states; ++i) {
    const auto state = static_cast<PowerState>(i);
    const double gpu_w = accelerator_power_w(inputs.accelerator, state);
    power.by_state_w[i] =
        state == PowerState::off ? 0.0 : idle_w + (full_w - idle_w) * (gpu_w - gpu_idle_w) / gpu_span_w;
  }
  return power;
}

ServerPower rated_power(int gpus, double rated_power_w) {
  expects(gpus > 0 && rated_power_w >= 0.0, "a server with accelerators and a rating");
  ServerPower power{.gpus = gpus};
  power.by_state_w.fill(rated_power_w);
  power.by_state_w[static_cast<std::size_t>(PowerState::off)] = 0.0;
  return power;
}

}  // namespace chokepoint::models
