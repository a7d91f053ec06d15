#pragma once

namespace chokepoint::models {

/// Of mean 0 and standard deviation 1.
double normal_density(double x);
double normal_cumulative(double x);
/// The x below which a share of `probability` lies, in (0, 1); to about 1e-14.
double normal_quantile(double probability);

}  // namespace chokepoint::models
