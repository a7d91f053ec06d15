#pragma once

namespace chokepoint::models {

/// What a training run costs by the rule of Epoch AI (Cottier et al., *The rising costs of training frontier AI
/// models*, arXiv:2405.21015): hardware loses value as the price of performance falls, a tenfold in 1/.14 years; the
/// accelerators' price is multiplied for their servers and divided by what the interconnect leaves of the cluster's
/// cost; servers draw a share of their rated power. Leaves out staff and failed runs.
struct AmortisedTrainingCost {
  double accelerator_price = 0.0;
  double accelerators = 0.0;
  double hours = 0.0;
  /// Cost of a server over that of its accelerators: 1.66 for A100, 1.64 for others.
  double server_multiplier = 1.64;
  double interconnect_share = 0.19;
  /// kWh of the whole run at the meter.
  double energy_kwh = 0.0;
  double price_per_kwh = 0.0;

  [[nodiscard]] double hardware() const;
  [[nodiscard]] double energy() const { return energy_kwh * price_per_kwh; }
  [[nodiscard]] double total() const { return hardware() + energy(); }
};

}  // namespace chokepoint::models
