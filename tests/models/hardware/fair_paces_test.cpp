#include "models/hardware/fair_paces.hpp"

#include <random>

#include <doctest/doctest.h>

namespace chokepoint::models {

TEST_CASE("flows on three links have their max-min fair paces") {
  // Three flows get a third of the second link each; those that share another link with one of them get the rest of it.
  const std::vector<double> capacities{1.0, 1.0, 1.0};
  const std::vector<FairFlow> flows{{{0}, 9.0}, {{1}, 9.0}, {{0, 1}, 9.0}, {{2}, 9.0}, {{1, 2}, 9.0}};
  const std::vector<double> paces = fair_paces(capacities, flows);
  const std::vector<double> expected{2.0 / 3, 1.0 / 3, 1.0 / 3, 2.0 / 3, 1.0 / 3};
  for (std::size_t i = 0; i < 5; ++i) CHECK(paces[i] == doctest::Approx(expected[i]));
}

TEST_CASE("what a flow's own limit leaves goes to the others") {
  const std::vector<double> capacities{1.0};
  const std::vector<FairFlow> flows{{{0}, 0.1}, {{0}, 9.0}, {{0}, 0.5}};
  const std::vector<double> paces = fair_paces(capacities, flows);
  CHECK(paces[0] == 0.1);
  CHECK(paces[1] == doctest::Approx(0.45));
  CHECK(paces[2] == doctest::Approx(0.45));
  CHECK(fair_paces(capacities, std::vector<FairFlow>{{{}, 2.0}}) == std::vector{2.0});
  CHECK(fair_paces({}, {}).empty());
}

TEST_CASE("no link carries too much and every flow has its limit or a full link on which none has more") {
  std::mt19937_64 chance(7);
  for (int world = 0; world < 200; ++world) {
    std::vector<double> capacities;
    for (std::uint64_t i = 0; i < 1 + chance() % 8; ++i)
      capacities.push_back(0.5 + static_cast<double>(chance() % 100) / 10.0);
    std::vector<FairFlow> flows;
    for (std::uint64_t i = 0; i < chance() % 20; ++i) {
      FairFlow flow{.most = 0.1 + static_cast<double>(chance() % 40) / 10.0};
      for (std::uint32_t link = 0; link < capacities.size(); ++link)
        if (chance() % 3 == 0) flow.links.push_back(link);
      flows.push_back(flow);
    }
    const std::vector<double> paces = fair_paces(capacities, flows);
    std::vector<double> carried(capacities.size(), 0.0), fastest(capacities.size(), 0.0);
    for (std::size_t i = 0; i < flows.size(); ++i)
      for (const std::uint32_t link : flows[i].links) {
        carried[link] += paces[i];
        fastest[link] = std::max(fastest[link], paces[i]);
      }
    for (std::size_t link = 0; link < capacities.size(); ++link) CHECK(carried[link] <= capacities[link] * (1 + 1e-9));
    for (std::size_t i = 0; i < flows.size(); ++i) {
      bool held = paces[i] == flows[i].most;
      for (const std::uint32_t link : flows[i].links)
        held = held || (carried[link] >= capacities[link] * (1 - 1e-9) && paces[i] >= fastest[link] * (1 - 1e-9));
      CHECK(held);
    }
  }
}

}  // namespace chokepoint::models
