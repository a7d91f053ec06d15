#include <doctest/doctest.h>

#include "models/training/framework_list.hpp"
#include "models/training/memory_per_gpu.hpp"
#include "models/training/planner.hpp"
#include "models/training/step_time.hpp"
#include "sim/catalogue/catalogue.hpp"
#include "sim/training/catalogue_hardware.hpp"
#include "sim/training/plan_text.hpp"

namespace chokepoint::sim {
namespace {

models::TrainingSetup deepseek_v3() {
  const LanguageModel& model = catalogue().language_models.at("deepseek-v3").value;
  models::TrainingSetup setup;
  setup.task = {.model = model.shape,
                .sequence = 4096,
                .global_batch = static_cast<int>(model.batch.value_or(0)),
                .precision = models::Precision::fp8};
  setup.hardware = training_hardware(catalogue().servers.at("hgx-h800").value);
  setup.framework = models::framework_traits("HAI-LLM", models::Precision::fp8, true);
  setup.plan = parse_plan("tp1 pp16 dp128 ep64 mbs1 selective zero1");
  return setup;
}

}  // namespace

TEST_CASE("DeepSeek-V3 takes its published GPU hours within 10 %") {
  // arXiv:2412.19437, table 1 and section 3.2: 14.8 trillion tokens in 2.664 million hours of 2,048 H800, 16 stages, 64
  // expert ranks, optimizer sharded, no tensor ranks.
  const models::TrainingSetup setup = deepseek_v3();
  const double hours = 14.8e12 / setup.task.tokens() * models::step_time(setup).total_s * 2048 / 3600;
  CHECK(hours == doctest::Approx(2.664e6).epsilon(0.10));
  CHECK(models::memory_per_gpu(setup).total_bytes() < models::usable_memory_share * setup.hardware.memory_bytes);
}

TEST_CASE("the planner finds DeepSeek-V3 a plan with expert ranks as fast as its own") {
  models::TrainingSetup setup = deepseek_v3();
  const double own_s = models::step_time(setup).total_s;
  const models::PlanSearch search = models::search_plans(setup, 2048);
  REQUIRE(!search.best.empty());
  CHECK(search.best.front().plan.expert > 1);
  CHECK(search.best.front().time.total_s <= own_s);
}

TEST_CASE("mixtures of the catalogue have the parameters that their makers state") {
  struct Stated {
    const char* name;
    double total, active;
  };
  // Billions, as the sources in the catalogue or the models' cards state them; active with the input embedding.
  for (const Stated& stated :
       {Stated{"mixtral-8x22b", 141, 39}, Stated{"dbrx", 132, 36}, Stated{"llama4-scout", 109, 17},
        Stated{"qwen3-30b-a3b", 30.5, 3.3}, Stated{"qwen3-235b-a22b", 235, 22}, Stated{"gpt-oss-120b", 116.8, 5.7},
        Stated{"deepseek-v2", 236, 21}, Stated{"kimi-k2", 1040, 32.6}}) {
    CAPTURE(stated.name);
    const auto count = models::parameters(catalogue().language_models.at(stated.name).value.shape);
    CHECK(count.total / 1e9 == doctest::Approx(stated.total).epsilon(0.02));
    CHECK(count.active / 1e9 == doctest::Approx(stated.active).epsilon(0.05));
  }
}

}  // namespace chokepoint::sim
