#include "analysis/pool/record_wire.hpp"

#include <algorithm>

#include "analysis/pool/wire.hpp"
#include "models/contract/expects.hpp"

namespace chokepoint::analysis {
namespace {

constexpr std::uint8_t version = 1;

enum class ValueKind : std::uint8_t { real = 0, integer = 1, text = 2 };

void write_kind(WireWriter& writer, ValueKind kind) {
  writer.number(static_cast<std::uint8_t>(kind));
}

ValueKind read_kind(WireReader& reader) {
  const auto kind = reader.number<std::uint8_t>();
  if (kind > static_cast<std::uint8_t>(ValueKind::text)) throw WireError("unknown kind of value");
  return static_cast<ValueKind>(kind);
}

void write(WireWriter& writer, const sim::Figure& figure) {
  writer.text(figure.key);
  writer.text(figure.label);
  writer.text(figure.unit);
  writer.text(figure.group);
  write_kind(writer, static_cast<ValueKind>(figure.value.index()));
  if (const auto* text = std::get_if<std::string>(&figure.value)) writer.text(*text);
  if (const auto* real = std::get_if<double>(&figure.value)) writer.number(*real);
  if (const auto* integer = std::get_if<std::int64_t>(&figure.value)) writer.number(*integer);
}

sim::Figure read_figure(WireReader& reader) {
  sim::Figure figure;
  figure.key = reader.text();
  figure.label = reader.text();
  figure.unit = reader.text();
  figure.group = reader.text();
  switch (read_kind(reader)) {
    case ValueKind::real:
      figure.value = reader.number<double>();
      break;
    case ValueKind::integer:
      figure.value = reader.number<std::int64_t>();
      break;
    case ValueKind::text:
      figure.value = reader.text();
      break;
  }
  return figure;
}

void write(WireWriter& writer, const sim::Column& column) {
  writer.text(column.name);
  write_kind(writer, static_cast<ValueKind>(column.values.index()));
  if (const auto* texts = std::get_if<sim::TextColumn>(&column.values)) {
    writer.column(texts->ends());
    writer.text(texts->bytes());
  }
  if (const auto* reals = std::get_if<std::vector<double>>(&column.values)) writer.column(*reals);
  if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&column.values)) writer.column(*integers);
}

sim::TextColumn read_texts(WireReader& reader) {
  auto ends = reader.column<std::uint64_t>();
  std::string bytes = reader.text();
  if (!std::ranges::is_sorted(ends) || (ends.empty() ? 0 : ends.back()) != bytes.size())
    throw WireError("the texts of a column do not fill it");
  return sim::TextColumn::from(std::move(bytes), std::move(ends));
}

sim::Column read_column(WireReader& reader) {
  sim::Column column;
  column.name = reader.text();
  switch (read_kind(reader)) {
    case ValueKind::real:
      column.values = reader.column<double>();
      break;
    case ValueKind::integer:
      column.values = reader.column<std::int64_t>();
      break;
    case ValueKind::text:
      column.values = read_texts(reader);
      break;
  }
  return column;
}

bool is_even(const sim::Table& table) {
  return std::ranges::all_of(table.columns, [&](const sim::Column& column) { return column.size() == table.rows(); });
}

sim::Table read_table(WireReader& reader) {
  sim::Table table;
  table.name = reader.text();
  const std::size_t columns = reader.count();
  for (std::size_t i = 0; i < columns; ++i) table.columns.push_back(read_column(reader));
  if (!is_even(table)) throw WireError("the columns of a table differ in length");
  return table;
}

}  // namespace

std::string encode_record(const sim::Record& record) {
  WireWriter writer;
  writer.number(version);
  writer.text(record.scenario);
  writer.text(record.title);
  writer.number(record.seed);
  writer.text(record.version);
  writer.text(record.catalogue_digest);
  writer.number<std::uint64_t>(record.figures.size());
  for (const sim::Figure& figure : record.figures) write(writer, figure);
  writer.number<std::uint64_t>(record.tables.size());
  for (const sim::Table& table : record.tables) {
    models::expects(is_even(table), "the columns of a table are of one length");
    writer.text(table.name);
    writer.number<std::uint64_t>(table.columns.size());
    for (const sim::Column& column : table.columns) write(writer, column);
  }
  return std::move(writer).take();
}

sim::Record decode_record(std::string_view bytes) {
  WireReader reader(bytes);
  if (reader.number<std::uint8_t>() != version) throw WireError("of another version");
  sim::Record record;
  record.scenario = reader.text();
  record.title = reader.text();
  record.seed = reader.number<std::uint64_t>();
  record.version = reader.text();
  record.catalogue_digest = reader.text();
  const std::size_t figures = reader.count();
  for (std::size_t i = 0; i < figures; ++i) record.figures.push_back(read_figure(reader));
  const std::size_t tables = reader.count();
  for (std::size_t i = 0; i < tables; ++i) record.tables.push_back(read_table(reader));
  reader.expect_end();
  return record;
}

}  // namespace chokepoint::analysis
