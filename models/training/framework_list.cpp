#include "models/training/framework_list.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace chokepoint::models {
namespace {

/// FlashAttention-2 on Hopper against kernels written for it: 350 of 570 TFLOP/s forward at head width 128
/// (FlashAttention-3, arXiv:2407.08608, figure 5).
constexpr double ampere_kernel_on_hopper = 0.62;

struct Listed {
  /// How the name begins, in small letters; the longest that fits counts.
  std::string_view begins;
  bool fused_attention;
  bool overlaps_tensor_traffic;
  bool overlaps_data_traffic;
  int gradient_bytes;
  bool hopper_kernels;
  bool recompute_stops_early;
  bool interleaves;
};

// Megatron before 2023 computes attention product by product and sums gradients after the last backward pass
// (arXiv:2104.04473, arXiv:2205.05198); Megatron-Core and NeMo use fused attention of Transformer Engine and hide
// tensor and data traffic (Megatron-Core r0.8.0 README, "overlapping communications"). Megatron-DeepSpeed of 2022 keeps
// 16-bit gradients (arXiv:2211.05100, section 3.4) and has no interleaved schedule. FSDP gathers parameters ahead
// (arXiv:2304.11277); llm-foundry's mixed precision PURE exchanges 16-bit gradients, DEFAULT 32-bit ones (MosaicML
// Composer, "mixed_precision"). PyTorch checkpoints stop at the last tensor needed (torch.utils.checkpoint,
// early_stop).
constexpr auto listed = std::to_array<Listed>({
    // begins                fused  tensor data   bytes hopper early  interleaves
    {"megatron-lm", false, false, false, 4, true, false, true},
    {"megatron-lm 2020", false, false, true, 2, true, false, false},
    {"megatron-lm ptd-p", false, false, false, 4, true, false, true},
    {"megatron-lm 23", true, false, false, 4, true, false, true},
    {"megatron-core", true, true, true, 4, true, false, true},
    {"megatron-bridge", true, true, true, 4, true, false, true},
    {"nemo", true, true, true, 4, true, false, true},
    {"megatron-deepspeed", false, false, false, 2, true, false, false},
    {"deepspeed", false, false, true, 2, false, false, false},
    {"gpt-neox", false, false, true, 2, false, false, false},
    {"llm-foundry fsdp default", true, false, true, 4, false, true, false},
    {"llm-foundry fsdp pure", true, false, true, 2, false, true, false},
    {"llm-foundry", true, false, true, 4, false, true, false},
    {"mosaicml", true, false, true, 4, false, true, false},
    {"composer", true, false, true, 4, false, true, false},
    {"pytorch fsdp", true, false, true, 2, false, true, false},
    {"fsdp", true, false, true, 2, false, true, false},
    {"torchtitan", true, false, true, 4, false, true, true},
    {"mindspeed", true, true, true, 4, true, false, true},
    {"megascale", true, true, true, 4, true, false, true},
});

}  // namespace

FrameworkTraits default_framework(bool hopper_or_later) {
  FrameworkTraits traits;
  traits.attention_kernel_rate = hopper_or_later ? ampere_kernel_on_hopper : 1.0;
  return traits;
}

FrameworkTraits framework_traits(std::string_view name, bool hopper_or_later) {
  std::string small(name);
  std::ranges::transform(small, small.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const Listed* best = nullptr;
  for (const Listed& entry : listed)
    if (small.starts_with(entry.begins) && (best == nullptr || entry.begins.size() > best->begins.size()))
      best = &entry;
  FrameworkTraits traits = default_framework(hopper_or_later);
  traits.name = name;
  if (best == nullptr) return traits;
  traits.fused_attention = best->fused_attention || hopper_or_later;
  traits.overlaps_tensor_traffic = best->overlaps_tensor_traffic;
  // What says so by name hides it, whatever its version did by default.
  traits.overlaps_data_traffic = best->overlaps_data_traffic;
  traits.gradient_bytes = best->gradient_bytes;
  traits.attention_kernel_rate = hopper_or_later && !best->hopper_kernels ? ampere_kernel_on_hopper : 1.0;
  traits.recompute_stops_early = best->recompute_stops_early;
  traits.interleaves = best->interleaves;
  return traits;
}

}  // namespace chokepoint::models
