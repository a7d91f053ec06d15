#pragma once

#include <optional>
#include <vector>

#include "models/tariff/bill.hpp"
#include "sim/record/table.hpp"
#include "sim/world/world.hpp"

namespace chokepoint::sim {

/// The electricity bill of each site of a world that has run; none where a site has no tariff. Throws InputError where
/// a tariff cannot bill the load.
std::vector<std::optional<models::Bill>> bill_sites(const World& world);

/// What the bills cost together, in the accounting currency: each month's lines at the rate of the month's end.
models::Money total_in_accounting_currency(const World& world, const std::vector<std::optional<models::Bill>>& bills);

/// Table "bills": a row a site, month and line, with the amount in the tariff's and in the accounting currency.
Table bills_table(const World& world, const std::vector<std::optional<models::Bill>>& bills);

}  // namespace chokepoint::sim
