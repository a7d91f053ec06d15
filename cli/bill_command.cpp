#include "cli/bill_command.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/output/number_text.hpp"
#include "cli/options.hpp"
#include "models/calendar/iso_date.hpp"
#include "models/quantity/unit_text.hpp"
#include "models/tariff/basic_charge.hpp"
#include "models/tariff/bill.hpp"
#include "models/tariff/demand_charge.hpp"
#include "models/tariff/power_factor_charge.hpp"
#include "models/tariff/reactive_charge.hpp"
#include "sim/calendar/time_zone_database.hpp"
#include "sim/input/csv_table.hpp"
#include "sim/input/gzip_file.hpp"
#include "sim/input/row_faults.hpp"
#include "sim/tariff/load_file.hpp"
#include "sim/tariff/tariff_catalogue.hpp"

namespace chokepoint::cli {
namespace {

/// What the words of the command line say, before any of it is understood.
struct BillWords {
  std::string load;
  std::string tariff;
  std::optional<std::string> start;
  std::optional<std::string> time_zone;
  std::string format = "table";
  std::optional<std::string> step;
  std::optional<std::string> column;
  std::optional<std::string> power_factor;
  std::optional<std::string> capacity;
  std::string option;
  std::optional<std::string> holidays;
  std::optional<std::string> previous_peaks;
  bool new_connection = false;
};

double read_quantity(const std::string& option, const std::string& text, const models::Dimension& dimension) {
  const auto parsed = models::parse_quantity(text);
  const auto* number = std::get_if<models::MeasuredNumber>(&parsed);
  if (number == nullptr || number->dimension != dimension || !(number->value > 0.0))
    throw UsageError(
        fmt::format("--{}: expected {}, above 0, found \"{}\"", option, models::describe(dimension), text));
  return number->value;
}

std::chrono::seconds read_step(const std::string& text) {
  const double seconds = read_quantity("step", text, models::dimension::time);
  if (seconds != std::floor(seconds) || seconds > 1e7)
    throw UsageError(fmt::format("--step: expected whole seconds, at most 1e7 s, found \"{}\"", text));
  return std::chrono::seconds{static_cast<std::int64_t>(seconds)};
}

models::LocalTime read_local_start(const std::string& text) {
  const auto date = models::parse_iso_date(text);
  if (!date || date->offset)
    throw UsageError(fmt::format("--start: expected a date that exists, such as 2018-01-01, found \"{}\"", text));
  return date->local;
}

models::TimeZone read_time_zone(const std::string& name) {
  if (!sim::is_time_zone(name)) {
    sim::Fault fault = sim::unknown_time_zone(name);
    fault.where = "--time-zone";
    throw sim::InputError(std::move(fault));
  }
  return sim::load_time_zone(name);
}

std::vector<std::chrono::local_days> read_holidays(const std::string& path) {
  sim::CsvTable table(sim::read_maybe_gzip(path), path);
  sim::RowFaults faults(path);
  std::vector<std::chrono::local_days> days;
  while (table.next()) {
    const auto date = models::parse_iso_date(sim::trim(table.field(0)));
    if (date) {
      days.push_back(std::chrono::floor<std::chrono::days>(date->local));
    } else {
      faults.add(table.line(), "a date that exists, such as 2018-12-25", fmt::format("\"{}\"", table.field(0)));
    }
  }
  faults.throw_if_any();
  std::ranges::sort(days);
  return days;
}

std::array<double, 12> read_previous_peaks(const std::string& text) {
  sim::CsvTable table(text, "--previous-peaks");
  table.next();
  std::array<double, 12> peaks{};
  const auto fields = table.fields();
  for (std::size_t month = 0; month < std::min(fields.size(), peaks.size()); ++month) {
    const auto peak = sim::parse_number(fields[month]);
    if (!peak || !std::isfinite(*peak) || *peak < 0.0)
      throw UsageError(fmt::format("--previous-peaks: expected kW, found \"{}\"", fields[month]));
    peaks[month] = *peak;
  }
  if (fields.size() != peaks.size())
    throw UsageError(fmt::format("--previous-peaks: expected 12 kW from January to December, found {}", fields.size()));
  return peaks;
}

models::BillingOptions billing_options(const BillWords& words) {
  models::BillingOptions options{.year_repeats = !words.new_connection};
  if (words.power_factor) {
    options.power_factor = sim::parse_number(*words.power_factor);
    if (!options.power_factor || !(*options.power_factor > 0.0 && *options.power_factor <= 1.0))
      throw UsageError(
          fmt::format("--power-factor: expected a number above 0 to 1, found \"{}\"", *words.power_factor));
  }
  if (words.capacity) options.capacity_kva = read_quantity("capacity", *words.capacity, models::dimension::power) / 1e3;
  if (!words.option.empty())
    options.basic_option = words.option == "demand" ? models::BasicOption::demand : models::BasicOption::capacity;
  if (words.holidays) options.holidays = read_holidays(*words.holidays);
  if (words.previous_peaks) options.previous_peaks_kw = read_previous_peaks(*words.previous_peaks);
  return options;
}

std::string month_name(std::chrono::year_month month) {
  return fmt::format("{:04d}-{:02d}", static_cast<int>(month.year()), static_cast<unsigned>(month.month()));
}

nlohmann::ordered_json lines_json(const models::Bill& bill, std::optional<std::size_t> month) {
  auto lines = nlohmann::ordered_json::array();
  for (const models::BillLine& line : bill.lines)
    lines.push_back({{"name", line.name}, {"amount", (month ? line.by_month[*month] : line.total).units()}});
  return lines;
}

void print_json(const models::Bill& bill, const models::Tariff& tariff, const sim::LoadFile& file) {
  nlohmann::ordered_json json{
      {"total", bill.total.units()},
      {"currency", bill.currency.code()},
      {"tariff", tariff.name},
      {"energy_kwh", bill.energy_kwh},
      {"peak_kw", bill.peak_kw},
      {"billing_demand_kw", bill.billing_demand_kw},
      {"average_price_per_kwh", bill.average_price()},
      {"load",
       {{"rows", file.load.power_w.size()}, {"step_s", file.load.step.count()}, {"understood", file.understood}}},
      {"lines", lines_json(bill, std::nullopt)},
      {"months", nlohmann::ordered_json::array()}};
  for (std::size_t m = 0; m < bill.months.size(); ++m) {
    const models::BillMonth& month = bill.months[m];
    json["months"].push_back({{"month", month_name(month.month)},
                              {"total", month.total.units()},
                              {"share_of_month", month.share},
                              {"energy_kwh", month.energy_kwh},
                              {"peak_kw", month.peak_kw},
                              {"billing_demand_kw", month.billing_demand_kw},
                              {"lines", lines_json(bill, m)}});
  }
  fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

/// "1,234,567.89"; no minus before what rounds to zero.
std::string grouped(double value, int decimals) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.starts_with('-') && text.find_first_of("123456789") == std::string::npos) text.erase(0, 1);
  return analysis::with_thousands(std::move(text));
}

void print_table(const models::Bill& bill, const models::Tariff& tariff, const sim::LoadFile& file,
                 const std::string& load) {
  std::vector<std::vector<std::string>> rows;
  rows.push_back({"month", "kWh", "peak kW"});
  for (const models::BillLine& line : bill.lines) rows.back().push_back(line.name);
  rows.back().emplace_back("total " + bill.currency.code());
  for (std::size_t m = 0; m < bill.months.size(); ++m) {
    const models::BillMonth& month = bill.months[m];
    rows.push_back({month_name(month.month), grouped(month.energy_kwh, 0), grouped(month.peak_kw, 1)});
    for (const models::BillLine& line : bill.lines) rows.back().push_back(grouped(line.by_month[m].units(), 2));
    rows.back().push_back(grouped(month.total.units(), 2));
  }
  rows.push_back({"total", grouped(bill.energy_kwh, 0), grouped(bill.peak_kw, 1)});
  for (const models::BillLine& line : bill.lines) rows.back().push_back(grouped(line.total.units(), 2));
  rows.back().push_back(grouped(bill.total.units(), 2));

  std::vector<std::size_t> widths(rows[0].size(), 0);
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  fmt::print("{} on the tariff {}: {}\n\n", load, tariff.name, file.understood);
  for (const auto& row : rows) {
    std::string text = fmt::format("{:<{}}", row[0], widths[0]);
    for (std::size_t i = 1; i < row.size(); ++i) text += fmt::format("  {:>{}}", row[i], widths[i]);
    fmt::print("{}\n", text);
  }
  fmt::print("\naverage {:.4f} {}/kWh, highest billing demand {} kW\n", bill.average_price(), bill.currency.code(),
             grouped(bill.billing_demand_kw, 1));
}

template <class... Kinds>
bool has_charge(const models::Tariff& tariff) {
  return std::ranges::any_of(tariff.charges, [](const auto& charge) {
    return ((dynamic_cast<const Kinds*>(charge.get()) != nullptr) || ...);
  });
}

/// Options that would change nothing are refused, lest their writer think they did.
void refuse_idle_options(const BillWords& words, const models::Tariff& tariff) {
  const auto refuse = [&](std::string_view option, std::string_view charge) {
    throw UsageError(
        fmt::format("--{}: expected a tariff with {}, found \"{}\", which has none", option, charge, words.tariff));
  };
  const bool basic = has_charge<models::BasicCharge>(tariff);
  if (!words.option.empty() && !basic) refuse("option", "a basic charge");
  if (words.capacity && !basic) refuse("capacity", "a basic charge");
  if (words.power_factor &&
      !has_charge<models::DemandCharge, models::PowerFactorCharge, models::ReactiveCharge>(tariff))
    refuse("power-factor", "a charge for the power factor");
}

void throw_refusals(const std::vector<models::BillingRefusal>& refusals) {
  std::vector<sim::Fault> faults;
  for (const models::BillingRefusal& refusal : refusals)
    faults.push_back({.file = {}, .where = {}, .expected = refusal.expected, .found = refusal.found, .hint = {}});
  sim::throw_if_any(std::move(faults));
}

}  // namespace

Exit run_bill(std::span<const std::string> arguments) {
  BillWords words;
  Options options("chokepoint bill LOAD.csv --tariff NAME|FILE [OPTIONS]",
                  "Bills a load on a tariff: one column of kW, or a time (ISO 8601) and a power or energy a row whose\n"
                  "name ends with W, kW, MW, Wh, kWh or MWh, plain or gzip. Tariffs: chokepoint catalogue tariffs;\n"
                  "own ones: sim/tariff/README.md.");
  options.operand("LOAD.csv", words.load)
      .option("tariff", "NAME|FILE", "a tariff of the catalogue, or a JSON file (own kinds or OpenEI form)",
              words.tariff)
      .option("start", "DATE", "when the first row begins, if the file has no times (2018-01-01)", words.start)
      .option("step", "TIME", "length of a row (1h, or as the times say)", words.step)
      .option("time-zone", "ZONE", "wall clock of the tariff, such as Asia/Shanghai (UTC, or the offset of the times)",
              words.time_zone)
      .option("column", "NAME", "column of power, if there are several", words.column)
      .option("power-factor", "X", "average power factor", words.power_factor)
      .option("capacity", "POWER", "rated transformer capacity, such as \"20 MVA\"", words.capacity)
      .choice("option", {"demand", "capacity"}, "basic charge of a two-part tariff", words.option)
      .option("holidays", "FILE", "dates that count as rest days, one a line", words.holidays)
      .option("previous-peaks", "KW,...", "highest demand by month of the year before, for look-backs",
              words.previous_peaks)
      .flag("new-connection", "no demand before the load (else its year repeats)", words.new_connection)
      .choice("format", {"table", "json"}, "how the bill is written", words.format);
  if (!options.parse(arguments)) return Exit::ok;
  if (words.tariff.empty()) throw UsageError("expected --tariff NAME|FILE, found none");

  const models::BillingOptions billing = billing_options(words);
  const auto wanted_zone = words.time_zone ? std::optional(read_time_zone(*words.time_zone)) : std::nullopt;
  const models::Tariff tariff = sim::read_tariff(words.tariff);
  refuse_idle_options(words, tariff);
  const sim::LoadFile file =
      sim::read_load(words.load, {.start = read_local_start(words.start.value_or("2018-01-01")),
                                  .step = words.step ? std::optional(read_step(*words.step)) : std::nullopt,
                                  .column = words.column,
                                  .zone = wanted_zone});
  if (words.start && file.has_times)
    throw UsageError(fmt::format("--start: expected a load without times, found times in {}", words.load));
  const models::TimeZone& zone = file.clock;
  throw_refusals(models::billing_refusals(tariff, file.load, zone, billing));
  const models::Bill bill = models::make_bill(tariff, file.load, zone, billing);
  words.format == "json" ? print_json(bill, tariff, file) : print_table(bill, tariff, file, words.load);
  return Exit::ok;
}

}  // namespace chokepoint::cli
