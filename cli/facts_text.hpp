#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "analysis/facts/judge_facts.hpp"

namespace chokepoint::cli {

/// What cli/README.md describes under `facts --format json`: a list with an object a fact, and a line feed at its end.
std::string facts_json(std::span<const analysis::FactJudgement> judgements);

/// A line a fact: what was reported, median and nine tenths of the runs, whether it is met or what it is instead
/// (low, high, or of too wide a band), and where there is room the mark. Targets have a star. Below stand how many are
/// met, and why some show nothing.
std::string facts_table(std::span<const analysis::FactJudgement> judgements, std::size_t width);

/// Where the median lies, 21 letters wide: "o" between brackets, at the 7th and the 15th, that bound what is accepted,
/// on a logarithmic scale; "<" or ">" at an end where it lies beyond.
std::string fact_mark(const analysis::FactJudgement& judgement);

}  // namespace chokepoint::cli
