#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/calendar/iso_date.hpp"
#include "models/quantity/dimension.hpp"
#include "models/quantity/money.hpp"

namespace chokepoint::sim {

/// Limits of a number, in base units; both ends belong to it unless `above` shuts the lower one out.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool above = false;

  static constexpr Range positive() { return {.low = 0.0, .above = true}; }
  static constexpr Range not_negative() { return {.low = 0.0}; }
  static constexpr Range share() { return {.low = 0.0, .high = 1.0}; }
  static constexpr Range at_least(double low) { return {.low = low}; }
  [[nodiscard]] bool contains(double value) const { return value <= high && (above ? value > low : value >= low); }
};

/// An amount or a rate of money: units of `currency`, per base unit of whatever it is a price of.
struct Price {
  double value = 0.0;
  models::Currency currency;
};

enum class Presence { required, optional };
using enum Presence;

/// One description of what a file holds, for two readers of it: `JsonReader` fills values from JSON and gathers
/// faults, `SchemaWriter` turns the same calls into a JSON Schema. A type `T` of a file has a function
/// `void visit(FieldVisitor&, T&)` that calls the visitor on every part of it:
///
///     void visit(FieldVisitor& v, Cooling& cooling) {
///       v.object("how the heat is carried away", [&] {
///         v.field("supply", "supply temperature of the air", optional,
///                 [&] { v.quantity(cooling.supply_c, models::dimension::temperature); });
///       });
///     }
///
/// A value keeps its default where an optional field is absent. Between two calls on values the visitor stands on
/// one place of the file; `field`, `list`, `map` and `one_of` move it for the time of the call.
class FieldVisitor {
 public:
  using Part = std::function<void()>;
  struct Alternative {
    /// "number", "text", "object", "list" or "flag".
    std::string_view form;
    Part part;
  };
  struct Kind {
    std::string_view name;
    std::string_view about;
    Part part;
  };

  virtual ~FieldVisitor() = default;

  /// The place holds an object whose fields `part` visits; another key is a fault.
  virtual void object(std::string_view about, const Part& part) = 0;
  /// Inside `object`: the field `name`. Returns whether the file has it.
  virtual bool field(std::string_view name, std::string_view about, Presence presence, const Part& part) = 0;
  /// Inside `object`: the text field "kind" says which of `kinds` the other fields belong to.
  virtual void kind(std::span<const Kind> kinds) = 0;
  /// The place holds a value of one of these JSON forms.
  virtual void one_of(std::span<const Alternative> alternatives) = 0;

  virtual void text(std::string& value) = 0;
  /// A text of at least one letter: the name of something, or of a file.
  virtual void name(std::string& value) = 0;
  virtual void flag(bool& value) = 0;
  virtual void integer(std::int64_t& value, Range range) = 0;
  /// A plain number, or a text such as "5 %".
  virtual void number(double& value, Range range) = 0;
  /// A text with a unit of this dimension, to base units.
  virtual void quantity(double& value, const models::Dimension& dimension, Range range) = 0;
  /// A text with a currency; `dimension` is that of the price, such as dimension::money_per_energy.
  virtual void price(Price& value, const models::Dimension& dimension, Range range) = 0;
  /// An ISO 8601 date with or without a time of day.
  virtual void date(models::IsoDate& value) = 0;
  /// A text that is one of `names`; gives its index.
  virtual void choice(std::size_t& index, std::span<const std::string> names) = 0;
  /// Any JSON value that another reader takes care of.
  virtual void anything() = 0;

  /// Adds a fault at this place, of a rule that the calls above cannot say. No effect on a schema.
  virtual void refuse(std::string expected, std::string found, std::string hint = {}) = 0;
  /// Visits `part` and tells whether it was without fault, so that a rule between values is held on sound ones only.
  virtual bool sound(const Part& part) = 0;

  template <class T>
  void list(std::vector<T>& values, std::size_t least = 0) {
    list(values, least, [this](T& value) { visit(*this, value); });
  }
  /// The place holds a list, each element visited by `element`.
  template <class T, class Element>
  void list(std::vector<T>& values, std::size_t least, const Element& element) {
    visit_list(
        least, [&](std::size_t count) { values.resize(count); }, [&](std::size_t index) { element(values[index]); });
  }
  /// The place holds an object whose keys are names, each value visited by `element`.
  template <class T, class Element>
  void map(std::map<std::string, T>& values, const Element& element, std::size_t least = 0) {
    visit_map(least, [&](const std::string& key) { element(values[key]); });
  }
  /// An optional part: `value` is set where the field is there and without fault.
  template <class T, class Element>
  bool field_if(std::string_view name, std::string_view about, std::optional<T>& value, const Element& element) {
    return field(name, about, optional, [&] {
      T part{};
      if (sound([&] { element(part); })) value = std::move(part);
    });
  }

 protected:
  virtual void visit_list(std::size_t least, const std::function<void(std::size_t)>& resize,
                          const std::function<void(std::size_t)>& element) = 0;
  virtual void visit_map(std::size_t least, const std::function<void(const std::string&)>& element) = 0;
};

}  // namespace chokepoint::sim
