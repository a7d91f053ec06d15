#include "sim/fabric/flow_network.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <simgrid/s4u.hpp>

#include "models/contract/expects.hpp"

namespace chokepoint::sim {
namespace {

namespace s4u = simgrid::s4u;

void configure() {
  for (const char* setting :
       {"network/model:CM02", "network/crosstraffic:0", "network/TCP-gamma:0", "network/latency-factor:1",
        "network/bandwidth-factor:1", "network/weight-S:0", "surf/precision:1e-12", "maxmin/precision:1e-12"})
    s4u::Engine::set_config(setting);
}

/// SimGrid counts a message in whole units; a unit is this part of a byte.
constexpr double units_a_byte = 1024.0;

/// Hosts of which the ordered pairs are as many as the paths.
std::size_t hosts_for(std::size_t paths) {
  auto hosts = static_cast<std::size_t>(std::sqrt(static_cast<double>(paths))) + 2;
  while (hosts * (hosts - 1) < paths) ++hosts;
  return hosts;
}

}  // namespace

/// A path is a pair of hosts with a route of its own over the links: SimGrid adds up what a route crosses repeatedly.
class FlowNetwork::Platform {
 public:
  Platform(Kernel& kernel, std::span<const double> bytes_per_s, std::size_t most_paths) : kernel_(kernel) {
    configure();
    zone_ = s4u::create_empty_zone("fabric");
    for (std::size_t i = 0; i < hosts_for(most_paths); ++i)
      hosts_.push_back(zone_->create_host("end" + std::to_string(i), 1.0)->seal());
    links_.reserve(bytes_per_s.size());
    for (const double rate : bytes_per_s) {
      models::expects(rate > 0.0 && std::isfinite(rate), "a link has a bandwidth");
      links_.push_back(zone_->create_link("link" + std::to_string(links_.size()), rate * units_a_byte));
      links_.back()->set_latency(0.0)->seal();
    }
    zone_->seal();
    models::expects(current == nullptr, "one network a process");
    current = this;
    s4u::Activity::on_completion_cb([](const s4u::Activity& activity) {
      if (current != nullptr) current->arrived(activity);
    });
    use_.emplace(kernel_);
  }
  ~Platform() { current = nullptr; }
  Platform(const Platform&) = delete;
  Platform& operator=(const Platform&) = delete;

  Path path(std::span<const models::LinkUse> uses) {
    const Path path{static_cast<std::uint32_t>(ends_.size())};
    if (uses.empty()) {
      ends_.emplace_back(nullptr, nullptr);
      return path;
    }
    models::expects(next_to_ < hosts_.size(), "as many paths as there is room for");
    ends_.emplace_back(hosts_[next_from_], hosts_[next_to_]);
    std::vector<s4u::LinkInRoute> route;
    for (const models::LinkUse& use : uses)
      for (int i = 0; i < use.times; ++i) route.emplace_back(links_.at(static_cast<std::size_t>(use.link)));
    zone_->add_bypass_route(ends_.back().first->get_netpoint(), ends_.back().second->get_netpoint(), nullptr, nullptr,
                            route);
    next_pair();
    return path;
  }

  void start(const Flow& flow) {
    models::expects(flow.bytes >= 0.0 && std::isfinite(flow.bytes), "a flow has bytes");
    const auto [from, to] = ends_.at(flow.path.number);
    if (from == nullptr || flow.bytes == 0.0) return announce(flow);
    std::size_t slot = under_way_.size();
    if (free_.empty()) {
      under_way_.emplace_back();
    } else {
      slot = free_.back();
      free_.pop_back();
    }
    const s4u::CommPtr comm = s4u::Comm::sendto_init(from, to);
    comm->set_payload_size(static_cast<std::uint64_t>(std::llround(flow.bytes * units_a_byte)));
    comm->set_data(reinterpret_cast<void*>(slot + 1));
    under_way_[slot] = {flow, comm};
    ++flows_;
    comm->start();
  }

  [[nodiscard]] std::size_t flows() const { return flows_; }

 private:
  struct UnderWay {
    Flow flow;
    s4u::CommPtr comm;
  };

  void next_pair() {
    if (++next_from_ == next_to_) ++next_from_;
    if (next_from_ < hosts_.size()) return;
    ++next_to_;
    next_from_ = 0;
  }

  void announce(const Flow& flow) {
    kernel_.schedule({.time_s = kernel_.now_s(),
                      .phase = Phase::ends,
                      .id = flow.id,
                      .handler = flow.handler,
                      .argument = flow.argument});
  }

  /// SimGrid is still busy with the activity: its slot keeps it until another flow takes the slot.
  void arrived(const s4u::Activity& activity) {
    const auto slot = reinterpret_cast<std::size_t>(activity.get_data<void>());
    if (slot == 0 || slot > under_way_.size()) return;
    --flows_;
    free_.push_back(slot - 1);
    announce(under_way_[slot - 1].flow);
  }

  /// SimGrid's callbacks stay for good.
  inline static Platform* current = nullptr;

  Kernel& kernel_;
  s4u::NetZone* zone_ = nullptr;
  std::vector<s4u::Host*> hosts_;
  std::vector<s4u::Link*> links_;
  std::size_t next_from_ = 1;
  std::size_t next_to_ = 0;
  std::vector<std::pair<s4u::Host*, s4u::Host*>> ends_;
  std::vector<UnderWay> under_way_;
  std::vector<std::size_t> free_;
  std::size_t flows_ = 0;
  std::optional<Kernel::SimGridUse> use_;
};

FlowNetwork::FlowNetwork(Kernel& kernel, std::span<const double> bytes_per_s, std::size_t most_paths)
    : platform_(std::make_unique<Platform>(kernel, bytes_per_s, most_paths)) {}

FlowNetwork::~FlowNetwork() = default;

FlowNetwork::Path FlowNetwork::path(std::span<const models::LinkUse> uses) {
  return platform_->path(uses);
}

void FlowNetwork::start(const Flow& flow) {
  platform_->start(flow);
}

std::size_t FlowNetwork::flows() const {
  return platform_->flows();
}

}  // namespace chokepoint::sim
