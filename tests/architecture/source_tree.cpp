#include "architecture/source_tree.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <regex>

namespace chokepoint::architecture {
namespace {

bool is_cpp(const std::string& path) {
  return path.ends_with(".hpp") || path.ends_with(".cpp");
}

/// What is left of a line once its comment, its texts and its characters are taken out.
std::string code_of(const std::string& line) {
  static const std::regex literal(R"("(\\.|[^"\\])*"|'(\\.|[^'\\])*')");
  const std::string bare = std::regex_replace(line, literal, "\"\"");
  return bare.substr(0, bare.find("//"));
}

bool in_name(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) || letter == '_' || letter == ':';
}

}  // namespace

bool SourceFile::in(std::string_view folder) const {
  return path.starts_with(std::string(folder) + "/");
}

std::filesystem::path project_folder() {
  return CHOKEPOINT_SOURCE_DIR;
}

SourceFile source_file(const std::string& path) {
  std::ifstream stream(project_folder() / path);
  SourceFile file{path, {}};
  for (std::string line; std::getline(stream, line);) file.lines.push_back(line);
  return file;
}

std::vector<SourceFile> source_files(const std::vector<std::string>& folders, const std::vector<std::string>& endings) {
  std::vector<SourceFile> files;
  for (const std::string& folder : folders) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(project_folder() / folder)) {
      const std::string path = std::filesystem::relative(entry.path(), project_folder()).string();
      const auto ends_path = [&path](const std::string& ending) { return path.ends_with(ending); };
      if (entry.is_regular_file() && std::ranges::any_of(endings, ends_path)) files.push_back(source_file(path));
    }
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

const std::vector<SourceFile>& layer_files() {
  static const auto files = source_files({"models", "sim", "analysis", "cli"}, {".hpp", ".cpp"});
  return files;
}

std::vector<Include> includes(const SourceFile& file) {
  static const std::regex form(R"(^\s*#\s*include\s*(["<])([^">]+)[">].*)");
  std::vector<Include> found;
  for (const std::string& line : file.lines) {
    std::smatch part;
    if (is_cpp(file.path) && std::regex_match(line, part, form)) found.push_back({part[2], part[1] == "\""});
  }
  return found;
}

std::set<std::string> names_used(const SourceFile& file) {
  std::set<std::string> names;
  for (const std::string& line : file.lines) {
    const std::string code = code_of(line);
    for (auto from = std::ranges::find_if(code, in_name); from != code.end();) {
      const auto to = std::find_if_not(from, code.end(), in_name);
      const std::string name(from, to);
      names.insert(name.starts_with("::") ? name.substr(2) : name);
      from = std::find_if(to, code.end(), in_name);
    }
  }
  return names;
}

}  // namespace chokepoint::architecture
