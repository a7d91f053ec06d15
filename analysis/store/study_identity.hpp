#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/store/database.hpp"
#include "analysis/store/shard.hpp"
#include "sim/input/json_document.hpp"

namespace chokepoint::analysis {

/// A file that a study or its scenario names, as its bytes were.
struct NamedFile {
  /// Where it is named, such as "scenario /fleets/0/workload/trace".
  std::string place;
  /// As it is written there.
  std::string name;
  std::string sha256;
};

/// What the rows of a store belong to: rows of two programs or of two states of a study do not go together.
struct StudyIdentity {
  std::string name;
  std::string title;
  std::uint64_t points = 0;
  std::uint64_t replicates = 1;
  std::uint64_t seed = 1;
  Shard shard = {};
  std::string version;
  std::string catalogue_digest;
  /// The study's file without what is only for people.
  sim::Json study;
  /// Merged with what it extends and with what the study sets; where the study chooses among scenarios, by label.
  sim::Json scenario;
  std::vector<NamedFile> files;
};

/// One thing in which two identities differ.
struct IdentityChange {
  /// "version", "study /parameters/0/to", "scenario /sites/0/pue", "file trace.csv (scenario
  /// /fleets/0/workload/trace)".
  std::string where;
  std::string was;
  std::string is;
};

/// In the order of the struct, places of JSON in the order of their pointers. Names, titles and shards are not
/// compared.
std::vector<IdentityChange> identity_changes(const StudyIdentity& was, const StudyIdentity& is);

/// The tables "study" (one row) and "files" of a store.
void create_identity(Database& database, const StudyIdentity& identity);
StudyIdentity read_identity(const Database& database);

}  // namespace chokepoint::analysis
