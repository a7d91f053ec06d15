#include "models/calendar/posix_zone.hpp"

#include <algorithm>
#include <cctype>

namespace chokepoint::models {
namespace {

/// Takes parts off the front of a text; once a part is missing, `sound` stays false.
class RuleScanner {
 public:
  explicit RuleScanner(std::string_view text) : left_(text) {}

  [[nodiscard]] bool sound() const { return sound_; }
  [[nodiscard]] bool at_end() const { return left_.empty(); }

  bool take(char letter) {
    if (left_.empty() || left_.front() != letter) return false;
    left_.remove_prefix(1);
    return true;
  }
  void need(char letter) { sound_ = take(letter) && sound_; }

  /// "CEST" or "<+0330>".
  void name() {
    const auto is_letter = [](char letter) { return std::isalpha(static_cast<unsigned char>(letter)) != 0; };
    const bool quoted = take('<');
    const auto end = quoted ? std::ranges::find(left_, '>') : std::ranges::find_if_not(left_, is_letter);
    sound_ = sound_ && end != left_.begin();
    left_.remove_prefix(static_cast<std::size_t>(end - left_.begin()));
    if (quoted) need('>');
  }

  unsigned number() {
    unsigned value = 0;
    std::size_t digits = 0;
    for (; digits < left_.size() && digits < 3 && std::isdigit(static_cast<unsigned char>(left_[digits])) != 0;
         ++digits)
      value = 10 * value + static_cast<unsigned>(left_[digits] - '0');
    sound_ = sound_ && digits > 0;
    left_.remove_prefix(digits);
    return value;
  }

  /// "[+-]hours[:minutes[:seconds]]".
  std::chrono::seconds time() {
    const bool negative = take('-');
    if (!negative) take('+');
    std::chrono::seconds time = std::chrono::hours{number()};
    if (take(':')) time += std::chrono::minutes{number()};
    if (take(':')) time += std::chrono::seconds{number()};
    return negative ? -time : time;
  }

  /// "Mm.w.d" and "/time", two o'clock if that is left out.
  PosixZone::Change change() {
    PosixZone::Change change;
    need('M');
    change.month = std::chrono::month{number()};
    need('.');
    change.week = number();
    need('.');
    const unsigned day = number();
    change.day = std::chrono::weekday{day};
    change.time = take('/') ? time() : std::chrono::hours{2};
    sound_ = sound_ && change.month.ok() && change.week >= 1 && change.week <= 5 && day <= 6;
    return change;
  }

 private:
  std::string_view left_;
  bool sound_ = true;
};

}  // namespace

std::chrono::sys_seconds PosixZone::Change::in(std::chrono::year year) const {
  using std::chrono::sys_days;
  const sys_days date =
      week == 5 ? sys_days{year / month / day[std::chrono::last]} : sys_days{year / month / day[week]};
  return date + time - offset_before;
}

std::optional<PosixZone> parse_posix_zone(std::string_view text) {
  RuleScanner scanner(text);
  scanner.name();
  // POSIX counts offsets to the west.
  const std::chrono::seconds standard = -scanner.time();
  PosixZone zone;
  if (!scanner.at_end()) {
    scanner.name();
    std::chrono::seconds summer = standard + std::chrono::hours{1};
    if (!scanner.take(',')) {
      summer = -scanner.time();
      scanner.need(',');
    }
    PosixZone::Change begin = scanner.change();
    scanner.need(',');
    PosixZone::Change end = scanner.change();
    begin.offset_before = end.offset_after = standard;
    begin.offset_after = end.offset_before = summer;
    zone.changes = std::array{begin, end};
  }
  if (!scanner.sound() || !scanner.at_end()) return std::nullopt;
  return zone;
}

}  // namespace chokepoint::models
