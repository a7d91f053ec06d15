#include <cstdlib>
#include <filesystem>
#include <iostream>

#include <doctest/doctest.h>

#include "models/tariff/bill.hpp"
#include "sim/tariff/load_file.hpp"
#include "sim/tariff/tariff_catalogue.hpp"

// Bills whose amounts are published or follow from published prices by hand; each to the cent.

namespace chokepoint::sim {
namespace {

std::optional<std::filesystem::path> reference_data() {
  const char* const folder = std::getenv("CHOKEPOINT_REFERENCE_DATA");
  if (folder != nullptr && *folder != '\0') return std::filesystem::path(folder) / "electricity";
  std::cout << "reference data missing: skipped\n";
  return std::nullopt;
}

models::Instant at(int year, unsigned month, unsigned day) {
  return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
}

models::LoadSeries constant(models::Instant start, std::size_t hours, double power_kw) {
  return {.start = start, .step = std::chrono::hours{1}, .power_w = std::vector<double>(hours, power_kw * 1e3)};
}

double cents(models::Money money) {
  return std::round(money.units() * 100.0) / 100.0;
}

models::Bill bill_of(const models::Tariff& tariff, const models::LoadSeries& load,
                     const models::BillingOptions& options = {}) {
  return models::make_bill(tariff, load, models::TimeZone{}, options);
}

}  // namespace

TEST_CASE("the bill of the commercial rate with demand in tiers is that of ssc") {
  // NREL ssc, cmod_utilityrate5_test: year 104,614.487 USD; energy 45,028.107, demand 59,226.380, fixed 360.
  const auto folder = reference_data();
  if (!folder) return;
  const LoadFile file =
      read_load(*folder / "ssc_load_commercial_8760h_kw.csv.gz",
                {.start = models::LocalTime{std::chrono::local_days{std::chrono::year{2018} / 1 / 1}}});
  REQUIRE(file.load.power_w.size() == 8760);
  constexpr std::array months{7515.632,  6751.135,  7337.820, 7555.556, 9090.600, 10654.011,
                              11875.817, 11578.660, 9727.913, 8756.854, 6793.212, 6977.277};
  for (const std::string& name :
       {(*folder / "urdb_ssc_commercial_demand_charges.json").string(), std::string("ssc-commercial-demand")}) {
    CAPTURE(name);
    const models::Bill bill = bill_of(read_tariff(name), file.load);
    CHECK(bill.total.units() == doctest::Approx(104614.487).epsilon(5e-9));
    CHECK(bill.lines[0].total.units() == doctest::Approx(45028.107).epsilon(1e-8));
    CHECK(bill.lines[1].total.units() == doctest::Approx(59226.380).epsilon(1e-8));
    CHECK(bill.lines[2].total.units() == 360.0);
    for (std::size_t m = 0; m < months.size(); ++m) CHECK(std::abs(bill.months[m].total.units() - months[m]) < 0.0006);
  }
}

TEST_CASE("restated rates bill as the files of the database do") {
  const auto folder = reference_data();
  if (!folder) return;
  const LoadFile file =
      read_load(*folder / "ssc_load_commercial_8760h_kw.csv.gz",
                {.start = models::LocalTime{std::chrono::local_days{std::chrono::year{2018} / 1 / 1}}});
  const auto same = [&](const char* name, const char* path) {
    CAPTURE(name);
    const models::Bill restated = bill_of(catalogue_tariffs().at(name).value, file.load);
    const models::Bill original = bill_of(read_tariff_file(*folder / path), file.load);
    CHECK(restated.total == original.total);
    REQUIRE(restated.lines.size() == original.lines.size());
    for (std::size_t i = 0; i < restated.lines.size(); ++i)
      CHECK(restated.lines[i].by_month == original.lines[i].by_month);
  };
  same("entergy-arkansas-large-power-tou", "urdb_entergy_arkansas_large_power_tou_industrial.json");
  same("sce-gs2-tou-b", "urdb_sce_gs2_tou_b_commercial.json");
}

TEST_CASE("10 MW at 110 kV in Hubei in January") {
  const models::Bill bill =
      bill_of(catalogue_tariffs().at("hubei-2026-01-110kv").value, constant(at(2026, 1, 1), 744, 10000));
  CHECK(bill.lines[0].total.units() == 4634699.64);
  CHECK(bill.lines[1].total.units() == 390000.0);
  CHECK(bill.total.units() == 5024699.64);
}

TEST_CASE("64 MW at 110 kV in Hubei for a year") {
  const models::Bill bill =
      bill_of(catalogue_tariffs().at("hubei-2026-01-110kv").value, constant(at(2026, 1, 1), 8760, 64000));
  CHECK(cents(bill.lines[0].total) == 349247043.84);
  CHECK(bill.lines[1].total.units() == 29952000.0);
  CHECK(cents(bill.total) == 379199043.84);
}

TEST_CASE("every hour of the day is charged its price at every level of Hubei") {
  struct Level {
    const char* name;
    double flat, sharp, peak, valley, demand, capacity;
  };
  constexpr std::array levels{Level{"hubei-2026-01-10kv", .651886, 1.049999, .848961, .432924, 42.0, 26.3},
                              Level{"hubei-2026-01-35kv", .632086, 1.030199, .827161, .413124, 42.0, 26.3},
                              Level{"hubei-2026-01-110kv", .613986, 1.012099, .809061, .395024, 39.0, 24.4},
                              Level{"hubei-2026-01-220kv", .594986, .993099, .790061, .376024, 39.0, 24.4}};
  for (const Level& level : levels) {
    CAPTURE(level.name);
    for (const unsigned month : {1U, 7U, 8U, 9U})
      for (std::size_t hour = 0; hour < 24; ++hour) {
        CAPTURE(hour);
        const bool summer = month == 7 || month == 8;
        const double evening = summer ? (hour < 20 || hour >= 22 ? level.peak : level.sharp)
                                      : (hour < 18 || hour >= 20 ? level.peak : level.sharp);
        const double price = hour < 6 || hour == 12 || hour == 13 ? level.valley : hour < 16 ? level.flat : evening;
        models::LoadSeries load = constant(at(2026, month, 6), 24, 0);
        load.power_w[hour] = 1e9;
        const models::Bill bill = bill_of(catalogue_tariffs().at(level.name).value, load);
        CHECK(bill.lines[0].total.units() == doctest::Approx(price * 1e6).epsilon(1e-12));
        CHECK(bill.lines[1].total.units() == doctest::Approx(level.demand * 1e6).epsilon(1e-12));
      }
    const models::Bill by_capacity =
        bill_of(catalogue_tariffs().at(level.name).value, constant(at(2026, 1, 1), 744, 1000),
                {.capacity_kva = 1250, .basic_option = models::BasicOption::capacity});
    CHECK(by_capacity.lines[1].total.units() == doctest::Approx(1250 * level.capacity));
  }
}

TEST_CASE("64 MW at the flat price of Yangquan for a year") {
  const models::Bill bill =
      bill_of(catalogue_tariffs().at("yangquan-flat").value, constant(at(2023, 1, 1), 8760, 64000));
  CHECK(bill.total.units() == 252288000.0);
}

TEST_CASE("hourly prices of a market meet a constant load") {
  const auto folder = reference_data();
  if (!folder) return;
  const auto file = *folder / "electricity_price_usd_per_mwh_2023.csv.gz";
  const Json root{{"kind", "hourly"}, {"unit", "USD/MWh"}, {"file", file.string()}, {"column", "DE-LU"}};
  const models::Tariff tariff = parse_tariff(root, "inline");
  // The first two hours: -3.362 and -1.369 USD/MWh.
  CHECK(bill_of(tariff, constant(at(2023, 1, 1), 2, 1e6)).total.units() == doctest::Approx(-4731.0));
}

}  // namespace chokepoint::sim
