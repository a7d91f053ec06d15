#pragma once

#include <map>
#include <string>

#include "analysis/study/load_study.hpp"

namespace chokepoint::tests {

/// A site and a fleet with every kind of place that a study varies.
inline const char* const study_base = R"({"name": "base", "start": "2023-01-02", "duration": "2 d", "seed": 5,
  "currency": "CNY",
  "sites": [{"name": "s", "pue": 1.2, "on_limit": "hold", "tariff": {"kind": "flat", "price": "0.4 CNY/kWh"}}],
  "fleets": [{"name": "f", "server": "dgx-a100-80gb", "nodes": 64, "scheduler": "fifo", "server_price": "900000 CNY",
              "workload": {"kind": "synthetic", "mean_interval": "10 min", "median_duration": "1 h",
                           "sizes": [{"gpus": 64, "weight": 1}]}}]})";

/// Files by path, in place of a folder of them.
class StudyFolder {
 public:
  StudyFolder() { files_["base.json"] = study_base; }

  StudyFolder& with(const std::string& path, const std::string& text) {
    files_[path] = text;
    return *this;
  }
  [[nodiscard]] analysis::Study load(const std::string& text) const {
    return analysis::load_study("study.json", [&](const std::filesystem::path& path) {
      const std::string name = path.lexically_normal().generic_string();
      if (name == "study.json") return sim::parse_json(text, name);
      if (!files_.contains(name))
        throw sim::InputError(sim::Fault{.file = name, .expected = "a file", .found = "none"});
      return sim::parse_json(files_.at(name), name);
    });
  }
  /// The messages of what is wrong with the study, a line each; empty where nothing is.
  [[nodiscard]] std::string faults(const std::string& text) const {
    try {
      static_cast<void>(load(text));
      return {};
    } catch (const sim::InputError& error) {
      std::string lines;
      for (const sim::Fault& fault : error.faults()) lines += fault.text() + '\n';
      return lines;
    }
  }

 private:
  std::map<std::string, std::string> files_;
};

/// A study of base.json with these parameters and this design.
inline std::string study_text(const std::string& parameters, const std::string& design = R"({"kind": "grid"})",
                              const std::string& keys = "") {
  return R"({"name": "t", "scenario": "base.json", "parameters": [)" + parameters +
         R"(], "outcomes": ["energy_mwh"], )" + keys + R"("design": )" + design + "}";
}

}  // namespace chokepoint::tests
