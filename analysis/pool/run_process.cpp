#include "analysis/pool/run_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "analysis/pool/wire.hpp"

namespace chokepoint::analysis {
namespace {

// A large pipe lets a child leave its result and go; the system may grant less.
constexpr int pipe_bytes = 1 << 20;
constexpr std::chrono::milliseconds progress_interval{50};

[[noreturn]] void throw_system_error(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

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

void reset_signals() {
  for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
  ::signal(SIGINT, SIG_IGN);
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

[[noreturn]] void be_child(const Run& run, const RunLimits& limits, int descriptor, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  reset_signals();
  limit(RLIMIT_CORE, 0);
  if (limits.memory) limit(RLIMIT_DATA, *limits.memory);

  auto next = RunProcess::Clock::now();
  const auto progress = [&](double share, models::Instant now) {
    const auto wall = RunProcess::Clock::now();
    if (wall < next) return;
    next = wall + progress_interval;
    write_all(descriptor, encode_message(RunProgress{share, now}));
  };
  write_all(descriptor, encoded_result_of(run, progress));
  ::_exit(0);
}

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

}  // namespace

RunProcess::RunProcess(const Run& run, const RunLimits& limits, std::span<const int> siblings)
    : time_limit_(limits.time) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw_system_error("pipe");
  ::fcntl(ends[1], F_SETPIPE_SZ, pipe_bytes);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    for (const int sibling : siblings) ::close(sibling);
    be_child(run, limits, ends[1], parent);
  }
  ::close(ends[1]);
  if (child < 0) {
    const int error = errno;
    ::close(ends[0]);
    throw std::system_error(error, std::generic_category(), "fork");
  }
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  child_ = child;
  descriptor_ = ends[0];
  if (time_limit_) deadline_ = begin_ + *time_limit_;
}

RunProcess::~RunProcess() {
  if (child_) {
    ::kill(*child_, SIGKILL);
    end_child();
  }
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<RunResult> RunProcess::read(const std::function<void(const RunProgress&)>& on_progress) {
  for (;;) {
    const std::size_t before = unread_.size();
    unread_.resize(before + (1 << 16));
    const ssize_t got = ::read(descriptor_, unread_.data() + before, unread_.size() - before);
    unread_.resize(before + static_cast<std::size_t>(got > 0 ? got : 0));
    if (got == 0) break;
    if (got < 0 && errno == EAGAIN) {
      take_messages(on_progress);
      return std::nullopt;
    }
    if (got < 0 && errno != EINTR) throw_system_error("read");
  }
  take_messages(on_progress);
  return reap();
}

void RunProcess::take_messages(const std::function<void(const RunProgress&)>& on_progress) {
  std::string_view rest = unread_;
  try {
    while (auto message = take_message(rest)) {
      if (auto* result = std::get_if<RunResult>(&*message)) {
        result_ = std::move(*result);
      } else if (on_progress) {
        on_progress(std::get<RunProgress>(*message));
      }
    }
  } catch (const WireError& error) {
    result_ = RunFailure{RunFailure::Kind::failed, std::string("its result cannot be read: ") + error.what()};
    rest = {};
  }
  unread_.erase(0, unread_.size() - rest.size());
}

RunResult RunProcess::reap() {
  const int status = end_child();
  if (result_) return std::move(*result_);
  return failure_of(status);
}

RunResult RunProcess::stop() {
  ::kill(*child_, SIGKILL);
  end_child();
  return RunFailure{RunFailure::Kind::timed_out, "still running after " + std::to_string(time_limit_->count()) + " ms"};
}

int RunProcess::end_child() {
  int status = 0;
  rusage used{};
  while (::wait4(*child_, &status, 0, &used) < 0 && errno == EINTR) {
  }
  child_.reset();
  use_ = {Clock::now() - begin_, static_cast<std::uint64_t>(used.ru_maxrss) * 1024};
  return status;
}

}  // namespace chokepoint::analysis
