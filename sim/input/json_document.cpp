#include "sim/input/json_document.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

namespace chokepoint::sim {
namespace {

/// Builds a document event by event, so that a second key of the same name is seen and not silently kept.
class DocumentBuilder : public nlohmann::json_sax<Json> {
 public:
  DocumentBuilder(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t&) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    Frame& frame = frames_.back();
    frame.key = name;
    if (!frame.keys.insert(name).second)
      faults.push_back({.file = file_,
                        .where = child_pointer(frame.pointer, name),
                        .expected = "each key once",
                        .found = "the key \"" + name + "\" a second time",
                        .hint = {}});
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override {
    const std::string_view before = text_.substr(0, position == 0 ? 0 : position - 1);
    const auto line = 1 + std::ranges::count(before, '\n');
    const auto line_start = before.rfind('\n');
    const auto column = line_start == std::string_view::npos ? before.size() + 1 : before.size() - line_start;
    std::string what = error.what();
    for (const std::string_view lead : {"syntax error ", "parse error", "number overflow"})
      if (const auto at = what.find(lead); at != std::string::npos) {
        what = what.substr(at);
        break;
      }
    faults.push_back({.file = file_,
                      .where = "line " + std::to_string(line) + ", column " + std::to_string(column),
                      .expected = "JSON",
                      .found = what,
                      .hint = {}});
    return false;
  }

  Json root;
  std::vector<Fault> faults;

 private:
  struct Frame {
    Json* node = nullptr;
    std::string pointer;
    std::string key;
    std::set<std::string> keys;
  };

  Json* place(Json&& value) {
    if (frames_.empty()) {
      root = std::move(value);
      return &root;
    }
    Frame& frame = frames_.back();
    if (frame.node->is_array()) {
      frame.key = std::to_string(frame.node->size());
      return &frame.node->emplace_back(std::move(value));
    }
    return &((*frame.node)[frame.key] = std::move(value));
  }
  bool put(Json value) {
    place(std::move(value));
    return true;
  }
  bool open(Json container) {
    Json* node = place(std::move(container));
    std::string pointer = frames_.empty() ? "" : child_pointer(frames_.back().pointer, frames_.back().key);
    frames_.push_back({.node = node, .pointer = std::move(pointer), .key = {}, .keys = {}});
    return true;
  }
  bool close() {
    frames_.pop_back();
    return true;
  }

  std::string_view text_;
  const std::string& file_;
  std::vector<Frame> frames_;
};

}  // namespace

Json parse_json(std::string_view text, const std::string& file) {
  DocumentBuilder builder(text, file);
  const bool ignore_comments = true;
  Json::sax_parse(text.begin(), text.end(), &builder, Json::input_format_t::json, true, ignore_comments);
  throw_if_any(std::move(builder.faults));
  return std::move(builder.root);
}

std::string read_text_file(const std::filesystem::path& path) {
  const auto refuse = [&path](std::string found) {
    throw InputError(Fault{.file = path.string(),
                           .where = {},
                           .expected = "a file that can be read",
                           .found = std::move(found),
                           .hint = {}});
  };
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) refuse("a folder");
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) refuse(errno == ENOENT ? "no such file" : std::strerror(errno));
  std::ostringstream text;
  text << stream.rdbuf();
  if (stream.bad()) refuse("an error while reading");
  return std::move(text).str();
}

Json load_json(const std::filesystem::path& path) {
  return parse_json(read_text_file(path), path.string());
}

std::string child_pointer(const std::string& pointer, std::string_view key) {
  std::string result = pointer + '/';
  for (const char letter : key) {
    if (letter == '~') {
      result += "~0";
    } else if (letter == '/') {
      result += "~1";
    } else {
      result += letter;
    }
  }
  return result;
}

}  // namespace chokepoint::sim
