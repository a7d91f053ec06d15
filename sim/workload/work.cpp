#include "sim/workload/work.hpp"

#include "sim/workload/service_meter.hpp"

namespace chokepoint::sim {

std::unique_ptr<ServiceMeter> Work::make_meter(const WorkRun&) const {
  return nullptr;
}

}  // namespace chokepoint::sim
