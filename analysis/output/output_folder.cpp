#include "analysis/output/output_folder.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "analysis/pool/interrupt.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::analysis {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void throw_fault(const fs::path& path, const std::string& expected, const std::string& found) {
  throw sim::InputError(sim::Fault{path.string(), "", expected, found, ""});
}

[[noreturn]] void throw_unwritable(const fs::path& path, int error) {
  throw_fault(path, "a place to write the results", std::strerror(error));
}

// A folder that was made and, unless kept, goes with all that is in it.
class MadeFolder {
 public:
  /// `shown` is the folder that messages name, since nobody asked for the partial one.
  MadeFolder(fs::path path, const fs::path& shown) : path_(std::move(path)) {
    if (::mkdir(path_.c_str(), 0777) != 0) throw_unwritable(shown, errno);
  }
  ~MadeFolder() {
    if (kept_) return;
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  MadeFolder(const MadeFolder&) = delete;
  MadeFolder& operator=(const MadeFolder&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }
  void keep() { kept_ = true; }

 private:
  fs::path path_;
  bool kept_ = false;
};

// A file that must not be there yet; every failure to write it is told.
class NewFile {
 public:
  NewFile(const fs::path& path, fs::path shown)
      : shown_(std::move(shown)), descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) {
    if (descriptor_ < 0) throw_unwritable(shown_, errno);
  }
  ~NewFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void write(std::string_view text) {
    while (!text.empty()) {
      const ssize_t written = ::write(descriptor_, text.data(), text.size());
      if (written < 0 && errno != EINTR) throw_unwritable(shown_, errno);
      if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void close() {
    const int result = ::close(descriptor_);
    descriptor_ = -1;
    if (result != 0 && errno != EINTR) throw_unwritable(shown_, errno);
  }

 private:
  fs::path shown_;
  int descriptor_;
};

void write_files(const MadeFolder& partial, const fs::path& folder, const std::vector<OutputFile>& files) {
  const InterruptWatch watch;
  for (const OutputFile& file : files) {
    NewFile written(partial.path() / file.name, folder / file.name);
    file.write([&](std::string_view text) {
      watch.throw_if_interrupted();
      written.write(text);
    });
    written.close();
  }
  watch.throw_if_interrupted();
}

void rename_or_throw(const fs::path& from, const fs::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) throw_unwritable(to, errno);
}

// A name that no one else has at the same time; what a killed process of the same number left is passed over.
fs::path partial_name(const fs::path& folder, const std::string& stem) {
  for (int attempt = 0;; ++attempt) {
    const fs::path name =
        folder / ("." + stem + ".partial-" + std::to_string(::getpid()) + "-" + std::to_string(attempt));
    std::error_code error;
    if (!fs::exists(fs::symlink_status(name, error))) return name;
  }
}

// The folders above the output, those that are missing made; unless kept, these go again if nothing came into them.
class FoldersAbove {
 public:
  explicit FoldersAbove(const fs::path& folder) {
    std::vector<fs::path> missing;
    std::error_code error;
    for (fs::path above = folder; !above.empty() && !fs::exists(above, error); above = above.parent_path())
      missing.push_back(above);
    for (; !missing.empty(); missing.pop_back()) {
      if (::mkdir(missing.back().c_str(), 0777) == 0) {
        made_.push_back(missing.back());
      } else if (errno != EEXIST) {
        const int reason = errno;
        remove_made();
        throw_unwritable(missing.back(), reason);
      }
    }
  }
  ~FoldersAbove() { remove_made(); }
  FoldersAbove(const FoldersAbove&) = delete;
  FoldersAbove& operator=(const FoldersAbove&) = delete;

  void keep() { made_.clear(); }

 private:
  void remove_made() {
    for (; !made_.empty(); made_.pop_back()) ::rmdir(made_.back().c_str());
  }

  std::vector<fs::path> made_;
};

void write_into_existing(const fs::path& folder, const std::vector<OutputFile>& files) {
  std::error_code error;
  for (const OutputFile& file : files)
    if (fs::is_directory(folder / file.name, error)) throw_fault(folder / file.name, "a file or nothing", "a folder");
  const MadeFolder partial(partial_name(folder, "chokepoint"), folder);
  write_files(partial, folder, files);
  for (const OutputFile& file : files) rename_or_throw(partial.path() / file.name, folder / file.name);
}

void write_new(const fs::path& folder, const std::vector<OutputFile>& files) {
  FoldersAbove above(folder.parent_path());
  MadeFolder partial(partial_name(folder.parent_path(), folder.filename().string()), folder);
  write_files(partial, folder, files);
  rename_or_throw(partial.path(), folder);
  partial.keep();
  above.keep();
}

}  // namespace

void write_output_folder(const fs::path& folder, const std::vector<OutputFile>& files) {
  if (folder.empty()) throw_fault(folder, "the name of a folder for the results", "nothing");
  fs::path target = fs::absolute(folder).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();
  std::error_code error;
  const fs::file_status status = fs::status(target, error);
  if (fs::is_directory(status)) {
    write_into_existing(target, files);
  } else if (status.type() == fs::file_type::not_found) {
    write_new(target, files);
  } else if (fs::exists(status)) {
    throw_fault(folder, "a folder or nothing", "a file");
  } else {
    throw_unwritable(folder, error.value());
  }
}

}  // namespace chokepoint::analysis
