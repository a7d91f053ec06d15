#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/input/fault.hpp"
#include "sim/input/field_visitor.hpp"
#include "sim/input/json_document.hpp"

namespace chokepoint::sim {

/// Fills values from a JSON document and gathers every fault on the way: unknown keys with a near name, missing
/// fields, wrong forms, units and ranges. Values at fault keep their defaults.
class JsonReader final : public FieldVisitor {
 public:
  /// `file_of` names the file that a pointer comes from, for documents merged from several.
  JsonReader(const Json& root, std::function<std::string(const std::string& pointer)> file_of);
  JsonReader(const Json& root, std::string file)
      : JsonReader(root, [file = std::move(file)](const std::string&) { return file; }) {}

  void object(std::string_view about, const Part& part) override;
  bool field(std::string_view name, std::string_view about, Presence presence, const Part& part) override;
  void kind(std::span<const Kind> kinds) override;
  void one_of(std::span<const Alternative> alternatives) override;
  void text(std::string& value) override;
  void name(std::string& value) override;
  void flag(bool& value) override;
  void integer(std::int64_t& value, Range range) override;
  void number(double& value, Range range) override;
  void quantity(double& value, const models::Dimension& dimension, Range range) override;
  void price(Price& value, const models::Dimension& dimension, Range range) override;
  void date(models::IsoDate& value) override;
  void choice(std::size_t& index, std::span<const std::string> names) override;
  void anything() override {}
  void refuse(std::string expected, std::string found, std::string hint) override;
  bool sound(const Part& part) override;

  [[nodiscard]] const Json& here() const { return *node_; }
  [[nodiscard]] const std::string& pointer() const { return pointer_; }
  [[nodiscard]] const std::vector<Fault>& faults() const { return faults_; }
  [[nodiscard]] std::vector<Fault> take_faults() { return std::move(faults_); }

 protected:
  void visit_list(std::size_t least, const std::function<void(std::size_t)>& resize,
                  const std::function<void(std::size_t)>& element) override;
  void visit_map(std::size_t least, const std::function<void(const std::string&)>& element) override;

 private:
  struct ObjectFrame {
    const Json* node;
    std::vector<std::string> known;
  };

  void at(const Json& node, std::string pointer, const Part& part);
  void refuse_form(std::string expected);
  /// Reads a text with a unit; false if a fault was added.
  bool measured(double& value, models::Currency* currency, const models::Dimension& dimension, Range range);

  const Json* node_;
  std::string pointer_;
  std::function<std::string(const std::string&)> file_of_;
  std::vector<ObjectFrame> objects_;
  std::vector<Fault> faults_;
};

/// Reads a whole value of type T, which has a `visit`. Throws InputError with all faults.
template <class T>
T read_value(const Json& root, std::string file) {
  T value{};
  JsonReader reader(root, std::move(file));
  visit(reader, value);
  throw_if_any(reader.take_faults());
  return value;
}

}  // namespace chokepoint::sim
