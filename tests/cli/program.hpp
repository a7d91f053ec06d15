#pragma once

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include "support/places.hpp"

namespace chokepoint::tests {

struct Outcome {
  int exit = -1;
  std::string text;
};

/// Runs the program itself in a shell, so that what it prints and how it exits are seen as a user sees them.
inline Outcome run_program(const std::string& arguments) {
  Outcome outcome;
  FILE* const pipe = popen(("\"" CHOKEPOINT_PROGRAM "\" " + arguments + " 2>&1").c_str(), "r");
  std::array<char, 4096> block{};
  for (std::size_t count = 0; (count = fread(block.data(), 1, block.size(), pipe)) > 0;)
    outcome.text.append(block.data(), count);
  outcome.exit = WEXITSTATUS(pclose(pipe));
  return outcome;
}

/// A path as one word of the shell.
inline std::string shell_word(const std::filesystem::path& path) {
  return "'" + path.string() + "'";
}

/// A folder of its own that is gone when the test is done.
class ScratchFolder {
 public:
  ScratchFolder() : path_(std::filesystem::temp_directory_path() / ("chokepoint_test_" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

inline std::string file_text(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// The bytes of all files of a folder by name.
inline std::map<std::string, std::string> folder_bytes(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files[entry.path().filename().string()] = file_text(entry.path());
  return files;
}

}  // namespace chokepoint::tests
