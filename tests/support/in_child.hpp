#pragma once

#include <algorithm>
#include <exception>
#include <functional>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace chokepoint::tests {

/// Does `work` in a process of its own, as each run that opens an engine of SimGrid needs one, and gives the numbers
/// that it returned. Throws what the work threw, as a text.
inline std::vector<double> in_child(const std::function<std::vector<double>()>& work) {
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    const auto send = [&](const void* data, std::size_t size) {
      const auto* byte = static_cast<const char*>(data);
      while (size > 0) {
        const ssize_t sent = ::write(ends[1], byte, size);
        if (sent <= 0) ::_exit(2);
        byte += sent;
        size -= static_cast<std::size_t>(sent);
      }
    };
    try {
      const std::vector<double> numbers = work();
      send(numbers.data(), numbers.size() * sizeof(double));
    } catch (const std::exception& error) {
      const std::string text = error.what();
      send(text.data(), text.size());
      ::_exit(1);
    }
    ::_exit(0);
  }
  ::close(ends[1]);
  std::string bytes;
  char block[4096];
  for (ssize_t got = 0; (got = ::read(ends[0], block, sizeof block)) > 0;)
    bytes.append(block, static_cast<std::size_t>(got));
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) throw std::runtime_error("the child crashed");
  if (WEXITSTATUS(status) == 1) throw std::runtime_error(bytes);
  std::vector<double> numbers(bytes.size() / sizeof(double));
  std::copy_n(bytes.data(), numbers.size() * sizeof(double), reinterpret_cast<char*>(numbers.data()));
  return numbers;
}

}  // namespace chokepoint::tests
