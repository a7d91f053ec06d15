#include "sim/tariff/urdb_reader.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "sim/input/json_reader.hpp"
#include "sim/input/near_name.hpp"
#include "sim/tariff/urdb_rate.hpp"

namespace chokepoint::sim {
namespace {

/// The keys that a bill rests on, as `visit_fields` reads them.
const std::vector<std::string>& keys_that_count() {
  static const std::vector<std::string> keys{"annualmincharge",
                                             "coincidentrateschedule",
                                             "coincidentratestructure",
                                             "coincidentrateunit",
                                             "currency",
                                             "demandratchetpercentage",
                                             "demandratestructure",
                                             "demandrateunit",
                                             "demandreactivepowercharge",
                                             "demandunits",
                                             "demandweekdayschedule",
                                             "demandweekendschedule",
                                             "demandwindow",
                                             "energyratestructure",
                                             "energyweekdayschedule",
                                             "energyweekendschedule",
                                             "fixedchargefirstmeter",
                                             "fixedchargeunits",
                                             "fixedmonthlycharge",
                                             "flatdemandmonths",
                                             "flatdemandstructure",
                                             "flatdemandunit",
                                             "fueladjustmentsmonthly",
                                             "lookbackmonths",
                                             "lookbackpercent",
                                             "lookbackrange",
                                             "mincharge",
                                             "minchargeunits",
                                             "minmonthlycharge"};
  return keys;
}

/// Other names that answers of the database use for the same.
std::string usual_name(std::string key) {
  std::ranges::transform(key, key.begin(),
                         [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  static constexpr std::array<std::array<const char*, 2>, 3> others{{{"coincidentschedule", "coincidentrateschedule"},
                                                                     {"coincidentsched", "coincidentrateschedule"},
                                                                     {"flatdemandunits", "flatdemandunit"}}};
  for (const auto& [other, usual] : others)
    if (key == other) return usual;
  return key;
}

/// The key that counts which `key` is a slip of: the length is nearly the same and few letters differ.
std::string slip_of(const std::string& key) {
  const std::string near = near_name(key, keys_that_count());
  if (near.empty() || near[0] != key[0]) return {};
  const auto longer = std::max(near.size(), key.size()) - std::min(near.size(), key.size());
  const bool ends_alike = near.substr(near.size() - 2) == key.substr(key.size() - std::min<std::size_t>(2, key.size()));
  return longer <= 2 && (longer > 0 || ends_alike) ? near : std::string{};
}

/// Whether a key of the database that does not count here happens to look like one that does.
bool is_descriptive(const std::string& key) {
  static constexpr std::array<std::string_view, 9> known{"demandattrs",    "demandcomments", "energyattrs",
                                                         "energycomments", "fixedattrs",     "fixedchargeeaaddl",
                                                         "demandrate",     "energyrateunit", "enddate"};
  return key.starts_with('_') || std::ranges::find(known, key) != known.end();
}

}  // namespace

bool is_urdb(const Json& root) {
  if (!root.is_object() || root.contains("kind")) return false;
  if (root.contains("items")) return true;
  const auto counts = [](const auto& item) {
    return std::ranges::find(keys_that_count(), usual_name(item.key())) != keys_that_count().end();
  };
  for (const auto& item : root.items())
    if (counts(item)) return true;
  return false;
}

models::Tariff read_urdb(const Json& root, const std::string& file) {
  if (root.contains("items")) {
    const Json& items = root["items"];
    if (!items.is_array() || items.size() != 1 || !items[0].is_object())
      throw InputError(Fault{.file = file,
                             .where = "/items",
                             .expected = "one rate",
                             .found = items.is_array() ? fmt::format("{}", items.size()) : "no list",
                             .hint = {}});
    return read_urdb(items[0], file);
  }
  Json counted = Json::object();
  std::vector<Fault> faults;
  for (const auto& [key, value] : root.items()) {
    const std::string name = usual_name(key);
    if (std::ranges::find(keys_that_count(), name) != keys_that_count().end()) {
      if (!value.is_null()) counted[name] = value;
    } else if (!is_descriptive(name)) {
      if (const std::string near = slip_of(name); !near.empty())
        faults.push_back({.file = file,
                          .where = child_pointer("", key),
                          .expected = "a key of the OpenEI form",
                          .found = "\"" + key + "\"",
                          .hint = "did you mean \"" + near + "\"?"});
    }
  }
  UrdbRate rate;
  JsonReader reader(counted, file);
  reader.object("a rate", [&] { visit_fields(reader, rate); });
  for (Fault& fault : reader.take_faults()) faults.push_back(std::move(fault));
  if (faults.empty() && to_tariff(rate, "").charges.empty())
    faults.push_back(
        {.file = file, .where = {}, .expected = "a rate with at least one charge", .found = "none", .hint = {}});
  throw_if_any(std::move(faults));
  const auto name = root.find("name");
  return to_tariff(rate, name != root.end() && name->is_string() ? name->get<std::string>() : file);
}

}  // namespace chokepoint::sim
