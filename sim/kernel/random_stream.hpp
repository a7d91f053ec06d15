#pragma once

#include <cstdint>
#include <string_view>

namespace chokepoint::sim {

/// Random numbers of one named purpose, such as "fleets/0/arrivals": counter-based (Philox4x32-10, Salmon et al. 2011,
/// "Parallel random numbers: as easy as 1, 2, 3"), so that the n-th draw depends on seed, replicate, name and n alone.
/// Adding a stream moves no other's draws. Distributions by inverse of their cumulative distribution: one draw each,
/// rising in the uniform number, so that streams that are shared by two scenarios stay alike. At most 2^33 draws.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::uint32_t replicate, std::string_view name);

  /// Uniform in the open interval (0, 1), with 52 bits.
  double uniform();
  /// Mean `mean` > 0.
  double exponential(double mean);
  /// Mean 0, standard deviation 1.
  double normal();
  /// exp(mu + sigma N): median exp(mu).
  double log_normal(double mu, double sigma);

 private:
  std::uint64_t seed_;
  std::uint32_t replicate_;
  std::uint64_t name_hash_;
  std::uint32_t block_ = 0;
  bool second_ = false;
  double held_ = 0.0;
};

}  // namespace chokepoint::sim
