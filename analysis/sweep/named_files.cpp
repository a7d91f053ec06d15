#include "analysis/sweep/named_files.hpp"

#include <fstream>

#include "sim/input/sha256.hpp"

namespace chokepoint::analysis {
namespace fs = std::filesystem;
namespace {

std::string digest_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string window(std::size_t{1} << 16, '\0');
  sim::Sha256 digest;
  while (file.read(window.data(), static_cast<std::streamsize>(window.size())) || file.gcount() > 0)
    digest.add(std::string_view(window).substr(0, static_cast<std::size_t>(file.gcount())));
  if (!file.eof())
    throw sim::InputError(sim::Fault{
        .file = path.string(), .where = {}, .expected = "a file that can be read", .found = "an error", .hint = {}});
  return digest.finish();
}

// A text that is no path of this system is no file either.
bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

}  // namespace

void NamedFiles::add(const sim::Json& json, const std::string& where, const FolderOf& folder_of) {
  const std::function<void(const sim::Json&, const std::string&)> visit = [&](const sim::Json& node,
                                                                              const std::string& pointer) {
    if (node.is_structured()) {
      std::size_t index = 0;
      for (const auto& [key, value] : node.items())
        visit(value, sim::child_pointer(pointer, node.is_array() ? std::to_string(index++) : key));
    } else if (node.is_string()) {
      const auto& name = node.get_ref<const std::string&>();
      if (name.empty()) return;
      const fs::path path = folder_of(pointer) / name;
      if (is_file(path)) add_file(path, name, pointer.empty() ? where : where + ' ' + pointer);
    }
  };
  visit(json, "");
}

void NamedFiles::add_file(const fs::path& path, const std::string& name, const std::string& place) {
  files_.push_back({place, name, digest_of(path)});
  std::error_code error;
  if (path.extension() != ".json" || !followed_.insert(fs::weakly_canonical(path, error)).second) return;
  sim::Json json;
  try {
    json = sim::load_json(path);
  } catch (const sim::InputError&) {
    return;  // who uses the file says what is wrong with it
  }
  add(json, place + " > " + name, [&](const std::string&) { return path.parent_path(); });
}

}  // namespace chokepoint::analysis
