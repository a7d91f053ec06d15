#include "analysis/pool/zygote.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <deque>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

#include "analysis/pool/run_child.hpp"

namespace chokepoint::analysis {
namespace {

using Clock = std::chrono::steady_clock;

// A large pipe lets a run leave its result and go; the system may grant less.
constexpr int pipe_bytes = 1 << 20;

struct Order {
  std::uint64_t key = 0;
  std::uint32_t slot = 0;
  enum class Kind : std::uint32_t { start, stop } kind = Kind::start;
};

[[noreturn]] void throw_system_error(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// The life of the zygote, in its own process.
class Forker {
 public:
  Forker(const RunOfKey& run_of, const RunLimits& limits, std::size_t workers, int socket, std::vector<int> pipes)
      : run_of_(run_of), limits_(limits), workers_(workers), socket_(socket), pipes_(std::move(pipes)) {
    for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::signal(signal, SIG_IGN);
    sigset_t child;
    ::sigemptyset(&child);
    ::sigaddset(&child, SIGCHLD);
    ::sigprocmask(SIG_SETMASK, &child, nullptr);
    child_signal_ = ::signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    if (child_signal_ < 0) ::_exit(1);
  }

  [[noreturn]] void live() {
    std::array<pollfd, 2> watched{pollfd{socket_, POLLIN, 0}, pollfd{child_signal_, POLLIN, 0}};
    for (;;) {
      if (::poll(watched.data(), watched.size(), -1) < 0 && errno != EINTR) ::_exit(1);
      if (watched[1].revents != 0) reap();
      if (watched[0].revents != 0) obey();
      while (running_.size() < workers_ && !waiting_.empty()) {
        const Order order = waiting_.front();
        waiting_.pop_front();
        start(order);
      }
    }
  }

 private:
  struct Child {
    pid_t process = 0;
    std::uint32_t slot = 0;
    Clock::time_point begin;
  };

  void obey() {
    Order order;
    const ssize_t got = ::recv(socket_, &order, sizeof order, 0);
    if (got == 0 || (got < 0 && errno != EINTR)) end();
    if (got < 0) return;
    if (order.kind == Order::Kind::start) {
      waiting_.push_back(order);
      return;
    }
    for (const Child& child : running_)
      if (child.slot == order.slot) ::kill(child.process, SIGKILL);
  }

  void start(const Order& order) {
    const pid_t self = ::getpid();
    const auto begin = Clock::now();
    // Made before the fork: a page that the zygote has touched costs a child less than one that it is the first to
    // touch.
    const Run run = run_of_(order.key);
    const pid_t process = ::fork();
    if (process == 0) be_run(run, limits_, pipes_[order.slot], self);
    if (process < 0) {
      tell({.kind = Zygote::News::Kind::not_started, .slot = order.slot, .status = errno});
      return;
    }
    running_.push_back({process, order.slot, begin});
    tell({.kind = Zygote::News::Kind::started, .slot = order.slot});
  }

  void reap() {
    signalfd_siginfo told;
    while (::read(child_signal_, &told, sizeof told) > 0) {
    }
    int status = 0;
    rusage used{};
    for (pid_t process; (process = ::wait4(-1, &status, WNOHANG, &used)) > 0;) {
      const auto child = std::ranges::find(running_, process, &Child::process);
      if (child == running_.end()) continue;
      tell({.kind = Zygote::News::Kind::ended,
            .slot = child->slot,
            .status = status,
            .peak_memory_bytes = static_cast<std::uint64_t>(used.ru_maxrss) * 1024,
            .wall = Clock::now() - child->begin});
      running_.erase(child);
    }
  }

  void tell(const Zygote::News& news) {
    while (::send(socket_, &news, sizeof news, MSG_NOSIGNAL) < 0)
      if (errno != EINTR) end();
  }

  [[noreturn]] void end() {
    for (const Child& child : running_) ::kill(child.process, SIGKILL);
    while (::wait(nullptr) > 0 || errno == EINTR) {
    }
    ::_exit(0);
  }

  const RunOfKey& run_of_;
  RunLimits limits_;
  std::size_t workers_;
  int socket_;
  std::vector<int> pipes_;
  int child_signal_ = -1;
  std::vector<Child> running_;
  std::deque<Order> waiting_;
};

void send_order(int socket, const Order& order) {
  while (::send(socket, &order, sizeof order, MSG_NOSIGNAL) < 0) {
    if (errno == EPIPE || errno == ECONNRESET) throw std::runtime_error("the process that starts the runs has ended");
    if (errno != EINTR) throw_system_error("send");
  }
}

}  // namespace

Zygote::Zygote(RunOfKey run_of, const RunLimits& limits, std::size_t workers, std::size_t slots) {
  std::array<int, 2> sockets{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets.data()) != 0) throw_system_error("socketpair");
  socket_ = sockets[0];
  std::vector<int> writing;
  const auto give_up = [&](const char* what) {
    const int error = errno;
    ::close(sockets[1]);
    for (const int descriptor : writing) ::close(descriptor);
    close_all();
    throw std::system_error(error, std::generic_category(), what);
  };
  for (std::size_t i = 0; i < slots; ++i) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) give_up("pipe");
    ::fcntl(ends[1], F_SETPIPE_SZ, pipe_bytes);
    ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    pipes_.push_back(ends[0]);
    writing.push_back(ends[1]);
  }
  const pid_t parent = ::getpid();
  process_ = ::fork();
  if (process_ < 0) give_up("fork");
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);
    close_all();
    Forker(run_of, limits, workers, sockets[1], std::move(writing)).live();
  }
  ::close(sockets[1]);
  for (const int descriptor : writing) ::close(descriptor);
}

Zygote::~Zygote() {
  close_all();
  while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

void Zygote::start(std::size_t slot, std::uint64_t key) {
  send_order(socket_, {.key = key, .slot = static_cast<std::uint32_t>(slot), .kind = Order::Kind::start});
}

void Zygote::stop(std::size_t slot) {
  send_order(socket_, {.slot = static_cast<std::uint32_t>(slot), .kind = Order::Kind::stop});
}

std::optional<Zygote::News> Zygote::next_news() {
  News news;
  for (;;) {
    const ssize_t got = ::recv(socket_, &news, sizeof news, MSG_DONTWAIT);
    if (got == static_cast<ssize_t>(sizeof news)) return news;
    if (got < 0 && errno == EAGAIN) return std::nullopt;
    if (got == 0 || errno == ECONNRESET) throw std::runtime_error("the process that starts the runs has ended");
    if (errno != EINTR) throw_system_error("recv");
  }
}

void Zygote::close_all() {
  for (const int descriptor : pipes_) ::close(descriptor);
  if (socket_ >= 0) ::close(socket_);
  pipes_.clear();
  socket_ = -1;
}

}  // namespace chokepoint::analysis
