#include "sim/kernel/kernel.hpp"

#include <memory>
#include <stdexcept>
#include <vector>

#include <doctest/doctest.h>
#include <simgrid/s4u.hpp>

namespace chokepoint::sim {
namespace {

namespace s4u = simgrid::s4u;

/// Calls a function for each event and notes both clocks.
class Note final : public EventHandler {
 public:
  explicit Note(Kernel& kernel) : kernel_(kernel) {}

  void on_event(std::uint64_t argument) override {
    dates_s.push_back(kernel_.now_s());
    simgrid_s.push_back(s4u::Engine::get_clock());
    arguments.push_back(argument);
    if (also) also(argument);
  }
  void at(double time_s, std::uint64_t argument = 0, Phase phase = Phase::ends) {
    kernel_.schedule({.time_s = time_s, .phase = phase, .handler = this, .argument = argument});
  }

  std::vector<double> dates_s;
  std::vector<double> simgrid_s;
  std::vector<std::uint64_t> arguments;
  std::function<void(std::uint64_t)> also;

 private:
  Kernel& kernel_;
};

s4u::Host* one_flop_host() {
  auto* zone = s4u::create_full_zone("world");
  s4u::Host* host = zone->create_host("host", 1.0)->seal();
  zone->seal();
  return host;
}

}  // namespace

TEST_CASE("the clock of SimGrid stands at the date of each event while it is used") {
  Kernel kernel;
  const Kernel::SimGridUse use(kernel);
  Note note(kernel);
  for (const double date_s : {0.0, 0.1, 0.1, 1.0 / 3.0, 7.0, 7.0 + 1e-9, 1e6 + 0.1, 3e8}) note.at(date_s);
  kernel.run();
  CHECK(note.dates_s == std::vector{0.0, 0.1, 0.1, 1.0 / 3.0, 7.0, 7.0 + 1e-9, 1e6 + 0.1, 3e8});
  CHECK(note.simgrid_s == note.dates_s);
  CHECK(kernel.events() == 8);
}

TEST_CASE("the clock of SimGrid catches up when a use begins and when a run ends") {
  Kernel kernel;
  s4u::Host* host = one_flop_host();
  Note note(kernel);
  std::unique_ptr<Kernel::SimGridUse> use;
  note.also = [&](std::uint64_t argument) {
    if (argument != 1) return;
    use = std::make_unique<Kernel::SimGridUse>(kernel);
    CHECK(s4u::Engine::get_clock() == 3.0);
    s4u::Actor::create("worker", host, [&] {
      s4u::this_actor::execute(1.0);
      note.at(kernel.now_s(), 2);
    });
  };
  note.at(1.0);
  note.at(3.0, 1);
  note.at(9.0, 3);
  kernel.run();
  CHECK(note.dates_s == std::vector{1.0, 3.0, 4.0, 9.0});
  use.reset();
  note.also = {};
  note.at(10.0);
  kernel.run(12.0);
  CHECK(note.simgrid_s.back() == 9.0);
  CHECK(s4u::Engine::get_clock() == 12.0);
}

TEST_CASE("one flop on a host of one flop a second ends after one second and its event happens then") {
  Kernel kernel;
  s4u::Host* host = one_flop_host();
  const Kernel::SimGridUse use(kernel);
  Note note(kernel);
  s4u::Actor::create("worker", host, [&] {
    s4u::this_actor::execute(1.0);
    CHECK(kernel.now_s() == 1.0);
    note.at(kernel.now_s(), 1);
    note.at(kernel.now_s() + 0.5, 2);
  });
  note.at(0.25, 10);
  note.at(4.0, 20);
  kernel.run();
  CHECK(note.arguments == std::vector<std::uint64_t>{10, 1, 2, 20});
  CHECK(note.dates_s == std::vector{0.25, 1.0, 1.5, 4.0});
  CHECK(note.simgrid_s == note.dates_s);
}

TEST_CASE("what completes at the end of a run still happens in it") {
  Kernel kernel;
  s4u::Host* host = one_flop_host();
  const Kernel::SimGridUse use(kernel);
  Note note(kernel);
  s4u::Actor::create("worker", host, [&] {
    s4u::this_actor::execute(2.0);
    note.at(2.0, 1);
  });
  kernel.run(2.0);
  kernel.run(3.0);
  CHECK(note.dates_s == std::vector{2.0});
  CHECK(kernel.now_s() == 3.0);
}

TEST_CASE("what a handler throws leaves the run also while SimGrid advances") {
  Kernel kernel;
  s4u::Host* host = one_flop_host();
  const Kernel::SimGridUse use(kernel);
  Note note(kernel);
  note.also = [](std::uint64_t argument) {
    if (argument == 1) throw std::runtime_error("broken");
  };
  s4u::Actor::create("worker", host, [&] {
    s4u::this_actor::execute(1.0);
    note.at(1.5, 1);
  });
  note.at(4.0, 2);
  CHECK_THROWS_WITH(kernel.run(), "broken");
  CHECK(note.arguments == std::vector<std::uint64_t>{1});
}

TEST_CASE("a run that is stopped ends after the events of that date") {
  Kernel kernel;
  Note note(kernel);
  note.also = [&](std::uint64_t argument) {
    if (argument == 1) kernel.stop();
  };
  note.at(1.0, 1, Phase::ends);
  note.at(1.0, 2, Phase::records);
  note.at(2.0, 3);
  kernel.run();
  CHECK(note.arguments == std::vector<std::uint64_t>{1, 2});
  CHECK(kernel.now_s() == 1.0);
  kernel.run();
  CHECK(note.arguments == std::vector<std::uint64_t>{1, 2, 3});
}

TEST_CASE("a run that is stopped while SimGrid advances makes nothing of a later date happen") {
  Kernel kernel;
  s4u::Host* host = one_flop_host();
  const Kernel::SimGridUse use(kernel);
  Note note(kernel);
  note.also = [&](std::uint64_t argument) {
    if (argument == 1) kernel.stop();
  };
  s4u::Actor::create("worker", host, [&] {
    s4u::this_actor::execute(1.0);
    note.at(1.5, 1);
  });
  note.at(4.0, 2);
  kernel.run();
  CHECK(note.arguments == std::vector<std::uint64_t>{1});
  CHECK(kernel.now_s() == 1.5);
}

TEST_CASE("a run up to a date makes its events happen and leaves the clock there") {
  Kernel kernel;
  Note note(kernel);
  note.at(1.0, 1);
  note.at(2.0, 2);
  note.at(2.5, 3);
  kernel.run(2.0);
  CHECK(note.arguments == std::vector<std::uint64_t>{1, 2});
  kernel.run(2.25);
  CHECK(kernel.now_s() == 2.25);
  CHECK_THROWS(note.at(2.0));
  kernel.run();
  CHECK(note.arguments == std::vector<std::uint64_t>{1, 2, 3});
}

TEST_CASE("events of one date happen by phase even where they are scheduled on that date") {
  Kernel kernel;
  Note note(kernel);
  note.also = [&](std::uint64_t argument) {
    if (argument == 1) {
      note.at(1.0, 4, Phase::records);
      note.at(1.0, 2, Phase::ends);
    }
  };
  note.at(1.0, 1, Phase::ends);
  note.at(1.0, 3, Phase::decisions);
  kernel.run();
  CHECK(note.arguments == std::vector<std::uint64_t>{1, 2, 3, 4});
}

TEST_CASE("a run goes on without events while an activity of SimGrid may bring one") {
  Kernel kernel;
  s4u::Host* host = one_flop_host();
  const Kernel::SimGridUse use(kernel);
  Note note(kernel);
  s4u::Activity::on_completion_cb([&](const s4u::Activity&) { note.at(kernel.now_s(), 7); });
  const s4u::ExecPtr work = s4u::Exec::init()->set_host(host)->set_flops_amount(5.0);
  work->start();
  kernel.run();
  CHECK(note.dates_s == std::vector{5.0});
  CHECK(kernel.now_s() == 5.0);
}

TEST_CASE("a watcher is called after every so many events") {
  Kernel kernel;
  Note note(kernel);
  for (int i = 0; i < 10; ++i) note.at(i);
  std::vector<std::uint64_t> seen;
  kernel.watch(3, [&] { seen.push_back(kernel.events()); });
  kernel.run();
  CHECK(seen == std::vector<std::uint64_t>{3, 6, 9});
}

}  // namespace chokepoint::sim
