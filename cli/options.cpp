#include "cli/options.hpp"

#include <charconv>
#include <cstdio>

#include <boost/program_options.hpp>
#include <fmt/format.h>

#include "cli/command.hpp"
#include "sim/input/near_name.hpp"

namespace chokepoint::cli {
namespace po = boost::program_options;

Options::Options(std::string usage, std::string about) : usage_(std::move(usage)), about_(std::move(about)) {}

Options& Options::flag(std::string name, std::string about, bool& value) {
  options_.push_back({std::move(name), "", std::move(about), [&value](const std::string&) { value = true; }});
  return *this;
}

Options& Options::option(std::string name, std::string form, std::string about, std::string& value) {
  options_.push_back(
      {std::move(name), std::move(form), std::move(about), [&value](const std::string& text) { value = text; }});
  return *this;
}

Options& Options::option(std::string name, std::string form, std::string about, std::optional<std::string>& value) {
  options_.push_back(
      {std::move(name), std::move(form), std::move(about), [&value](const std::string& text) { value = text; }});
  return *this;
}

Options& Options::or_short(char letter) {
  options_.back().letter = letter;
  return *this;
}

Options& Options::options(std::string name, std::string form, std::string about, std::vector<std::string>& values) {
  options_.push_back({std::move(name), std::move(form), std::move(about),
                      [&values](const std::string& text) { values.push_back(text); }, true});
  return *this;
}

Options& Options::option(std::string name, std::string form, std::string about, std::int64_t& value,
                         std::int64_t least) {
  const auto take = [&value, least, name](const std::string& text) {
    const char* const last = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), last, value);
    if (error != std::errc() || end != last || value < least)
      throw UsageError(fmt::format("--{}: expected a whole number of at least {}, found \"{}\"", name, least, text));
  };
  options_.push_back({std::move(name), std::move(form), std::move(about), take});
  return *this;
}

Options& Options::choice(std::string name, std::vector<std::string> choices, std::string about, std::string& value) {
  std::string form = fmt::format("{}", fmt::join(choices, "|"));
  const auto take = [&value, name, choices = std::move(choices)](const std::string& text) {
    if (std::ranges::find(choices, text) == choices.end()) {
      const std::string hint = sim::near_name_hint(text, choices);
      throw UsageError(fmt::format("--{}: expected {}, found \"{}\"{}", name, fmt::join(choices, " or "), text,
                                   hint.empty() ? "" : " (" + hint + ")"));
    }
    value = text;
  };
  options_.push_back({std::move(name), std::move(form), std::move(about), take});
  return *this;
}

Options& Options::operand(std::string form, std::string& value) {
  operands_.push_back({std::move(form), 1, false, [&value](const std::string& text) { value = text; }});
  return *this;
}

Options& Options::operand(std::string form, std::optional<std::string>& value) {
  operands_.push_back({std::move(form), 0, false, [&value](const std::string& text) { value = text; }});
  return *this;
}

Options& Options::operands(std::string form, std::size_t least, std::vector<std::string>& values) {
  operands_.push_back({std::move(form), least, true, [&values](const std::string& text) { values.push_back(text); }});
  return *this;
}

std::string Options::help() const {
  std::string text = fmt::format("usage: {}\n\n{}\n", usage_, about_);
  if (!options_.empty()) text += "\noptions:\n";
  for (const Option& option : options_)
    text += fmt::format("  {:<36}  {}{}\n",
                        (option.letter.empty() ? "" : "-" + option.letter + ", ") + "--" + option.name +
                            (option.form.empty() ? "" : " " + option.form),
                        option.about, option.repeats ? " (may be repeated)" : "");
  return text;
}

bool Options::parse(std::span<const std::string> arguments) const {
  po::options_description known;
  known.add_options()("help", "");
  for (const Option& option : options_) {
    const std::string names = option.letter.empty() ? option.name : option.name + ',' + option.letter;
    if (option.form.empty()) {
      known.add_options()(names.c_str(), po::bool_switch());
    } else {
      known.add_options()(names.c_str(), po::value<std::vector<std::string>>()->composing());
    }
  }
  known.add_options()(" operand", po::value<std::vector<std::string>>());
  po::positional_options_description positions;
  positions.add(" operand", -1);

  po::variables_map given;
  try {
    using style = po::command_line_style::style_t;
    const int no_guessing = style::unix_style & ~style::allow_guessing;
    po::store(po::command_line_parser(std::vector<std::string>(arguments.begin(), arguments.end()))
                  .options(known)
                  .positional(positions)
                  .style(no_guessing)
                  .run(),
              given);
  } catch (const po::unknown_option& error) {
    std::vector<std::string> names;
    for (const Option& option : options_) names.push_back("--" + option.name);
    const std::string hint = sim::near_name_hint(error.get_option_name(), names);
    throw UsageError(
        fmt::format("unknown option {}{}", error.get_option_name(), hint.empty() ? "" : " (" + hint + ")"));
  } catch (const po::invalid_command_line_syntax& error) {
    if (error.kind() != po::invalid_command_line_syntax::missing_parameter) throw UsageError(error.what());
    throw UsageError(fmt::format("{}: expected a value, found none", error.get_option_name()));
  } catch (const po::error& error) {
    throw UsageError(error.what());
  }
  if (given.contains("help")) {
    std::fputs(help().c_str(), stdout);
    return false;
  }

  for (const Option& option : options_) {
    if (!given.contains(option.name)) continue;
    const po::variable_value& value = given[option.name];
    if (option.form.empty()) {
      if (value.as<bool>()) option.take({});
      continue;
    }
    const auto& texts = value.as<std::vector<std::string>>();
    if (texts.size() > 1 && !option.repeats)
      throw UsageError(fmt::format("expected --{} once, found it {} times", option.name, texts.size()));
    for (const std::string& text : texts) option.take(text);
  }

  const auto words =
      given.contains(" operand") ? given[" operand"].as<std::vector<std::string>>() : std::vector<std::string>{};
  std::size_t next = 0;
  for (const Operand& operand : operands_) {
    std::size_t taken = 0;
    while (next < words.size() && (operand.repeats || taken == 0)) {
      operand.take(words[next++]);
      ++taken;
    }
    if (taken < operand.least)
      throw UsageError(fmt::format("expected {}, found nothing; usage: {}", operand.form, usage_));
  }
  if (next < words.size()) throw UsageError(fmt::format("unexpected \"{}\"; usage: {}", words[next], usage_));
  return true;
}

}  // namespace chokepoint::cli
