#pragma once

#include <functional>

#include "sim/input/field_visitor.hpp"
#include "sim/input/json_document.hpp"

namespace chokepoint::sim {

/// Turns the description of a type into a JSON Schema (draft 2020-12) of the files that JsonReader takes for it.
class SchemaWriter final : public FieldVisitor {
 public:
  [[nodiscard]] const Json& schema() const { return root_; }

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
  void refuse(std::string, std::string, std::string) override {}
  bool sound(const Part& part) override {
    part();
    return true;
  }

 protected:
  void visit_list(std::size_t least, const std::function<void(std::size_t)>& resize,
                  const std::function<void(std::size_t)>& element) override;
  void visit_map(std::size_t least, const std::function<void(const std::string&)>& element) override;

 private:
  void at(Json& node, const Part& part);

  Json root_ = Json::object();
  Json* node_ = &root_;
};

}  // namespace chokepoint::sim
