#include "sim/market/shock_check.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/input/near_name.hpp"

namespace chokepoint::sim {
namespace {

/// Names of one sort that a market has.
struct KnownNames {
  std::string_view sort;
  const std::vector<std::string>& names;
};

void check_names(const std::vector<std::string>& given, const std::string& place, const KnownNames& known,
                 const RefuseShock& refuse) {
  for (std::size_t i = 0; i < given.size(); ++i)
    if (std::ranges::find(known.names, given[i]) == known.names.end())
      refuse(fmt::format("{}/{}", place, i), fmt::format("a {} of the market", known.sort), '"' + given[i] + '"',
             name_hint(given[i], known.names));
}

void check_rule(const ShockSpec& shock, const std::string& place, const ShockSurroundings& market,
                const RefuseShock& refuse) {
  if (shock.target.rule.clauses.empty()) return;
  for (const auto& product : market.products) {
    if (product.accelerator == nullptr ||
        std::ranges::find(shock.target.products, product.name) != shock.target.products.end())
      continue;
    if (!shock.target.rule.covers(*product.accelerator))
      refuse(place + "/rule",
             fmt::format("attributes that the catalogue knows of the product \"{}\", or its name under \"products\"",
                         product.name),
             fmt::format("one that it does not know of {}", product.accelerator->name), "");
  }
}

}  // namespace

void check_shocks(std::span<const ShockSpec> shocks, const ShockSurroundings& market, const RefuseShock& refuse) {
  std::vector<std::string> product_names;
  for (const auto& product : market.products)
    if (std::ranges::find(product_names, product.name) == product_names.end()) product_names.push_back(product.name);
  const KnownNames regions{"region", market.regions};
  const KnownNames products{"product", product_names};
  for (std::size_t i = 0; i < shocks.size(); ++i) {
    const ShockSpec& shock = shocks[i];
    const std::string place = fmt::format("/{}", i);
    check_names(shock.target.regions, place + "/regions", regions, refuse);
    check_names(shock.target.from, place + "/from", regions, refuse);
    check_names(shock.target.products, place + "/products", products, refuse);
    for (const ReliefWindow& window : shock.reliefs)
      for (const std::string& name : window.products)
        if (std::ranges::find(product_names, name) == product_names.end())
          refuse(place, "waivers and licences for products of the market", '"' + name + '"',
                 name_hint(name, product_names));
    check_rule(shock, place, market, refuse);
  }
}

}  // namespace chokepoint::sim
