#include "analysis/training/forecast.hpp"

#include <doctest/doctest.h>

#include "sim/input/fault.hpp"
#include "sim/training/plan_text.hpp"

namespace chokepoint::analysis {
namespace {

TrainingRequest gpt3(std::string server, int gpus) {
  return {.model = "gpt3-175b", .server = std::move(server), .gpus = gpus};
}

}  // namespace

TEST_CASE("a cut link costs an A800 nothing where no tensor traffic crosses it and time where much does") {
  TrainingRequest a100 = gpt3("dgx-a100-80gb", 1024);
  TrainingRequest a800 = gpt3("hgx-a800-80gb", 1024);
  a100.framework = a800.framework = "Megatron-LM PTD-P";
  a100.plan = a800.plan = sim::parse_plan("tp8 pp16 dp8 mbs1 v3 full sp");
  CHECK(forecast(a800).rated.time.total_s > 1.04 * forecast(a100).rated.time.total_s);
  a100.plan = a800.plan = sim::parse_plan("tp1 pp96 dp8 mbs1 full zero1");
  a100.gpus = a800.gpus = 768;
  CHECK(forecast(a800).rated.time.total_s == doctest::Approx(forecast(a100).rated.time.total_s).epsilon(0.002));
}

TEST_CASE("a thinner link never gives a faster best plan") {
  CHECK(forecast(gpt3("hgx-a800-80gb", 1024)).rated.time.total_s >=
        forecast(gpt3("dgx-a100-80gb", 1024)).rated.time.total_s);
  CHECK(forecast(gpt3("dgx-h800", 1024)).rated.time.total_s >= forecast(gpt3("dgx-h100", 1024)).rated.time.total_s);
}

TEST_CASE("the energy of GPT-3 on 10000 V100 for its published days is that of Patterson et al. within 10 %") {
  // arXiv:2104.10350: 1,287 MWh, 14.8 days, 330 W a GPU, PUE 1.10.
  const auto& server = sim::catalogue().servers.at("dgx-1-v100").value;
  const double mw = 10000.0 / server.gpus * server.power.server_w(models::PowerState::computing) / 1e6;
  CHECK(mw * 14.8 * 24.0 * 1.10 == doctest::Approx(1287.0).epsilon(0.10));
}

TEST_CASE("Llama 3 405B on 16384 H100 is interrupted as often as it was") {
  // arXiv:2407.21783: 419 unexpected interruptions in 54 days; 43 % MFU on 8,192 GPUs, 41 % on 16,384.
  const TrainingForecast run = forecast({.model = "llama3.1-405b", .server = "dgx-h100", .gpus = 16384});
  CHECK(run.interruptions / run.days == doctest::Approx(419.0 / 54.0).epsilon(0.02));
  CHECK(run.mfu > 0.35);
  CHECK(run.mfu < 0.47);
  CHECK(run.days > run.work_days);
}

TEST_CASE("a model that fits on no plan is refused with the memory that it needs") {
  CHECK_THROWS_WITH_AS(forecast(gpt3("dgx-a100-80gb", 8)), doctest::Contains("at least"), sim::InputError);
}

TEST_CASE("the words of a plan are read back as they were written") {
  for (const char* words :
       {"tp8 pp16 dp8 mbs1 v3 full zero1 sp", "tp1 pp1 dp64 mbs2 zero3", "tp2 pp4 dp1 mbs1 selective"})
    CHECK(sim::plan_text(sim::parse_plan(words)) == words);
}

}  // namespace chokepoint::analysis
