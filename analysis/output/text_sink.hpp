#pragma once

#include <functional>
#include <string_view>

namespace chokepoint::analysis {

/// Takes a text piece by piece: a file, a string, standard output.
using TextSink = std::function<void(std::string_view)>;

}  // namespace chokepoint::analysis
