#include "analysis/store/merge_stores.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <unistd.h>

#include <fmt/format.h>

#include "analysis/pool/interrupt.hpp"
#include "analysis/store/database.hpp"
#include "analysis/store/store_fault.hpp"
#include "analysis/store/store_file.hpp"
#include "analysis/store/study_identity.hpp"

namespace chokepoint::analysis {
namespace fs = std::filesystem;
namespace {

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code error;
  return fs::equivalent(a, b, error);
}

/// Every part must belong to the same study as the first.
void check_parts(const std::vector<fs::path>& parts) {
  constexpr std::size_t most_faults_a_part = 10;
  const StudyIdentity first = read_identity(open_store(parts.front(), Database::Mode::write));
  std::vector<sim::Fault> faults;
  for (const fs::path& part : parts) {
    const StudyIdentity other = read_identity(open_store(part, Database::Mode::write));
    const auto add = [&](std::string where, const std::string& was, std::string is) {
      faults.push_back({.file = part.string(),
                        .where = std::move(where),
                        .expected = was + ", as in " + parts.front().string(),
                        .found = std::move(is),
                        .hint = {}});
    };
    if (other.name != first.name) {
      add("", fmt::format("a store of the study \"{}\"", first.name), fmt::format("one of \"{}\"", other.name));
      continue;
    }
    auto found = identity_changes(first, other);
    found.resize(std::min(found.size(), most_faults_a_part));
    for (IdentityChange& change : found) add(std::move(change.where), change.was, std::move(change.is));
  }
  sim::throw_if_any(std::move(faults));
}

// The store to be, beside its place; unless kept, it goes again.
class PartialStore {
 public:
  explicit PartialStore(const fs::path& out)
      : path_(out.parent_path() / fmt::format(".{}.partial-{}", out.filename().string(), ::getpid())) {
    ::unlink(path_.c_str());
  }
  ~PartialStore() { ::unlink(path_.c_str()); }
  PartialStore(const PartialStore&) = delete;
  PartialStore& operator=(const PartialStore&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }
  void move_to(const fs::path& out) {
    if (::rename(path_.c_str(), out.c_str()) != 0)
      refuse_store(out, "a place to write the store", std::strerror(errno));
  }

 private:
  fs::path path_;
};

class Merger {
 public:
  Merger(const fs::path& path, const fs::path& first) : first_(first), database_(path, Database::Mode::create) {
    // What is half-written is thrown away.
    database_.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
    mark_store(database_);
    attach(first);
    Statement made =
        database_.prepare("SELECT sql FROM part.sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'view', rowid");
    std::vector<std::string> schema;
    while (made.step()) schema.push_back(made.text(0));
    for (const std::string& sql : schema) database_.execute(sql);
    for (const char* table : {"study", "files", "parameters", "outcomes"})
      database_.execute(fmt::format("INSERT INTO main.{0} SELECT * FROM part.{0}", table));
    database_.execute("UPDATE main.study SET shard = 1, shards = 1");
    has_series_ = database_.integer("SELECT count(*) FROM main.sqlite_master WHERE name = 'series'") > 0;
    detach();
  }

  void add(const fs::path& part) {
    attach(part);
    refuse_conflict(part);
    Transaction transaction(database_);
    database_.execute("INSERT OR IGNORE INTO main.runs SELECT * FROM part.runs ORDER BY point, replicate");
    if (has_series_) database_.execute("INSERT OR IGNORE INTO main.series SELECT * FROM part.series");
    // Only a part with runs knows the units.
    database_.execute(
        "UPDATE main.outcomes SET unit = (SELECT unit FROM part.outcomes AS known WHERE known.name = outcomes.name) "
        "WHERE unit IS NULL");
    transaction.commit();
    detach();
  }

  void finish() { database_.execute("PRAGMA synchronous = FULL; UPDATE main.study SET shard = 1"); }

 private:
  void attach(const fs::path& part) { database_.execute("ATTACH " + sql_text(part.string()) + " AS part"); }
  void detach() { database_.execute("DETACH part"); }

  /// Columns that must agree: those that a run's chance and inputs decide.
  [[nodiscard]] std::string disagreement() const {
    std::string condition;
    Statement columns = database_.prepare("SELECT name FROM pragma_table_info('runs')");
    while (columns.step()) {
      const std::string name = columns.text(0);
      if (name == "wall_s" || name == "memory_bytes" || name == "message") continue;
      condition +=
          fmt::format("{}ours.{} IS NOT theirs.{}", condition.empty() ? "" : " OR ", sql_name(name), sql_name(name));
    }
    return condition;
  }

  void refuse_conflict(const fs::path& part) {
    Statement conflict = database_.prepare(
        "SELECT ours.point, ours.replicate, ours.status, theirs.status FROM main.runs AS ours JOIN part.runs AS theirs "
        "ON ours.point = theirs.point AND ours.replicate = theirs.replicate WHERE " +
        disagreement() + " LIMIT 1");
    if (!conflict.step()) return;
    const bool status = conflict.text(2) != conflict.text(3);
    refuse_store(
        part, fmt::format("runs that agree with those of the parts before, the first of which is {}", first_.string()),
        fmt::format("point {}, replicate {} with {}", conflict.integer(0), conflict.integer(1),
                    status ? fmt::format("the status \"{}\", not \"{}\"", conflict.text(3), conflict.text(2))
                           : std::string("other values")));
  }

  fs::path first_;
  Database database_;
  bool has_series_ = false;
};

}  // namespace

void merge_stores(const fs::path& out, const std::vector<fs::path>& parts) {
  std::error_code error;
  const bool is_part = std::ranges::any_of(parts, [&](const fs::path& part) { return same_file(part, out); });
  if (fs::exists(fs::symlink_status(out, error)) && !is_part)
    refuse_store(out, "a name that is not taken", "a file", "one that is to grow is named among the parts too");
  const InterruptWatch watch;
  check_parts(parts);
  PartialStore partial(out);
  {
    Merger merger(partial.path(), parts.front());
    for (const fs::path& part : parts) {
      watch.throw_if_interrupted();
      merger.add(part);
    }
    merger.finish();
  }
  watch.throw_if_interrupted();
  partial.move_to(out);
}

}  // namespace chokepoint::analysis
