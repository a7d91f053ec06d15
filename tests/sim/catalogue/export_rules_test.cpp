#include <initializer_list>

#include <doctest/doctest.h>

#include "models/market/export_rule.hpp"
#include "sim/catalogue/catalogue.hpp"

namespace chokepoint::sim {
namespace {

using models::ExportRule;

// 15 CFR 774, ECCN 3A090 as of 2022-10-07.
const ExportRule rule_2022{.name = "2022",
                           .clauses = {{{.attribute = "total_processing_performance", .at_least = 4800.0},
                                        {.attribute = "interconnect_gb_per_s", .at_least = 600.0}}}};
// As of 2023-10-17: the upper band.
const ExportRule rule_2023{.name = "2023",
                           .clauses = {{{.attribute = "total_processing_performance", .at_least = 4800.0}},
                                       {{.attribute = "total_processing_performance", .at_least = 1600.0},
                                        {.attribute = "performance_density", .at_least = 5.92}}}};
// As of 2026-01-15: what may be licensed case by case.
const ExportRule easing_2026{.name = "2026",
                             .clauses = {{{.attribute = "total_processing_performance", .below = 21000.0},
                                          {.attribute = "memory_bandwidth_gb_per_s", .below = 6500.0}}}};

std::optional<bool> covers(const ExportRule& rule, const char* accelerator) {
  return rule.covers(catalogue().accelerators.at(accelerator).value);
}

TEST_CASE("the rule of 2022 bans the A100 and the H100 and lets their variants through") {
  for (const auto* banned : {"a100-80gb-sxm4", "h100-80gb-sxm5"}) CHECK(covers(rule_2022, banned) == true);
  for (const auto* free : {"a800-80gb-sxm4", "h800-80gb-sxm5", "v100-32gb-sxm2"})
    CHECK(covers(rule_2022, free) == false);
}

TEST_CASE("the rule of 2023 bans the variants too and not the H20") {
  for (const auto* banned :
       {"a100-80gb-sxm4", "a800-80gb-sxm4", "h800-80gb-sxm5", "h800-80gb-pcie", "l40s", "rtx-4090"})
    CHECK(covers(rule_2023, banned) == true);
  for (const auto* free : {"h20-96gb", "rtx-3090"}) CHECK(covers(rule_2023, free) == false);
}

TEST_CASE("the easing of 2026 reaches the H200 and the MI300X and not the B200") {
  for (const auto* eased : {"h200-141gb-sxm", "mi300x"}) CHECK(covers(easing_2026, eased) == true);
  CHECK(covers(easing_2026, "b200-180gb-sxm") == false);
}

TEST_CASE("a rule that hangs on what is not known says so") {
  models::Accelerator chip = catalogue().accelerators.at("h20-96gb").value;
  chip.die_mm2.reset();
  CHECK_FALSE(rule_2023.covers(chip).has_value());
  chip.bf16_flop_per_s = 1e15;
  CHECK(rule_2023.covers(chip) == true);
  chip.bf16_flop_per_s = 1e13;
  chip.fp8_flop_per_s.reset();
  chip.int8_op_per_s.reset();
  CHECK(rule_2023.covers(chip) == false);
}

}  // namespace
}  // namespace chokepoint::sim
