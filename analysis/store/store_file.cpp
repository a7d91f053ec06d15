#include "analysis/store/store_file.hpp"

#include <fmt/format.h>

#include "analysis/store/store_fault.hpp"

namespace chokepoint::analysis {
namespace {

// "Chok" in ASCII; `file` and others know a SQLite file's owner by it.
constexpr std::int64_t application_id = 0x43686f6b;
constexpr std::int64_t form = 1;
constexpr const char* expected = "a store of runs";

void check(const std::filesystem::path& path, const Database& database) {
  if (database.integer("PRAGMA application_id") != application_id)
    refuse_store(path, expected, "a database of another program");
  if (const auto found = database.integer("PRAGMA user_version"); found != form)
    refuse_store(path, expected, fmt::format("one of form {}", found),
                 fmt::format("this program writes and reads form {}", form));
  Statement integrity = database.prepare("PRAGMA integrity_check(1)");
  if (integrity.step() && integrity.text(0) != "ok")
    refuse_store(path, expected, "a damaged one", "nothing was changed in it");
}

}  // namespace

bool is_store(const std::filesystem::path& path, const Database& database) {
  try {
    if (database.integer("PRAGMA page_count") == 0) return false;
    check(path, database);
    return true;
  } catch (const DatabaseError& failure) {
    if (failure.kind() != DatabaseError::Kind::damaged) throw;
    refuse_store(path, expected, "a file that is no database, or a damaged one", "nothing was changed in it");
  }
}

Database open_store(const std::filesystem::path& path, Database::Mode mode) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) refuse_store(path, expected, "no such file");
  if (!std::filesystem::is_regular_file(status)) refuse_store(path, expected, "what is no file");
  Database database(path, mode);
  if (!is_store(path, database)) refuse_store(path, expected, "an empty file");
  return database;
}

void mark_store(Database& database) {
  database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", application_id, form));
}

}  // namespace chokepoint::analysis
