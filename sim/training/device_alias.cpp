#include "sim/training/device_alias.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "sim/catalogue/catalogue.hpp"
#include "sim/record/lower_case.hpp"

namespace chokepoint::sim {
namespace {

using Alias = std::pair<std::string_view, std::string_view>;

// In small letters; blanks and underscores are hyphens, and the maker is left out.
constexpr auto aliases = std::to_array<Alias>({
    {"a100", "a100-80gb-sxm4"},
    {"a100-80gb", "a100-80gb-sxm4"},
    {"a100-80gb-sxm", "a100-80gb-sxm4"},
    {"a100-sxm", "a100-80gb-sxm4"},
    {"a100-sxm4", "a100-80gb-sxm4"},
    {"a100-pcie-80gb", "a100-80gb-pcie"},
    {"a100-pcie-40gb", "a100-40gb-pcie"},
    {"a100-sxm-80gb", "a100-80gb-sxm4"},
    {"a100-sxm4-80gb", "a100-80gb-sxm4"},
    {"a100-sxm4-80-gb", "a100-80gb-sxm4"},
    {"a100-40gb", "a100-40gb-sxm4"},
    {"a100-40gb-sxm", "a100-40gb-sxm4"},
    {"a100-sxm-40gb", "a100-40gb-sxm4"},
    {"a100-sxm4-40gb", "a100-40gb-sxm4"},
    {"a100-sxm4-40-gb", "a100-40gb-sxm4"},
    {"a800", "a800-80gb-sxm4"},
    {"a800-80gb", "a800-80gb-sxm4"},
    {"a800-80gb-sxm", "a800-80gb-sxm4"},
    {"a800-sxm4-80gb", "a800-80gb-sxm4"},
    {"h100", "h100-80gb-sxm5"},
    {"h100-80gb", "h100-80gb-sxm5"},
    {"h100-sxm", "h100-80gb-sxm5"},
    {"h100-80gb-sxm", "h100-80gb-sxm5"},
    {"h100-sxm5", "h100-80gb-sxm5"},
    {"h100-80gb-hbm3", "h100-80gb-sxm5"},
    {"h100-sxm-80gb", "h100-80gb-sxm5"},
    {"h100-pcie", "h100-80gb-pcie"},
    {"h100-pcie-80gb", "h100-80gb-pcie"},
    {"h100-sxm5-80gb", "h100-80gb-sxm5"},
    {"h800", "h800-80gb-sxm5"},
    {"h800-80gb", "h800-80gb-sxm5"},
    {"h800-80gb-sxm", "h800-80gb-sxm5"},
    {"h800-sxm5-80gb", "h800-80gb-sxm5"},
    {"h200", "h200-141gb-sxm"},
    {"h200-sxm", "h200-141gb-sxm"},
    {"h200-141gb", "h200-141gb-sxm"},
    {"h200-141gb-sxm5", "h200-141gb-sxm"},
    {"h20", "h20-96gb"},
    {"h20-96gb-sxm", "h20-96gb"},
    {"b200", "b200-180gb-sxm"},
    {"b200-sxm", "b200-180gb-sxm"},
    {"b200-180gb", "b200-180gb-sxm"},
    {"v100", "v100-32gb-sxm2"},
    {"v100-32gb", "v100-32gb-sxm2"},
    {"v100-32gb-sxm", "v100-32gb-sxm2"},
    {"v100-sxm2-32gb", "v100-32gb-sxm2"},
    {"v100-16gb-sxm2", "v100-32gb-sxm2"},
    {"ascend-910b(a2-podc)", "ascend-910b"},
    {"tpuv4", "tpu-v4"},
    {"tpuv5p", "tpu-v5p"},
    {"google-tpu-v4", "tpu-v4"},
});

}  // namespace

std::string_view catalogue_accelerator(std::string_view spelling) {
  std::string name = lower_case(std::string(spelling));
  for (char& c : name)
    if (c == ' ' || c == '_') c = '-';
  for (const std::string_view maker : {"nvidia-", "amd-", "huawei-"})
    if (name.starts_with(maker)) name.erase(0, maker.size());
  if (const auto* entry = catalogue().accelerators.find(name)) return entry->name;
  const auto* found = std::ranges::find(aliases, std::string_view(name), &Alias::first);
  return found == aliases.end() ? std::string_view{} : found->second;
}

}  // namespace chokepoint::sim
