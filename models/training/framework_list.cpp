#include "models/training/framework_list.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace chokepoint::models {
namespace {

/// Forward and backward of one kernel of attention, causal, head width 128, as a share of the best matrix product and
/// over that of FlashAttention on A100 (arXiv:2205.14135; about 100 of 271 TFLOP/s).
struct AttentionKernel {
  double on_ampere;
  double on_hopper;
};
/// Triton's FlashAttention of 2022-23, which Hopper speeds up by less than its matrix products: 175 of 794 TFLOP/s.
constexpr AttentionKernel flash_1{1.0, 0.62};
/// FlashAttention-2 (arXiv:2307.08691, figures 4 and 5): about 185 TFLOP/s on A100, 335 on H100.
constexpr AttentionKernel flash_2{1.8, 1.15};
/// Transformer Engine of mid-2024, between FlashAttention-2 and its successor.
constexpr AttentionKernel transformer_engine{1.8, 1.0};
/// FlashAttention-3 and cuDNN 9 (arXiv:2407.08608, figures 5 and 6): about 500 TFLOP/s on H100.
constexpr AttentionKernel flash_3{1.8, 1.7};

enum class GradientBytes { two, four, as_weights };

/// Traffic that runs behind computation.
struct Overlap {
  bool tensor = false;
  bool data = false;
  bool pipeline = false;
  bool context = false;
  bool expert = false;
};
constexpr Overlap nothing{};
constexpr Overlap data_alone{.data = true};
constexpr Overlap all_but_experts{.tensor = true, .data = true, .pipeline = true, .context = true};
constexpr Overlap everything{.tensor = true, .data = true, .pipeline = true, .context = true, .expert = true};

/// How a token gets to its experts.
enum class Dispatch { copy_an_expert, once_a_node, once_a_node_fp8 };

struct Listed {
  /// How the name begins, in small letters; the longest that fits counts.
  std::string_view begins;
  bool fused_attention;
  AttentionKernel kernel;
  bool fused_elementwise;
  Overlap overlap;
  GradientBytes gradients;
  bool recompute_stops_early;
  bool interleaves;
  Dispatch dispatch = Dispatch::copy_an_expert;
  double selective_products = 0.0;
  bool shards_by_one_card = false;
  bool shards_parameters = true;
};
using enum GradientBytes;

// Megatron before 2023 computes attention product by product, fuses element-wise kernels (arXiv:2104.04473, section
// 4.2) and sums gradients after the last backward pass, fp16 ones in fp16 and bf16 ones in fp32
// (accumulate_allreduce_grads_in_fp32). Megatron-Core and NeMo use fused attention of Transformer Engine and hide
// tensor and data traffic (Megatron-Core r0.8.0 README). Megatron-DeepSpeed of 2022 keeps 16-bit gradients
// (arXiv:2211.05100, section 3.4) and has no interleaved schedule. FSDP gathers parameters ahead (arXiv:2304.11277);
// llm-foundry's mixed precision PURE exchanges 16-bit gradients, DEFAULT 32-bit ones (MosaicML Composer,
// mixed_precision), and runs PyTorch eagerly. PyTorch checkpoints stop at the last tensor needed
// (torch.utils.checkpoint, early_stop). torchtitan compiles each block (arXiv:2410.06511). Megatron-Core also hides
// what stages send each other, where they are interleaved (its README), and passes keys and values on in a ring behind
// attention; Megatron-Bridge sends tokens to experts by DeepEP or HybridEP and behind computation (its performance
// guide). HAI-LLM trained DeepSeek-V3 (arXiv:2412.19437, section 3.2): two directions of the pipeline hide the traffic
// of experts, a token crosses once a node, in fp8. torchtitan's selective recomputation keeps every second product and
// computes the rest again (its parallelize_llama.py, per-op). ZeRO-3 of DeepSpeed moves shards across nodes at the rate
// of one card a GPU: table 2 of arXiv:2104.04473, both models on 384 to 2,240 GPUs, comes to about 21 of 25 GB/s;
// PyTorch FSDP uses all cards of a node.
constexpr auto listed = std::to_array<Listed>({
    // begins, fused attention, kernel, fused element-wise, overlap, gradients, early stop, interleaves; dispatch,
    // products that selective recomputation repeats, shards by one card, has sharded parameters
    {"megatron-lm", false, transformer_engine, true, nothing, as_weights, false, true, Dispatch::copy_an_expert, 0.0,
     false, false},
    {"megatron-lm 2020", false, flash_1, true, data_alone, two, false, false, Dispatch::copy_an_expert, 0.0, false,
     false},
    {"megatron-lm 23", true, transformer_engine, true, nothing, four, false, true},
    {"megatron-lm 24", true, transformer_engine, true, nothing, four, false, true},
    {"megatron-lm 25", true, transformer_engine, true, nothing, four, false, true},
    {"megatron-core", true, transformer_engine, true, all_but_experts, four, false, true},
    {"megatron-bridge", true, flash_3, true, everything, four, false, true, Dispatch::once_a_node},
    {"nemo", true, transformer_engine, true, all_but_experts, four, false, true},
    {"megatron-deepspeed", false, flash_1, true, nothing, two, false, false, Dispatch::copy_an_expert, 0.0, true,
     false},
    {"deepspeed", false, flash_2, false, data_alone, two, false, false, Dispatch::copy_an_expert, 0.0, true},
    {"zero-3", false, flash_2, false, data_alone, two, false, false, Dispatch::copy_an_expert, 0.0, true},
    {"gpt-neox", false, flash_1, true, data_alone, two, false, false, Dispatch::copy_an_expert, 0.0, true, false},
    {"llm-foundry", true, flash_1, false, data_alone, four, true, false},
    {"llm-foundry fsdp pure", true, flash_1, false, data_alone, two, true, false},
    {"mosaicml", true, flash_1, false, data_alone, four, true, false},
    {"composer", true, flash_1, false, data_alone, four, true, false},
    {"pytorch fsdp", true, flash_2, false, data_alone, two, true, false},
    {"fsdp", true, flash_2, false, data_alone, two, true, false},
    {"torchtitan", true, flash_2, true, data_alone, four, true, true, Dispatch::copy_an_expert, 0.5},
    {"torchtitan eager", true, flash_2, false, data_alone, four, true, true, Dispatch::copy_an_expert, 0.5},
    {"mindspeed", true, transformer_engine, true, all_but_experts, four, false, true},
    {"megascale", true, flash_2, true, all_but_experts, four, false, true},
    {"hai-llm", true, flash_3, true, everything, four, false, false, Dispatch::once_a_node_fp8},
});

/// The entry whose beginning of a name is the longest that fits; null if none does.
const Listed* find(std::string_view name) {
  std::string small(name);
  std::ranges::transform(small, small.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const Listed* best = nullptr;
  for (const Listed& entry : listed)
    if (small.starts_with(entry.begins) && (best == nullptr || entry.begins.size() > best->begins.size()))
      best = &entry;
  return best;
}

}  // namespace

std::vector<std::string> framework_names() {
  std::vector<std::string> names;
  for (const Listed& entry : listed) names.emplace_back(entry.begins);
  return names;
}

bool is_known_framework(std::string_view name) {
  return find(name) != nullptr;
}

FrameworkTraits default_framework(bool hopper_or_later) {
  return {.attention_kernel_rate = hopper_or_later ? flash_2.on_hopper : flash_2.on_ampere};
}

FrameworkTraits framework_traits(std::string_view name, Precision precision, bool hopper_or_later) {
  const Listed* best = find(name);
  FrameworkTraits traits = default_framework(hopper_or_later);
  traits.name = name;
  if (best == nullptr) return traits;
  const bool two_bytes = best->gradients == two || (best->gradients == as_weights && precision == Precision::fp16);
  traits.fused_attention = best->fused_attention || hopper_or_later;
  traits.attention_kernel_rate = hopper_or_later ? best->kernel.on_hopper : best->kernel.on_ampere;
  traits.fused_elementwise = best->fused_elementwise;
  traits.overlaps_tensor_traffic = best->overlap.tensor;
  traits.overlaps_data_traffic = best->overlap.data;
  traits.overlaps_pipeline_traffic = best->overlap.pipeline;
  traits.overlaps_context_traffic = best->overlap.context;
  traits.overlaps_expert_traffic = best->overlap.expert;
  traits.sends_token_once_a_node = best->dispatch != Dispatch::copy_an_expert;
  traits.dispatches_fp8 = best->dispatch == Dispatch::once_a_node_fp8;
  traits.gradient_bytes = two_bytes ? 2 : 4;
  traits.recompute_stops_early = best->recompute_stops_early;
  // Both are what plain PyTorch does: Megatron and its kin use Transformer Engine, which fuses casts.
  traits.casts_apart = best->recompute_stops_early;
  traits.selective_products = best->selective_products;
  traits.shards_parameters = best->shards_parameters;
  traits.shards_by_one_card = best->shards_by_one_card;
  traits.interleaves = best->interleaves;
  return traits;
}

}  // namespace chokepoint::models
