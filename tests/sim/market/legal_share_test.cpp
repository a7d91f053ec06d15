#include "sim/market/legal_share.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "sim/catalogue/catalogue.hpp"
#include "sim/market/shock_texts.hpp"

namespace chokepoint::sim {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using tests::day;
using tests::read_shocks;

constexpr double horizon = 180.0;

const GoodsFlow a800{.product = "A800", .from = "US", .to = "CN"};

std::vector<ShockCourse> courses_of(const std::string& text) {
  return resolve_shocks(read_shocks(text), 1, 0);
}

double clip(double value) {
  return std::clamp(value, 0.0, 1.0);
}

/// Holds the belief of each day against clip((e - t) / H) where `effective` says which e is known then, if any.
template <class Effective>
void check_path(const std::vector<ShockCourse>& shocks, std::pair<local_days, local_days> dates,
                const Effective& effective) {
  for (local_days now = dates.first; now < dates.second; now += days(1)) {
    CAPTURE(models::format_date(now));
    const std::optional<local_days> known = effective(now);
    const double expected = known ? clip(static_cast<double>((*known - now).count()) / horizon) : 1.0;
    CHECK(legal_share(shocks, a800, now, horizon) == doctest::Approx(expected).epsilon(1e-12));
    CHECK(legal_now(shocks, a800, now) == (known && now >= *known ? 0.0 : 1.0));
  }
}

// The notices of export_controls.csv: dates as announced and as they came.
struct Notice {
  const char* text;
  const char* announced;
  /// The day on which the date changes, and to what; none for never.
  std::optional<const char*> changed;
  const char* first;
  std::optional<const char*> second;
  int days_of_notice;
};

TEST_CASE("the notices from 2022 to 2025 give the legal share of the date that is known on each day") {
  const std::vector<Notice> notices{
      {R"([{"name": "letter", "kind": "export-rule", "announced": "2022-08-26", "products": ["A800"]}])", "2022-08-26",
       std::nullopt, "2022-08-26", std::nullopt, 0},
      {R"([{"name": "rule of 2022", "kind": "export-rule", "announced": "2022-10-07", "products": ["A800"]}])",
       "2022-10-07", std::nullopt, "2022-10-07", std::nullopt, 0},
      {R"([{"name": "end of the waiver", "kind": "export-rule", "announced": "2022-09-01", "effective": "2023-03-01",
            "products": ["A800"]}])",
       "2022-09-01", std::nullopt, "2023-03-01", std::nullopt, 181},
      {R"([{"name": "rule of 2023", "kind": "export-rule", "announced": "2023-10-17", "effective": "2023-11-16",
            "brought_forward": {"to": "2023-10-23", "chance": 1}, "products": ["A800"]}])",
       "2023-10-17", "2023-10-23", "2023-11-16", "2023-10-23", 30},
      {R"([{"name": "letter of 2025", "kind": "export-rule", "announced": "2025-04-09", "products": ["A800"]}])",
       "2025-04-09", std::nullopt, "2025-04-09", std::nullopt, 0},
      {R"([{"name": "diffusion", "kind": "export-rule", "announced": "2025-01-15", "effective": "2025-05-15",
            "withdrawn": {"known": "2025-05-13", "chance": 1}, "products": ["A800"]}])",
       "2025-01-15", "2025-05-13", "2025-05-15", std::nullopt, 120}};
  for (const Notice& notice : notices) {
    CAPTURE(notice.text);
    const local_days announced = day(notice.announced);
    const local_days first = day(notice.first);
    CHECK((first - announced).count() == notice.days_of_notice);
    check_path(courses_of(notice.text), {announced - days(30), first + days(60)},
               [&](local_days now) -> std::optional<local_days> {
                 if (now < announced) return std::nullopt;
                 if (!notice.changed || now < day(*notice.changed)) return first;
                 return notice.second ? std::optional(day(*notice.second)) : std::nullopt;
               });
  }
}

TEST_CASE("a rule that never comes bars nothing and is not believed in") {
  const auto shocks = courses_of(
      R"([{"name": "rule", "kind": "export-rule", "announced": "2023-10-17", "chance": 0, "products": ["A800"]}])");
  check_path(shocks, {day("2023-01-01"), day("2024-01-01")}, [](local_days) { return std::nullopt; });
}

TEST_CASE("several dates that are thought possible give the expectation over them") {
  const auto shocks = courses_of(R"([{"name": "rule", "kind": "export-rule", "announced": "2023-10-17",
    "effective": "2023-11-16", "products": ["A800"], "brought_forward": {"to": "2023-10-23", "chance": 0, "believed": 0.5},
    "withdrawn": {"known": "2023-11-14", "chance": 0, "believed": 0.2}}])");
  // On the first day: 6 days with .5, 30 days with .5 * .8, for ever with .5 * .2.
  CHECK(legal_share(shocks, a800, day("2023-10-17"), horizon) ==
        doctest::Approx(0.5 * 6.0 / 180.0 + 0.4 * 30.0 / 180.0 + 0.1));
  // From the 23rd it is known not to have been brought forward.
  CHECK(legal_share(shocks, a800, day("2023-10-23"), horizon) == doctest::Approx(0.8 * 24.0 / 180.0 + 0.2));
  CHECK(legal_share(shocks, a800, day("2023-11-14"), horizon) == doctest::Approx(2.0 / 180.0));
}

TEST_CASE("a rumour gives its shock a chance until that is announced or the talk ends") {
  const std::string rule = R"({"name": "rule", "kind": "export-rule", "announced": "2023-10-17",
    "effective": "2023-11-16", "products": ["A800"]})";
  const auto shocks = courses_of("[" + rule + R"(, {"name": "talk", "kind": "rumour", "about": "rule",
    "announced": "2023-06-27", "believed": 0.25, "notice": "72 d"}])");
  CHECK(legal_share(shocks, a800, day("2023-06-26"), horizon) == 1.0);
  for (const char* date : {"2023-06-27", "2023-10-16"})
    CHECK(legal_share(shocks, a800, day(date), horizon) == doctest::Approx(0.75 + 0.25 * 0.4));
  CHECK(legal_now(shocks, a800, day("2023-10-16")) == 1.0);
  CHECK(legal_share(shocks, a800, day("2023-10-17"), horizon) == doctest::Approx(30.0 / 180.0));

  const auto ending = courses_of("[" + rule + R"(, {"name": "talk", "kind": "rumour", "about": "rule",
    "announced": "2023-06-27", "end": "2023-08-01", "believed": 0.25, "notice": "72 d"},
    {"name": "more talk", "kind": "rumour", "about": "rule", "announced": "2023-07-10", "end": "2023-07-20",
     "believed": 0.5, "notice": "0 d"}])");
  CHECK(legal_share(ending, a800, day("2023-07-10"), horizon) == doctest::Approx(0.5));
  CHECK(legal_share(ending, a800, day("2023-07-20"), horizon) == doctest::Approx(0.85));
  CHECK(legal_share(ending, a800, day("2023-08-01"), horizon) == 1.0);
}

TEST_CASE("ends and waivers and licences count from the day on which they are known") {
  const auto shocks = courses_of(R"([{"name": "rule", "kind": "export-rule", "announced": "2023-01-01",
    "end": "2023-07-20", "end_announced": "2023-03-01", "products": ["A800", "A100"],
    "waivers": [{"from": "2023-01-31", "until": "2023-03-02", "products": ["A100"]}],
    "licences": [{"from": "2023-04-01", "until": "2023-05-01", "announced": "2023-02-10", "share": 0.5}]}])");
  GoodsFlow a100 = a800;
  a100.product = "A100";
  CHECK(legal_share(shocks, a800, day("2023-01-01"), 100.0) == 0.0);
  CHECK(legal_share(shocks, a100, day("2023-01-30"), 100.0) == 0.0);
  CHECK(legal_share(shocks, a100, day("2023-01-31"), 100.0) == doctest::Approx(0.30));
  CHECK(legal_now(shocks, a100, day("2023-01-31")) == 1.0);
  CHECK(legal_now(shocks, a800, day("2023-01-31")) == 0.0);
  CHECK(legal_share(shocks, a800, day("2023-02-10"), 100.0) == doctest::Approx(0.5 * 30.0 / 100.0));
  CHECK(legal_now(shocks, a800, day("2023-04-30")) == 0.5);
  // From 1 March on it is known that it ends after 141 days: 30 of them half free, then 39 free.
  CHECK(legal_share(shocks, a800, day("2023-03-01"), 180.0) == doctest::Approx((15.0 + 39.0) / 180.0));
  CHECK(legal_share(shocks, a800, day("2023-07-20"), 180.0) == 1.0);
}

TEST_CASE("two rules bar a flow where either does") {
  const auto shocks = courses_of(R"([
    {"name": "sellers", "kind": "export-rule", "announced": "2023-01-01", "effective": "2023-01-31", "products": ["A800"],
     "end": "2023-03-02"},
    {"name": "buyers", "kind": "import-stop", "announced": "2023-01-01", "effective": "2023-02-20"}])");
  // Free for 30 days, then barred by the first and, before that ends, by the second.
  CHECK(legal_share(shocks, a800, day("2023-01-01"), 100.0) == doctest::Approx(0.30));
  CHECK(legal_now(shocks, a800, day("2023-02-25")) == 0.0);
  CHECK(legal_now(shocks, a800, day("2023-03-05")) == 0.0);
}

TEST_CASE("a rule meets goods by region and seller and attributes or name") {
  const auto shocks = courses_of(R"([{"name": "rule", "kind": "export-rule", "announced": "2023-10-17",
    "regions": ["CN"], "from": ["US"], "products": ["B20"],
    "rule": [[{"attribute": "total_processing_performance", "at_least": 4800}]]}])");
  const auto now = day("2023-10-18");
  const auto share = [&](const char* product, const char* chip, const char* from, const char* to) {
    return legal_now(shocks,
                     {.product = product,
                      .accelerator = chip == nullptr ? nullptr : &catalogue().accelerators.at(chip).value,
                      .from = from,
                      .to = to},
                     now);
  };
  CHECK(share("A800", "a800-80gb-sxm4", "US", "CN") == 0.0);
  CHECK(share("A800", "a800-80gb-sxm4", "US", "SG") == 1.0);
  CHECK(share("H20", "h20-96gb", "US", "CN") == 1.0);
  CHECK(share("910B", "a800-80gb-sxm4", "CN", "CN") == 1.0);
  CHECK(share("B20", nullptr, "US", "CN") == 0.0);
  CHECK(share("other", nullptr, "US", "CN") == 1.0);
}

TEST_CASE("the share believed never rises while a rule draws near") {
  const auto shocks = courses_of(R"([{"name": "rule", "kind": "export-rule", "announced": "2023-10-17",
    "effective": "2024-03-16", "products": ["A800"]}])");
  double last = 1.0;
  for (local_days now = day("2023-10-01"); now < day("2024-05-01"); now += days(1)) {
    const double share = legal_share(shocks, a800, now, horizon);
    CHECK(share <= last);
    last = share;
  }
  CHECK(last == 0.0);
}

}  // namespace
}  // namespace chokepoint::sim
