#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace chokepoint::sim {

/// One thing that is wrong with what a person gave: where it stands, what was expected and what was found.
/// `where` is a JSON pointer, "line 12" or "row 3, column gpus"; empty where the whole file is meant.
struct Fault {
  std::string file;
  std::string where;
  std::string expected;
  std::string found;
  std::string hint;

  /// "file: where: expected ..., found ... (hint)" on one line.
  [[nodiscard]] std::string text() const;
};

/// All that is wrong with an input, gathered before anything is done with it.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Fault> faults);
  explicit InputError(Fault fault) : InputError(std::vector<Fault>{std::move(fault)}) {}

  [[nodiscard]] const std::vector<Fault>& faults() const { return faults_; }

 private:
  std::vector<Fault> faults_;
};

/// Throws InputError with all of `faults` unless there are none.
void throw_if_any(std::vector<Fault> faults);

/// Does `part`, and adds what it finds wrong. Returns whether that was nothing.
template <class Part>
bool gather_faults(std::vector<Fault>& faults, const Part& part) {
  try {
    part();
    return true;
  } catch (const InputError& error) {
    faults.insert(faults.end(), error.faults().begin(), error.faults().end());
    return false;
  }
}

}  // namespace chokepoint::sim
