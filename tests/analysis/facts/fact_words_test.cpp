#include "analysis/facts/fact_words.hpp"

#include <doctest/doctest.h>

namespace chokepoint::analysis {

TEST_CASE("words are runs of letters and digits in small letters") {
  CHECK(words_of("8-GPU A100 (SXM)") == std::vector<std::string>{"8", "gpu", "a100", "sxm"});
  CHECK(words_of(" - ").empty());
}

TEST_CASE("chips are the words that begin with a letter and hold a digit") {
  CHECK(chips_of("8-GPU A800 or A100 80GB server") == std::vector<std::string>{"a100", "a800"});
  CHECK(chips_of("H100 card, an H100") == std::vector<std::string>{"h100"});
  CHECK(chips_of("8 x server").empty());
}

}  // namespace chokepoint::analysis
