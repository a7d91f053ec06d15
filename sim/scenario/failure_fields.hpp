#pragma once

#include "models/reliability/checkpoint_policy.hpp"
#include "sim/input/field_visitor.hpp"
#include "sim/scenario/failure_spec.hpp"

namespace chokepoint::sim {

/// Failures and checkpoints of a fleet, as its file states them.
void visit(FieldVisitor& v, FailureSpec& failures);
void visit_checkpoints(FieldVisitor& v, models::CheckpointPolicy& policy);

}  // namespace chokepoint::sim
