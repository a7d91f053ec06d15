#include "sim/training/measured_network.hpp"

#include <regex>
#include <string>

namespace chokepoint::sim {
namespace {
constexpr double byte_per_s_of_gbit = 1e9 / 8.0;
}

void apply_interconnect(std::string_view description, int links, models::TrainingHardware& hardware) {
  static const std::regex cards(R"((\d+)\s*x\s*(\d+)\s*G)", std::regex::icase);
  static const std::regex node(R"((\d+)\s*G(?:b/s|bps|bit/s)\s*(?:/|per )\s*node)", std::regex::icase);
  static const std::regex wired(R"(\((\d+) links\))", std::regex::icase);
  const std::string text(description);
  std::smatch found;
  if (std::regex_search(text, found, cards)) {
    hardware.network_bytes_per_s =
        std::stod(found[1]) * std::stod(found[2]) * byte_per_s_of_gbit / hardware.gpus_per_node;
  } else if (std::regex_search(text, found, node)) {
    hardware.network_bytes_per_s = std::stod(found[1]) * byte_per_s_of_gbit / hardware.gpus_per_node;
  }
  // The 8-GPU A100 nodes of Jean Zay with four Omni-Path cards wire 4 of 12 links, also where a row does not repeat it.
  const bool jean_zay = text.find("4x100Gb Omni-Path") != std::string::npos;
  if (std::regex_search(text, found, wired)) {
    hardware.link_bytes_per_s *= std::stod(found[1]) / links;
  } else if (jean_zay) {
    hardware.link_bytes_per_s *= 4.0 / links;
  }
}

}  // namespace chokepoint::sim
