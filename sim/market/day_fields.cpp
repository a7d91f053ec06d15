#include "sim/market/day_fields.hpp"

#include <cmath>
#include <string>

#include <fmt/format.h>

#include "models/calendar/iso_date.hpp"

namespace chokepoint::sim {

void visit_day(FieldVisitor& v, std::chrono::local_days& day) {
  models::IsoDate date;
  if (!v.sound([&] { v.date(date); })) return;
  const auto midnight = std::chrono::floor<std::chrono::days>(date.local);
  if (date.offset || date.local != midnight)
    return v.refuse("a day without a time, such as \"2023-10-17\"", '"' + models::format_date_time(date.local) + '"');
  day = midnight;
}

void hold_to(FieldVisitor& v, std::chrono::local_days day, const DayLimits& limits) {
  const auto check = [&](const DayLimit& limit, bool holds, std::string_view words) {
    if (limit.day && !holds)
      v.refuse(fmt::format("a day {} the \"{}\" {}", words, limit.name, models::format_date(*limit.day)),
               '"' + models::format_date(day) + '"');
  };
  check(limits.least, !limits.least.day || day >= *limits.least.day, "not before");
  check(limits.after, !limits.after.day || day > *limits.after.day, "after");
  check(limits.most, !limits.most.day || day <= *limits.most.day, "not after");
  check(limits.before, !limits.before.day || day < *limits.before.day, "before");
}

std::optional<std::chrono::local_days> day_field(FieldVisitor& v, FieldWords words, Presence presence,
                                                 const DayLimits& limits) {
  std::optional<std::chrono::local_days> found;
  v.field(words.name, words.about, presence, [&] {
    std::chrono::local_days day{};
    const bool sound = v.sound([&] {
      if (v.sound([&] { visit_day(v, day); })) hold_to(v, day, limits);
    });
    if (sound) found = day;
  });
  return found;
}

void visit_whole_days(FieldVisitor& v, double& days) {
  double seconds = 0.0;
  if (!v.sound([&] { v.quantity(seconds, models::dimension::time, {.low = 0.0, .high = 1e9}); })) return;
  days = seconds / 86400.0;
  if (days != std::floor(days)) v.refuse("a whole number of days, such as \"30 d\"", fmt::format("{:g} d", days));
}

}  // namespace chokepoint::sim
