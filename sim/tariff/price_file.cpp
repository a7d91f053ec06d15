#include "sim/tariff/price_file.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "models/calendar/iso_date.hpp"
#include "sim/input/csv_table.hpp"
#include "sim/input/gzip_file.hpp"
#include "sim/input/near_name.hpp"
#include "sim/input/row_faults.hpp"

namespace chokepoint::sim {

models::PriceSeries read_prices(const PriceFile& file) {
  std::string text = read_maybe_gzip(file.path);
  const char separator = guess_separator(text);
  CsvTable table(std::move(text), file.path.string(), separator);
  table.next();
  const auto column = table.find(file.column);
  if (!column) {
    std::vector<std::string> names;
    for (const std::string_view name : table.fields().subspan(std::min<std::size_t>(1, table.fields().size())))
      names.emplace_back(trim(name));
    const std::string hint = near_name_hint(file.column, names);
    throw InputError(Fault{.file = table.file(),
                           .where = "line 1",
                           .expected = fmt::format("a column \"{}\"", file.column),
                           .found = fmt::format("{}", fmt::join(names, ", ")),
                           .hint = hint});
  }

  RowFaults faults(table.file());
  models::PriceSeries series{.start = {}, .interval = std::chrono::seconds{0}, .price_per_kwh = {}};
  std::optional<models::Instant> before;
  while (table.next()) {
    const auto date = models::parse_iso_date(trim(table.field(0)));
    const auto price = parse_number(table.field(*column));
    if (!price || !std::isfinite(*price))
      faults.add(table.line(), "a price", fmt::format("\"{}\"", table.field(*column)));
    series.price_per_kwh.push_back(price.value_or(0.0) * file.per_kwh);
    if (!date) {
      faults.add(table.line(), "a time, such as \"2023-01-01T00:00Z\"", fmt::format("\"{}\"", table.field(0)));
      continue;
    }
    const models::Instant instant = date->at(models::TimeZone{});
    if (!before) {
      series.start = instant;
    } else if (series.interval.count() == 0 && instant > *before) {
      series.interval = instant - *before;
    } else if (instant - *before != series.interval || series.interval.count() == 0) {
      faults.add(table.line(), fmt::format("a time {} s after the row before", series.interval.count()),
                 fmt::format("{} s", (instant - *before).count()));
    }
    before = instant;
  }
  faults.throw_if_any();
  if (series.price_per_kwh.size() < 2)
    throw InputError(Fault{.file = table.file(),
                           .where = {},
                           .expected = "at least two rows of prices",
                           .found = fmt::format("{}", series.price_per_kwh.size()),
                           .hint = {}});
  return series;
}

}  // namespace chokepoint::sim
