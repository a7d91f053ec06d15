#pragma once

#include <string_view>

namespace chokepoint::sim {

/// The name in the catalogue of an accelerator as tables of measurements spell it ("A100-80GB-SXM"); a name of the
/// catalogue stands for itself; empty for any other text. Exact: "A100-80GB" is no "GB200".
std::string_view catalogue_accelerator(std::string_view spelling);

}  // namespace chokepoint::sim
