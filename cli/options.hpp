#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint::cli {

/// The options and operands of one command: declared, read and explained in one place.
///
///     Options options("chokepoint bill LOAD.csv --tariff NAME|FILE", "bills any load against any tariff");
///     options.operand("LOAD.csv", load).option("tariff", "NAME|FILE", "name or file of a tariff", tariff);
///     if (!options.parse(arguments)) return Exit::ok;  // help was asked for and printed
class Options {
 public:
  Options(std::string usage, std::string about);

  Options& flag(std::string name, std::string about, bool& value);
  Options& option(std::string name, std::string form, std::string about, std::string& value);
  Options& option(std::string name, std::string form, std::string about, std::optional<std::string>& value);
  /// The last option has a short form of one letter too.
  Options& or_short(char letter);
  /// May be given several times.
  Options& options(std::string name, std::string form, std::string about, std::vector<std::string>& values);
  /// A whole number of at least `least`.
  Options& option(std::string name, std::string form, std::string about, std::int64_t& value, std::int64_t least);
  /// One of `choices`.
  Options& choice(std::string name, std::vector<std::string> choices, std::string about, std::string& value);
  /// The next word that is no option; must be there.
  Options& operand(std::string form, std::string& value);
  Options& operand(std::string form, std::optional<std::string>& value);
  /// All further words that are no options; at least `least`.
  Options& operands(std::string form, std::size_t least, std::vector<std::string>& values);

  /// Fills the values. False if --help was asked for, which is then printed. Throws UsageError.
  [[nodiscard]] bool parse(std::span<const std::string> arguments) const;

 private:
  struct Option {
    std::string name;
    std::string form;
    std::string about;
    std::function<void(const std::string&)> take;
    bool repeats = false;
    std::string letter = {};
  };
  struct Operand {
    std::string form;
    std::size_t least = 0;
    bool repeats = false;
    std::function<void(const std::string&)> take;
  };

  [[nodiscard]] std::string help() const;

  std::string usage_;
  std::string about_;
  std::vector<Option> options_;
  std::vector<Operand> operands_;
};

}  // namespace chokepoint::cli
