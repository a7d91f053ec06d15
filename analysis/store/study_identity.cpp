#include "analysis/store/study_identity.hpp"

#include <algorithm>
#include <map>

#include "sim/input/sha256.hpp"

namespace chokepoint::analysis {
namespace {

using sim::Json;

std::string shown(const Json& value) {
  constexpr std::size_t longest = 80;
  const std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  return text.size() <= longest ? text : text.substr(0, longest) + "...";
}

void compare(const Json& was, const Json& is, const std::string& where, std::vector<IdentityChange>& found) {
  if (was == is) return;
  if (was.is_object() && is.is_object()) {
    for (const auto& [key, value] : was.items()) {
      const std::string place = sim::child_pointer(where, key);
      if (is.contains(key)) {
        compare(value, is[key], place, found);
      } else {
        found.push_back({place, shown(value), "nothing"});
      }
    }
    for (const auto& [key, value] : is.items())
      if (!was.contains(key)) found.push_back({sim::child_pointer(where, key), "nothing", shown(value)});
  } else if (was.is_array() && is.is_array()) {
    for (std::size_t i = 0; i < std::max(was.size(), is.size()); ++i) {
      const std::string place = sim::child_pointer(where, std::to_string(i));
      if (i < was.size() && i < is.size()) {
        compare(was[i], is[i], place, found);
      } else {
        found.push_back({place, i < was.size() ? shown(was[i]) : "nothing", i < is.size() ? shown(is[i]) : "nothing"});
      }
    }
  } else {
    found.push_back({where, shown(was), shown(is)});
  }
}

void compare_files(const std::vector<NamedFile>& was, const std::vector<NamedFile>& is,
                   std::vector<IdentityChange>& found) {
  const auto by_place = [](const std::vector<NamedFile>& files) {
    std::map<std::string, std::string> digests;
    for (const NamedFile& file : files) digests["file " + file.name + " (" + file.place + ")"] = file.sha256;
    return digests;
  };
  const auto before = by_place(was);
  const auto now = by_place(is);
  const auto words = [](const std::map<std::string, std::string>& files, const std::string& place) {
    const auto file = files.find(place);
    return file == files.end() ? std::string("none") : "bytes of SHA-256 " + file->second.substr(0, 16) + "...";
  };
  for (const auto& [place, digest] : before)
    if (!now.contains(place) || now.at(place) != digest)
      found.push_back({place, words(before, place), words(now, place)});
  for (const auto& [place, digest] : now)
    if (!before.contains(place)) found.push_back({place, "none", words(now, place)});
}

}  // namespace

std::vector<IdentityChange> identity_changes(const StudyIdentity& was, const StudyIdentity& is) {
  std::vector<IdentityChange> found;
  if (was.version != is.version) found.push_back({"version", was.version, is.version});
  if (was.catalogue_digest != is.catalogue_digest)
    found.push_back({"catalogue", "digest " + was.catalogue_digest, "digest " + is.catalogue_digest});
  compare(was.study, is.study, "study ", found);
  compare(was.scenario, is.scenario, "scenario ", found);
  compare_files(was.files, is.files, found);
  if (was.seed != is.seed && found.empty())
    found.push_back({"seed", std::to_string(was.seed), std::to_string(is.seed)});
  return found;
}

void create_identity(Database& database, const StudyIdentity& identity) {
  database.execute(
      "CREATE TABLE study (name TEXT, title TEXT, points INTEGER, replicates INTEGER, seed INTEGER, shard INTEGER, "
      "shards INTEGER, version TEXT, catalogue_digest TEXT, study_sha256 TEXT, scenario_sha256 TEXT, study_json TEXT, "
      "scenario_json TEXT);"
      "CREATE TABLE files (place TEXT, name TEXT, sha256 TEXT)");
  const std::string study = identity.study.dump();
  const std::string scenario = identity.scenario.dump();
  const std::vector<Cell> row{identity.name,
                              identity.title,
                              whole_cell(identity.points),
                              whole_cell(identity.replicates),
                              whole_cell(identity.seed),
                              whole_cell(identity.shard.index),
                              whole_cell(identity.shard.count),
                              identity.version,
                              identity.catalogue_digest,
                              sim::sha256(study),
                              sim::sha256(scenario),
                              study,
                              scenario};
  database.prepare("INSERT INTO study VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").bind(row).run();
  Statement insert = database.prepare("INSERT INTO files VALUES (?, ?, ?)");
  for (const NamedFile& file : identity.files) insert.bind(std::vector<Cell>{file.place, file.name, file.sha256}).run();
}

StudyIdentity read_identity(const Database& database) {
  StudyIdentity identity;
  Statement row = database.prepare(
      "SELECT name, title, points, replicates, seed, shard, shards, version, catalogue_digest, study_json, "
      "scenario_json FROM study");
  if (!row.step()) throw DatabaseError(DatabaseError::Kind::damaged, "the table \"study\" has no row");
  const auto natural = [&row](int column) { return static_cast<std::uint64_t>(row.integer(column)); };
  identity.name = row.text(0);
  identity.title = row.text(1);
  identity.points = natural(2);
  identity.replicates = natural(3);
  identity.seed = natural(4);
  identity.shard = {natural(5), natural(6)};
  identity.version = row.text(7);
  identity.catalogue_digest = row.text(8);
  identity.study = Json::parse(row.text(9), nullptr, false);
  identity.scenario = Json::parse(row.text(10), nullptr, false);
  if (identity.study.is_discarded() || identity.scenario.is_discarded())
    throw DatabaseError(DatabaseError::Kind::damaged, "the table \"study\" does not hold JSON");
  Statement files = database.prepare("SELECT place, name, sha256 FROM files ORDER BY rowid");
  while (files.step()) identity.files.push_back({files.text(0), files.text(1), files.text(2)});
  return identity;
}

}  // namespace chokepoint::analysis
