#pragma once

#include <span>
#include <string>

#include "analysis/facts/judge_facts.hpp"

namespace chokepoint::cli {

/// What cli/README.md describes under `facts --format json`: a list with an object a fact, and a line feed at its end.
std::string facts_json(std::span<const analysis::FactJudgement> judgements);

/// A line a fact: what was reported, median and nine tenths of the runs, a mark of where the median lies ("o" between
/// the brackets that bound what is accepted, on a logarithmic scale), and whether it is met. Targets have a star. Below
/// stand how many are met, and why some show nothing.
std::string facts_table(std::span<const analysis::FactJudgement> judgements);

/// The mark alone, 21 letters wide: brackets at the 7th and the 15th; "<" or ">" at an end where the median lies
/// beyond.
std::string fact_mark(const analysis::FactJudgement& judgement);

}  // namespace chokepoint::cli
