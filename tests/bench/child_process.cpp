#include "bench/child_process.hpp"

#include <cstdio>
#include <ctime>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace chokepoint::bench {

Cost in_child(const std::function<Cost()>& work) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("no pipe");
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    int code = 1;
    try {
      Cost cost = work();
      rusage usage{};
      getrusage(RUSAGE_SELF, &usage);
      cost.peak_memory_mb = static_cast<double>(usage.ru_maxrss) / 1024.0;
      if (write(ends[1], &cost, sizeof cost) == sizeof cost) code = 0;
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s\n", error.what());
    }
    _exit(code);
  }
  close(ends[1]);
  Cost cost;
  const bool whole = read(ends[0], &cost, sizeof cost) == sizeof cost;
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (child < 0 || !whole || status != 0) throw std::runtime_error("the measured process failed");
  return cost;
}

double seconds_of(const std::function<void()>& work) {
  const auto now_s = [] {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  };
  const double begin_s = now_s();
  work();
  return now_s() - begin_s;
}

}  // namespace chokepoint::bench
