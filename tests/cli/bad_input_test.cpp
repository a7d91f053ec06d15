#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <doctest/doctest.h>

#include "support/places.hpp"

namespace chokepoint::cli {
namespace {
namespace fs = std::filesystem;

/// One line of bad_input.txt that runs the program, and the messages below it.
struct Exchange {
  std::string preparation;
  std::string command;
  std::string messages;
};

/// The script has lines "% COMMAND" that prepare files, "$ COMMAND" that run the program, and below these what it says.
std::vector<Exchange> read_script() {
  std::vector<Exchange> exchanges;
  std::string preparation;
  std::ifstream script(CHOKEPOINT_SOURCE_DIR "/tests/cli/bad_input.txt");
  for (std::string line; std::getline(script, line);) {
    if (line.starts_with("% ")) {
      preparation += line.substr(2) + '\n';
    } else if (line.starts_with("$ ")) {
      exchanges.push_back({.preparation = preparation, .command = line.substr(2), .messages = {}});
      preparation.clear();
    } else if (!line.empty() && !line.starts_with("#") && !exchanges.empty()) {
      exchanges.back().messages += line + '\n';
    }
  }
  return exchanges;
}

/// A folder of its own for the files of the script, gone at the end.
class WorkFolder {
 public:
  WorkFolder() : path_(fs::temp_directory_path() / ("chokepoint_bad_input_" + std::to_string(getpid()))) {
    fs::create_directory(path_);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  ~WorkFolder() { fs::remove_all(path_); }

  /// Exit code of `command` in a shell in this folder, where the word chokepoint is the program.
  [[nodiscard]] int run(const std::string& command) const {
    std::ofstream(path_ / "step.sh") << "chokepoint() { '" CHOKEPOINT_PROGRAM "' \"$@\"; }\n" << command << '\n';
    const std::string shell = "cd '" + path_.string() + "' && bash step.sh >stdout 2>stderr </dev/null";
    return WEXITSTATUS(std::system(shell.c_str()));
  }
  [[nodiscard]] std::string text(const char* file) const {
    std::ostringstream stream;
    stream << std::ifstream(path_ / file).rdbuf();
    std::string text = stream.str();
    for (std::size_t at = 0; (at = text.find(path_.string())) != std::string::npos;)
      text.replace(at, path_.string().size(), "FOLDER");
    return text;
  }
  [[nodiscard]] std::set<std::string> files() const {
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(path_)) names.insert(entry.path().string());
    return names;
  }

 private:
  fs::path path_;
};

}  // namespace

TEST_CASE("bad input exits with 2 and says what is wrong and leaves nothing behind" * doctest::test_suite("heavy")) {
  const WorkFolder folder;
  (void)folder.run("");
  const std::vector<Exchange> exchanges = read_script();
  REQUIRE(exchanges.size() > 100);
  for (const Exchange& exchange : exchanges) {
    CAPTURE(exchange.command);
    if (!exchange.preparation.empty()) REQUIRE(folder.run("set -e\n" + exchange.preparation) == 0);
    const auto before = folder.files();
    CHECK(folder.run(exchange.command) == 2);
    CHECK(folder.text("stdout").empty());
    CHECK(folder.text("stderr") == exchange.messages);
    CHECK(folder.files() == before);
  }
}

TEST_CASE("an interrupted run exits with 130 and leaves nothing behind") {
  const WorkFolder folder;
  const int exit = folder.run(
      "chokepoint new long >/dev/null\n"
      "set -m\n"
      "'" CHOKEPOINT_PROGRAM
      "' run long.json --set '/duration=30000 d' --set '/fleets/0/workload/mean_interval=1 s' "
      "--set '/series_step=1 d' --out results & "
      // Once it catches SIGINT, the second bit of the mask.
      "until grep -q 'SigCgt:.*[2367abef]$' /proc/$!/status; do sleep 0.1; done; kill -INT $!; wait $!");
  CHECK(exit == 130);
  CHECK(folder.text("stderr") == "interrupted: nothing was written\n");
  CHECK(folder.text("stdout").empty());
  CHECK(folder.files().size() == 4);  // long.json, step.sh, stdout, stderr
}

}  // namespace chokepoint::cli
