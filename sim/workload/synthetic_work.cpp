#include "sim/workload/synthetic_work.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "models/quantity/quantity.hpp"
#include "sim/record/duration_words.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/workload/offered_words.hpp"
#include "sim/workload/profile_fields.hpp"

namespace chokepoint::sim {
namespace {

using models::dimension::time;

constexpr Range duration_range{.low = 1e-3, .high = 1e9};
constexpr Range log_sd_range{.low = 0.0, .high = 5.0};
constexpr std::uint64_t any_number = std::numeric_limits<std::uint64_t>::max();

void visit_size(FieldVisitor& v, SyntheticSetup::Size& size) {
  v.object("GPUs of a job and how often", [&] {
    v.field("gpus", "GPUs that the job asks for", required, [&] {
      std::int64_t gpus = 1;
      v.integer(gpus, {.low = 1.0, .high = 1e9});
      size.gpus = static_cast<std::int32_t>(gpus);
    });
    v.field("weight", "relative frequency", required, [&] { v.number(size.weight, {.low = 0.0, .high = 1e12}); });
    v.field_if("median_duration", "median time of a job of this size; that of all sizes if left out",
               size.median_duration_s, [&](double& value) { v.quantity(value, time, duration_range); });
    v.field_if("log_sd", "standard deviation of the logarithm of its duration", size.log_sd,
               [&](double& value) { v.number(value, log_sd_range); });
    v.field("priority", "higher goes first where the scheduler heeds it; 0 if left out", optional, [&] {
      std::int64_t priority = 0;
      v.integer(priority, {.low = -1e6, .high = 1e6});
      size.priority = static_cast<std::int32_t>(priority);
    });
  });
}

/// So many of equal shares, or each by name.
void visit_users(FieldVisitor& v, std::vector<SyntheticSetup::User>& users) {
  const auto equal = [&] {
    std::int64_t count = 0;
    v.integer(count, {.low = 1.0, .high = 1e5});
    for (std::int64_t number = 1; number <= count; ++number) users.push_back({.name = fmt::format("user-{}", number)});
  };
  const auto named = [&] {
    std::map<std::string, double> shares;
    v.map(
        shares, [&](double& share) { v.number(share, {.low = 1e-6, .high = 1e6}); }, 1);
    for (const auto& [name, share] : shares) users.push_back({.name = name, .share = share});
  };
  v.one_of(std::array{FieldVisitor::Alternative{"number", equal}, FieldVisitor::Alternative{"object", named}});
}

}  // namespace

void SyntheticWork::visit(FieldVisitor& v) {
  v.field("mean_interval", "mean time between two arrivals (Poisson)", required,
          [&] { v.quantity(setup_.mean_interval_s, time, {.low = 1e-3, .high = 1e10}); });
  visit_profile(v, setup_.profile);
  v.field("median_duration", "median time of a job (log-normal)", required,
          [&] { v.quantity(setup_.median_duration_s, time, duration_range); });
  v.field("log_sd", "standard deviation of the logarithm of the duration", optional,
          [&] { v.number(setup_.log_sd, log_sd_range); });
  v.field("sizes", "GPUs by frequency; one each if left out", optional, [&] {
    if (!v.sound([&] { v.list(setup_.sizes, 1, [&](SyntheticSetup::Size& size) { visit_size(v, size); }); })) return;
    double weights = 0.0;
    for (const SyntheticSetup::Size& size : setup_.sizes) weights += size.weight;
    if (!(weights > 0.0)) v.refuse("sizes with a weight above 0", "none");
  });
  v.field("users", "whose the jobs are: how many users of equal shares, or shares by name", optional,
          [&] { visit_users(v, setup_.users); });
  v.field("jobs", "how many jobs in all", optional, [&] {
    std::int64_t jobs = 0;
    v.integer(jobs, {.low = 0.0, .high = 1e12});
    setup_.jobs = static_cast<std::uint64_t>(jobs);
  });
  v.field("arrivals_for", "for how long jobs arrive", optional,
          [&] { v.quantity(setup_.until_s, time, {.low = 1e-3, .high = 1e10}); });
}

void SyntheticWork::resolve(const WorkPlace& place) {
  const std::int64_t most = place.fleet.most_gpus(0);
  for (const SyntheticSetup::Size& size : setup_.sizes)
    if (size.gpus > most)
      place.refuse("sizes", "jobs that the first tenant's nodes can hold", fmt::format("{} GPUs", size.gpus));
}

std::unique_ptr<JobSource> SyntheticWork::make_source(const WorkRun& run) const {
  SyntheticSource::Place place{.seed = run.seed,
                               .replicate = run.replicate,
                               .stream = run.stream,
                               .zone = run.scenario.sites[run.fleet.site].zone,
                               .start = run.scenario.start};
  if (run.owners != nullptr) {
    const auto& priorities = run.fleet.priorities;
    for (const SyntheticSetup::User& user : setup_.users) {
      const auto priority = priorities.find(user.name);
      place.marks.push_back(
          {.owner = run.owners->number(user.name), .priority = priority == priorities.end() ? 0 : priority->second});
    }
  }
  return std::make_unique<SyntheticSource>(setup_, place);
}

std::vector<std::string> SyntheticWork::owner_names() const {
  std::vector<std::string> names;
  for (const SyntheticSetup::User& user : setup_.users) names.push_back(user.name);
  return names;
}

std::uint64_t SyntheticWork::expected_jobs() const {
  const double by_time = setup_.until_s / setup_.mean_interval_s;
  return by_time < 1e18 ? std::min(setup_.jobs, static_cast<std::uint64_t>(by_time)) : setup_.jobs;
}

bool SyntheticWork::ends_by_itself() const {
  return setup_.jobs != any_number || setup_.until_s != std::numeric_limits<double>::infinity();
}

std::string SyntheticWork::words(const FleetSpec& fleet) const {
  const std::string users = setup_.users.empty()       ? ""
                            : setup_.users.size() == 1 ? " of one user"
                                                       : fmt::format(" of {} users", setup_.users.size());
  const std::string text = fmt::format("jobs by chance{}, one every {} on average{}, of {} at the median: ", users,
                                       duration_words(setup_.mean_interval_s), profile_words(setup_.profile),
                                       duration_words(setup_.median_duration_s));
  const auto jobs = static_cast<double>(expected_jobs());
  // Arrivals that are over before a job is: a rate would have more GPUs busy than all jobs together ask for.
  if (ends_by_itself() && jobs * setup_.mean_gpus() < setup_.offered_gpus())
    return text + fmt::format("{:.0f} in all, {:.4g} GPU-hours on average", jobs,
                              jobs * setup_.mean_gpu_seconds() / models::seconds_per_hour);
  return text + offered_words(setup_.offered_gpus(), fleet.gpus());
}

}  // namespace chokepoint::sim
