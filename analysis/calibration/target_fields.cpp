#include "analysis/calibration/target_fields.hpp"

#include <array>
#include <optional>

#include <fmt/format.h>

namespace chokepoint::analysis {
namespace {

using sim::FieldVisitor;
using sim::optional;
using sim::Range;
using sim::required;

constexpr double most = 1e6;

void visit_naive(FieldVisitor& v, Band& band) {
  std::vector<double> ends;
  const std::array alternatives{FieldVisitor::Alternative{"number",
                                                          [&] {
                                                            v.number(band.low, {});
                                                            band.high = band.low;
                                                          }},
                                FieldVisitor::Alternative{"list", [&] {
                                                            v.list(ends, 2, [&](double& end) { v.number(end, {}); });
                                                            if (ends.size() < 2) return;
                                                            band = {.low = ends[0], .high = ends[1]};
                                                            if (ends.size() > 2 || band.low > band.high)
                                                              v.refuse("two numbers, the lower one first",
                                                                       fmt::format("{}", fmt::join(ends, ", ")));
                                                          }}};
  v.one_of(alternatives);
}

void visit_count(FieldVisitor& v, std::size_t& count, double least) {
  auto value = static_cast<std::int64_t>(count);
  v.integer(value, {.low = least, .high = most});
  count = static_cast<std::size_t>(value);
}

template <class Choice, std::size_t count>
void visit_choice(FieldVisitor& v, Choice& choice, const std::array<std::string, count>& names) {
  auto index = static_cast<std::size_t>(choice);
  v.choice(index, names);
  choice = static_cast<Choice>(index);
}

}  // namespace

void visit(FieldVisitor& v, Target& target) {
  v.object("what an outcome is known to be", [&] {
    std::optional<double> value, tolerance, low, high;
    const auto number = [&](const char* name, const char* about, std::optional<double>& to, Range range) {
      return v.field_if(name, about, to, [&](double& found) { v.number(found, range); });
    };
    v.field("outcome", "name of an outcome of the study", required, [&] { v.name(target.outcome); });
    const bool valued = number("value", "what it is, in the unit of the outcome", value, {});
    const bool tolerated =
        number("tolerance", "standard deviation of all that the fact leaves open", tolerance, Range::positive());
    const bool from = number("low", "or a range, in place of value and tolerance: its central 90 %", low, {});
    const bool to = number("high", "upper end of the range", high, {});
    if (valued != tolerated || from != to || valued == from)
      v.refuse("either the keys \"value\" and \"tolerance\" or the keys \"low\" and \"high\"",
               fmt::format("{}", valued || tolerated ? (from || to ? "some of both" : "one of the first")
                                                     : (from || to ? "one of the second" : "neither")));
    if (value) target.value = *value;
    if (tolerance) target.tolerance = *tolerance;
    if (low && high) {
      target.value = (*low + *high) / 2.0;
      if (*low < *high) target.tolerance = tolerance_of_range(*low, *high);
      if (*low >= *high) v.refuse("a \"low\" below the \"high\"", fmt::format("{} and {}", *low, *high));
    }
    v.field("weight", "as how many targets it counts", optional, [&] { v.number(target.weight, Range::positive()); });
    v.field("source", "where it is known from", optional, [&] { v.text(target.source); });
    v.field("naive", "forecasts without a model, by name: a number, or the two ends of its central 90 %", optional,
            [&] {
              std::map<std::string, Band> bands;
              v.map(bands, [&](Band& band) { visit_naive(v, band); });
              for (const auto& [name, band] : bands) target.naive.push_back({.name = name, .band = band});
            });
  });
}

void visit(FieldVisitor& v, CalibrationPlan& plan) {
  static const std::array<std::string, 2> centres{"mean", "median"};
  static const std::array<std::string, 4> methods{"sbplx", "bobyqa", "crs2", "direct"};
  v.object("how the parameters are fitted to the targets", [&] {
    v.field("sets", "members of the ensemble", optional, [&] { visit_count(v, plan.sets, 1); });
    v.field("wave", "sets that are run at a time", optional, [&] { visit_count(v, plan.wave, 20); });
    v.field("waves", "how many waves at most", optional, [&] { visit_count(v, plan.most_waves, 1); });
    v.field("centre", "what stands for the replicates of a set", optional,
            [&] { visit_choice(v, plan.centre, centres); });
    v.field("cut", "how many standard deviations a member may be from a target", optional,
            [&] { v.number(plan.most_implausible, Range::positive()); });
    v.field("search", "how the best set is searched for", optional, [&] { visit_choice(v, plan.method, methods); });
    v.field("starts", "searches, from the best sets of the waves", optional, [&] { visit_count(v, plan.starts, 0); });
    v.field("search_sets", "sets that a search may run", optional, [&] { visit_count(v, plan.search_evaluations, 1); });
    v.field("profile_points", "points of each parameter's profile", optional,
            [&] { visit_count(v, plan.profile_points, 0); });
    v.field("profile_sets", "sets that may be run for a point of a profile", optional,
            [&] { visit_count(v, plan.profile_evaluations, 1); });
  });
}

}  // namespace chokepoint::analysis
