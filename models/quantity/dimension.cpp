#include "models/quantity/dimension.hpp"

#include <array>
#include <string_view>

namespace chokepoint::models {

std::string describe(const Dimension& dimension) {
  struct Named {
    Dimension dimension;
    std::string_view words;
  };
  static constexpr std::array named{
      Named{dimension::none, "a plain number, such as 1.3"},
      Named{dimension::time, "a duration, such as \"30 d\""},
      Named{dimension::energy, "an energy, such as \"5 MWh\""},
      Named{dimension::power, "a power, such as \"40 MW\""},
      Named{dimension::money, "money, such as \"82000 CNY\""},
      Named{dimension::money_per_energy, "a price of energy, such as \"0.45 CNY/kWh\""},
      Named{dimension::money_per_power, "a price of power, such as \"39 CNY/kW\""},
      Named{dimension::mass_per_energy, "a carbon intensity, such as \"0.57 kg/kWh\""},
      Named{dimension::data, "an amount of data, such as \"80 GB\""},
      Named{dimension::bandwidth, "a bandwidth, such as \"600 GB/s\""},
      Named{dimension::work, "an amount of work, such as \"3.14e23 FLOP\""},
      Named{dimension::work_rate, "a rate of work, such as \"312 TFLOP/s\""},
      Named{dimension::temperature, "a temperature, such as \"9.5 degC\""},
  };
  for (const Named& entry : named)
    if (entry.dimension == dimension) return std::string(entry.words);

  std::string text = "a quantity in";
  const auto factor = [&text](std::string_view unit, int exponent) {
    if (exponent != 0) text += ' ' + std::string(unit) + (exponent == 1 ? "" : '^' + std::to_string(exponent));
  };
  factor("s", dimension.time);
  factor("J", dimension.energy);
  factor("currency", dimension.money);
  factor("B", dimension.data);
  factor("FLOP", dimension.work);
  factor("kg", dimension.mass);
  factor("degC", dimension.temperature);
  return text;
}

}  // namespace chokepoint::models
