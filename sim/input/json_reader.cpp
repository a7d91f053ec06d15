#include "sim/input/json_reader.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "models/quantity/unit_text.hpp"
#include "sim/input/near_name.hpp"

namespace chokepoint::sim {
namespace {

std::string excerpt(const Json& node) {
  if (node.is_object()) return node.empty() ? "an empty object" : "an object";
  if (node.is_array() && node.empty()) return "an empty list";
  if (node.is_array()) return fmt::format("a list of {}", node.size());
  std::string text = node.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > 60) text = text.substr(0, 57) + "...";
  return text;
}

std::string_view form_of(const Json& node) {
  if (node.is_number()) return "number";
  if (node.is_string()) return "text";
  if (node.is_object()) return "object";
  if (node.is_array()) return "list";
  if (node.is_boolean()) return "flag";
  return "null";
}

/// The unit that the ends of a range are in, for messages; empty for those whose ranges end at 0 only.
std::string_view base_unit(const models::Dimension& dimension) {
  if (dimension == models::dimension::time) return " s";
  if (dimension == models::dimension::power) return " W";
  if (dimension == models::dimension::temperature) return " degC";
  return "";
}

std::string words(const Range& range, std::string_view unit = {}) {
  const bool has_low = std::isfinite(range.low);
  const bool has_high = std::isfinite(range.high);
  const std::string low = fmt::format("{}{}", range.low, range.low == 0.0 ? "" : unit);
  if (has_low && has_high) return fmt::format("{} {} to {}{}", range.above ? "above" : "from", low, range.high, unit);
  if (has_low) return fmt::format("{} {}", range.above ? "above" : "at least", low);
  if (has_high) return fmt::format("at most {}{}", range.high, unit);
  return "any number";
}

std::string list_of(std::span<const std::string> names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += fmt::format("{}\"{}\"", i == 0 ? "" : (i + 1 == names.size() ? " or " : ", "), names[i]);
  return text;
}

}  // namespace

JsonReader::JsonReader(const Json& root, std::function<std::string(const std::string&)> file_of)
    : node_(&root), file_of_(std::move(file_of)) {}

void JsonReader::at(const Json& node, std::string pointer, const Part& part) {
  const Json* const outer_node = std::exchange(node_, &node);
  std::string outer_pointer = std::exchange(pointer_, std::move(pointer));
  part();
  node_ = outer_node;
  pointer_ = std::move(outer_pointer);
}

void JsonReader::refuse(std::string expected, std::string found, std::string hint) {
  faults_.push_back({.file = file_of_(pointer_),
                     .where = pointer_.empty() ? "/" : pointer_,
                     .expected = std::move(expected),
                     .found = std::move(found),
                     .hint = std::move(hint)});
}

bool JsonReader::sound(const Part& part) {
  const std::size_t before = faults_.size();
  part();
  return faults_.size() == before;
}

void JsonReader::refuse_form(std::string expected) {
  refuse(std::move(expected), excerpt(*node_), {});
}

void JsonReader::object(std::string_view about, const Part& part) {
  if (!node_->is_object()) return refuse_form(fmt::format("an object ({})", about));
  objects_.push_back({.node = node_, .known = {}});
  part();
  const ObjectFrame frame = std::move(objects_.back());
  objects_.pop_back();
  for (const auto& [key, value] : frame.node->items()) {
    if (key.starts_with('$') || std::ranges::find(frame.known, key) != frame.known.end()) continue;
    std::string hint = near_name_hint(key, frame.known);
    if (hint.empty()) hint = "known here: " + fmt::format("{}", fmt::join(frame.known, ", "));
    at(value, child_pointer(pointer_, key),
       [&] { refuse("a known key", fmt::format("the unknown key \"{}\"", key), std::move(hint)); });
  }
}

bool JsonReader::field(std::string_view name, std::string_view about, Presence presence, const Part& part) {
  ObjectFrame& frame = objects_.back();
  frame.known.emplace_back(name);
  const auto found = frame.node->find(name);
  if (found == frame.node->end()) {
    if (presence == required) refuse(fmt::format("the key \"{}\" ({})", name, about), "none", {});
    return false;
  }
  at(*found, child_pointer(pointer_, name), part);
  return true;
}

void JsonReader::kind(std::span<const Kind> kinds) {
  std::vector<std::string> names;
  for (const Kind& entry : kinds) names.emplace_back(entry.name);
  std::size_t index = kinds.size();
  field("kind", "which of " + list_of(names) + " this is", required, [&] { choice(index, names); });
  if (index < kinds.size()) return kinds[index].part();
  // The kind is not known, so neither is what else may stand here: no second fault for the other keys.
  for (const auto& [key, value] : objects_.back().node->items()) objects_.back().known.push_back(key);
}

void JsonReader::one_of(std::span<const Alternative> alternatives) {
  const std::string_view form = form_of(*node_);
  std::string expected;
  for (const Alternative& alternative : alternatives) {
    if (alternative.form == form) return alternative.part();
    expected += fmt::format("{}{} {}", expected.empty() ? "" : " or ", alternative.form == "object" ? "an" : "a",
                            alternative.form);
  }
  refuse_form(std::move(expected));
}

void JsonReader::text(std::string& value) {
  if (!node_->is_string()) return refuse_form("a text");
  value = node_->get<std::string>();
}

void JsonReader::name(std::string& value) {
  if (!node_->is_string() || node_->get_ref<const std::string&>().empty())
    return refuse_form("a text of at least one letter");
  value = node_->get<std::string>();
}

void JsonReader::flag(bool& value) {
  if (!node_->is_boolean()) return refuse_form("true or false");
  value = node_->get<bool>();
}

void JsonReader::integer(std::int64_t& value, Range range) {
  // Beyond 2^63, get<std::int64_t> would wrap round without a word.
  const bool too_large = node_->is_number_unsigned() && node_->get<std::uint64_t>() > std::uint64_t{INT64_MAX};
  const bool whole = (node_->is_number_integer() && !too_large) ||
                     (node_->is_number_float() && std::floor(node_->get<double>()) == node_->get<double>() &&
                      std::abs(node_->get<double>()) < 9e15);
  if (!whole || !range.contains(node_->get<double>())) return refuse_form("a whole number, " + words(range));
  value = node_->is_number_float() ? static_cast<std::int64_t>(node_->get<double>()) : node_->get<std::int64_t>();
}

void JsonReader::number(double& value, Range range) {
  if (node_->is_string()) {
    measured(value, nullptr, models::dimension::none, range);
    return;
  }
  if (!node_->is_number() || !range.contains(node_->get<double>()))
    return refuse_form(std::isinf(range.low) && std::isinf(range.high) ? "a number" : "a number, " + words(range));
  value = node_->get<double>();
}

bool JsonReader::measured(double& value, models::Currency* currency, const models::Dimension& dimension, Range range) {
  const std::string expected = models::describe(dimension);
  if (!node_->is_string()) {
    refuse(expected, excerpt(*node_), node_->is_number() ? "a unit is missing" : "");
    return false;
  }
  const auto parsed = models::parse_quantity(node_->get_ref<const std::string&>());
  if (const auto* fault = std::get_if<models::UnitTextFault>(&parsed)) {
    refuse(expected, fault->found, {});
    return false;
  }
  const auto& number = std::get<models::MeasuredNumber>(parsed);
  if (number.dimension != dimension) {
    refuse(expected, excerpt(*node_) + ", which is " + models::describe(number.dimension), {});
    return false;
  }
  if (!range.contains(number.value)) {
    refuse(expected + ", " + words(range, base_unit(dimension)), excerpt(*node_), {});
    return false;
  }
  value = number.value;
  if (currency != nullptr && number.currency) *currency = *number.currency;
  return true;
}

void JsonReader::quantity(double& value, const models::Dimension& dimension, Range range) {
  measured(value, nullptr, dimension, range);
}

void JsonReader::price(Price& value, const models::Dimension& dimension, Range range) {
  measured(value.value, &value.currency, dimension, range);
}

void JsonReader::date(models::IsoDate& value) {
  static constexpr const char* expected = "a date that exists, such as \"2023-10-17\" or \"2023-10-17T08:00\"";
  if (!node_->is_string()) return refuse_form(expected);
  const auto parsed = models::parse_iso_date(node_->get_ref<const std::string&>());
  if (!parsed) return refuse_form(expected);
  value = *parsed;
}

void JsonReader::choice(std::size_t& index, std::span<const std::string> names) {
  if (!node_->is_string()) return refuse_form(list_of(names));
  const auto& name = node_->get_ref<const std::string&>();
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return refuse(list_of(names), excerpt(*node_), near_name_hint(name, names));
  index = static_cast<std::size_t>(found - names.begin());
}

void JsonReader::visit_list(std::size_t least, const std::function<void(std::size_t)>& resize,
                            const std::function<void(std::size_t)>& element) {
  if (!node_->is_array()) return refuse_form("a list");
  if (node_->size() < least) return refuse_form(fmt::format("a list of at least {}", least));
  resize(node_->size());
  const Json& items = *node_;
  const std::string base = pointer_;
  for (std::size_t i = 0; i < items.size(); ++i)
    at(items[i], child_pointer(base, std::to_string(i)), [&] { element(i); });
}

void JsonReader::visit_map(std::size_t least, const std::function<void(const std::string&)>& element) {
  if (!node_->is_object()) return refuse_form("an object of names and values");
  if (node_->size() < least) return refuse_form(fmt::format("an object of at least {} name and value", least));
  const Json& items = *node_;
  const std::string base = pointer_;
  for (const auto& [key, value] : items.items())
    at(value, child_pointer(base, key), [&, &name = key] { element(name); });
}

}  // namespace chokepoint::sim
