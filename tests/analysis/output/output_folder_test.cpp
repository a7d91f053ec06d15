#include "analysis/output/output_folder.hpp"

#include <csignal>
#include <fstream>
#include <iterator>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "analysis/output/example_record.hpp"
#include "analysis/output/result_files.hpp"
#include "analysis/pool/interrupt.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::analysis {
namespace fs = std::filesystem;
namespace {

// A folder of its own that goes with the test.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "chokepoint output XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Scratch() { fs::remove_all(path_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }
  [[nodiscard]] std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::recursive_directory_iterator(path_), {}));
  }

 private:
  fs::path path_;
};

OutputFile file(std::string name, std::string text) {
  return {std::move(name), [text = std::move(text)](const TextSink& sink) { sink(text); }};
}

std::string content(const fs::path& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void write(const fs::path& path, std::string_view text) {
  std::ofstream(path) << text;
}

sim::Fault fault_of(const fs::path& folder, const std::vector<OutputFile>& files) {
  try {
    write_output_folder(folder, files);
  } catch (const sim::InputError& error) {
    return error.faults().at(0);
  }
  FAIL("no fault");
  return {};
}

}  // namespace

TEST_CASE("a new folder appears with its files and with the folders above it") {
  const Scratch scratch;
  write_output_folder(scratch.path() / "results" / "today/", {file("a.csv", "1\n"), file("b.json", "{}")});
  CHECK(content(scratch.path() / "results/today/a.csv") == "1\n");
  CHECK(content(scratch.path() / "results/today/b.json") == "{}");
  CHECK(scratch.entries() == 4);
}

TEST_CASE("in a folder that exists files are replaced and foreign files left alone") {
  const Scratch scratch;
  write(scratch.path() / "a.csv", "old");
  write(scratch.path() / "notes.txt", "mine");
  write_output_folder(scratch.path(), {file("a.csv", "new")});
  CHECK(content(scratch.path() / "a.csv") == "new");
  CHECK(content(scratch.path() / "notes.txt") == "mine");
  CHECK(scratch.entries() == 2);
}

TEST_CASE("where a file or a folder stands in the way nothing is written") {
  const Scratch scratch;
  write(scratch.path() / "file", "x");
  CHECK(fault_of(scratch.path() / "file", {file("a", "1")}).found == "a file");
  CHECK(fault_of(scratch.path() / "file" / "below", {file("a", "1")}).found == "Not a directory");
  fs::create_directory(scratch.path() / "a");
  CHECK(fault_of(scratch.path(), {file("b", "1"), file("a", "1")}).found == "a folder");
  CHECK(scratch.entries() == 2);
  CHECK(fault_of("", {}).found == "nothing");
}

TEST_CASE("an unwritable place is named with the reason") {
  const sim::Fault fault = fault_of("/proc/chokepoint/results", {file("a", "1")});
  CHECK(fault.file == "/proc/chokepoint");
  CHECK(fault.found == "No such file or directory");
}

TEST_CASE("a writer that throws leaves nothing behind") {
  const Scratch scratch;
  const OutputFile broken{"b", [](const TextSink&) { throw std::runtime_error("broken"); }};
  CHECK_THROWS_WITH(write_output_folder(scratch.path() / "x" / "y", {file("a", "1"), broken}), "broken");
  CHECK(scratch.entries() == 0);
  CHECK_THROWS_WITH(write_output_folder(scratch.path(), {file("a", "1"), broken}), "broken");
  CHECK(scratch.entries() == 0);
}

TEST_CASE("an interrupt while writing leaves nothing behind") {
  ::signal(SIGINT, SIG_DFL);
  const Scratch scratch;
  const OutputFile interrupted{"b", [](const TextSink& sink) {
                                 sink("half");
                                 ::raise(SIGINT);
                                 sink("more");
                               }};
  CHECK_THROWS_AS(write_output_folder(scratch.path() / "x" / "y", {file("a", "1"), interrupted}), Interrupted);
  CHECK(scratch.entries() == 0);
}

TEST_CASE("a file that cannot grow leaves nothing behind") {
  const Scratch scratch;
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{1000, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  const sim::Fault fault = fault_of(scratch.path() / "x", {file("a", "1"), file("b", std::string(5000, 'x'))});
  ::setrlimit(RLIMIT_FSIZE, &before);
  CHECK(fault.found == "File too large");
  CHECK(scratch.entries() == 0);
}

TEST_CASE("a full disk is named and leaves nothing behind") {
  const Scratch scratch;
  if (::mount("none", scratch.path().c_str(), "tmpfs", 0, "size=64k") != 0) return;
  const sim::Fault fault = fault_of(scratch.path() / "x", {file("a", "1"), file("b", std::string(500'000, 'x'))});
  CHECK(fault.found == "No space left on device");
  CHECK(scratch.entries() == 0);
  ::umount(scratch.path().c_str());
}

TEST_CASE("a record becomes a folder of a summary and tables and a picture") {
  const Scratch scratch;
  const sim::Record record = example_record(100, 3600);
  write_output_folder(scratch.path() / "first", result_files(record));
  write_output_folder(scratch.path() / "second", result_files(record));
  for (const char* name : {"summary.json", "series.csv", "run.svg"}) {
    CHECK(!content(scratch.path() / "first" / name).empty());
    CHECK(content(scratch.path() / "first" / name) == content(scratch.path() / "second" / name));
  }
  CHECK(scratch.entries() == 8);
}

}  // namespace chokepoint::analysis
