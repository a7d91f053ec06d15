#include "sim/fleet/node_failures.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {
namespace {

std::vector<double> running_sums(const std::vector<models::FailureCause>& causes, double multiple) {
  std::vector<double> sums;
  double sum = 0.0;
  for (const models::FailureCause& cause : causes) {
    // One node: below any number of nodes at which a cause stops growing.
    sum += cause.per_1000_node_days / 86.4e6 * (cause.origin == models::FailureOrigin::job ? 1.0 : multiple);
    sums.push_back(sum);
  }
  return sums;
}

}  // namespace

NodeFailures::NodeFailures(Kernel& kernel, Fleet& fleet, FailureSetup setup, const Chance& chance, std::uint64_t id)
    : kernel_(kernel),
      fleet_(fleet),
      setup_(std::move(setup)),
      id_(id),
      sums_(running_sums(setup_.causes, 1.0)),
      lemon_sums_(running_sums(setup_.causes, setup_.lemon_multiple)) {
  const std::uint32_t count = fleet.nodes();
  models::expects(setup_.spares < count, "a fleet has nodes beside its spares");
  nodes_.reserve(count);
  for (const Nodes& part : chance.nodes) {
    for (std::uint32_t number = 0; number < part.count; ++number) {
      const std::string name = fmt::format("{}/nodes/{}/failures", part.stream, number);
      nodes_.push_back({.stream = RandomStream(chance.seed, chance.replicate, name)});
      nodes_.back().lemon = nodes_.back().stream.uniform() < setup_.lemon_share;
      plan_failure(static_cast<std::uint32_t>(nodes_.size() - 1));
    }
  }
  models::expects(nodes_.size() == count, "each node of a fleet has its stream");
  to_serve_ = serving_ = count - setup_.spares;
  for (std::uint32_t spare = to_serve_; spare < count; ++spare) {
    fleet_.hold_node(spare);
    spares_.push(spare);
  }
  schedule_next();
}

void NodeFailures::plan_failure(std::uint32_t number) {
  Node& node = nodes_[number];
  const std::vector<double>& sums = sums_of(node);
  const double draw = node.stream.exponential(1.0);
  if (sums.empty() || !(sums.back() > 0.0)) return;
  dates_.push({.time_s = kernel_.now_s() + draw / sums.back(), .node = number});
}

void NodeFailures::schedule_next() {
  if (dates_.empty() || fleet_.done()) return;
  kernel_.schedule(
      {.time_s = dates_.top().time_s, .phase = Phase::arrivals, .id = id_, .handler = this, .argument = 0});
}

void NodeFailures::on_event(std::uint64_t) {
  const std::uint32_t number = dates_.top().node;
  dates_.pop();
  if (nodes_[number].down) {
    bring_up(number);
  } else {
    fail(number);
  }
  schedule_next();
}

void NodeFailures::fail(std::uint32_t number) {
  Node& node = nodes_[number];
  const Draws draws{.cause = node.stream.uniform(),
                    .repair = node.stream.exponential(1.0),
                    .gpu = node.stream.uniform(),
                    .thinning = node.stream.uniform()};
  const std::vector<double>& sums = sums_of(node);
  const auto found = std::ranges::upper_bound(sums, draws.cause * sums.back());
  const auto cause = static_cast<std::uint32_t>(std::min(found, sums.end() - 1) - sums.begin());
  const models::FailureCause& what = setup_.causes[cause];
  NodeFailure failure{.time_s = kernel_.now_s(), .node = number, .cause = cause};
  if (what.origin == models::FailureOrigin::hardware) {
    if (fleet_.node_works(number)) {
      take_down(number, setup_.repair_s * draws.repair, failure);
      failures_.push_back(failure);
      return;
    }
  } else if (const auto job = fleet_.job_at(number, draws.gpu)) {
    if (draws.thinning * job->nodes < what.up_to_nodes) {
      failure.struck = fleet_.interrupt_job(job->job);
      failures_.push_back(failure);
    }
  }
  plan_failure(number);
}

void NodeFailures::take_down(std::uint32_t number, double repair_s, NodeFailure& failure) {
  Node& node = nodes_[number];
  node.down = true;
  ++node.hardware_failures;
  failure.struck = fleet_.take_node_down(number);
  failure.up_s = kernel_.now_s() + repair_s;
  dates_.push({.time_s = *failure.up_s, .node = number});
  --serving_;
  if (spares_.empty()) {
    failure.without_spare = true;
    return;
  }
  failure.spare = spares_.top();
  fleet_.release_node(spares_.top());
  spares_.pop();
  ++serving_;
}

void NodeFailures::bring_up(std::uint32_t number) {
  Node& node = nodes_[number];
  node.down = false;
  if (setup_.replaced_after > 0 && node.hardware_failures >= setup_.replaced_after) {
    node.lemon = false;
    node.hardware_failures = 0;
  }
  fleet_.bring_node_up(number);
  if (serving_ < to_serve_) {
    ++serving_;
  } else {
    fleet_.hold_node(number);
    spares_.push(number);
  }
  plan_failure(number);
}

}  // namespace chokepoint::sim
