#pragma once

#include <source_location>
#include <stdexcept>
#include <string>

namespace chokepoint::models {

/// A bug in this program, not in what it was given: a broken precondition or postcondition.
class ContractViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void report_violation(const char* kind, const char* what, const std::source_location& where);

/// Checks a precondition. Always on. Throws ContractViolation with the place of the call.
inline void expects(bool holds, const char* what, const std::source_location where = std::source_location::current()) {
  if (!holds) [[unlikely]]
    report_violation("expected", what, where);
}

/// Checks a postcondition or an invariant. Always on. Throws ContractViolation with the place of the call.
inline void ensures(bool holds, const char* what, const std::source_location where = std::source_location::current()) {
  if (!holds) [[unlikely]]
    report_violation("failed to ensure", what, where);
}

}  // namespace chokepoint::models
