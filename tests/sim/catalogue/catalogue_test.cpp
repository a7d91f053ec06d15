#include "sim/catalogue/catalogue.hpp"

#include <doctest/doctest.h>

#include "sim/catalogue/catalogue_files.hpp"

namespace chokepoint::sim {
namespace {

using models::PowerState;

template <class T>
void check_provenance(const Shelf<T>& shelf) {
  REQUIRE_FALSE(shelf.entries().empty());
  for (const auto& [name, entry] : shelf.entries()) {
    INFO(name);
    CHECK(entry.name == name);
    CHECK_FALSE(entry.provenance.about.empty());
    CHECK_FALSE(entry.provenance.source.empty());
    CHECK_FALSE(entry.provenance.date.empty());
  }
}

double w(const char* server, PowerState state) {
  return catalogue().servers.at(server).value.power.server_w(state);
}

}  // namespace

TEST_CASE("every entry reads and says where it comes from") {
  check_provenance(catalogue().accelerators);
  check_provenance(catalogue().servers);
  check_provenance(catalogue().cooling);
  check_provenance(catalogue().climates);
}

TEST_CASE("every file of the catalogue is a kind and every kind a file") {
  CHECK(catalogue_kinds().size() == catalogue_files().size());
  for (const CatalogueKind& kind : catalogue_kinds()) CHECK_NOTHROW(catalogue_json(kind.name));
}

TEST_CASE("what an entry calls measured or unconfirmed is a key that it has") {
  for (const CatalogueKind& kind : catalogue_kinds()) {
    const Json entries = catalogue_json(kind.name);
    for (const auto& [name, entry] : entries.items()) {
      INFO(kind.name << " " << name);
      const Json measured = entry.value("measured", Json::array());
      const Json unconfirmed = entry.value("unconfirmed", Json::object());
      for (const auto& key : measured) CHECK(entry.contains(key.get<std::string>()));
      for (const auto& [key, why] : unconfirmed.items()) CHECK(entry.contains(key));
    }
  }
}

TEST_CASE("all forty-one accelerators are there and what is not known stays absent") {
  CHECK(catalogue().accelerators.entries().size() == 41);
  const auto& a100 = catalogue().accelerators.at("a100-80gb-sxm4").value;
  CHECK(a100.bf16_flop_per_s == 312e12);
  CHECK(a100.memory_bytes == 80e9);
  CHECK(a100.link_bytes_per_s == 600e9);
  CHECK(a100.tdp_w == 400.0);
  CHECK_FALSE(catalogue().accelerators.at("tpu-v5p").value.tdp_w);
  CHECK(catalogue().accelerators.at("a800-80gb-sxm4").value.prices.empty());
  CHECK(catalogue().accelerators.at("a800-80gb-sxm4").value.link_bytes_per_s == 400e9);
}

// DGX A100 User Guide and launch price; 8 ports of 200 Gbit/s.
TEST_CASE("a DGX A100 is rated 6.5 kW and was launched at 199000 USD") {
  for (const char* name : {"dgx-a100-40gb", "dgx-a100-80gb"}) {
    const models::Server& server = catalogue().servers.at(name).value;
    CHECK(server.gpus == 8);
    CHECK(server.rated_power_w == 6500.0);
    CHECK(server.network_bytes_per_s == 200e9);
    CHECK(server.prices.front().amount == 199000.0);
    CHECK(server.prices.front().currency.code() == "USD");
  }
}

TEST_CASE("every server draws more at work than at rest and never its rating") {
  for (const auto& [name, entry] : catalogue().servers.entries()) {
    INFO(name);
    const models::Server& server = entry.value;
    CHECK(server.power.gpus == server.gpus);
    CHECK(server.power.server_w(PowerState::idle) > server.gpus * server.accelerator.idle_w.value_or(0.0));
    CHECK(server.power.server_w(PowerState::allocated) >= server.power.server_w(PowerState::idle));
    CHECK(server.power.server_w(PowerState::computing) > server.power.server_w(PowerState::communicating));
    CHECK(server.power.server_w(PowerState::computing) < server.rated_power_w);
  }
}

// MLPerf Training 4.0: 852-900 W of node a GPU on one node, 720-752 W on eight.
TEST_CASE("an H100 node in training draws 720 to 900 W a GPU") {
  const double slot_w = catalogue().servers.at("dgx-h100").value.power.slot_w(PowerState::computing);
  CHECK(slot_w > 720.0);
  CHECK(slot_w < 900.0);
}

// AcmeTrace Seren, nodes of 8 A100: 5 % 1,512 W, 75 % 4,284 W, 90 % 4,851 W, largest 6,554 W.
TEST_CASE("an A100 node idles at the floor of Acme and trains between its 75 and 90 percent quantiles") {
  CHECK(w("dgx-a100-80gb", PowerState::idle) == doctest::Approx(1512.0));
  CHECK(w("dgx-a100-80gb", PowerState::computing) > 4284.0);
  CHECK(w("dgx-a100-80gb", PowerState::computing) < 4851.0);
}

// PaLM, arXiv:2204.02311: 378.5 W of system power a chip; GPT-3, arXiv:2104.10350: 330 W a V100 with its share.
TEST_CASE("a TPU v4 and a V100 in training draw what PaLM and GPT-3 were measured at") {
  CHECK(w("tpu-v4-host", PowerState::computing) / 4 == doctest::Approx(378.5).epsilon(0.01));
  CHECK(w("dgx-1-v100", PowerState::computing) / 8 == doctest::Approx(330.0).epsilon(0.01));
}

TEST_CASE("the physical cooling model lies between the best fleet and the national mean over a year in Beijing") {
  const models::Pue pue = catalogue().cooling.at("chiller-and-tower").value.pue(50e6);
  const models::WetBulbClimate& beijing = catalogue().climates.at("beijing").value;
  double facility = 0.0;
  const models::LocalTime first = std::chrono::local_days(std::chrono::year(2023) / 1 / 1);
  for (int hour = 0; hour < 8760; ++hour)
    facility += pue.facility_power_w(40e6, models::wet_bulb_c(beijing, first + std::chrono::hours(hour)));
  const double weighted = facility / (8760 * 40e6);
  CHECK(weighted == doctest::Approx(1.233).epsilon(0.001));
  CHECK(weighted > 1.10);
  CHECK(weighted < 1.49);
}

TEST_CASE("a constant cooling model is its PUE at any size") {
  CHECK(catalogue().cooling.at("china-hub").value.pue(1e6).facility_power_w(4e6, 30.0) == doctest::Approx(5e6));
}

TEST_CASE("a misspelt name is answered with the near one") {
  try {
    static_cast<void>(catalogue().servers.at("dgx-a10-80gb"));
    FAIL("no fault");
  } catch (const InputError& error) {
    REQUIRE(error.faults().size() == 1);
    CHECK(error.faults()[0].hint == "did you mean \"dgx-a100-80gb\"?");
  }
  CHECK(catalogue().servers.find("no such server") == nullptr);
  CHECK_THROWS_AS(catalogue_json("server"), InputError);
}

TEST_CASE("the digest is 64 hexadecimal digits and the same each time") {
  CHECK(catalogue_digest().size() == 64);
  CHECK(catalogue_digest().find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(catalogue_digest() == catalogue_digest());
}

}  // namespace chokepoint::sim
