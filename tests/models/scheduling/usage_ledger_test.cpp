#include "models/scheduling/usage_ledger.hpp"

#include <limits>
#include <numbers>

#include <doctest/doctest.h>

namespace chokepoint::models {

TEST_CASE("usage loses half in each half-life and grows by what is held") {
  UsageLedger ledger(10.0, {2.0});
  ledger.started(7, {.owner = 0, .gpus = 4, .until_s = 25.0}, 0.0);
  // 4 GPUs for a half-life: 4 (10 / ln 2) (1 - 1/2) GPU-seconds; another ten seconds without them: half of that.
  const double after_10_s = 4.0 * 10.0 / std::numbers::ln2 * 0.5;
  CHECK(ledger.used_gpu_s(0, 10.0) == doctest::Approx(after_10_s));
  CHECK(ledger.promised_gpu_s(0, 10.0) == doctest::Approx(4.0 * 15.0));
  ledger.left(7, 10.0);
  CHECK(ledger.used_gpu_s(0, 20.0) == doctest::Approx(after_10_s / 2.0));
  CHECK(ledger.promised_gpu_s(0, 20.0) == 0.0);
  CHECK(ledger.used_gpu_s(3, 20.0) == 0.0);
  CHECK(ledger.share(0) == 2.0);
  CHECK(ledger.share(3) == 1.0);
}

TEST_CASE("usage without decay is GPU-seconds and what outlasts its announcement promises nothing") {
  UsageLedger ledger(std::numeric_limits<double>::infinity(), {});
  ledger.started(1, {.owner = 1, .gpus = 2, .until_s = 10.0}, 5.0);
  ledger.started(2, {.owner = 1, .gpus = 1, .until_s = 30.0}, 10.0);
  CHECK(ledger.used_gpu_s(1, 20.0) == doctest::Approx(2.0 * 15.0 + 10.0));
  ledger.left(1, 20.0);
  CHECK(ledger.promised_gpu_s(1, 20.0) == doctest::Approx(10.0));
  CHECK(ledger.promised_gpu_s(1, 40.0) == 0.0);
}

}  // namespace chokepoint::models
