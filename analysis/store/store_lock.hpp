#pragma once

#include <filesystem>

namespace chokepoint::analysis {

/// The right to write a store, which one process has at a time, wherever it runs, as far as the file system keeps locks
/// (locks of open file descriptions: gone with the process and its forked children however they end; SQLite's own,
/// which are the process's, do not touch them). It lies on a byte far beyond the file's end, so that others can read.
/// Must outlive the process's Database of the same file, since closing any descriptor of a file ends SQLite's locks on
/// it.
class StoreLock {
 public:
  enum class Begin { fresh, resumed };

  /// Makes the file if it is missing. Throws InputError where a fresh one is there already, another process has the
  /// right and keeps it for two seconds (children of a killed one take a moment to end), or the system refuses.
  StoreLock(const std::filesystem::path& path, Begin begin);
  ~StoreLock();
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

  /// Whether this made the file.
  [[nodiscard]] bool made() const { return made_; }

 private:
  int descriptor_;
  bool made_ = false;
};

}  // namespace chokepoint::analysis
