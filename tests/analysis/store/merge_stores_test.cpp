#include "analysis/store/merge_stores.hpp"

#include <doctest/doctest.h>

#include "analysis/store/small_store.hpp"
#include "analysis/store/store_csv.hpp"
#include "analysis/store/store_file.hpp"
#include "cli/program.hpp"

namespace chokepoint::analysis {
namespace {

std::string csv_of(const std::filesystem::path& path, const std::string& table) {
  const Database store = open_store(path, Database::Mode::read);
  std::string text;
  write_store_csv(store, table, [&](std::string_view piece) { text += piece; });
  return text;
}

class Parts {
 public:
  [[nodiscard]] std::filesystem::path path(const std::string& name) const { return folder_.path() / name; }

  /// Rows of points `from` to `to` - 1.
  std::filesystem::path make(const std::string& name, std::uint64_t from, std::uint64_t to,
                             const std::function<void(RunRow&)>& change = {}, const SmallStore& small = {}) const {
    RunStore store(path(name), small.layout, small.identity, RunStore::Begin::fresh);
    for (std::uint64_t point = from; point < to; ++point)
      for (std::uint64_t replicate = 0; replicate < 2; ++replicate) {
        RunRow row = SmallStore::row(point, replicate);
        if (change) change(row);
        store.add(row);
      }
    store.set_unit("energy", "MWh");
    return path(name);
  }

  std::string refusal(const std::vector<std::filesystem::path>& parts, const std::string& out = "out.sqlite") const {
    const auto before = tests::folder_bytes(folder_.path());
    std::string text = "accepted";
    try {
      merge_stores(path(out), parts);
    } catch (const sim::InputError& error) {
      text = error.what();
    }
    CHECK(tests::folder_bytes(folder_.path()) == before);
    return text;
  }

 private:
  tests::ScratchFolder folder_;
};

}  // namespace

TEST_CASE("merged parts are the store that one process would have made whatever their order") {
  const Parts parts;
  const auto whole = parts.make("whole.sqlite", 0, 50);
  const auto a = parts.make("a.sqlite", 0, 10);
  const auto b = parts.make("b.sqlite", 10, 35);
  const auto c = parts.make("c.sqlite", 35, 50);
  merge_stores(parts.path("abc.sqlite"), {a, b, c});
  merge_stores(parts.path("cab.sqlite"), {c, a, b});
  for (const std::string table : {"runs", "series", "study", "files", "parameters", "outcomes", "outcome_energy"})
    for (const std::string merged : {"abc.sqlite", "cab.sqlite"})
      CHECK(csv_of(parts.path(merged), table) == csv_of(whole, table));
}

TEST_CASE("parts that overlap agree but for wall time and memory and message") {
  const Parts parts;
  const auto a = parts.make("a.sqlite", 0, 10);
  const auto b = parts.make("b.sqlite", 5, 15, [](RunRow& row) {
    row.wall_s *= 2.0;
    row.memory_bytes = 3;
    row.message = "slower";
  });
  merge_stores(parts.path("out.sqlite"), {a, b});
  CHECK(csv_of(parts.path("out.sqlite"), "outcome_energy") ==
        csv_of(parts.make("whole.sqlite", 0, 15), "outcome_energy"));

  const auto other = parts.make("other.sqlite", 8, 12, [](RunRow& row) {
    if (row.point == 9 && row.replicate == 1) row.outcomes[0] = 0.25;
  });
  CHECK(parts.refusal({a, other}, "new.sqlite") ==
        other.string() + ": expected runs that agree with those of the parts before, the first of which is " +
            a.string() + ", found point 9, replicate 1 with other values");
  const auto failed = parts.make("failed.sqlite", 8, 12, [](RunRow& row) { row.status = "timed out"; });
  CHECK(parts.refusal({a, failed}, "new.sqlite") ==
        failed.string() + ": expected runs that agree with those of the parts before, the first of which is " +
            a.string() + ", found point 8, replicate 0 with the status \"timed out\", not \"done\"");
}

TEST_CASE("parts of several studies are not mixed") {
  const Parts parts;
  const auto a = parts.make("a.sqlite", 0, 10);
  SmallStore changed;
  changed.identity.study["seed"] = 8;
  changed.identity.catalogue_digest = "d";
  const auto b = parts.make("b.sqlite", 10, 20, {}, changed);
  SmallStore large;
  large.identity.name = "large";
  const auto c = parts.make("c.sqlite", 20, 30, {}, large);
  const std::string as_in = ", as in " + a.string() + ", found ";
  CHECK(parts.refusal({a, b, c}) == b.string() + ": catalogue: expected digest c" + as_in + "digest d\n" + b.string() +
                                        ": study /seed: expected 7" + as_in + "8\n" + c.string() +
                                        ": expected a store of the study \"small\"" + as_in + "one of \"large\"");
}

TEST_CASE("a merged store replaces no other file but may grow") {
  const Parts parts;
  const auto a = parts.make("a.sqlite", 0, 10);
  const auto b = parts.make("b.sqlite", 10, 20);
  CHECK(parts.refusal({b}, "a.sqlite") ==
        a.string() +
            ": expected a name that is not taken, found a file (one that is to grow is named among the parts too)");
  merge_stores(a, {a, b});
  CHECK(csv_of(a, "runs") == csv_of(parts.make("whole.sqlite", 0, 20), "runs"));
  CHECK(parts.refusal({parts.path("none.sqlite")}) ==
        parts.path("none.sqlite").string() + ": expected a store of runs, found no such file");
}

}  // namespace chokepoint::analysis
