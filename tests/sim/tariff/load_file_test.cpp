#include "sim/tariff/load_file.hpp"

#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <doctest/doctest.h>

#include "sim/calendar/time_zone_database.hpp"
#include "sim/input/fault.hpp"

namespace chokepoint::sim {
namespace {

LoadFile read(const std::string& text, const LoadFileOptions& options = {}) {
  const auto path = std::filesystem::temp_directory_path() / ("chokepoint_load_" + std::to_string(getpid()) + ".csv");
  std::ofstream(path, std::ios::binary) << text;
  struct Removal {
    std::filesystem::path path;
    ~Removal() { std::filesystem::remove(path); }
  } const removal{path};
  return read_load(path, options);
}

std::vector<Fault> load_faults(const std::string& text, const LoadFileOptions& options = {}) {
  try {
    read(text, options);
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

models::TimeZone berlin() {
  using namespace std::chrono;
  return load_time_zone("Europe/Berlin");
}

std::string wall_clock_day(const char* date, int skip_hour, int repeat_hour) {
  std::string text = "time,kW\n";
  for (int hour = 0; hour < 24; ++hour)
    for (int times = hour == repeat_hour ? 2 : hour == skip_hour ? 0 : 1; times > 0; --times)
      text += std::string(date) + (hour < 10 ? " 0" : " ") + std::to_string(hour) + ":00,1\n";
  return text;
}

}  // namespace

TEST_CASE("one column is kW with or without a header") {
  const std::vector<double> expected{1000, 2500};
  CHECK(read("1\n2.5\n").load.power_w == expected);
  CHECK(read("load\n1\n2.5\n").load.power_w == expected);
  CHECK(read("kW\r\n1\r\n2.5\r\n").load.power_w == expected);
  CHECK(read("1\n2.5\n", {.step = std::chrono::minutes{15}}).load.step == std::chrono::minutes{15});
  CHECK(read("1\n2.5\n").load.step == std::chrono::hours{1});
}

TEST_CASE("columns are found by name and units are converted") {
  const std::string times = "timestamp,site,load_UNIT\n2023-01-01T00:00,a,2\n2023-01-01T00:30,a,4\n";
  const auto with = [&](const std::string& unit) {
    std::string text = times;
    text.replace(text.find("UNIT"), 4, unit);
    return read(text).load;
  };
  CHECK(with("kw").power_w == std::vector<double>{2e3, 4e3});
  CHECK(with("kwh").power_w == std::vector<double>{4e3, 8e3});
  CHECK(with("MW").power_w == std::vector<double>{2e6, 4e6});
  CHECK(with("W").power_w == std::vector<double>{2, 4});
  CHECK(with("kw").step == std::chrono::minutes{30});
  CHECK(read("a;Power (kW)\n1;2\n").load.power_w == std::vector<double>{2e3});
  CHECK(read("kW,solar kW\n1,2\n", {.column = "solar kW"}).load.power_w == std::vector<double>{2e3});
}

TEST_CASE("times with an offset name instants and times without one are of the zone") {
  using namespace std::chrono;
  const models::Instant midnight{sys_days{2023y / January / 1} - 8h};
  CHECK(read("2023-01-01T00:00+08:00,1\n2023-01-01T01:00+08:00,1\n").load.start == midnight);
  const auto zone = models::TimeZone::fixed("east", 8h);
  CHECK(read("2023-01-01 00:00,1\n2023-01-01 01:00,1\n", {.zone = zone}).load.start == midnight);
  CHECK(read("1\n", {.start = models::LocalTime{local_days{2023y / January / 1}}, .zone = zone}).load.start ==
        midnight);
}

TEST_CASE("a meter on wall-clock time skips and repeats an hour when the clock changes") {
  CHECK(read(wall_clock_day("2023-03-26", 2, -1), {.zone = berlin()}).load.power_w.size() == 23);
  CHECK(read(wall_clock_day("2023-10-29", -1, 2), {.zone = berlin()}).load.power_w.size() == 25);
  CHECK(load_faults(wall_clock_day("2023-10-29", 2, -1), {.zone = berlin()}).size() == 1);
}

TEST_CASE("faults of rows come at once by line") {
  const auto faults = load_faults(
      "time,kW\n2023-01-01T00:00,1\n2023-01-01T01:00,x\n2023-01-01T02:00,-1\n2023-01-01T02:00,1\n2023-01-01T05:00,nan\n"
      "2023-01-01T04:00,1\n2023-02-30T00:00,\n");
  REQUIRE(faults.size() == 8);
  CHECK(faults[0].where == "line 3");
  CHECK(faults[1].where == "line 4");
  CHECK(faults[2].found == "\"2023-01-01T02:00\", the time of the row before again");
  CHECK(faults[3].where == "line 6");
  CHECK(faults[4].found == "\"2023-01-01T05:00\", a gap of 2 rows");
  CHECK(faults[5].found == "\"2023-01-01T04:00\", a time before that of the row before");
  CHECK(faults[6].where == "line 8");
}

TEST_CASE("many faults are counted and not all told") {
  std::string text = "1\n";
  for (int i = 0; i < 100; ++i) text += "x\n";
  const auto faults = load_faults(text);
  CHECK(faults.size() == 21);
  CHECK(faults.back().found == "80 more faults of this kind");
}

TEST_CASE("times are known by their values whatever their column is called") {
  for (const std::string name : {"Zeit", "Period", "interval start"}) {
    CAPTURE(name);
    const auto load = read(name + ",kW\n2018-01-01T00:00,1\n2018-01-01T00:15,2\n").load;
    CHECK(load.step == std::chrono::minutes{15});
  }
  CHECK(read("when,MW\n2018/01/01 01:00,1\n2018/01/01 01:30,2\n").load.step == std::chrono::minutes{30});
}

TEST_CASE("the start of an interval is taken before its end and an end alone is put back by a step") {
  using namespace std::chrono;
  const models::Instant midnight{sys_days{2018y / January / 1}};
  CHECK(read("interval end,interval start,kW\n2018-01-01T00:15,2018-01-01T00:00,1\n").load.start == midnight);
  const auto ends = read("Interval End,kW\n2018-01-01T00:15,1\n2018-01-01T00:30,2\n");
  CHECK(ends.load.start == midnight);
  CHECK(ends.load.step == 15min);
}

TEST_CASE("the one offset of all times sets the clock unless a zone is given") {
  const std::string text = "time,kW\n2023-01-01T00:00+08:00,1\n2023-01-01T01:00+08:00,1\n";
  CHECK(read(text).clock.name() == "UTC+08:00");
  CHECK(read(text, {.zone = berlin()}).clock.name() == "Europe/Berlin");
  CHECK(read("time,kW\n2023-01-01T00:00Z,1\n").clock.name() == "UTC");
  CHECK(load_faults("time,kW\n2023-01-01T00:00+01:00,1\n2023-01-01T01:00+02:00,1\n").size() == 1);
}

TEST_CASE("a series of this program is a load as it is") {
  const auto file = read("time_s,date,power_w,it_power_w\n0,2018-01-01T00:00:00Z,5,4\n900,2018-01-01T00:15:00Z,6,5\n");
  CHECK(file.load.power_w == std::vector<double>{5, 6});
  CHECK(file.load.step == std::chrono::minutes{15});
}

TEST_CASE("blank lines between rows without times and fields beyond the first row are faults") {
  CHECK(load_faults("1\n\n2\n")[0].where == "line 2");
  CHECK(load_faults("1\n2\n\n\n").empty());
  CHECK(load_faults("kW\n2,5\n3,7\n").size() == 2);
}

TEST_CASE("a file without a load or with several is refused") {
  CHECK(load_faults("").size() == 1);
  CHECK(load_faults("kW\n").size() == 1);
  CHECK(load_faults("a kW,b kW\n1,2\n").size() == 1);
  CHECK(load_faults("1,2,3\n").size() == 1);
  CHECK(load_faults("kW\n1\n", {.column = "kw"})[0].hint == "did you mean \"kW\"?");
}

}  // namespace chokepoint::sim
