#pragma once

namespace chokepoint::models {

/// How importers reckon; shares of what they pay.
struct ImportTerms {
  /// Least gain that they buy for.
  double premium = 0.0;
  /// Of what they pay for, what does not arrive; below 1.
  double loss = 0.0;
};

/// Most that an importer pays abroad for a good that brings `price_at_home`, where a unit of the money abroad costs
/// `exchange_rate`, above 0, at home: the law of one price with what the way takes.
inline double most_paid_abroad(const ImportTerms& terms, double price_at_home, double exchange_rate) {
  return price_at_home * (1.0 - terms.loss) / (1.0 + terms.premium) / exchange_rate;
}

}  // namespace chokepoint::models
