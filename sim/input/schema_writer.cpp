#include "sim/input/schema_writer.hpp"

#include <cmath>
#include <utility>

namespace chokepoint::sim {
namespace {

void limit(Json& node, const Range& range) {
  if (std::isfinite(range.low)) node[range.above ? "exclusiveMinimum" : "minimum"] = range.low;
  if (std::isfinite(range.high)) node["maximum"] = range.high;
}

/// The text form of a quantity: a number, then units that the reader checks.
constexpr const char* quantity_pattern = R"(^[-+]?[0-9.]+([eE][-+]?[0-9]+)? *[A-Za-z%1][A-Za-z0-9%/*]*$)";

}  // namespace

void SchemaWriter::at(Json& node, const Part& part) {
  Json* const outer = std::exchange(node_, &node);
  part();
  node_ = outer;
}

void SchemaWriter::object(std::string_view about, const Part& part) {
  Json& node = *node_;
  node["type"] = "object";
  if (!node.contains("description")) node["description"] = about;
  node["properties"] = Json::object();
  node["patternProperties"] = {{"^\\$", Json::object()}};
  node["additionalProperties"] = false;
  part();
}

bool SchemaWriter::field(std::string_view name, std::string_view about, Presence presence, const Part& part) {
  Json& object_node = *node_;
  if (presence == required) object_node["required"].push_back(name);
  Json property = {{"description", about}};
  at(property, part);
  object_node["properties"][std::string(name)] = std::move(property);
  return true;
}

void SchemaWriter::kind(std::span<const Kind> kinds) {
  // Each kind is a schema of its own, with the fields that came before and its own.
  Json& node = *node_;
  Json choices = Json::array();
  for (const Kind& entry : kinds) {
    Json variant = node;
    variant["description"] = entry.about;
    variant["properties"]["kind"] = {{"const", entry.name}};
    variant["required"].push_back("kind");
    at(variant, entry.part);
    choices.push_back(std::move(variant));
  }
  node = Json{{"description", node["description"]}, {"oneOf", std::move(choices)}};
}

void SchemaWriter::one_of(std::span<const Alternative> alternatives) {
  Json choices = Json::array();
  for (const Alternative& alternative : alternatives) {
    Json choice_node = Json::object();
    at(choice_node, alternative.part);
    choices.push_back(std::move(choice_node));
  }
  (*node_)["anyOf"] = std::move(choices);
}

void SchemaWriter::text(std::string&) {
  (*node_)["type"] = "string";
}

void SchemaWriter::name(std::string&) {
  (*node_)["type"] = "string";
  (*node_)["minLength"] = 1;
}

void SchemaWriter::flag(bool&) {
  (*node_)["type"] = "boolean";
}

void SchemaWriter::integer(std::int64_t&, Range range) {
  (*node_)["type"] = "integer";
  limit(*node_, range);
}

void SchemaWriter::number(double&, Range range) {
  (*node_)["type"] = Json::array({"number", "string"});
  (*node_)["pattern"] = R"(^[-+]?[0-9.]+([eE][-+]?[0-9]+)? *%?$)";
  limit(*node_, range);
}

void SchemaWriter::quantity(double&, const models::Dimension& dimension, Range) {
  (*node_)["type"] = "string";
  (*node_)["pattern"] = quantity_pattern;
  (*node_)["$comment"] = models::describe(dimension);
}

void SchemaWriter::price(Price& value, const models::Dimension& dimension, Range range) {
  quantity(value.value, dimension, range);
}

void SchemaWriter::date(models::IsoDate&) {
  (*node_)["type"] = "string";
  (*node_)["pattern"] = R"(^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}.*)?$)";
}

void SchemaWriter::choice(std::size_t&, std::span<const std::string> names) {
  (*node_)["enum"] = names;
}

void SchemaWriter::visit_list(std::size_t least, const std::function<void(std::size_t)>& resize,
                              const std::function<void(std::size_t)>& element) {
  Json& node = *node_;
  node["type"] = "array";
  if (least > 0) node["minItems"] = least;
  Json item = Json::object();
  resize(1);
  at(item, [&] { element(0); });
  node["items"] = std::move(item);
}

void SchemaWriter::visit_map(std::size_t least, const std::function<void(const std::string&)>& element) {
  Json& node = *node_;
  node["type"] = "object";
  if (least > 0) node["minProperties"] = least;
  Json item = Json::object();
  at(item, [&] { element("name"); });
  node["additionalProperties"] = std::move(item);
}

}  // namespace chokepoint::sim
