#include "models/training/communication_time.hpp"

namespace chokepoint::models {

CommunicationTime communication_time(StepWork work, const std::function<double(const StepWork&)>& step_s) {
  const double all_s = step_s(work);
  work.data = work.expert_data = {};
  const double without_data_s = work.plan.data > 1 ? step_s(work) : all_s;
  work.stage_to_stage_bytes = 0.0;
  const double without_hops_s = work.plan.pipeline > 1 ? step_s(work) : without_data_s;
  for (ChunkWork& chunk : work.stages) chunk.tensor_allreduces_forward = chunk.tensor_allreduces_backward = 0.0;
  const double rest_s = work.plan.tensor > 1 ? step_s(work) : without_hops_s;
  return {.tensor_s = without_hops_s - rest_s,
          .pipeline_s = without_data_s - without_hops_s,
          .data_s = all_s - without_data_s,
          .rest_s = rest_s};
}

}  // namespace chokepoint::models
