#include "models/calendar/iso_date.hpp"

#include <array>
#include <cstdio>

namespace chokepoint::models {
namespace {

/// Takes digits and separators from the front of a text; `ok` turns false at the first that is missing.
struct DateScanner {
  std::string_view rest;
  bool ok = true;

  int digits(std::size_t count) {
    if (rest.size() < count) return fail();
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest[i] < '0' || rest[i] > '9') return fail();
      value = value * 10 + (rest[i] - '0');
    }
    rest.remove_prefix(count);
    return value;
  }
  bool take(char symbol) {
    if (rest.empty() || rest.front() != symbol) return false;
    rest.remove_prefix(1);
    return true;
  }
  void need(char symbol) { ok = take(symbol) && ok; }
  int fail() {
    ok = false;
    return 0;
  }
};

/// "Z", "+08:00" or "-0330" at the front of what is left; none and still ok if there is nothing left.
std::optional<std::chrono::seconds> take_offset(DateScanner& scanner) {
  if (scanner.rest.empty()) return std::nullopt;
  if (scanner.take('Z')) return std::chrono::seconds{0};
  const bool west = scanner.take('-');
  if (!west) scanner.need('+');
  const int hours = scanner.digits(2);
  scanner.take(':');
  const int minutes = scanner.rest.empty() ? 0 : scanner.digits(2);
  if (hours > 15 || minutes > 59) scanner.ok = false;
  const std::chrono::seconds offset = std::chrono::hours{hours} + std::chrono::minutes{minutes};
  return west ? -offset : offset;
}

}  // namespace

std::optional<IsoDate> parse_iso_date(std::string_view text) {
  using namespace std::chrono;
  DateScanner scanner{text};
  const int year_number = scanner.digits(4);
  scanner.need('-');
  const int month_number = scanner.digits(2);
  scanner.need('-');
  const int day_number = scanner.digits(2);
  const year_month_day date{year{year_number}, month{static_cast<unsigned>(month_number)},
                            day{static_cast<unsigned>(day_number)}};
  if (!scanner.ok || !date.ok()) return std::nullopt;

  IsoDate result{.local = local_days{date}, .offset = std::nullopt};
  if (scanner.rest.empty()) return result;
  if (!scanner.take('T')) scanner.need(' ');
  const int hour_number = scanner.digits(2);
  scanner.need(':');
  const int minute_number = scanner.digits(2);
  const int second_number = scanner.take(':') ? scanner.digits(2) : 0;
  if (scanner.take('.') || scanner.take(','))
    while (scanner.ok && !scanner.rest.empty() && scanner.rest.front() >= '0' && scanner.rest.front() <= '9')
      scanner.digits(1);
  result.offset = take_offset(scanner);
  if (!scanner.ok || !scanner.rest.empty() || hour_number > 23 || minute_number > 59 || second_number > 59)
    return std::nullopt;
  result.local += hours{hour_number} + minutes{minute_number} + seconds{second_number};
  return result;
}

std::string format_date(LocalTime local) {
  return format_date_time(local).substr(0, 10);
}

std::string format_date_time(LocalTime local) {
  using namespace std::chrono;
  const local_days day_start = floor<days>(local);
  const year_month_day date{day_start};
  const hh_mm_ss time{local - day_start};
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text.data();
}

}  // namespace chokepoint::models
