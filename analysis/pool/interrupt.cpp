#include "analysis/pool/interrupt.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace chokepoint::analysis {
namespace {

constexpr std::array watched_signals{SIGINT, SIGTERM, SIGHUP};

int watches = 0;
int wake_descriptor = -1;
bool reported = false;
volatile std::sig_atomic_t noted_signal = 0;
std::array<struct sigaction, watched_signals.size()> actions_before;

void note_signal(int signal) {
  const int error_before = errno;
  noted_signal = signal;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(wake_descriptor, &one, sizeof one);
  errno = error_before;
}

}  // namespace

InterruptWatch::InterruptWatch() {
  if (watches++ > 0) return;
  noted_signal = 0;
  reported = false;
  wake_descriptor = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (wake_descriptor < 0) {
    --watches;
    throw std::system_error(errno, std::generic_category(), "eventfd");
  }
  struct sigaction action {};
  action.sa_handler = note_signal;
  ::sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < watched_signals.size(); ++i) {
    ::sigaction(watched_signals[i], nullptr, &actions_before[i]);
    // A signal that is ignored from without (nohup, a shell's background) stays so.
    if (actions_before[i].sa_handler != SIG_IGN) ::sigaction(watched_signals[i], &action, nullptr);
  }
}

InterruptWatch::~InterruptWatch() {
  if (--watches > 0) return;
  for (std::size_t i = 0; i < watched_signals.size(); ++i) ::sigaction(watched_signals[i], &actions_before[i], nullptr);
  ::close(std::exchange(wake_descriptor, -1));
  if (noted_signal != 0 && !reported) ::raise(noted_signal);
}

void InterruptWatch::throw_if_interrupted() const {
  if (noted_signal == 0) return;
  reported = true;
  throw Interrupted();
}

int InterruptWatch::descriptor() const {
  return wake_descriptor;
}

}  // namespace chokepoint::analysis
