#include "analysis/study/study_fields.hpp"

#include <array>

#include "analysis/calibration/target_fields.hpp"
#include "analysis/study/column_name.hpp"
#include "sim/input/schema_writer.hpp"

namespace chokepoint::analysis {
namespace {

using sim::FieldVisitor;
using sim::optional;
using sim::Range;
using sim::required;

constexpr std::int64_t most_steps = 1'000'000;
constexpr std::int64_t most_listed = 1'000'000'000;
constexpr std::int64_t most_replicates = 1'000'000;

void visit_column_name(FieldVisitor& v, std::string& name) {
  if (!v.sound([&] { v.name(name); }) || name.empty()) return;
  if (const auto fault = column_name_fault(name)) v.refuse(fault->expected, fault->found);
}

void visit_at(FieldVisitor& v, std::vector<std::string>& at) {
  const std::array alternatives{
      FieldVisitor::Alternative{"text",
                                [&] {
                                  at.resize(1);
                                  v.name(at[0]);
                                }},
      FieldVisitor::Alternative{"list", [&] { v.list(at, 1, [&](std::string& place) { v.name(place); }); }}};
  v.one_of(alternatives);
}

void visit_plain_value(FieldVisitor& v) {
  std::string text;
  double number = 0.0;
  bool flag = false;
  const std::array alternatives{FieldVisitor::Alternative{"text", [&] { v.name(text); }},
                                FieldVisitor::Alternative{"number", [&] { v.number(number, {}); }},
                                FieldVisitor::Alternative{"flag", [&] { v.flag(flag); }}};
  v.one_of(alternatives);
}

void visit_choice(FieldVisitor& v) {
  std::string text;
  double number = 0.0;
  bool flag = false;
  const std::array alternatives{FieldVisitor::Alternative{"text", [&] { v.name(text); }},
                                FieldVisitor::Alternative{"number", [&] { v.number(number, {}); }},
                                FieldVisitor::Alternative{"flag", [&] { v.flag(flag); }},
                                FieldVisitor::Alternative{"object", [&] {
                                                            v.object("a value of any form under a label", [&] {
                                                              v.field("label", "how tables name it", required,
                                                                      [&] { v.name(text); });
                                                              v.field("value", "what is set; null takes the key away",
                                                                      required, [&] { v.anything(); });
                                                            });
                                                          }}};
  v.one_of(alternatives);
}

void visit_file(FieldVisitor& v, ParameterFields::File& file) {
  const std::array alternatives{
      FieldVisitor::Alternative{"text", [&] { v.name(file.path); }},
      FieldVisitor::Alternative{"object", [&] {
                                  v.object("a file under a label", [&] {
                                    v.field_if("label", "how tables name it; the file's name where absent", file.label,
                                               [&](std::string& label) { v.name(label); });
                                    v.field("file", "path, relative to the study's file", required,
                                            [&] { v.name(file.path); });
                                  });
                                }}};
  v.one_of(alternatives);
}

void visit_scale(FieldVisitor& v, ParameterFields::Scale& scale) {
  static const std::array<std::string, 2> names{"linear", "log"};
  std::size_t index = 0;
  v.choice(index, names);
  scale = index == 0 ? ParameterFields::Scale::linear : ParameterFields::Scale::log;
}

void visit_parameter(FieldVisitor& v, ParameterFields& parameter) {
  v.object("what is varied", [&] {
    v.field("name", "name of its column", required, [&] { visit_column_name(v, parameter.name); });
    v.field("at", "JSON pointer into the scenario, or a list of those that take the same value", optional,
            [&] { visit_at(v, parameter.at); });
    v.field_if("from", "least number, with its unit", parameter.from, [&](UnitNumber& number) { visit(v, number); });
    v.field_if("to", "largest number", parameter.to, [&](UnitNumber& number) { visit(v, number); });
    v.field_if("steps", "how many numbers a grid takes", parameter.steps,
               [&](std::int64_t& steps) { v.integer(steps, {.low = 1, .high = most_steps}); });
    v.field_if("scale", "whether a range is even in the number or in its logarithm", parameter.scale,
               [&](ParameterFields::Scale& scale) { visit_scale(v, scale); });
    v.field("whole", "whether the numbers are whole", optional, [&] { v.flag(parameter.whole); });
    v.field_if("distribution", "how likely the numbers are, instead of a range", parameter.distribution,
               [&](DistributionFields& distribution) { visit(v, distribution); });
    v.field_if("choices", "values, each a text, a number, a flag, or any under a label", parameter.choices,
               [&](std::vector<AnyValue>& choices) { v.list(choices, 1, [&](AnyValue&) { visit_choice(v); }); });
    v.field_if("files", "files whose contents are the values; without \"at\" each is a scenario", parameter.files,
               [&](std::vector<ParameterFields::File>& files) {
                 v.list(files, 1, [&](ParameterFields::File& file) { visit_file(v, file); });
               });
  });
}

void visit_outcome(FieldVisitor& v, OutcomeFields& outcome) {
  const std::array alternatives{
      FieldVisitor::Alternative{"text",
                                [&] {
                                  visit_column_name(v, outcome.name);
                                  outcome.figure = outcome.name;
                                }},
      FieldVisitor::Alternative{
          "object", [&] {
            v.object("a key figure under another name", [&] {
              v.field("name", "name of its column", required, [&] { visit_column_name(v, outcome.name); });
              v.field("figure", "key of the figure, such as \"energy_mwh\"", required, [&] { v.name(outcome.figure); });
            });
          }}};
  v.one_of(alternatives);
}

void visit_list(FieldVisitor& v, ListFields& list) {
  v.field("points", "a value for each parameter in each point", required, [&] {
    v.list(list.points, 1,
           [&](std::map<std::string, AnyValue>& point) { v.map(point, [&](AnyValue&) { visit_plain_value(v); }); });
  });
}

void visit_count(FieldVisitor& v, std::string_view name, std::string_view about, std::int64_t& count) {
  v.field(name, about, required, [&] { v.integer(count, {.low = 1, .high = most_listed}); });
}

void visit_morris(FieldVisitor& v, MorrisFields& morris) {
  visit_count(v, "trajectories", "how often each parameter is moved", morris.trajectories);
  v.field("levels", "even number of values a parameter; 4 where absent", optional, [&] {
    if (v.sound([&] { v.integer(morris.levels, {.low = 2, .high = 1000}); }) && morris.levels % 2 != 0)
      v.refuse("an even number", std::to_string(morris.levels));
  });
}

void visit_design(FieldVisitor& v, DesignFields& design) {
  const std::array kinds{
      FieldVisitor::Kind{"grid", "every value of each parameter with every value of all others",
                         [&] { design.emplace<GridFields>(); }},
      FieldVisitor::Kind{"list", "the points that it lists", [&] { visit_list(v, design.emplace<ListFields>()); }},
      FieldVisitor::Kind{"latin-hypercube",
                         "a random sample that holds each of as many parts of each parameter's values once",
                         [&] { visit_count(v, "points", "how many", design.emplace<LatinHypercubeFields>().points); }},
      FieldVisitor::Kind{"sobol", "an even sample: a Sobol sequence, shifted at random",
                         [&] { visit_count(v, "points", "how many", design.emplace<SobolFields>().points); }},
      FieldVisitor::Kind{"saltelli", "samples for the indices of Sobol",
                         [&] {
                           auto& saltelli = design.emplace<SaltelliFields>();
                           visit_count(v, "base", "points of each of the two base samples", saltelli.base);
                           v.field("second_order", "whether indices of pairs are asked", optional,
                                   [&] { v.flag(saltelli.second_order); });
                         }},
      FieldVisitor::Kind{"morris", "trajectories for elementary effects",
                         [&] { visit_morris(v, design.emplace<MorrisFields>()); }}};
  v.object("which sets of values are run", [&] { v.kind(kinds); });
}

void visit_facts(FieldVisitor& v, FactsFields& facts) {
  v.object("reported figures of a market, as targets", [&] {
    v.field_if("files", "files of facts, relative to this one; those that come with the program where absent",
               facts.files,
               [&](std::vector<std::string>& files) { v.list(files, 1, [&](std::string& file) { v.name(file); }); });
    v.field("without", "ids of facts that are no targets here", optional,
            [&] { v.list(facts.without, 0, [&](std::string& id) { v.name(id); }); });
    v.field("least_tolerance", "least standard deviation of a fact, as a share; 5 % where absent", optional,
            [&] { v.number(facts.least_tolerance, Range::positive()); });
  });
}

}  // namespace

void visit(FieldVisitor& v, StudyFields& study) {
  v.object("a study: many runs of a scenario", [&] {
    v.field("name", "short name, for files and tables", required, [&] { v.name(study.name); });
    v.field("title", "one line for people", optional, [&] { v.text(study.title); });
    v.field("description", "what it asks and assumes", optional, [&] { v.text(study.description); });
    v.field_if("scenario", "file of the scenario, relative to this one", study.scenario,
               [&](std::string& path) { v.name(path); });
    v.field("set", "values by JSON pointer that all points share", optional,
            [&] { v.map(study.set, [&](AnyValue&) { v.anything(); }); });
    v.field("parameters", "what is varied", required,
            [&] { v.list(study.parameters, 1, [&](ParameterFields& parameter) { visit_parameter(v, parameter); }); });
    v.field("outcomes", "key figures that are kept of each run", required,
            [&] { v.list(study.outcomes, 1, [&](OutcomeFields& outcome) { visit_outcome(v, outcome); }); });
    v.field("design", "which sets of values are run", required, [&] { visit_design(v, study.design); });
    v.field("replicates", "runs a point, each with luck of its own", optional,
            [&] { v.integer(study.replicates, {.low = 1, .high = most_replicates}); });
    v.field_if("seed", "seed of all chance; the scenario's where absent", study.seed,
               [&](std::int64_t& seed) { v.integer(seed, Range::not_negative()); });
    v.field("series", "columns of the series that are kept of each run", optional,
            [&] { v.list(study.series, 0, [&](std::string& column) { v.name(column); }); });
    v.field("targets", "what outcomes are known to be, for a calibration", optional,
            [&] { v.list(study.targets, 1, [&](Target& target) { visit(v, target); }); });
    v.field_if("facts", "what was reported of the scenario's market, for a calibration", study.facts,
               [&](FactsFields& facts) { visit_facts(v, facts); });
    v.field("calibration", "how it goes about it", optional, [&] { visit(v, study.calibration); });
  });
}

sim::Json study_schema() {
  sim::SchemaWriter writer;
  StudyFields fields;
  visit(writer, fields);
  sim::Json schema = writer.schema();
  schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
  schema["title"] = "Chokepoint study";
  return schema;
}

}  // namespace chokepoint::analysis
