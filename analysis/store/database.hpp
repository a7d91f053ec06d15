#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <variant>

struct sqlite3;
struct sqlite3_stmt;

namespace chokepoint::analysis {

/// What SQLite could not do, with its own words and the file's name.
class DatabaseError : public std::runtime_error {
 public:
  enum class Kind {
    /// No database, or one that does not hold together.
    damaged,
    /// No room is left on the disk, or the system refused to write.
    unwritable,
    other
  };

  DatabaseError(Kind kind, const std::string& text) : std::runtime_error(text), kind_(kind) {}

  [[nodiscard]] Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// One value of a row; nothing is SQL's NULL. A not-a-number is stored as NULL.
using Cell = std::variant<std::monostate, double, std::int64_t, std::string>;
inline Cell whole_cell(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

/// A prepared statement of a database that outlives it.
class Statement {
 public:
  Statement(sqlite3* database, std::string file, const std::string& sql);

  /// The value of the place, counted from 1.
  Statement& bind(int place, const Cell& value);
  /// Of all places from 1 on.
  Statement& bind(std::span<const Cell> values);
  /// Goes on to the next row; false at the end, after which the statement can be bound and run again.
  bool step();
  /// Runs a statement that gives no rows.
  void run();

  [[nodiscard]] int columns() const;
  [[nodiscard]] std::string column_name(int column) const;
  /// Of the row at hand, counted from 0.
  [[nodiscard]] Cell cell(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };

  sqlite3* database_;
  std::string file_;
  std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};

/// A SQLite file, for one process and thread. Waits up to ten seconds for others that read it. Throws DatabaseError.
class Database {
 public:
  enum class Mode { create, write, read };

  Database(const std::filesystem::path& path, Mode mode);

  /// Any number of statements that give no rows.
  void execute(const std::string& sql);
  [[nodiscard]] Statement prepare(const std::string& sql) const;
  /// The first column of the first row, which must be there.
  [[nodiscard]] std::int64_t integer(const std::string& sql) const;
  [[nodiscard]] bool in_transaction() const;

 private:
  struct Closer {
    void operator()(sqlite3* database) const;
  };

  std::string file_;
  std::unique_ptr<sqlite3, Closer> database_;
};

/// What is done while this stands is done whole at `commit`, or not at all.
class Transaction {
 public:
  explicit Transaction(Database& database) : database_(database) { database_.execute("BEGIN IMMEDIATE"); }
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit() { database_.execute("COMMIT"); }

 private:
  Database& database_;
};

/// A name as SQL takes it, whatever it is made of.
std::string sql_name(const std::string& name);
/// A text likewise.
std::string sql_text(const std::string& text);

}  // namespace chokepoint::analysis
