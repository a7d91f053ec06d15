#include "sim/fabric/simulated_step.hpp"

#include <algorithm>
#include <deque>

#include "models/contract/expects.hpp"
#include "sim/fabric/stage_worker.hpp"

namespace chokepoint::sim {
namespace {

std::vector<double> capacities(const models::FabricGraph& graph) {
  std::vector<double> rates(static_cast<std::size_t>(graph.links()));
  for (int link = 0; link < graph.links(); ++link) rates[static_cast<std::size_t>(link)] = graph.bytes_per_s(link);
  return rates;
}

/// Starts all workers of a step.
class Beginning final : public EventHandler {
 public:
  explicit Beginning(std::vector<StageWorker>& workers) : workers_(workers) {}
  void on_event(std::uint64_t) override {
    for (StageWorker& worker : workers_) worker.begin();
  }

 private:
  std::vector<StageWorker>& workers_;
};

}  // namespace

class SimulatedStep::Parts {
 public:
  Parts(const models::TrainingSetup& setup, const StepFabric& fabric, const models::StepConstants& constants)
      : work_(models::step_work(setup, constants)),
        graph_(step_graph(setup, fabric, constants)),
        network_(kernel_, capacities(graph_), StepPaths::most_paths(setup.plan)),
        paths_(network_, graph_, setup, fabric) {}

  [[nodiscard]] const models::StepWork& work() const { return work_; }

  [[nodiscard]] double step_s(const models::StepWork& work) {
    const models::ParallelPlan& plan = work.plan;
    const auto stages = static_cast<std::size_t>(plan.pipeline);
    const auto replicas = static_cast<std::size_t>(paths_.replicas_told_apart());
    std::vector<std::vector<models::PipelinePass>> schedules;
    std::vector<StageExchanges> exchanges;
    std::deque<ReplicaTraffic> traffic;
    std::vector<StageWorker> workers;
    workers.reserve(stages * replicas);
    schedules.reserve(stages);
    exchanges.reserve(stages);
    for (std::size_t stage = 0; stage < stages; ++stage) {
      const auto place = static_cast<int>(stage);
      schedules.push_back(models::pipeline_schedule(
          {.stages = plan.pipeline, .micro_batches = work.micro_batches, .chunks = plan.interleave}, place));
      traffic.emplace_back(network_, paths_.replicas_told_apart(), stages * replicas + stage);
      exchanges.push_back(plan_exchanges(work, schedules.back(), paths_, place, traffic.back()));
      for (std::size_t replica = 0; replica < replicas; ++replica)
        workers.emplace_back(StageWorker::Step{kernel_, network_, paths_, work, workers, paths_.replicas_told_apart()},
                             StageWorker::Stage{schedules.back(), exchanges.back(), traffic.back()},
                             StageWorker::Place{place, static_cast<int>(replica)});
      traffic.back().on_end([&workers, first = stage * replicas, replicas](std::size_t exchange) {
        for (std::size_t i = first; i < first + replicas; ++i) workers[i].exchange_ended(exchange);
      });
    }
    Beginning beginning(workers);
    const double begin_s = kernel_.now_s();
    kernel_.schedule({.time_s = begin_s, .handler = &beginning});
    kernel_.run();
    double end_s = begin_s;
    for (const StageWorker& worker : workers) {
      models::ensures(worker.done(), "every stage ends its step");
      end_s = std::max(end_s, worker.end_s());
    }
    return end_s - begin_s;
  }

 private:
  Kernel kernel_;
  models::StepWork work_;
  models::FabricGraph graph_;
  FlowNetwork network_;
  StepPaths paths_;
};

bool can_simulate(const models::TrainingSetup& setup) {
  return setup.plan.context == 1 && setup.plan.expert == 1;
}

SimulatedStep::SimulatedStep(const models::TrainingSetup& setup, const StepFabric& fabric,
                             const models::StepConstants& constants)
    : parts_((models::expects(can_simulate(setup), "no context and expert ranks"),
              std::make_unique<Parts>(setup, fabric, constants))) {}

SimulatedStep::~SimulatedStep() = default;

double SimulatedStep::step_s(const models::StepWork& work) {
  return parts_->step_s(work);
}

models::CommunicationTime SimulatedStep::communication_time() {
  return models::communication_time(parts_->work(),
                                    [this](const models::StepWork& work) { return parts_->step_s(work); });
}

}  // namespace chokepoint::sim
