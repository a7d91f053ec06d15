#include "models/power/power_mix.hpp"

#include <algorithm>

#include "models/contract/expects.hpp"

namespace chokepoint::models {
namespace {

double share_up_to(const PowerMix& mix, double power_w) {
  double share = 0.0;
  for (const PowerPart& part : mix) {
    if (power_w >= part.to_w) {
      share += part.share;
    } else if (power_w > part.from_w) {
      share += part.share * (power_w - part.from_w) / (part.to_w - part.from_w);
    }
  }
  return share;
}

}  // namespace

PowerMix power_mix_of_mean(const AcceleratorPower& accelerator, double mean_w, const PowerMixAssumptions& assumed) {
  const double context = assumed.context_share_of_rest;
  const double communicating = assumed.communicating_share;
  expects(context >= 0.0 && context <= 1.0, "a share from 0 to 1");
  expects(communicating >= 0.0 && communicating < 1.0, "a share of communication is from 0 to below 1");
  expects(assumed.least_communicating <= assumed.most_communicating, "a range from its least to its most");

  const double idle_w = accelerator_power_w(accelerator, PowerState::idle);
  const double with_context_w = accelerator_power_w(accelerator, PowerState::allocated);
  const double training_w = accelerator_power_w(accelerator, PowerState::computing);
  const double least_w = assumed.least_communicating * accelerator.tdp_w;
  const double most_w = assumed.most_communicating * accelerator.tdp_w;
  // The phase that only computes, so that a step keeps the mean of a training run.
  const double computing_w = (training_w - communicating * (least_w + most_w) / 2.0) / (1.0 - communicating);
  expects(computing_w <= accelerator.tdp_w, "a computing phase within the TDP");

  const double rest_w = (1.0 - context) * idle_w + context * with_context_w;
  expects(rest_w < training_w && mean_w >= rest_w && mean_w <= training_w, "a mean between rest and training");
  const double training = (mean_w - rest_w) / (training_w - rest_w);
  return {{{(1.0 - training) * (1.0 - context), idle_w, idle_w},
           {(1.0 - training) * context, with_context_w, with_context_w},
           {training * communicating, least_w, most_w},
           {training * (1.0 - communicating), computing_w, computing_w}}};
}

double mean_w(const PowerMix& mix) {
  double sum_w = 0.0;
  for (const PowerPart& part : mix) {
    sum_w += part.share * (part.from_w + part.to_w) / 2.0;
  }
  return sum_w;
}

double quantile_w(const PowerMix& mix, double share) {
  expects(share >= 0.0 && share <= 1.0, "a share from 0 to 1");
  double below_w = 0.0;
  double at_w = 0.0;
  for (const PowerPart& part : mix) {
    at_w = std::max(at_w, part.to_w);
  }
  const double within_w = 1e-6 * at_w;
  while (at_w - below_w > within_w) {
    const double middle_w = (below_w + at_w) / 2.0;
    (share_up_to(mix, middle_w) >= share ? at_w : below_w) = middle_w;
  }
  return at_w;
}

}  // namespace chokepoint::models
