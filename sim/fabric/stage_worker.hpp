#pragma once

#include <cstdint>
#include <vector>

#include "sim/fabric/stage_exchanges.hpp"

namespace chokepoint::sim {

/// One stage of one replica in a step: all its GPUs do the same at the same time. It takes its passes in order, each
/// when its input has come. Beside the computation of a pass run the hidden shares of its tensor and data traffic;
/// what is not hidden follows; then its output goes to the neighbouring stage. The worker waits while that share of it
/// passes that a framework does not hide (Megatron-LM's exchange between stages blocks).
class StageWorker final : public EventHandler {
 public:
  struct Place {
    int stage = 0;
    int replica = 0;
  };
  /// What all workers of a step share.
  struct Step {
    Kernel& kernel;
    FlowNetwork& network;
    const StepPaths& paths;
    const models::StepWork& work;
    std::vector<StageWorker>& workers;
    /// Those that are simulated, of each stage.
    int replicas = 1;
  };
  /// What all replicas of a stage share.
  struct Stage {
    const std::vector<models::PipelinePass>& schedule;
    const StageExchanges& exchanges;
    ReplicaTraffic& traffic;
  };

  StageWorker(Step step, Stage stage, Place place);

  void begin();
  void on_event(std::uint64_t argument) override;
  /// An exchange of the stage's replicas has ended.
  void exchange_ended(std::size_t exchange);
  [[nodiscard]] bool done() const { return state_ == State::done; }
  [[nodiscard]] double end_s() const { return end_s_; }

 private:
  enum class State { waiting, passing, tensor_after, data_after, sending, before_optimizer, optimizing, after, done };

  void try_pass();
  void part_ended();
  void pass_computed();
  void follow_with_data();
  void send();
  void next_pass();
  void finish_passes();
  void optimize();
  void receive(std::size_t input);
  void open_next();
  bool join(std::optional<std::size_t> exchange, State state);
  void flow(const PathSet& paths, double bytes, std::uint64_t argument = 0);
  void sent();
  void deliver(std::uint64_t receiver, std::uint64_t input);
  [[nodiscard]] const PathSet& way_out() const;
  [[nodiscard]] std::uint64_t id() const;
  [[nodiscard]] std::size_t input_of(const models::PipelinePass& pass) const;
  [[nodiscard]] const models::ChunkWork& chunk() const;
  [[nodiscard]] const models::PipelinePass& pass() const { return stage_.schedule[next_]; }
  [[nodiscard]] double tensor_bytes() const;

  Step step_;
  Stage stage_;
  Place place_;
  State state_ = State::waiting;
  std::size_t next_ = 0;
  int parts_ = 0;
  std::size_t awaited_ = 0;
  std::size_t opened_ = 0;
  std::vector<char> inputs_;
  double end_s_ = 0.0;
};

}  // namespace chokepoint::sim
