#pragma once

namespace chokepoint::models {

/// How a maker of servers sets the price of what it agrees to deliver; both are shares, 0 or more.
struct ContractTerms {
  double margin = 0.0;
  /// Of what the spot price of late lies higher than cost and margin.
  double pass_through = 0.0;
};

/// What a good costs under contract, in the money of `list_price`, its cost to the maker: that with the margin, and a
/// part of what the mean spot price of late lies higher, for contract prices follow the spot price late and in part.
/// Form of this project.
double contract_price(const ContractTerms& terms, double list_price, double mean_spot_price);

}  // namespace chokepoint::models
