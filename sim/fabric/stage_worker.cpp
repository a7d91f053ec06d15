#include "sim/fabric/stage_worker.hpp"

namespace chokepoint::sim {

StageWorker::StageWorker(Step step, Stage stage, Place place) : step_(step), stage_(stage), place_(place) {
  inputs_.assign(stage_.schedule.size(), 0);
  // The first stage has its forward input, and the last starts its backward pass from its own.
  const models::ParallelPlan& plan = step_.work.plan;
  for (const models::PipelinePass& pass : stage_.schedule)
    if ((pass.forward && place_.stage == 0 && pass.chunk == 0) ||
        (!pass.forward && place_.stage == plan.pipeline - 1 && pass.chunk == plan.interleave - 1))
      inputs_[input_of(pass)] = 1;
}

std::size_t StageWorker::input_of(const models::PipelinePass& pass) const {
  const auto chunks = static_cast<std::size_t>(step_.work.plan.interleave);
  const std::size_t of_batch =
      static_cast<std::size_t>(pass.micro_batch) * chunks + static_cast<std::size_t>(pass.chunk);
  return 2 * of_batch + (pass.forward ? 0 : 1);
}

std::uint64_t StageWorker::id() const {
  return static_cast<std::uint64_t>(place_.stage) * static_cast<std::uint64_t>(step_.replicas) +
         static_cast<std::uint64_t>(place_.replica);
}

const models::ChunkWork& StageWorker::chunk() const {
  return step_.work.stages[static_cast<std::size_t>(place_.stage)];
}

double StageWorker::tensor_bytes() const {
  const double t = step_.work.plan.tensor;
  const models::ChunkWork& work = chunk();
  const double sums = pass().forward ? work.tensor_allreduces_forward : work.tensor_allreduces_backward;
  return sums * 2 * (t - 1) / t * work.tensor_allreduce_bytes;
}

void StageWorker::flow(const PathSet& paths, double bytes, std::uint64_t argument) {
  for (const PathSet::Way& way : paths.ways)
    step_.network.start(
        {.path = way.path, .bytes = bytes / way.channels, .handler = this, .argument = argument, .id = id()});
}

void StageWorker::begin() {
  open_next();
  try_pass();
}

void StageWorker::open_next() {
  if (opened_ < stage_.exchanges.opening.size()) stage_.traffic.join(stage_.exchanges.opening[opened_++]);
}

void StageWorker::receive(std::size_t input) {
  inputs_[input] = 1;
  if (state_ == State::waiting) try_pass();
}

void StageWorker::try_pass() {
  if (inputs_[input_of(pass())] == 0) return;
  state_ = State::passing;
  parts_ = 1;
  const auto& exchanges = stage_.exchanges.passes[next_];
  const double hidden = step_.work.tensor_overlap * tensor_bytes();
  step_.kernel.schedule({.time_s = step_.kernel.now_s() + (pass().forward ? chunk().forward_s : chunk().backward_s),
                         .id = id(),
                         .handler = this});
  if (hidden > 0.0) {
    ++parts_;
    flow(step_.paths.tensor(place_.stage, place_.replica), hidden);
  }
  if (exchanges.beside_and_on) stage_.traffic.join(*exchanges.beside_and_on);
  if (exchanges.beside && !stage_.traffic.ended(*exchanges.beside)) {
    ++parts_;
    if (stage_.exchanges.opening.empty()) stage_.traffic.join(*exchanges.beside);
  }
}

void StageWorker::on_event(std::uint64_t argument) {
  if (argument != 0) return deliver(argument >> 32, argument & 0xffffffffu);
  switch (state_) {
    case State::passing:
      return part_ended();
    case State::tensor_after:
      return follow_with_data();
    case State::sending:
      return sent();
    case State::optimizing:
      state_ = State::after;
      if (join(stage_.exchanges.after_optimizer, State::after)) return;
      state_ = State::done;
      end_s_ = step_.kernel.now_s();
      return;
    default:
      return;
  }
}

void StageWorker::exchange_ended(std::size_t exchange) {
  if (opened_ > 0 && stage_.exchanges.opening[opened_ - 1] == exchange) open_next();
  switch (state_) {
    case State::passing:
      if (stage_.exchanges.passes[next_].beside == exchange) part_ended();
      return;
    case State::data_after:
      if (exchange == awaited_) send();
      return;
    case State::before_optimizer:
      return finish_passes();
    case State::after:
      if (exchange != awaited_) return;
      state_ = State::done;
      end_s_ = step_.kernel.now_s();
      return;
    default:
      return;
  }
}

void StageWorker::part_ended() {
  if (--parts_ == 0) pass_computed();
}

void StageWorker::pass_computed() {
  state_ = State::tensor_after;
  const double bare = (1 - step_.work.tensor_overlap) * tensor_bytes();
  if (bare <= 0.0) return follow_with_data();
  flow(step_.paths.tensor(place_.stage, place_.replica), bare);
}

void StageWorker::follow_with_data() {
  if (!join(stage_.exchanges.passes[next_].after, State::data_after)) send();
}

bool StageWorker::join(std::optional<std::size_t> exchange, State state) {
  if (!exchange) return false;
  state_ = state;
  awaited_ = *exchange;
  stage_.traffic.join(*exchange);
  return true;
}

void StageWorker::send() {
  state_ = State::sending;
  const models::ParallelPlan& plan = step_.work.plan;
  const bool ends = pass().forward ? place_.stage == plan.pipeline - 1 && pass().chunk == plan.interleave - 1
                                   : place_.stage == 0 && pass().chunk == 0;
  if (ends) return next_pass();
  flow(way_out(), (1 - step_.work.pipeline_overlap) * step_.work.stage_to_stage_bytes);
}

const PathSet& StageWorker::way_out() const {
  return pass().forward ? step_.paths.forward(place_.stage, place_.replica)
                        : step_.paths.backward(place_.stage, place_.replica);
}

/// The share of the output for which the worker waits has passed.
void StageWorker::sent() {
  const models::ParallelPlan& plan = step_.work.plan;
  const int stages = plan.pipeline;
  models::PipelinePass next = pass();
  const int to = next.forward ? (place_.stage + 1) % stages : (place_.stage + stages - 1) % stages;
  if (next.forward && to == 0) ++next.chunk;
  if (!next.forward && to == stages - 1) --next.chunk;
  const std::uint64_t input = input_of(next);
  const auto receiver = static_cast<std::uint64_t>(to * step_.replicas + place_.replica) + 1;
  const double rest = step_.work.pipeline_overlap * step_.work.stage_to_stage_bytes;
  if (rest > 0.0) flow(way_out(), rest, receiver << 32 | input);
  next_pass();
  if (rest <= 0.0) deliver(receiver, input);
}

void StageWorker::deliver(std::uint64_t receiver, std::uint64_t input) {
  step_.workers[static_cast<std::size_t>(receiver - 1)].receive(static_cast<std::size_t>(input));
}

void StageWorker::next_pass() {
  state_ = State::waiting;
  if (++next_ < stage_.schedule.size()) return try_pass();
  state_ = State::before_optimizer;
  if (stage_.exchanges.before_optimizer) {
    awaited_ = *stage_.exchanges.before_optimizer;
    stage_.traffic.join(awaited_);
  }
  finish_passes();
}

/// Waits for all that was to end before the optimizer.
void StageWorker::finish_passes() {
  if (state_ != State::before_optimizer) return;
  for (const auto& exchanges : stage_.exchanges.passes)
    if (exchanges.beside_and_on && !stage_.traffic.ended(*exchanges.beside_and_on)) return;
  const auto& last = stage_.exchanges.before_optimizer;
  if (last && !stage_.traffic.ended(*last)) return;
  optimize();
}

void StageWorker::optimize() {
  state_ = State::optimizing;
  step_.kernel.schedule({.time_s = step_.kernel.now_s() + step_.work.optimizer_s, .id = id(), .handler = this});
}

}  // namespace chokepoint::sim
