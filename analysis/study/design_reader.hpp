#pragma once

#include <memory>
#include <span>
#include <string>

#include "analysis/study/design/cube_design.hpp"
#include "analysis/study/study_faults.hpp"
#include "analysis/study/study_fields.hpp"

namespace chokepoint::analysis {

/// Turns a design as a file states it into the points of a study, and gathers what is wrong with it.
class DesignReader {
 public:
  struct Context {
    /// Those that could be read: with others missing, faults are told all the same, and the design is of no use.
    std::span<const Parameter> parameters;
    /// Of all that the file states.
    std::span<const std::string> names;
    std::uint64_t seed = 1;
    /// The design's own part of the file.
    const sim::Json& json;
  };

  DesignReader(Context context, StudyFaults& faults) : context_(context), faults_(faults) {}

  /// Null where faults were added.
  std::shared_ptr<const Design> read(const DesignFields& fields);

 private:
  using Made = std::shared_ptr<const Design>;

  Made make(const GridFields& grid);
  Made make(const ListFields& list);
  Made make(const LatinHypercubeFields& sample);
  Made make(const SobolFields& sample);
  Made make(const SaltelliFields& sample);
  Made make(const MorrisFields& sample);

  [[nodiscard]] DesignChance chance() const;
  /// Adds a fault where `count` times `each` points are too many.
  bool few_enough(std::uint64_t count, std::uint64_t each);
  bool few_dimensions(std::size_t dimensions);

  Context context_;
  StudyFaults& faults_;
};

}  // namespace chokepoint::analysis
