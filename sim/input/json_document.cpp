#include "sim/input/json_document.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "sim/input/text_file.hpp"

namespace chokepoint::sim {
namespace {

struct SyntaxFault {
  std::string expected = "JSON";
  std::string found;
  std::string hint;
};

std::string between(const std::string& text, std::string_view from, std::string_view to) {
  const auto begin = text.find(from);
  if (begin == std::string::npos) return {};
  const auto rest = text.substr(begin + from.size());
  return to.empty() ? rest : rest.substr(0, rest.find(to));
}

/// What the parser says ("... syntax error while parsing object key - unexpected '}'; expected string literal"), in
/// words for people who have never written a parser.
SyntaxFault syntax_fault(const std::string& said) {
  SyntaxFault fault;
  const std::string expected = between(said, "; expected ", "");
  if (expected == "string literal") fault.expected = "a key in double quotes";
  if (expected == "'[', '{', or a literal" || said.find("parsing value") != std::string::npos)
    fault.expected = "a value";
  if (expected.starts_with('\'')) fault.expected = expected.starts_with("'[', '{'") ? "a value" : expected;
  if (expected == "end of input") fault.expected = "the end of the file";

  const std::string last_read = between(said, "last read: '", "");
  std::string read_so_far = last_read.substr(0, last_read.rfind('\''));
  read_so_far.erase(0, read_so_far.find_last_of(" \t\r\n:,[{") + 1);
  fault.found = between(said, " - ", ";");
  if (fault.found.starts_with("unexpected ")) fault.found = fault.found.substr(11);
  if (fault.found == "end of input") fault.found = "the end of the file";
  if (fault.found == "invalid literal") fault.found = '"' + read_so_far + "\", which begins no value of JSON";
  if (fault.found.starts_with("invalid ")) fault.found = "an " + fault.found;
  if (said.find("number overflow") != std::string::npos)
    fault = {.expected = "a number", .found = between(said, "parsing '", "'") + ", which is too large"};
  if (fault.found == "'}'" || fault.found == "']'") fault.hint = "a comma too many before it?";
  if (fault.found == "string literal")
    fault = {.expected = fault.expected, .found = "a text", .hint = "a comma missing before it?"};
  if (read_so_far.ends_with("'")) fault.hint = "texts and keys stand in double quotes";
  if (fault.found.find("must be escaped") != std::string::npos)
    fault.found = "a line end or control character in a text";
  if (fault.found.find("ill-formed UTF-8") != std::string::npos) fault.found = "a byte that is not UTF-8";
  return fault;
}

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
    refuse_at(position, error.what());
    return false;
  }

  Json root;
  std::vector<Fault> faults;

 private:
  static constexpr std::size_t most_depth = 100;

  void refuse_at(std::size_t position, const std::string& parser_said) {
    const std::string_view before = text_.substr(0, position == 0 ? 0 : position - 1);
    const auto line = 1 + std::ranges::count(before, '\n');
    const auto line_start = before.rfind('\n');
    const auto column = line_start == std::string_view::npos ? before.size() + 1 : before.size() - line_start;
    const SyntaxFault fault = syntax_fault(parser_said);
    faults.push_back({.file = file_,
                      .where = "line " + std::to_string(line) + ", column " + std::to_string(column),
                      .expected = fault.expected,
                      .found = fault.found,
                      .hint = fault.hint});
  }

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
    if (frames_.size() == most_depth) {
      faults.push_back({.file = file_,
                        .where = frames_.front().pointer,
                        .expected = "at most 100 objects and lists in one another",
                        .found = "more",
                        .hint = {}});
      return false;
    }
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
  expect_text(text, file);
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
    throw InputError(Fault{.file = file, .expected = "JSON", .found = "an empty file"});
  DocumentBuilder builder(text, file);
  const bool ignore_comments = true;
  Json::sax_parse(text.begin(), text.end(), &builder, Json::input_format_t::json, true, ignore_comments);
  throw_if_any(std::move(builder.faults));
  return std::move(builder.root);
}

Json load_json(const std::filesystem::path& path) {
  return parse_json(read_file(path), path.string());
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

bool lies_within(std::string_view pointer, std::string_view place) {
  return pointer.starts_with(place) && (pointer.size() == place.size() || pointer[place.size()] == '/');
}

}  // namespace chokepoint::sim
