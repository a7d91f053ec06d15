#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "analysis/output/text_sink.hpp"

namespace chokepoint::analysis {

/// A file to be: its name in the folder, and what writes it.
struct OutputFile {
  std::string name;
  std::function<void(const TextSink&)> write;
};

/// Writes `files` into `folder`, all of them or none: they are written beside it (or, if it exists, in a hidden folder
/// within), and renamed when all are whole. Missing folders above are made. Files of the same name are replaced, others
/// in the folder are left alone. Throws InputError with the path and the system's reason if that cannot be done (disk
/// full, no right to write, a file stands there), Interrupted on Ctrl-C; then, as after an exception of a writer,
/// nothing is left behind. Leaves out: what a loss of power in the middle of the renames does.
void write_output_folder(const std::filesystem::path& folder, const std::vector<OutputFile>& files);

}  // namespace chokepoint::analysis
