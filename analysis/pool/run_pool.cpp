#include "analysis/pool/run_pool.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <map>
#include <poll.h>
#include <sys/wait.h>
#include <system_error>
#include <utility>

#include "analysis/pool/interrupt.hpp"
#include "analysis/pool/message_stream.hpp"
#include "models/contract/expects.hpp"

namespace chokepoint::analysis {
namespace {

using Clock = std::chrono::steady_clock;

// Results that may wait for a slower one before them, per worker.
constexpr std::size_t lead_per_worker = 64;
constexpr std::size_t most_waiting = 8;
constexpr std::chrono::seconds tick_interval{1};

RunFailure failure_of(int status) {
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    const char* const name = ::sigabbrev_np(signal);
    std::string text = name == nullptr ? "signal " + std::to_string(signal) : "SIG" + std::string(name);
    if (signal == SIGKILL) text += ", as the system does when memory is short";
    return {RunFailure::Kind::crashed, std::move(text)};
  }
  return {RunFailure::Kind::crashed, "left with exit code " + std::to_string(WEXITSTATUS(status)) + " and no result"};
}

// What a run left behind.
struct Ended {
  std::uint64_t key = 0;
  RunResult result;
  RunUse use;
};

// Hands results on as they come, or each once all before it have come.
class Delivery {
 public:
  Delivery(const RunPool::Sink& sink, RunPool::Order order) : sink_(sink), order_(order) {}

  void take(std::size_t index, Ended ended) {
    if (order_ == RunPool::Order::completion) {
      ++delivered_;
      hand_on(std::move(ended));
      return;
    }
    waiting_.emplace(index, std::move(ended));
    while (!waiting_.empty() && waiting_.begin()->first == delivered_) {
      ++delivered_;
      hand_on(std::move(waiting_.extract(waiting_.begin()).mapped()));
    }
  }
  [[nodiscard]] std::size_t delivered() const { return delivered_; }

 private:
  void hand_on(Ended ended) { sink_(ended.key, std::move(ended.result), ended.use); }

  const RunPool::Sink& sink_;
  RunPool::Order order_;
  std::size_t delivered_ = 0;
  std::map<std::size_t, Ended> waiting_;
};

// The runs under way, and a few that wait, so that no worker has to.
class Runs {
 public:
  Runs(const RunOfKey& run_of, const RunLimits& limits, std::size_t workers)
      : limits_(limits),
        slots_(workers + std::min(workers, most_waiting)),
        zygote_(run_of, limits, workers, slots_.size()) {}

  [[nodiscard]] bool any() const { return active_ > 0; }
  [[nodiscard]] bool full() const { return active_ == slots_.size(); }

  void start(std::size_t index, std::uint64_t key) {
    const auto slot = std::ranges::find_if(slots_, [](const auto& one) { return !one; });
    slot->emplace(Slot{.index = index, .key = key});
    ++active_;
    zygote_.start(static_cast<std::size_t>(slot - slots_.begin()), key);
  }

  /// Waits until a run says something or its time is up, a signal comes or it is `until`.
  void wait(const InterruptWatch& watch, std::optional<Clock::time_point> until) {
    watched_.clear();
    for (std::size_t i = 0; i < slots_.size(); ++i)
      watched_.push_back({slots_[i] ? zygote_.message_descriptor(i) : -1, POLLIN, 0});
    watched_.push_back({zygote_.news_descriptor(), POLLIN, 0});
    watched_.push_back({watch.descriptor(), POLLIN, 0});
    if (::poll(watched_.data(), watched_.size(), timeout(until)) < 0 && errno != EINTR)
      throw std::system_error(errno, std::generic_category(), "poll");
    watch.throw_if_interrupted();
  }

  /// What has come since.
  void take_news(Delivery& delivery, const RunPool::OnProgress& on_progress) {
    for (std::size_t i = 0; i < slots_.size(); ++i)
      if (slots_[i] && watched_[i].revents != 0) read(i, on_progress);
    while (const auto news = zygote_.next_news()) take(*news, delivery, on_progress);
    for (std::size_t i = 0; i < slots_.size(); ++i)
      if (slots_[i] && slots_[i]->deadline && Clock::now() >= *slots_[i]->deadline) {
        slots_[i]->deadline.reset();
        slots_[i]->timed_out = true;
        zygote_.stop(i);
      }
  }

 private:
  struct Slot {
    std::size_t index = 0;
    std::uint64_t key = 0;
    MessageStream messages = {};
    std::optional<Clock::time_point> deadline = {};
    bool timed_out = false;
  };

  void read(std::size_t slot, const RunPool::OnProgress& on_progress) {
    slots_[slot]->messages.read(zygote_.message_descriptor(slot), [&](const RunProgress& progress) {
      if (on_progress) on_progress(slots_[slot]->key, progress);
    });
  }

  void take(const Zygote::News& news, Delivery& delivery, const RunPool::OnProgress& on_progress) {
    std::optional<Slot>& slot = slots_[news.slot];
    switch (news.kind) {
      case Zygote::News::Kind::not_started:
        throw std::system_error(news.status, std::generic_category(), "fork");
      case Zygote::News::Kind::started:
        if (limits_.time) slot->deadline = Clock::now() + *limits_.time;
        return;
      case Zygote::News::Kind::ended:
        read(news.slot, on_progress);
        Slot ended = *std::move(slot);
        slot.reset();
        --active_;
        delivery.take(ended.index, {ended.key, result_of(ended, news.status), {news.wall, news.peak_memory_bytes}});
    }
  }

  RunResult result_of(Slot& slot, int status) const {
    if (slot.messages.result()) return *std::move(slot.messages.result());
    if (!slot.timed_out) return failure_of(status);
    return RunFailure{RunFailure::Kind::timed_out,
                      "still running after " + std::to_string(limits_.time->count()) + " ms"};
  }

  // Milliseconds until the first deadline or `first`, rounded up; -1 for none.
  [[nodiscard]] int timeout(std::optional<Clock::time_point> first) const {
    for (const auto& slot : slots_)
      if (slot && slot->deadline && (!first || *slot->deadline < *first)) first = slot->deadline;
    if (!first) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*first - Clock::now()).count();
    constexpr decltype(left) longest = 3'600'000;
    return static_cast<int>(std::clamp(left, decltype(left){0}, longest));
  }

  RunLimits limits_;
  std::vector<std::optional<Slot>> slots_;
  std::size_t active_ = 0;
  std::vector<pollfd> watched_;
  Zygote zygote_;
};

}  // namespace

RunPool::RunPool(Options options) : options_(std::move(options)) {
  models::expects(options_.workers >= 1, "a pool has at least one worker");
}

std::vector<RunResult> RunPool::run(std::span<const Run> runs, const OnProgress& on_progress) const {
  std::vector<RunResult> results;
  results.reserve(runs.size());
  std::uint64_t next = 0;
  stream([&] { return next < runs.size() ? std::optional(next++) : std::nullopt; },
         [&](std::uint64_t place) { return runs[place]; },
         [&](std::uint64_t, RunResult result, const RunUse&) { results.push_back(std::move(result)); },
         Order::submission, on_progress);
  return results;
}

void RunPool::stream(const Source& source, const RunOfKey& run_of, const Sink& sink, Order order,
                     const OnProgress& on_progress) const {
  const InterruptWatch watch;
  Delivery delivery(sink, order);
  Runs runs(run_of, options_.limits, options_.workers);
  std::size_t started = 0;
  bool exhausted = false;

  const auto start_runs = [&] {
    while (!exhausted && !runs.full() && started - delivery.delivered() < options_.workers * lead_per_worker) {
      if (const auto key = source()) {
        runs.start(started++, *key);
      } else {
        exhausted = true;
      }
    }
  };

  std::optional<Clock::time_point> next_tick;
  if (options_.tick) next_tick = Clock::now() + tick_interval;
  for (start_runs(); runs.any(); start_runs()) {
    runs.wait(watch, next_tick);
    if (next_tick && Clock::now() >= *next_tick) {
      options_.tick();
      next_tick = Clock::now() + tick_interval;
    }
    runs.take_news(delivery, on_progress);
  }
  watch.throw_if_interrupted();
}

}  // namespace chokepoint::analysis
