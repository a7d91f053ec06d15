#include "analysis/pool/run_pool.hpp"

#include <algorithm>
#include <cerrno>
#include <map>
#include <memory>
#include <poll.h>
#include <system_error>
#include <utility>

#include "analysis/pool/interrupt.hpp"
#include "analysis/pool/run_process.hpp"
#include "models/contract/expects.hpp"

namespace chokepoint::analysis {
namespace {

// Results that may wait for a slower one before them, per worker.
constexpr std::size_t lead_per_worker = 64;
constexpr std::chrono::seconds tick_interval{1};

struct Active {
  std::size_t index = 0;
  std::unique_ptr<RunProcess> process;
};

// What a run left behind.
struct Ended {
  RunResult result;
  RunUse use;
};

// Milliseconds until the first deadline or `first`, rounded up; -1 for none.
int poll_timeout(const std::vector<Active>& active, std::optional<RunProcess::Clock::time_point> first) {
  for (const Active& one : active)
    if (const auto deadline = one.process->deadline(); deadline && (!first || *deadline < *first)) first = deadline;
  if (!first) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*first - RunProcess::Clock::now()).count();
  constexpr decltype(left) longest = 3'600'000;
  return static_cast<int>(std::clamp(left, decltype(left){0}, longest));
}

// Waits until a child says something, a deadline passes or a signal comes; true for each child that said something.
std::vector<bool> wait_for_news(const std::vector<Active>& active, const InterruptWatch& watch,
                                std::optional<RunProcess::Clock::time_point> until) {
  std::vector<pollfd> watched;
  for (const Active& one : active) watched.push_back({one.process->descriptor(), POLLIN, 0});
  watched.push_back({watch.descriptor(), POLLIN, 0});
  if (::poll(watched.data(), watched.size(), poll_timeout(active, until)) < 0 && errno != EINTR)
    throw std::system_error(errno, std::generic_category(), "poll");
  watch.throw_if_interrupted();
  std::vector<bool> news;
  for (std::size_t i = 0; i < active.size(); ++i) news.push_back(watched[i].revents != 0);
  return news;
}

// Hands results on as they come, or each once all before it have come.
class Delivery {
 public:
  Delivery(const RunPool::Sink& sink, RunPool::Order order) : sink_(sink), order_(order) {}

  void take(std::size_t index, Ended ended) {
    if (order_ == RunPool::Order::completion) {
      ++delivered_;
      sink_(index, std::move(ended.result), ended.use);
      return;
    }
    waiting_.emplace(index, std::move(ended));
    while (!waiting_.empty() && waiting_.begin()->first == delivered_) {
      auto first = waiting_.extract(waiting_.begin());
      sink_(delivered_++, std::move(first.mapped().result), first.mapped().use);
    }
  }
  [[nodiscard]] std::size_t delivered() const { return delivered_; }

 private:
  const RunPool::Sink& sink_;
  RunPool::Order order_;
  std::size_t delivered_ = 0;
  std::map<std::size_t, Ended> waiting_;
};

}  // namespace

RunPool::RunPool(Options options) : options_(std::move(options)) {
  models::expects(options_.workers >= 1, "a pool has at least one worker");
}

std::vector<RunResult> RunPool::run(std::span<const Run> runs, const OnProgress& on_progress) const {
  std::vector<RunResult> results;
  results.reserve(runs.size());
  std::size_t next = 0;
  stream([&]() -> std::optional<Run> { return next < runs.size() ? std::optional(runs[next++]) : std::nullopt; },
         [&](std::size_t, RunResult result, const RunUse&) { results.push_back(std::move(result)); }, Order::submission,
         on_progress);
  return results;
}

void RunPool::stream(const Source& source, const Sink& sink, Order order, const OnProgress& on_progress) const {
  const InterruptWatch watch;
  Delivery delivery(sink, order);
  std::vector<Active> active;
  std::size_t started = 0;
  bool exhausted = false;

  const auto start_runs = [&] {
    while (!exhausted && active.size() < options_.workers &&
           started - delivery.delivered() < options_.workers * lead_per_worker) {
      const std::optional<Run> run = source();
      if (!run) {
        exhausted = true;
        return;
      }
      std::vector<int> siblings;
      for (const Active& one : active) siblings.push_back(one.process->descriptor());
      active.push_back({started++, std::make_unique<RunProcess>(*run, options_.limits, siblings)});
    }
  };

  std::optional<RunProcess::Clock::time_point> next_tick;
  if (options_.tick) next_tick = RunProcess::Clock::now() + tick_interval;
  for (start_runs(); !active.empty(); start_runs()) {
    const std::vector<bool> news = wait_for_news(active, watch, next_tick);
    if (next_tick && RunProcess::Clock::now() >= *next_tick) {
      options_.tick();
      next_tick = RunProcess::Clock::now() + tick_interval;
    }
    std::vector<Active> still_active;
    for (std::size_t i = 0; i < active.size(); ++i) {
      Active& one = active[i];
      std::optional<RunResult> result;
      if (news[i])
        result = one.process->read([&](const RunProgress& progress) {
          if (on_progress) on_progress(one.index, progress);
        });
      if (!result && one.process->deadline() && RunProcess::Clock::now() >= *one.process->deadline())
        result = one.process->stop();
      if (result) {
        const RunUse use = one.process->use();
        one.process.reset();
        delivery.take(one.index, {std::move(*result), use});
      } else {
        still_active.push_back(std::move(one));
      }
    }
    active = std::move(still_active);
  }
  watch.throw_if_interrupted();
}

}  // namespace chokepoint::analysis
