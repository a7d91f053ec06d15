#include "analysis/pool/run_message.hpp"

#include "analysis/pool/record_wire.hpp"
#include "analysis/pool/wire.hpp"

namespace chokepoint::analysis {
namespace {

enum class MessageKind : std::uint8_t { progress = 1, record = 2, failure = 3 };

constexpr std::size_t header_size = sizeof(MessageKind) + sizeof(std::uint64_t);

std::string frame(MessageKind kind, std::string_view body) {
  WireWriter writer;
  writer.number(static_cast<std::uint8_t>(kind));
  writer.text(body);
  return std::move(writer).take();
}

std::string encode_failure(const RunFailure& failure) {
  WireWriter writer;
  writer.number(static_cast<std::uint8_t>(failure.kind));
  writer.text(failure.text);
  writer.number<std::uint64_t>(failure.faults.size());
  for (const sim::Fault& fault : failure.faults)
    for (const std::string* part : {&fault.file, &fault.where, &fault.expected, &fault.found, &fault.hint})
      writer.text(*part);
  return std::move(writer).take();
}

RunFailure decode_failure(std::string_view body) {
  WireReader reader(body);
  RunFailure failure;
  const auto kind = reader.number<std::uint8_t>();
  if (kind > static_cast<std::uint8_t>(RunFailure::Kind::out_of_memory)) throw WireError("unknown kind of failure");
  failure.kind = static_cast<RunFailure::Kind>(kind);
  failure.text = reader.text();
  failure.faults.resize(reader.count());
  for (sim::Fault& fault : failure.faults)
    for (std::string* part : {&fault.file, &fault.where, &fault.expected, &fault.found, &fault.hint})
      *part = reader.text();
  reader.expect_end();
  return failure;
}

std::string encode_progress(const RunProgress& progress) {
  WireWriter writer;
  writer.number(progress.share);
  writer.number(static_cast<std::int64_t>(progress.now.time_since_epoch().count()));
  return std::move(writer).take();
}

RunProgress decode_progress(std::string_view body) {
  WireReader reader(body);
  const auto share = reader.number<double>();
  const std::chrono::seconds now(reader.number<std::int64_t>());
  reader.expect_end();
  return {share, models::Instant(now)};
}

}  // namespace

std::string encode_message(const RunMessage& message) {
  if (const auto* progress = std::get_if<RunProgress>(&message))
    return frame(MessageKind::progress, encode_progress(*progress));
  const auto& result = std::get<RunResult>(message);
  if (const auto* record = std::get_if<sim::Record>(&result)) return frame(MessageKind::record, encode_record(*record));
  return frame(MessageKind::failure, encode_failure(std::get<RunFailure>(result)));
}

std::optional<RunMessage> take_message(std::string_view& bytes) {
  if (bytes.size() < header_size) return std::nullopt;
  WireReader header(bytes);
  const auto kind = header.number<std::uint8_t>();
  const auto length = header.number<std::uint64_t>();
  if (length > bytes.size() - header_size) return std::nullopt;
  const std::string_view body = bytes.substr(header_size, length);
  bytes.remove_prefix(header_size + length);
  switch (static_cast<MessageKind>(kind)) {
    case MessageKind::progress:
      return decode_progress(body);
    case MessageKind::record:
      return RunResult(decode_record(body));
    case MessageKind::failure:
      return RunResult(decode_failure(body));
  }
  throw WireError("unknown kind of message");
}

}  // namespace chokepoint::analysis
