#pragma once

#include <filesystem>

namespace chokepoint::analysis {

/// The right to write a store, which one process has at a time, wherever it runs, as far as the file system keeps locks
/// (POSIX record locks; not held by forked children, gone with the process however it ends). It lies on a byte far
/// beyond the file's end and beside SQLite's own locks, so that others can read. Must outlive the process's Database of
/// the same file, since closing any descriptor of a file ends a process's locks on it.
class StoreLock {
 public:
  enum class Begin { fresh, resumed };

  /// Makes the file if it is missing. Throws InputError where a fresh one is there already, another process has the
  /// right, or the system refuses.
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
