#include "cli/terminal/progress_bar.hpp"

#include <limits>

#include <doctest/doctest.h>

namespace chokepoint::cli {
namespace {

using namespace std::chrono_literals;

const models::Instant ban{std::chrono::sys_days(std::chrono::year(2023) / 10 / 17)};

}  // namespace

TEST_CASE("a progress line shows the share and the simulated date and the remaining time") {
  CHECK(progress_line({0.25, ban, 30s}, {}) == "[#######                       ]  25 %  2023-10-17  1 min 30 s left");
  CHECK(progress_line({0.25, std::nullopt, 30s}, {.unicode = true}) ==
        "[███████▌                      ]  25 %  1 min 30 s left");
  CHECK(progress_line({0.0, std::nullopt, 1s}, {}) == "[                              ]   0 %");
  CHECK(progress_line({1.0, std::nullopt, 1s}, {}) == "[##############################] 100 %");
}

TEST_CASE("the remaining time follows the work of this call alone") {
  CHECK(progress_line({.share = 0.75, .elapsed = 30s, .share_before = 0.5, .facts = "75 of 100 runs"}, {}) ==
        "[######################        ]  75 %  75 of 100 runs  30 s left");
}

TEST_CASE("a progress line takes any share") {
  CHECK(progress_line({std::numeric_limits<double>::quiet_NaN(), std::nullopt, 1s}, {.width = 20}) == "  0 %");
  CHECK(progress_line({7.0, std::nullopt, 1s}, {.width = 20}) == "100 %");
}

TEST_CASE("a progress bar stays silent where no person watches") {
  std::FILE* const file = std::tmpfile();
  REQUIRE(file != nullptr);
  {
    ProgressBar bar(file);
    bar.update(0.5, ban);
  }
  CHECK(std::ftell(file) == 0);
  std::fclose(file);
}

}  // namespace chokepoint::cli
