#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/input/fault.hpp"

namespace chokepoint::analysis {

/// What is wrong with a study's file, gathered while it is read.
class StudyFaults {
 public:
  explicit StudyFaults(std::string file) : file_(std::move(file)) {}

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] std::size_t count() const { return faults_.size(); }

  void refuse(std::string place, std::string expected, std::string found, std::string hint = {}) {
    add({.file = file_,
         .where = std::move(place),
         .expected = std::move(expected),
         .found = std::move(found),
         .hint = std::move(hint)});
  }
  void add(sim::Fault fault) { faults_.push_back(std::move(fault)); }

  /// Does `part`, and keeps the faults of files that it reads. Returns whether there were none.
  template <class Part>
  bool gather(const Part& part) {
    return sim::gather_faults(faults_, part);
  }

  [[nodiscard]] std::vector<sim::Fault> take() && { return std::move(faults_); }

 private:
  std::string file_;
  std::vector<sim::Fault> faults_;
};

}  // namespace chokepoint::analysis
