#include "models/contract/expects.hpp"

namespace chokepoint::models {

void report_violation(const char* kind, const char* what, const std::source_location& where) {
  throw ContractViolation(std::string(where.file_name()) + ":" + std::to_string(where.line()) + ": " + kind + ": " +
                          what);
}

}  // namespace chokepoint::models
