#include "sim/catalogue/hardware_entries.hpp"

namespace chokepoint::sim {
namespace {

namespace dimension = models::dimension;

void visit_price(FieldVisitor& v, models::PriceQuote& quote) {
  v.object("a price that was asked, listed or paid", [&] {
    v.field("price", "the amount", required, [&] {
      Price price;
      v.price(price, dimension::money, Range::positive());
      quote.amount = price.value;
      quote.currency = price.currency;
    });
    v.field("date", "when it was asked or paid", required, [&] { visit_known_date(v, quote.date); });
    v.field("note", "by whom or for what", optional, [&] { v.text(quote.note); });
  });
}

void visit_prices(FieldVisitor& v, std::vector<models::PriceQuote>& prices) {
  v.field("prices", "the reference price first, then further quotes", optional,
          [&] { v.list(prices, 1, [&](models::PriceQuote& quote) { visit_price(v, quote); }); });
}

void visit_rates(FieldVisitor& v, models::Accelerator& accelerator) {
  const auto rate = [&v](double& value) { v.quantity(value, dimension::work_rate, Range::positive()); };
  v.field("bf16", "peak of dense bf16 or fp16", required, [&] { rate(accelerator.bf16_flop_per_s); });
  v.field_if("fp8", "peak of dense fp8", accelerator.fp8_flop_per_s, rate);
  v.field_if("int8", "peak of dense int8", accelerator.int8_op_per_s, rate);
  v.field_if("fp64", "peak of fp64", accelerator.fp64_flop_per_s, rate);
  v.field_if("measured_matmul", "reached by one large bf16 matrix product", accelerator.measured_matmul_flop_per_s,
             rate);
}

void visit_memory(FieldVisitor& v, models::Accelerator& accelerator) {
  v.field("memory", "size of its memory", required,
          [&] { v.quantity(accelerator.memory_bytes, dimension::data, Range::positive()); });
  v.field("memory_bandwidth", "bandwidth of its memory", required,
          [&] { v.quantity(accelerator.memory_bytes_per_s, dimension::bandwidth, Range::positive()); });
  v.field_if("link", "all links within a server, both directions", accelerator.link_bytes_per_s,
             [&](double& value) { v.quantity(value, dimension::bandwidth, Range::positive()); });
}

void visit_chip(FieldVisitor& v, models::Accelerator& accelerator) {
  v.field("process", "manufacturing process", optional, [&] { v.text(accelerator.process); });
  v.field("foundry", "who makes it", optional, [&] { v.text(accelerator.foundry); });
  v.field_if("die_mm2", "area of its dies, mm2", accelerator.die_mm2,
             [&](double& value) { v.number(value, Range::positive()); });
  v.field_if("transistors", "number of transistors", accelerator.transistors,
             [&](double& value) { v.number(value, Range::positive()); });
}

/// The two points of the line; the reader of the catalogue checks them against the rating and the TDP.
void visit_power(FieldVisitor& v, ServerEntry& entry) {
  const auto power = [&v](double& value) { v.quantity(value, dimension::power, Range::positive()); };
  v.object("wall power of the server, where it was measured", [&] {
    v.field_if("idle", "with all accelerators bare idle", entry.idle_w, power);
    v.field_if("full", "with all accelerators at their TDP", entry.full_w, power);
    v.field("source", "who measured it", required, [&] { v.text(entry.power_source); });
    v.field("confidence", "what it rests on", required, [&] { visit_confidence(v, entry.power_confidence); });
  });
}

}  // namespace

void visit(FieldVisitor& v, Entry<models::Accelerator>& entry) {
  models::Accelerator& accelerator = entry.value;
  const auto power = [&v](double& value) { v.quantity(value, dimension::power, Range::positive()); };
  v.object("a chip or card that trains and serves models", [&] {
    visit_provenance(v, entry.provenance);
    v.field("vendor", "who sells it", required, [&] { v.text(accelerator.vendor); });
    v.field("form", "form factor", optional, [&] { v.text(accelerator.form); });
    visit_rates(v, accelerator);
    visit_memory(v, accelerator);
    v.field_if("tdp", "thermal design power", accelerator.tdp_w, power);
    v.field_if("idle", "power without a program", accelerator.idle_w, power);
    v.field_if("idle_with_context", "power with a program that computes nothing", accelerator.idle_with_context_w,
               power);
    visit_chip(v, accelerator);
    v.field("released", "release date", required, [&] { visit_known_date(v, accelerator.released); });
    visit_prices(v, accelerator.prices);
    v.field("export_status_china", "what may be sold to China, and when", optional,
            [&] { v.text(accelerator.export_status_china); });
  });
}

void visit(FieldVisitor& v, Entry<ServerEntry>& entry) {
  models::Server& server = entry.value.server;
  v.object("accelerators with their host", [&] {
    visit_provenance(v, entry.provenance);
    v.field("accelerator", "name of its accelerator", required, [&] { v.text(entry.value.accelerator); });
    v.field("gpus", "number of accelerators", required, [&] {
      std::int64_t gpus = server.gpus;
      v.integer(gpus, {.low = 1, .high = 1e6});
      server.gpus = static_cast<int>(gpus);
    });
    v.field("form", "form factor", optional, [&] { v.text(server.form); });
    v.field("rated_power", "the most that it is rated to draw", required,
            [&] { v.quantity(server.rated_power_w, dimension::power, Range::positive()); });
    v.field_if("network", "all ports to other servers, one direction", server.network_bytes_per_s,
               [&](double& value) { v.quantity(value, dimension::bandwidth, Range::positive()); });
    v.field("power", "measured wall power", optional, [&] { visit_power(v, entry.value); });
    visit_prices(v, server.prices);
  });
}

}  // namespace chokepoint::sim
