#include "analysis/store/database.hpp"

#include <sqlite3.h>
#include <utility>

namespace chokepoint::analysis {
namespace {

constexpr int most_waiting_ms = 10'000;

DatabaseError::Kind kind_of(int code) {
  switch (code & 0xff) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return DatabaseError::Kind::damaged;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      return DatabaseError::Kind::unwritable;
    default:
      return DatabaseError::Kind::other;
  }
}

[[noreturn]] void fail(sqlite3* database, const std::string& file) {
  throw DatabaseError(kind_of(sqlite3_extended_errcode(database)), file + ": " + sqlite3_errmsg(database));
}

std::string quoted(const std::string& text, char quote) {
  std::string result(1, quote);
  for (const char c : text) result += c == quote ? std::string(2, c) : std::string(1, c);
  return result + quote;
}

}  // namespace

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Statement::Statement(sqlite3* database, std::string file, const std::string& sql)
    : database_(database), file_(std::move(file)) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, sql.c_str(), static_cast<int>(sql.size() + 1), &statement, nullptr) != SQLITE_OK)
    fail(database, file_);
  statement_.reset(statement);
}

Statement& Statement::bind(int place, const Cell& value) {
  int code = SQLITE_OK;
  if (const auto* real = std::get_if<double>(&value)) {
    code = sqlite3_bind_double(statement_.get(), place, *real);
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    code = sqlite3_bind_int64(statement_.get(), place, *integer);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    code = sqlite3_bind_text64(statement_.get(), place, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  } else {
    code = sqlite3_bind_null(statement_.get(), place);
  }
  if (code != SQLITE_OK) fail(database_, file_);
  return *this;
}

Statement& Statement::bind(std::span<const Cell> values) {
  int place = 0;
  for (const Cell& value : values) bind(++place, value);
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) {
    const DatabaseError error(kind_of(code), file_ + ": " + sqlite3_errmsg(database_));
    sqlite3_reset(statement_.get());
    throw error;
  }
  sqlite3_reset(statement_.get());
  return false;
}

void Statement::run() {
  while (step()) {
  }
}

int Statement::columns() const {
  return sqlite3_column_count(statement_.get());
}

std::string Statement::column_name(int column) const {
  return sqlite3_column_name(statement_.get(), column);
}

Cell Statement::cell(int column) const {
  switch (sqlite3_column_type(statement_.get(), column)) {
    case SQLITE_INTEGER:
      return integer(column);
    case SQLITE_FLOAT:
      return real(column);
    case SQLITE_NULL:
      return std::monostate{};
    default:
      return text(column);
  }
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(statement_.get(), column);
}

std::string Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void Database::Closer::operator()(sqlite3* database) const {
  sqlite3_close_v2(database);
}

Database::Database(const std::filesystem::path& path, Mode mode) : file_(path.string()) {
  const int flags = mode == Mode::read     ? SQLITE_OPEN_READONLY
                    : mode == Mode::create ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                           : SQLITE_OPEN_READWRITE;
  sqlite3* database = nullptr;
  const int code = sqlite3_open_v2(file_.c_str(), &database, flags, nullptr);
  database_.reset(database);
  if (database == nullptr) throw std::bad_alloc();
  if (code != SQLITE_OK) fail(database, file_);
  sqlite3_busy_timeout(database, most_waiting_ms);
}

void Database::execute(const std::string& sql) {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(database_.get(), file_);
}

Statement Database::prepare(const std::string& sql) const {
  return {database_.get(), file_, sql};
}

std::int64_t Database::integer(const std::string& sql) const {
  Statement statement = prepare(sql);
  if (!statement.step()) throw DatabaseError(DatabaseError::Kind::other, file_ + ": no row of " + sql);
  return statement.integer(0);
}

bool Database::in_transaction() const {
  return sqlite3_get_autocommit(database_.get()) == 0;
}

Transaction::~Transaction() {
  try {
    // SQLite has rolled back by itself where the disk was full.
    if (database_.in_transaction()) database_.execute("ROLLBACK");
  } catch (const DatabaseError&) {
  }
}

std::string sql_name(const std::string& name) {
  return quoted(name, '"');
}

std::string sql_text(const std::string& text) {
  return quoted(text, '\'');
}

}  // namespace chokepoint::analysis
