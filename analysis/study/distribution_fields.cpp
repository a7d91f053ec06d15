#include "analysis/study/distribution_fields.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

namespace chokepoint::analysis {
namespace {

using sim::FieldVisitor;
using sim::optional;
using sim::Range;
using sim::required;
using Kind = DistributionFields::Kind;

/// Less than this between two cuts leaves nothing to draw from in double precision.
constexpr double least_share = 1e-9;

class DistributionReader {
 public:
  DistributionReader(const DistributionFields& fields, const std::string& place, StudyFaults& faults)
      : fields_(fields), place_(place), faults_(faults) {}

  std::optional<Numbers> read() {
    const std::size_t before = faults_.count();
    Distribution distribution{.shape = shape()};
    if (faults_.count() > before) return std::nullopt;
    if (!is_bounded(distribution)) {
      distribution.least = number("low", fields_.low).value_or(distribution.least);
      distribution.most = number("high", fields_.high).value_or(distribution.most);
    }
    if (faults_.count() > before) return std::nullopt;
    const double share =
        share_below(distribution.shape, distribution.most) - share_below(distribution.shape, distribution.least);
    if (share < least_share) {
      refuse("", "some of the distribution between \"low\" and \"high\"", "none of it");
      return std::nullopt;
    }
    return Numbers{.distribution = distribution, .unit = unit_.value_or(""), .steps = std::nullopt, .whole = false};
  }

 private:
  void refuse(const std::string& key, std::string expected, std::string found) {
    faults_.refuse(place_ + key, std::move(expected), std::move(found));
  }

  /// In the unit of the first number that is asked for; a harmless value where a fault was added.
  std::optional<double> number(const std::string& key, const std::optional<UnitNumber>& given) {
    if (!given) return std::nullopt;
    if (!unit_) unit_ = given->unit;
    const auto value = value_in(*given, *unit_);
    if (!value)
      refuse('/' + key, unit_->empty() ? "a plain number, as the others are" : "a number that converts to " + *unit_,
             text_of(*given));
    return value.value_or(1.0);
  }
  double positive(const std::string& key, const std::optional<UnitNumber>& given) {
    const double value = number(key, given).value_or(1.0);
    if (value <= 0.0) refuse('/' + key, "a number above 0", text_of(*given));
    return std::max(value, 1e-300);
  }

  struct Ends {
    double low = 0.0;
    double high = 1.0;
  };
  /// Of the kinds that have both.
  Ends ends() {
    const Ends ends{.low = number("low", fields_.low).value_or(0.0),
                    .high = number("high", fields_.high).value_or(1.0)};
    if (ends.high > ends.low) return ends;
    refuse("/high", "more than \"low\", which is " + text_of(*fields_.low), text_of(*fields_.high));
    return {};
  }

  DistributionShape shape() {
    switch (fields_.kind) {
      case Kind::uniform: {
        const Ends between = ends();
        return Uniform{.low = between.low, .high = between.high};
      }
      case Kind::log_uniform: {
        positive("low", fields_.low);
        const Ends between = ends();
        return LogUniform{.low = between.low, .high = between.high};
      }
      case Kind::triangular: {
        const Ends between = ends();
        const double mode = number("mode", fields_.mode).value_or(between.low);
        if (mode >= between.low && mode <= between.high)
          return Triangular{.low = between.low, .mode = mode, .high = between.high};
        refuse("/mode", "a number from \"low\" to \"high\"", text_of(*fields_.mode));
        return Uniform{};
      }
      case Kind::beta: {
        const Ends between = ends();
        return Beta{.alpha = fields_.alpha, .beta = fields_.beta, .low = between.low, .high = between.high};
      }
      case Kind::normal: {
        const double mean = number("mean", fields_.mean).value_or(0.0);
        return Normal{.mean = mean, .sd = positive("sd", fields_.sd)};
      }
      case Kind::log_normal:
        return LogNormal{.median = positive("median", fields_.median), .log_sd = fields_.log_sd};
      case Kind::exponential:
        return Exponential{.mean = positive("mean", fields_.mean)};
      case Kind::weibull:
        return Weibull{.scale = positive("scale", fields_.scale), .shape = fields_.shape};
    }
    return Uniform{};
  }

  const DistributionFields& fields_;
  const std::string& place_;
  StudyFaults& faults_;
  std::optional<std::string> unit_;
};

}  // namespace

void visit(FieldVisitor& v, UnitNumber& number) {
  const auto read_text = [&] {
    std::string text;
    if (!v.sound([&] { v.name(text); }) || text.empty()) return;
    auto read = read_unit_number(text);
    if (auto* found = std::get_if<UnitNumber>(&read)) {
      number = std::move(*found);
    } else {
      v.refuse("a number with its unit, such as \"0.3 CNY/kWh\"", std::get<models::UnitTextFault>(read).found);
    }
  };
  const std::array alternatives{FieldVisitor::Alternative{"number", [&] { v.number(number.value, {}); }},
                                FieldVisitor::Alternative{"text", read_text}};
  v.one_of(alternatives);
}

void visit(FieldVisitor& v, DistributionFields& fields) {
  const auto number = [&](std::string_view name, std::string_view about, std::optional<UnitNumber>& value) {
    v.field(name, about, required, [&] { visit(v, value.emplace()); });
  };
  const auto cut = [&] {
    v.field_if("low", "what lies below is cut off", fields.low, [&](UnitNumber& value) { visit(v, value); });
    v.field_if("high", "what lies above is cut off", fields.high, [&](UnitNumber& value) { visit(v, value); });
  };
  const auto ends = [&] {
    number("low", "least value", fields.low);
    number("high", "largest value", fields.high);
  };
  const auto plain = [&](std::string_view name, std::string_view about, double& value) {
    v.field(name, about, required, [&] { v.number(value, {.low = 0.0, .high = 1e6, .above = true}); });
  };
  v.object("how likely the values are", [&] {
    const std::array kinds{FieldVisitor::Kind{"uniform", "evenly between two ends",
                                              [&] {
                                                fields.kind = Kind::uniform;
                                                ends();
                                              }},
                           FieldVisitor::Kind{"log-uniform", "its logarithm evenly between two ends",
                                              [&] {
                                                fields.kind = Kind::log_uniform;
                                                ends();
                                              }},
                           FieldVisitor::Kind{"normal", "normal",
                                              [&] {
                                                fields.kind = Kind::normal;
                                                number("mean", "mean", fields.mean);
                                                number("sd", "standard deviation", fields.sd);
                                                cut();
                                              }},
                           FieldVisitor::Kind{"log-normal", "its logarithm normal",
                                              [&] {
                                                fields.kind = Kind::log_normal;
                                                number("median", "median", fields.median);
                                                plain("log_sd", "standard deviation of the logarithm", fields.log_sd);
                                                cut();
                                              }},
                           FieldVisitor::Kind{"triangular", "rising to a mode and falling from it",
                                              [&] {
                                                fields.kind = Kind::triangular;
                                                ends();
                                                number("mode", "likeliest value", fields.mode);
                                              }},
                           FieldVisitor::Kind{"exponential", "exponential",
                                              [&] {
                                                fields.kind = Kind::exponential;
                                                number("mean", "mean", fields.mean);
                                                cut();
                                              }},
                           FieldVisitor::Kind{"weibull", "below x with the chance 1 - exp(-(x / scale)^shape)",
                                              [&] {
                                                fields.kind = Kind::weibull;
                                                number("scale", "scale", fields.scale);
                                                plain("shape", "shape", fields.shape);
                                                cut();
                                              }},
                           FieldVisitor::Kind{"beta", "a beta distribution between two ends", [&] {
                                                fields.kind = Kind::beta;
                                                ends();
                                                plain("alpha", "weight of the high end", fields.alpha);
                                                plain("beta", "weight of the low end", fields.beta);
                                              }}};
    v.kind(kinds);
  });
}

std::optional<Numbers> read_distribution(const DistributionFields& fields, const std::string& place,
                                         StudyFaults& faults) {
  return DistributionReader(fields, place, faults).read();
}

}  // namespace chokepoint::analysis
