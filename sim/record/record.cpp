#include "sim/record/record.hpp"

#include <algorithm>

namespace chokepoint::sim {

const Figure* Record::find_figure(std::string_view key) const {
  const auto found = std::ranges::find(figures, key, &Figure::key);
  return found == figures.end() ? nullptr : &*found;
}

const Table* Record::find_table(std::string_view name) const {
  const auto found = std::ranges::find(tables, name, &Table::name);
  return found == tables.end() ? nullptr : &*found;
}

}  // namespace chokepoint::sim
