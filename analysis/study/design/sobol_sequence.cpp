#include "analysis/study/design/sobol_sequence.hpp"

#include <algorithm>
#include <bit>

#include <boost/random/sobol.hpp>

#include "models/contract/expects.hpp"

namespace chokepoint::analysis {
namespace {

constexpr unsigned bits = 40;

}  // namespace

SobolSequence::SobolSequence(std::size_t dimensions) : dimensions_(dimensions), directions_(bits * dimensions) {
  models::expects(dimensions >= 1 && dimensions <= most_dimensions, "a Sobol sequence has 1 to 3667 dimensions");
  boost::random::sobol engine(dimensions);
  for (unsigned bit = 0; bit < bits; ++bit) {
    // The Gray code of 2^(bit + 1) - 1 has this bit alone; the engine begins after the origin.
    engine.seed((std::uint64_t{2} << bit) - 2);
    for (std::size_t i = 0; i < dimensions; ++i) directions_[bit * dimensions + i] = engine();
  }
}

void SobolSequence::at(std::uint64_t index, std::span<std::uint64_t> coordinates) const {
  models::expects(index < std::uint64_t{1} << bits, "a Sobol sequence is used up to 2^40 points");
  std::ranges::fill(coordinates, 0);
  for (std::uint64_t gray = index ^ (index >> 1); gray != 0; gray &= gray - 1) {
    const std::uint64_t* direction = &directions_[static_cast<std::size_t>(std::countr_zero(gray)) * dimensions_];
    for (std::size_t i = 0; i < dimensions_; ++i) coordinates[i] ^= direction[i];
  }
}

void ShiftedSobol::at(std::uint64_t index, std::span<double> coordinates) const {
  std::vector<std::uint64_t> digits(shifts_.size());
  sequence_.at(index, digits);
  for (std::size_t i = 0; i < digits.size(); ++i)
    coordinates[i] = (static_cast<double>((digits[i] ^ shifts_[i]) >> 12) + 0.5) * 0x1p-52;
}

}  // namespace chokepoint::analysis
