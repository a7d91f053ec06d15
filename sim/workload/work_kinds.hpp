#pragma once

#include <memory>

#include "sim/workload/work.hpp"

namespace chokepoint::sim {

/// Inside an object: the key "kind" and the keys of that kind, into a new `work`.
void visit_work_kind(FieldVisitor& v, std::shared_ptr<Work>& work);

}  // namespace chokepoint::sim
