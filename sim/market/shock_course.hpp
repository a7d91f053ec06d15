#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/kernel/random_stream.hpp"
#include "sim/market/shock_spec.hpp"

namespace chokepoint::sim {

/// A day from which a shock may be in force, none for never, and the chance that the market gives it.
struct BelievedDate {
  std::optional<std::chrono::local_days> effective;
  double chance = 0.0;
};

/// One realisation of a shock: what is in force on a day, and what the market knows and believes on it. Days before an
/// event becomes known are the same in all realisations.
///
/// A turn that the shock overtakes does not happen: one that is brought forward to a day before its withdrawal would
/// have become known stays.
class ShockCourse {
 public:
  /// What chance decided.
  struct Fate {
    bool comes = true;
    bool brought_forward = false;
    bool withdrawn = false;
  };

  ShockCourse(ShockSpec spec, Fate fate);

  [[nodiscard]] const ShockSpec& spec() const { return spec_; }
  /// Whether the market has heard of it by the end of `day`.
  [[nodiscard]] bool is_announced(std::chrono::local_days day) const { return fate_.comes && day >= spec_.announced; }
  /// The day from which it is in force; none if it never is.
  [[nodiscard]] std::optional<std::chrono::local_days> effective() const { return effective_; }
  [[nodiscard]] bool is_in_force(std::chrono::local_days day) const;
  /// The share of its size that acts on `day`, from 0 to 1: 0 out of force, less than 1 during its ramp.
  [[nodiscard]] double strength(std::chrono::local_days day) const;

  /// What is believed on `day` of a shock that is announced; chances sum to 1.
  [[nodiscard]] std::vector<BelievedDate> belief(std::chrono::local_days day) const;
  /// Its end as far as it is known on `day`.
  [[nodiscard]] std::optional<std::chrono::local_days> known_end(std::chrono::local_days day) const;

 private:
  ShockSpec spec_;
  Fate fate_;
  std::optional<std::chrono::local_days> effective_;
};

/// Three draws of `stream`, whatever the shock's chances are: that it comes, is brought forward, is withdrawn.
ShockCourse resolve_shock(const ShockSpec& spec, RandomStream stream);

/// All shocks of a run, each with the stream "shocks/NAME": a shock that joins moves no draws of another.
std::vector<ShockCourse> resolve_shocks(std::span<const ShockSpec> specs, std::uint64_t seed, std::uint32_t replicate);

}  // namespace chokepoint::sim
