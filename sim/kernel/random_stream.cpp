#include "sim/kernel/random_stream.hpp"

#include <cmath>

#include <Random123/philox.h>
#include <boost/math/special_functions/erf.hpp>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {
namespace {

/// FNV-1a, 64 bits: names are few and short, and the generator behind mixes them well.
std::uint64_t hash(std::string_view name) {
  std::uint64_t value = 14695981039346656037ull;
  for (const char letter : name) value = (value ^ static_cast<unsigned char>(letter)) * 1099511628211ull;
  return value;
}

double open_unit(std::uint32_t high, std::uint32_t low) {
  const std::uint64_t bits = (std::uint64_t{high} << 32 | low) >> 12;
  return (static_cast<double>(bits) + 0.5) * 0x1.0p-52;
}

}  // namespace

RandomStream::RandomStream(std::uint64_t seed, std::uint32_t replicate, std::string_view name)
    : seed_(seed), replicate_(replicate), name_hash_(hash(name)) {}

double RandomStream::uniform() {
  if (second_) {
    second_ = false;
    return held_;
  }
  models::expects(block_ != 0xffffffffu, "a random stream has draws left");
  const r123::Philox4x32::ctr_type counter{
      {block_++, replicate_, static_cast<std::uint32_t>(name_hash_), static_cast<std::uint32_t>(name_hash_ >> 32)}};
  const r123::Philox4x32::key_type key{{static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)}};
  const auto words = r123::Philox4x32{}(counter, key);
  held_ = open_unit(words[2], words[3]);
  second_ = true;
  return open_unit(words[0], words[1]);
}

double RandomStream::exponential(double mean) {
  return -mean * std::log1p(-uniform());
}

double RandomStream::normal() {
  return -std::sqrt(2.0) * boost::math::erfc_inv(2.0 * uniform());
}

double RandomStream::log_normal(double mu, double sigma) {
  return std::exp(mu + sigma * normal());
}

}  // namespace chokepoint::sim
