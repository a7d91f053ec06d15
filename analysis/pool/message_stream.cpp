#include "analysis/pool/message_stream.hpp"

#include <array>
#include <cerrno>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "analysis/pool/wire.hpp"

namespace chokepoint::analysis {

void MessageStream::read(int descriptor, const std::function<void(const RunProgress&)>& on_progress) {
  std::array<char, 1 << 16> bytes;
  for (;;) {
    const ssize_t got = ::read(descriptor, bytes.data(), bytes.size());
    if (got == 0 || (got < 0 && errno == EAGAIN)) break;
    if (got > 0) unread_.append(bytes.data(), static_cast<std::size_t>(got));
    if (got < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "read");
  }
  take_messages(on_progress);
}

void MessageStream::take_messages(const std::function<void(const RunProgress&)>& on_progress) {
  std::string_view rest = unread_;
  try {
    while (auto message = take_message(rest)) {
      if (auto* result = std::get_if<RunResult>(&*message)) {
        result_ = std::move(*result);
      } else if (on_progress) {
        on_progress(std::get<RunProgress>(*message));
      }
    }
  } catch (const WireError& error) {
    result_ = RunFailure{RunFailure::Kind::failed, std::string("its result cannot be read: ") + error.what()};
    rest = {};
  }
  unread_.erase(0, unread_.size() - rest.size());
}

}  // namespace chokepoint::analysis
