#include "analysis/store/store_lock.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <thread>
#include <unistd.h>

#include "analysis/store/store_fault.hpp"

namespace chokepoint::analysis {
namespace {

// SQLite's own locks are at 2^30.
constexpr off_t lock_byte = off_t{1} << 40;
constexpr std::chrono::milliseconds longest_wait{2000};
constexpr std::chrono::milliseconds pause{20};

}  // namespace

StoreLock::StoreLock(const std::filesystem::path& path, Begin begin) : descriptor_(-1) {
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  made_ = descriptor_ >= 0;
  if (!made_ && errno == EEXIST && begin == Begin::resumed) descriptor_ = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor_ < 0 && errno == EEXIST)
    refuse_store(path, "a name that is not taken", "a file", "--resume goes on with a store that is there");
  if (descriptor_ < 0) refuse_store(path, "a file that can be made, to keep the runs in", std::strerror(errno));

  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = lock_byte;
  lock.l_len = 1;
  const auto last = std::chrono::steady_clock::now() + longest_wait;
  int error = 0;
  for (;;) {
    if (::fcntl(descriptor_, F_OFD_SETLK, &lock) == 0) return;
    error = errno;
    if ((error != EACCES && error != EAGAIN) || std::chrono::steady_clock::now() >= last) break;
    std::this_thread::sleep_for(pause);
  }
  ::close(descriptor_);
  if (error == EACCES || error == EAGAIN)
    refuse_store(path, "a store that nothing else writes", "one that another process is writing");
  refuse_store(path, "a file system that keeps locks", std::strerror(error));
}

StoreLock::~StoreLock() {
  ::close(descriptor_);
}

}  // namespace chokepoint::analysis
