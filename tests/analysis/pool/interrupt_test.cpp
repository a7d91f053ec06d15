#include "analysis/pool/interrupt.hpp"

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

namespace chokepoint::analysis {
namespace {

// The status of a process that does `work` and then leaves with 0.
template <typename Work>
int status_of(const Work& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGINT, SIG_DFL);
    work();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

}  // namespace

TEST_CASE("a signal under watch is told once asked") {
  ::signal(SIGINT, SIG_DFL);
  const InterruptWatch outer;
  {
    const InterruptWatch inner;
    CHECK_NOTHROW(inner.throw_if_interrupted());
    ::raise(SIGINT);
    CHECK_THROWS_AS(inner.throw_if_interrupted(), Interrupted);
  }
  CHECK_THROWS_AS(outer.throw_if_interrupted(), Interrupted);
}

TEST_CASE("a signal that nobody reported ends the process when the watch goes") {
  const int status = status_of([] {
    const InterruptWatch watch;
    ::raise(SIGINT);
  });
  CHECK(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGINT);
}

TEST_CASE("a signal that was reported is done with") {
  CHECK(status_of([] {
          try {
            const InterruptWatch watch;
            ::raise(SIGINT);
            watch.throw_if_interrupted();
          } catch (const Interrupted&) {
          }
        }) == 0);
}

TEST_CASE("a signal that was ignored before stays ignored") {
  CHECK(status_of([] {
          ::signal(SIGINT, SIG_IGN);
          const InterruptWatch watch;
          ::raise(SIGINT);
          watch.throw_if_interrupted();
        }) == 0);
}

}  // namespace chokepoint::analysis
