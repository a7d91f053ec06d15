#include "analysis/pool/run_child.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <string>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "analysis/pool/run_message.hpp"

namespace chokepoint::analysis {
namespace {

constexpr std::chrono::milliseconds progress_interval{50};

void write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) ::_exit(1);
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void limit(decltype(RLIMIT_CORE) resource, std::uint64_t value) {
  const rlimit limits{value, value};
  ::setrlimit(resource, &limits);
}

// Of those that the zygote ignores or blocks, all but Ctrl-C, at which the pool ends its runs.
void reset_signals() {
  for (const int signal : {SIGTERM, SIGHUP}) ::signal(signal, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

RunResult result_of(const Run& run, const sim::Progress& progress) {
  try {
    return run(progress);
  } catch (const sim::InputError& error) {
    return RunFailure{RunFailure::Kind::bad_input, error.what(), error.faults()};
  } catch (const std::bad_alloc&) {
    return RunFailure{RunFailure::Kind::out_of_memory, "no more memory could be had"};
  } catch (const std::exception& error) {
    return RunFailure{RunFailure::Kind::failed, error.what()};
  } catch (...) {
    return RunFailure{RunFailure::Kind::failed, "an exception that is no std::exception"};
  }
}

// The result is encoded under the same limits as the run.
std::string encoded_result_of(const Run& run, const sim::Progress& progress) {
  const auto encode = [](const Run& work, const sim::Progress& told) { return encode_message(result_of(work, told)); };
  try {
    return encode(run, progress);
  } catch (const std::bad_alloc&) {
    return encode_message(RunFailure{RunFailure::Kind::out_of_memory, "no memory was left to send the result"});
  } catch (const std::exception& error) {
    return encode_message(RunFailure{RunFailure::Kind::failed, error.what()});
  }
}

}  // namespace

void be_run(const Run& run, const RunLimits& limits, int descriptor, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  reset_signals();
  limit(RLIMIT_CORE, 0);
  if (limits.memory) limit(RLIMIT_DATA, *limits.memory);

  auto next = std::chrono::steady_clock::now();
  const auto progress = [&](double share, models::Instant now) {
    const auto wall = std::chrono::steady_clock::now();
    if (wall < next) return;
    next = wall + progress_interval;
    write_all(descriptor, encode_message(RunProgress{share, now}));
  };
  write_all(descriptor, encoded_result_of(run, progress));
  ::_exit(0);
}

}  // namespace chokepoint::analysis
