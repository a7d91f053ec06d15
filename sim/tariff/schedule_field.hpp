#pragma once

#include <string_view>

#include "models/tariff/schedule.hpp"
#include "sim/input/field_visitor.hpp"

namespace chokepoint::sim {

/// Reads a day of 24 hours: a list of 24 numbers of periods, or a text of runs such as "15x3 5x2 4x3" (fifteen hours of
/// period 3, ...), with the names of periods in place of numbers where `names` has some. Every hour must be given, and
/// every period must be one of `periods`.
void visit_day(FieldVisitor& v, std::array<std::uint16_t, 24>& hours, std::size_t periods,
               std::span<const std::string> names = {});

/// Reads twelve such days, one a month.
void visit_table(FieldVisitor& v, models::Schedule::Table& table, std::size_t periods);

}  // namespace chokepoint::sim
