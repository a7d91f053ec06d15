#include "analysis/pool/run_pool.hpp"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <new>
#include <poll.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include <doctest/doctest.h>

#include "analysis/pool/interrupt.hpp"
#include "analysis/pool/random_record.hpp"
#include "analysis/pool/record_wire.hpp"

namespace chokepoint::analysis {
namespace {

using namespace std::chrono_literals;

sim::Record sleep_forever(const sim::Progress&) {
  for (;;) std::this_thread::sleep_for(1s);
}

Run record_of_seed(std::uint64_t seed) {
  return [seed](const sim::Progress&) { return RandomRecord(seed)(); };
}

std::uint64_t seed_of(const RunResult& result) {
  return std::get<sim::Record>(result).seed;
}

Run named(std::uint64_t seed, std::chrono::milliseconds pause = 0ms) {
  return [seed, pause](const sim::Progress&) {
    std::this_thread::sleep_for(pause);
    sim::Record record;
    record.seed = seed;
    return record;
  };
}

RunFailure failure_of(const Run& run, RunLimits limits = {}) {
  const std::vector runs{named(1), run, named(2)};
  const auto results = RunPool({.workers = 2, .limits = limits}).run(runs);
  REQUIRE(results.size() == 3);
  CHECK(seed_of(results[0]) == 1);
  CHECK(seed_of(results[2]) == 2);
  return std::get<RunFailure>(results[1]);
}

#if !defined(__SANITIZE_ADDRESS__)
volatile int* nowhere() {
  static int* volatile address = nullptr;
  return address;
}

std::size_t open_descriptors() {
  std::size_t count = 0;
  for (int descriptor = 0; descriptor < 1024; ++descriptor) count += ::fcntl(descriptor, F_GETFD) >= 0 ? 1 : 0;
  return count;
}
#endif

}  // namespace

TEST_CASE("results stand in order of submission and are the same bytes for any number of workers") {
  std::vector<Run> runs;
  for (std::uint64_t seed = 0; seed < 60; ++seed) runs.push_back(record_of_seed(seed));
  const auto bytes_with = [&](std::size_t workers) {
    std::string bytes;
    for (const RunResult& result : RunPool({.workers = workers}).run(runs)) bytes += encode_message(result);
    return bytes;
  };
  const std::string alone = bytes_with(1);
  CHECK(bytes_with(4) == alone);
  CHECK(bytes_with(64) == alone);
  CHECK(encode_message(RunResult(RandomRecord(0)())) ==
        alone.substr(0, encode_message(RunResult(RandomRecord(0)())).size()));
}

TEST_CASE("the fast overtake the slow only in order of completion") {
  const auto order_of = [](RunPool::Order order) {
    std::uint64_t next = 0;
    std::vector<std::uint64_t> keys;
    RunPool({.workers = 2})
        .stream([&] { return next < 3 ? std::optional(next++) : std::nullopt; },
                [](std::uint64_t key) { return named(key + 1, key == 0 ? 300ms : 0ms); },
                [&](std::uint64_t key, RunResult result, const RunUse&) {
                  CHECK(seed_of(result) == key + 1);
                  keys.push_back(key);
                },
                order);
    return keys;
  };
  CHECK(order_of(RunPool::Order::submission) == std::vector<std::uint64_t>{0, 1, 2});
  CHECK(order_of(RunPool::Order::completion) == std::vector<std::uint64_t>{1, 2, 0});
}

TEST_CASE("a run that aborts leaves the signal's name and harms no other") {
  const auto failure = failure_of([](const sim::Progress&) -> sim::Record { std::abort(); });
  CHECK(failure.kind == RunFailure::Kind::crashed);
  CHECK(failure.text == "SIGABRT");
}

#if !defined(__SANITIZE_ADDRESS__)
TEST_CASE("a run that writes to nowhere leaves the signal's name and harms no other") {
  const auto failure = failure_of([](const sim::Progress&) -> sim::Record {
    *nowhere() = 1;
    return {};
  });
  CHECK(failure.kind == RunFailure::Kind::crashed);
  CHECK(failure.text == "SIGSEGV");
}

TEST_CASE("a run that wants more memory than it may have is told apart from a crash") {
  const auto failure = failure_of(
      [](const sim::Progress&) {
        std::vector<std::vector<double>> hoard;
        for (;;) hoard.emplace_back(1 << 20, 1.0);
        return sim::Record{};
      },
      {.memory = std::uint64_t{256} << 20});
  CHECK(failure.kind == RunFailure::Kind::out_of_memory);
}

TEST_CASE("a pool leaves no descriptor open") {
  const std::size_t before = open_descriptors();
  const std::vector runs{named(1), Run(sleep_forever), named(2)};
  (void)RunPool({.workers = 3, .limits = {.time = 50ms}}).run(runs);
  CHECK(open_descriptors() == before);
}
#endif

TEST_CASE("a run that does not end is stopped in time") {
  const auto begin = std::chrono::steady_clock::now();
  const auto failure = failure_of(sleep_forever, {.time = 200ms});
  CHECK(failure.kind == RunFailure::Kind::timed_out);
  CHECK(failure.text == "still running after 200 ms");
  CHECK(std::chrono::steady_clock::now() - begin < 5s);
}

TEST_CASE("what a run took is told with its result") {
  const auto use_of = [](const Run& run) {
    RunUse told;
    bool given = false;
    RunPool({}).stream([&] { return std::exchange(given, true) ? std::nullopt : std::optional<std::uint64_t>(0); },
                       [&](std::uint64_t) { return run; },
                       [&](std::uint64_t, const RunResult&, const RunUse& use) { told = use; },
                       RunPool::Order::completion);
    return told;
  };
  const auto small = use_of(named(1, 100ms));
  CHECK(small.wall >= 100ms);
  CHECK(small.wall < 5s);
  const auto large = use_of([](const sim::Progress&) {
    const std::vector<double> numbers(16 << 20, 1.0);
    sim::Record record;
    record.seed = static_cast<std::uint64_t>(numbers.back());
    return record;
  });
  CHECK(large.peak_memory_bytes > small.peak_memory_bytes + (120ULL << 20));
  CHECK(large.peak_memory_bytes < small.peak_memory_bytes + (160ULL << 20));
}

TEST_CASE("the tick comes while nothing else does") {
  int ticks = 0;
  const std::vector runs{named(1, 2500ms)};
  (void)RunPool({.tick = [&ticks] { ++ticks; }}).run(runs);
  CHECK(ticks >= 1);
  CHECK(ticks <= 2);
}

TEST_CASE("a run that leaves without a result has crashed") {
  const auto failure = failure_of([](const sim::Progress&) -> sim::Record { ::_exit(3); });
  CHECK(failure.kind == RunFailure::Kind::crashed);
  CHECK(failure.text == "left with exit code 3 and no result");
}

TEST_CASE("the text of an exception travels") {
  const auto failure = failure_of([](const sim::Progress&) -> sim::Record { throw std::runtime_error("no way"); });
  CHECK(failure.kind == RunFailure::Kind::failed);
  CHECK(failure.text == "no way");
  CHECK_THROWS_AS(record_or_throw(failure), RunError);
}

TEST_CASE("all faults of a bad input travel whole") {
  const auto failure = failure_of([](const sim::Progress&) -> sim::Record {
    throw sim::InputError({{"a.json", "/x", "a number", "\"b\"", "why"}, {"b.csv", "line 3", "5 columns", "4", ""}});
  });
  CHECK(failure.kind == RunFailure::Kind::bad_input);
  REQUIRE(failure.faults.size() == 2);
  CHECK(failure.faults[0].text() == "a.json: /x: expected a number, found \"b\" (why)");
  CHECK(failure.faults[1].text() == "b.csv: line 3: expected 5 columns, found 4");
  CHECK_THROWS_AS(record_or_throw(failure), sim::InputError);
}

TEST_CASE("a record larger than the pipe arrives whole") {
  const auto large = [](const sim::Progress&) {
    sim::Record record;
    record.tables.push_back({"t", {{"x", std::vector<double>(1'000'000, 0.1)}}});
    return record;
  };
  const std::vector<Run> runs{large, large};
  for (const RunResult& result : RunPool({.workers = 2}).run(runs)) CHECK(std::get<sim::Record>(result) == large({}));
}

TEST_CASE("progress arrives while a run works") {
  std::vector<double> shares;
  const std::vector<Run> runs{[](const sim::Progress& progress) {
    for (const double share : {0.25, 0.5, 0.75}) {
      progress(share, models::Instant(1s));
      std::this_thread::sleep_for(60ms);
    }
    return sim::Record{};
  }};
  (void)RunPool({}).run(runs, [&](std::uint64_t key, const RunProgress& progress) {
    CHECK(key == 0);
    CHECK(progress.now == models::Instant(1s));
    shares.push_back(progress.share);
  });
  CHECK(shares == std::vector{0.25, 0.5, 0.75});
}

TEST_CASE("what a sink throws ends the pool and its children") {
  const std::vector runs{named(1), Run(sleep_forever)};
  std::uint64_t next = 0;
  const auto source = [&] { return next < runs.size() ? std::optional(next++) : std::nullopt; };
  const auto run_of = [&](std::uint64_t key) { return runs[key]; };
  const auto sink = [](std::uint64_t, const RunResult&, const RunUse&) { throw std::runtime_error("full"); };
  CHECK_THROWS_WITH(RunPool({.workers = 2}).stream(source, run_of, sink, RunPool::Order::completion), "full");
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
}

TEST_CASE("an interrupt ends the pool with all its children") {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    ::signal(signal, SIG_DFL);
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    const pid_t helper = ::fork();
    if (helper == 0) {
      const Run tell_and_sleep = [&](const sim::Progress& progress) {
        [[maybe_unused]] const auto written = ::write(ends[1], "x", 1);
        return sleep_forever(progress);
      };
      const std::vector runs(3, tell_and_sleep);
      try {
        (void)RunPool({.workers = 3}).run(runs);
      } catch (const Interrupted&) {
        ::_exit(::waitpid(-1, nullptr, WNOHANG) == -1 ? 130 : 1);
      }
      ::_exit(2);
    }
    ::close(ends[1]);
    char byte = 0;
    for (int i = 0; i < 3; ++i) REQUIRE(::read(ends[0], &byte, 1) == 1);
    ::kill(helper, signal);
    int status = 0;
    ::waitpid(helper, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 130);
    CHECK(::read(ends[0], &byte, 1) == 0);
    ::close(ends[0]);
  }
}

TEST_CASE("children die with a parent that is killed") {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const pid_t helper = ::fork();
  if (helper == 0) {
    const std::vector<Run> runs{[&](const sim::Progress& progress) {
      [[maybe_unused]] const auto written = ::write(ends[1], "x", 1);
      return sleep_forever(progress);
    }};
    (void)RunPool({}).run(runs);
  }
  ::close(ends[1]);
  char byte = 0;
  REQUIRE(::read(ends[0], &byte, 1) == 1);
  ::kill(helper, SIGKILL);
  ::waitpid(helper, nullptr, 0);
  pollfd watched{ends[0], POLLIN, 0};
  REQUIRE(::poll(&watched, 1, 5000) == 1);
  CHECK(::read(ends[0], &byte, 1) == 0);
  ::close(ends[0]);
}

TEST_CASE("a pool whose zygote is killed says so and leaves no process") {
  const std::vector<Run> runs{[](const sim::Progress&) -> sim::Record {
    ::kill(::getppid(), SIGKILL);
    return sleep_forever({});
  }};
  CHECK_THROWS_WITH((void)RunPool({.workers = 2}).run(runs), "the process that starts the runs has ended");
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
}

TEST_CASE("hundreds of runs stream through a pool in order") {
  std::uint64_t next = 0;
  std::uint64_t got = 0;
  const auto begin = std::chrono::steady_clock::now();
  RunPool({.workers = 2})
      .stream([&] { return next < 500 ? std::optional(next++) : std::nullopt; },
              [](std::uint64_t key) { return named(key); },
              [&](std::uint64_t key, RunResult result, const RunUse&) {
                CHECK(seed_of(result) == key);
                ++got;
              },
              RunPool::Order::submission);
  const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begin;
  MESSAGE("milliseconds a run: ", taken.count() / 500);
  CHECK(got == 500);
}

}  // namespace chokepoint::analysis
