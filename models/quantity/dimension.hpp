#pragma once

#include <cstdint>
#include <string>

namespace chokepoint::models {

/// Exponents of the base dimensions of a quantity: seconds, joules, units of a currency, bytes, floating-point
/// operations, kilograms (of CO2) and kelvins (differences of temperature are read in degrees Celsius).
struct Dimension {
  std::int8_t time = 0;
  std::int8_t energy = 0;
  std::int8_t money = 0;
  std::int8_t data = 0;
  std::int8_t work = 0;
  std::int8_t mass = 0;
  std::int8_t temperature = 0;

  friend constexpr bool operator==(const Dimension&, const Dimension&) = default;

  friend constexpr Dimension operator+(Dimension a, const Dimension& b) { return a.add(b, 1); }
  friend constexpr Dimension operator-(Dimension a, const Dimension& b) { return a.add(b, -1); }

 private:
  constexpr Dimension& add(const Dimension& other, int sign) {
    const auto sum = [sign](std::int8_t& mine, std::int8_t theirs) {
      mine = static_cast<std::int8_t>(mine + sign * theirs);
    };
    sum(time, other.time);
    sum(energy, other.energy);
    sum(money, other.money);
    sum(data, other.data);
    sum(work, other.work);
    sum(mass, other.mass);
    sum(temperature, other.temperature);
    return *this;
  }
};

namespace dimension {
inline constexpr Dimension none{};
inline constexpr Dimension time{.time = 1};
inline constexpr Dimension energy{.energy = 1};
inline constexpr Dimension power{.time = -1, .energy = 1};
inline constexpr Dimension money{.money = 1};
inline constexpr Dimension money_per_energy{.energy = -1, .money = 1};
inline constexpr Dimension money_per_power{.time = 1, .energy = -1, .money = 1};
inline constexpr Dimension mass_per_energy{.energy = -1, .mass = 1};
inline constexpr Dimension data{.data = 1};
inline constexpr Dimension bandwidth{.time = -1, .data = 1};
inline constexpr Dimension work{.work = 1};
inline constexpr Dimension work_rate{.time = -1, .work = 1};
inline constexpr Dimension temperature{.temperature = 1};
}  // namespace dimension

/// The field's name of a dimension with an example of its text, such as `power, such as "40 MW"`; for messages.
std::string describe(const Dimension& dimension);

}  // namespace chokepoint::models
