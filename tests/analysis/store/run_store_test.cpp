#include "analysis/store/run_store.hpp"

#include <algorithm>
#include <csignal>
#include <fstream>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "analysis/store/small_store.hpp"
#include "analysis/store/store_csv.hpp"
#include "analysis/store/store_file.hpp"
#include "cli/program.hpp"

namespace chokepoint::analysis {
namespace {

using Begin = RunStore::Begin;

std::string table_of(const std::filesystem::path& path, const std::string& table = "runs") {
  const Database store = open_store(path, Database::Mode::read);
  std::string text;
  write_store_csv(store, table, [&](std::string_view piece) { text += piece; });
  return text;
}

template <class Work>
std::string refusal(const Work& work) {
  try {
    work();
  } catch (const sim::InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("rows stand in the order of point and replicate whatever the order in which they came") {
  const tests::ScratchFolder folder;
  const SmallStore small;
  std::vector<RunRow> rows;
  for (std::uint64_t point = 0; point < 50; ++point)
    for (std::uint64_t replicate = 0; replicate < 2; ++replicate) rows.push_back(SmallStore::row(point, replicate));
  std::string first;
  for (const unsigned seed : {0U, 1U, 2U}) {
    CAPTURE(seed);
    const auto path = folder.path() / (std::to_string(seed) + ".sqlite");
    if (seed > 0) std::ranges::shuffle(rows, std::mt19937(seed));
    {
      RunStore store(path, small.layout, small.identity, Begin::fresh);
      for (const RunRow& row : rows) store.add(row);
      CHECK(store.count_done() == 100);
      CHECK(store.is_done(49, 1));
      CHECK_FALSE(store.is_done(50, 0));
    }
    const std::string all = table_of(path) + table_of(path, "series");
    if (seed == 0) first = all;
    CHECK(all == first);
  }
}

TEST_CASE("a row comes back as it was given and each outcome has a view of its own") {
  const tests::ScratchFolder folder;
  const SmallStore small;
  const auto path = folder.path() / "a.sqlite";
  {
    RunStore store(path, small.layout, small.identity, Begin::fresh);
    store.add(SmallStore::row(1, 0));
    RunRow crashed = SmallStore::row(0, 0);
    crashed.status = "crashed";
    crashed.message = "SIGSEGV";
    crashed.outcomes = {{}, {}};
    crashed.series = {};
    store.add(crashed);
    store.set_unit("energy", "MWh");
  }
  CHECK(table_of(path) ==
        "point,replicate,seed,status,wall_s,memory_bytes,message,pue,policy,energy,jobs\n"
        "0,0,7,crashed,0.5,1000,SIGSEGV,1,fifo,,\n"
        "1,0,7,done,0.5,1000,,1.125,\"s,\"\"jf\"\"\",10,1\n");
  CHECK(table_of(path, "outcome_energy") == "point,replicate,pue,policy,energy\n1,0,1.125,\"s,\"\"jf\"\"\",10\n");
  CHECK(table_of(path, "series") ==
        "point,replicate,step,time_s,date,power_w\n1,0,0,0,2023-01-01,1\n1,0,1,3600,2023-01-02,1\n");
  CHECK(table_of(path, "outcomes") == "name,figure,unit\nenergy,energy_mwh,MWh\njobs,jobs_done,\n");
}

TEST_CASE("a store that is there is gone on with only if asked for") {
  const tests::ScratchFolder folder;
  const SmallStore small;
  const auto path = folder.path() / "a.sqlite";
  { RunStore(path, small.layout, small.identity, Begin::resumed).add(SmallStore::row(3, 1)); }
  CHECK(refusal([&] { RunStore(path, small.layout, small.identity, Begin::fresh); }) ==
        path.string() +
            ": expected a name that is not taken, found a file (--resume goes on with a store that is there)");
  RunStore store(path, small.layout, small.identity, Begin::resumed);
  CHECK(store.is_done(3, 1));
  // A run that failed is done again, in place of its row.
  RunRow failed = SmallStore::row(3, 1);
  failed.status = "failed";
  store.add(failed);
  CHECK_FALSE(store.is_done(3, 1));
  CHECK(store.count_rows() == 1);
}

TEST_CASE("a store whose study changed is refused and each change told by its place") {
  const tests::ScratchFolder folder;
  const SmallStore small;
  const auto path = folder.path() / "a.sqlite";
  { RunStore(path, small.layout, small.identity, Begin::fresh).add(SmallStore::row(3, 1)); }
  const std::string before = tests::file_text(path);
  SmallStore other;
  other.identity.version = "0.2.0";
  other.identity.catalogue_digest = "d";
  other.identity.study["parameters"][0]["to"] = 1.7;
  other.identity.study["parameters"].push_back("more");
  other.identity.scenario["sites"][0]["limit"] = "1 MW";
  other.identity.scenario.erase("name");
  other.identity.files[0].sha256 = std::string(64, 'b');
  other.identity.shard = {2, 3};
  const std::string begin = path.string() + ": ";
  const std::string as_begun = ", with which it was begun, found ";
  CHECK(refusal([&] { RunStore(path, other.layout, other.identity, Begin::resumed); }) ==
        begin + "version: expected 0.1.0" + as_begun + "0.2.0\n" + begin + "catalogue: expected digest c" + as_begun +
            "digest d\n" + begin + "study /parameters/0/to: expected 1.6" + as_begun + "1.7\n" + begin +
            "study /parameters/1: expected nothing" + as_begun + "\"more\"\n" + begin +
            "scenario /name: expected \"x\"" + as_begun + "nothing\n" + begin +
            "scenario /sites/0/limit: expected nothing" + as_begun + "\"1 MW\"\n" + begin +
            "file trace.csv (scenario /trace): expected bytes of SHA-256 aaaaaaaaaaaaaaaa..." + as_begun +
            "bytes of SHA-256 bbbbbbbbbbbbbbbb...\n" + begin + "shard: expected 1/1" + as_begun + "2/3");
  other.identity.name = "large";
  CHECK(refusal([&] { RunStore(path, other.layout, other.identity, Begin::resumed); }) ==
        begin + "expected a store of the study \"large\", found one of \"small\"");
  CHECK(tests::file_text(path) == before);
}

TEST_CASE("a damaged store is said to be one and not touched") {
  const tests::ScratchFolder folder;
  const SmallStore small;
  const auto path = folder.path() / "a.sqlite";
  {
    RunStore store(path, small.layout, small.identity, Begin::fresh);
    for (std::uint64_t point = 0; point < 50; ++point) store.add(SmallStore::row(point, 0));
  }
  const std::string sound = tests::file_text(path);
  const auto told = [&](const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
    std::string text = refusal([&] { RunStore(path, small.layout, small.identity, Begin::resumed); });
    CHECK(tests::file_text(path) == bytes);
    return text;
  };
  const std::string expected = path.string() + ": expected a store of runs, found ";
  const std::string untouched = "(nothing was changed in it)";
  CHECK(told("point,replicate\n1,2\n" + std::string(5000, 'x')) ==
        expected + "a file that is no database, or a damaged one " + untouched);
  CHECK(told(sound.substr(0, sound.size() / 2)).starts_with(expected + "a"));
  for (std::size_t page = 1; page < sound.size() / 4096; ++page) {
    CAPTURE(page);
    std::string bytes = sound;
    // An index or table whose cells point nowhere.
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(page * 4096), 64, '\xff');
    CHECK(told(bytes).starts_with(expected + "a"));
  }
  Database(folder.path() / "other.sqlite", Database::Mode::create).execute("CREATE TABLE a (b)");
  CHECK(refusal([&] { open_store(folder.path() / "other.sqlite", Database::Mode::read); }) ==
        (folder.path() / "other.sqlite").string() + ": expected a store of runs, found a database of another program");
  CHECK(refusal([&] { open_store(folder.path() / "none.sqlite", Database::Mode::read); }) ==
        (folder.path() / "none.sqlite").string() + ": expected a store of runs, found no such file");
}

TEST_CASE("two processes do not write one store") {
  const tests::ScratchFolder folder;
  const SmallStore small;
  const auto path = folder.path() / "a.sqlite";
  RunStore store(path, small.layout, small.identity, Begin::fresh);
  store.add(SmallStore::row(0, 0));
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string told = refusal([&] { RunStore(path, small.layout, small.identity, Begin::resumed); });
    ::_exit(told == path.string() +
                        ": expected a store that nothing else writes, found one that another process is writing"
                ? 0
                : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(status == 0);
  store.add(SmallStore::row(1, 0));
  store.commit();
  CHECK(store.count_rows() == 2);
}

TEST_CASE("a store that was being made when its process was killed is begun anew") {
  const tests::ScratchFolder folder;
  const SmallStore small;
  const auto path = folder.path() / "a.sqlite";
  std::ofstream(path).close();
  RunStore store(path, small.layout, small.identity, Begin::resumed);
  CHECK(store.count_rows() == 0);
}

TEST_CASE("a full disk leaves what was committed and the store goes on once there is room") {
  const tests::ScratchFolder folder;
  const SmallStore small;
  const auto path = folder.path() / "a.sqlite";
  std::uint64_t point = 0;
  {
    RunStore store(path, small.layout, small.identity, Begin::fresh);
    store.set_batch({.rows = 10});
    const auto pages = store.database().integer("PRAGMA page_count");
    store.database().execute("PRAGMA max_page_count = " + std::to_string(pages + 3));
    try {
      for (;; ++point) store.add(SmallStore::row(point, 0));
    } catch (const DatabaseError& error) {
      CHECK(error.kind() == DatabaseError::Kind::unwritable);
      CHECK(error.what() == path.string() + ": database or disk is full");
    }
  }
  REQUIRE(point > 10);
  RunStore store(path, small.layout, small.identity, Begin::resumed);
  CHECK(store.count_rows() >= point / 10 * 10);
  CHECK(store.count_rows() <= point);
  for (std::uint64_t again = 0; again <= point; ++again)
    if (!store.is_done(again, 0)) store.add(SmallStore::row(again, 0));
  store.commit();
  CHECK(store.count_done() == point + 1);
}

TEST_CASE("a killed process loses what it had not committed and no more") {
  const tests::ScratchFolder folder;
  const SmallStore small;
  const auto path = folder.path() / "a.sqlite";
  const pid_t child = ::fork();
  if (child == 0) {
    RunStore store(path, small.layout, small.identity, Begin::fresh);
    store.set_batch({.rows = 10, .age = std::chrono::hours(1)});
    for (std::uint64_t point = 0; point < 25; ++point) store.add(SmallStore::row(point, 0));
    ::raise(SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WTERMSIG(status) == SIGKILL);
  RunStore store(path, small.layout, small.identity, Begin::resumed);
  CHECK(store.count_done() == 20);
}

}  // namespace chokepoint::analysis
