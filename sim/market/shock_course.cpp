#include "sim/market/shock_course.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {
namespace {

/// Whether a withdrawal would become known only once the shock, brought forward, is in force.
bool forward_overtakes_withdrawal(const ShockSpec& spec) {
  return spec.brought_forward && spec.withdrawn && spec.forward_to <= spec.withdrawn->known;
}

/// The chance that the market gives a turn on `day`: its belief until it is known, then what happened.
double believed_chance(const std::optional<ShockTurn>& turn, bool happens, std::chrono::local_days day) {
  if (!turn) return 0.0;
  if (day < turn->known) return turn->believed;
  return happens ? 1.0 : 0.0;
}

}  // namespace

ShockCourse::ShockCourse(ShockSpec spec, Fate fate) : spec_(std::move(spec)), fate_(fate) {
  fate_.brought_forward = fate_.brought_forward && spec_.brought_forward;
  fate_.withdrawn = fate_.withdrawn && spec_.withdrawn;
  if (fate_.brought_forward && forward_overtakes_withdrawal(spec_)) fate_.withdrawn = false;
  if (fate_.comes && !fate_.withdrawn) effective_ = fate_.brought_forward ? spec_.forward_to : spec_.effective;
}

bool ShockCourse::is_in_force(std::chrono::local_days day) const {
  return effective_ && day >= *effective_ && (!spec_.end || day < *spec_.end);
}

double ShockCourse::strength(std::chrono::local_days day) const {
  if (!is_in_force(day)) return 0.0;
  const auto days = static_cast<double>((day - *effective_).count());
  return days >= spec_.ramp_days ? 1.0 : days / spec_.ramp_days;
}

std::vector<BelievedDate> ShockCourse::belief(std::chrono::local_days day) const {
  models::expects(is_announced(day), "a belief about a date is asked of a shock that is announced");
  const double forward = believed_chance(spec_.brought_forward, fate_.brought_forward, day);
  const double withdrawn = believed_chance(spec_.withdrawn, fate_.withdrawn, day);
  const bool overtakes = forward_overtakes_withdrawal(spec_);
  const std::array dates{
      BelievedDate{.effective = spec_.forward_to, .chance = forward * (overtakes ? 1.0 : 1.0 - withdrawn)},
      BelievedDate{.effective = spec_.effective, .chance = (1.0 - forward) * (1.0 - withdrawn)},
      BelievedDate{.effective = std::nullopt, .chance = withdrawn * (overtakes ? 1.0 - forward : 1.0)}};
  std::vector<BelievedDate> possible;
  std::ranges::copy_if(dates, std::back_inserter(possible), [](const auto& date) { return date.chance > 0.0; });
  return possible;
}

std::optional<std::chrono::local_days> ShockCourse::known_end(std::chrono::local_days day) const {
  return day >= spec_.end_announced.value_or(spec_.announced) ? spec_.end : std::nullopt;
}

ShockCourse resolve_shock(const ShockSpec& spec, RandomStream stream) {
  const auto happens = [&stream](double chance) { return stream.uniform() < chance; };
  ShockCourse::Fate fate;
  fate.comes = happens(spec.chance);
  fate.brought_forward = happens(spec.brought_forward ? spec.brought_forward->chance : 0.0);
  fate.withdrawn = happens(spec.withdrawn ? spec.withdrawn->chance : 0.0);
  return {spec, fate};
}

std::vector<ShockCourse> resolve_shocks(std::span<const ShockSpec> specs, std::uint64_t seed, std::uint32_t replicate) {
  std::vector<ShockCourse> courses;
  courses.reserve(specs.size());
  for (const ShockSpec& spec : specs)
    courses.push_back(resolve_shock(spec, RandomStream(seed, replicate, "shocks/" + spec.name)));
  return courses;
}

}  // namespace chokepoint::sim
