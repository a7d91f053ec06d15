#include <cstdlib>
#include <string_view>

#include <benchmark/benchmark.h>

#include "bench/scale_run.hpp"

/// As Google Benchmark's own; "--scale-run GPUS JOBS" does one run of that size and nothing else, for tools that count
/// the instructions of a whole process.
int main(int count, char** words) {
  if (count == 4 && std::string_view(words[1]) == "--scale-run") {
    chokepoint::bench::scale_run({.gpus = std::atoll(words[2]), .jobs = std::strtoull(words[3], nullptr, 10)});
    return 0;
  }
  benchmark::Initialize(&count, words);
  if (benchmark::ReportUnrecognizedArguments(count, words)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
