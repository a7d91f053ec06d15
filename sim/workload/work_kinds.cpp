#include "sim/workload/work_kinds.hpp"

#include <array>

#include "sim/workload/constant_work.hpp"
#include "sim/workload/inference_work.hpp"
#include "sim/workload/synthetic_work.hpp"
#include "sim/workload/trace_work.hpp"
#include "sim/workload/training_work.hpp"

namespace chokepoint::sim {
namespace {

template <class Kind>
FieldVisitor::Part reader_of(FieldVisitor& v, std::shared_ptr<Work>& work) {
  return [&v, &work] {
    work = std::make_shared<Kind>();
    work->visit(v);
  };
}

}  // namespace

void visit_work_kind(FieldVisitor& v, std::shared_ptr<Work>& work) {
  const std::array kinds{
      FieldVisitor::Kind{"constant", "a standing demand for GPUs", reader_of<ConstantWork>(v, work)},
      FieldVisitor::Kind{"trace", "jobs of a real cluster", reader_of<TraceWork>(v, work)},
      FieldVisitor::Kind{"synthetic", "jobs by chance", reader_of<SyntheticWork>(v, work)},
      FieldVisitor::Kind{"inference", "a service that answers visitors", reader_of<InferenceWork>(v, work)},
      FieldVisitor::Kind{"training", "training runs of language models", reader_of<TrainingWork>(v, work)}};
  v.kind(kinds);
}

}  // namespace chokepoint::sim
