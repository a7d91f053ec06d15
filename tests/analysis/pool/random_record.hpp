#pragma once

#include <bit>
#include <limits>
#include <random>
#include <string>

#include "sim/record/record.hpp"

namespace chokepoint::analysis {

/// A record of any shape: empty texts and tables, all bit patterns of numbers, texts with commas, quotes and zeros.
class RandomRecord {
 public:
  explicit RandomRecord(std::uint64_t seed) : random_(seed) {}

  sim::Record operator()() {
    sim::Record record{text(), text(), random_(), text(), text(), {}, {}};
    for (std::uint64_t n = random_() % 5; n > 0; --n) {
      sim::Figure figure{text(), text(), text(), 0.0, text()};
      const auto kind = random_() % 3;
      if (kind == 0) figure.value = real();
      if (kind == 1) figure.value = integer();
      if (kind == 2) figure.value = text();
      record.figures.push_back(std::move(figure));
    }
    for (std::uint64_t n = random_() % 4; n > 0; --n) record.tables.push_back(table());
    return record;
  }

 private:
  double real() { return std::bit_cast<double>(random_()); }
  std::int64_t integer() { return std::bit_cast<std::int64_t>(random_()); }
  std::string text() {
    std::string value;
    for (std::uint64_t n = random_() % 8; n > 0; --n) value += std::string_view("a,\"\n \0é", 8)[random_() % 8];
    return value;
  }
  sim::Table table() {
    sim::Table table{text(), {}};
    const std::uint64_t rows = random_() % 20;
    for (std::uint64_t n = random_() % 4; n > 0; --n) {
      std::vector<double> reals;
      std::vector<std::int64_t> integers;
      sim::TextColumn texts;
      for (std::uint64_t row = 0; row < rows; ++row) {
        reals.push_back(real());
        integers.push_back(integer());
        texts.push_back(text());
      }
      const auto kind = random_() % 3;
      if (kind == 0) table.columns.push_back({text(), reals});
      if (kind == 1) table.columns.push_back({text(), integers});
      if (kind == 2) table.columns.push_back({text(), texts});
    }
    return table;
  }

  std::mt19937_64 random_;
};

}  // namespace chokepoint::analysis
