#pragma once

#include <array>
#include <string_view>

namespace chokepoint::sim {

/// The table that a run of a market leaves, and the file market.csv: a row a day, region, product and form, in order of
/// date. Those who write it and those who read it name its columns by this list.
inline constexpr std::string_view market_table = "market";

/// Which row it is, as texts: the day ("2023-10-17"); the region of the buyers; the product; how it is sold ("card",
/// "PCIe server", "SXM server"); and the currency of the row's prices.
inline constexpr std::string_view date_column = "date";
inline constexpr std::string_view region_column = "region";
inline constexpr std::string_view product_column = "product";
inline constexpr std::string_view form_column = "form";
inline constexpr std::string_view currency_column = "currency";

/// Prices of one unit of the form (a card, or a server of eight cards with its chassis) in the row's currency, missing
/// (not a number) where there was none: what was paid in the street, asked in shops, agreed in contracts, on the
/// vendor's list, paid in the grey channel, and a month's rent (30.4 d).
inline constexpr std::array<std::string_view, 6> price_columns{"spot", "asked", "contract", "list", "grey", "rent"};

/// The quoted time from order to delivery, in days.
inline constexpr std::string_view lead_time_column = "lead_time_days";

/// Amounts in GPUs, whatever the form: ordered and not yet delivered at the end of the day; and of the day itself, new
/// orders, deliveries, cancellations, and what is ordered and can no longer be delivered.
inline constexpr std::string_view backlog_column = "backlog";
inline constexpr std::string_view deliveries_column = "deliveries";
inline constexpr std::array<std::string_view, 4> flow_columns{"orders", deliveries_column, "cancellations",
                                                              "undelivered"};

/// Amounts of the day too, in GPUs: what changed hands on the spot, what importers brought, and what makers of servers
/// kept back of contracts.
inline constexpr std::array<std::string_view, 3> trade_columns{"traded", "imports", "kept_back"};

/// What a kind of holder has in stock at the end of the day, in GPUs: a column for each ("stock_dealers").
inline constexpr std::string_view stock_prefix = "stock_";
inline constexpr std::string_view vendor_holder = "vendor";
inline constexpr std::array<std::string_view, 7> stock_holders{vendor_holder, "makers",  "dealers", "speculators",
                                                               "importers",   "lessors", "buyers"};

}  // namespace chokepoint::sim
