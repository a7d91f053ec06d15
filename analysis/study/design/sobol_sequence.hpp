#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace chokepoint::analysis {

/// The Sobol sequence with the direction numbers of Boost.Random (Joe and Kuo 2008), any of its points at once: the
/// sum modulo 2 of the directions of the bits that are set in the Gray code of its index (Antonov and Saleev 1979).
/// The first point is the origin. At most 2^40 points in 3,667 dimensions.
class SobolSequence {
 public:
  static constexpr std::size_t most_dimensions = 3667;

  explicit SobolSequence(std::size_t dimensions);

  [[nodiscard]] std::size_t dimensions() const { return dimensions_; }
  /// Coordinates in units of 2^-64.
  void at(std::uint64_t index, std::span<std::uint64_t> coordinates) const;

 private:
  std::size_t dimensions_;
  std::vector<std::uint64_t> directions_;  // of each bit, all dimensions
};

/// A Sobol sequence whose coordinates are shifted digit by digit, each by 64 random bits: as even as the bare one, but
/// no point lies at an end, and other shifts give other samples (Owen 2003).
class ShiftedSobol {
 public:
  /// One for each dimension.
  explicit ShiftedSobol(std::vector<std::uint64_t> shifts) : sequence_(shifts.size()), shifts_(std::move(shifts)) {}

  /// Coordinates in (0, 1).
  void at(std::uint64_t index, std::span<double> coordinates) const;

 private:
  SobolSequence sequence_;
  std::vector<std::uint64_t> shifts_;
};

}  // namespace chokepoint::analysis
