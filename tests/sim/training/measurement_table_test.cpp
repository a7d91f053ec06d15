#include "sim/training/measurement_table.hpp"

#include <filesystem>
#include <fstream>
#include <unistd.h>

#include <doctest/doctest.h>

#include "sim/input/fault.hpp"
#include "sim/training/device_alias.hpp"

namespace chokepoint::sim {
namespace {

/// A table of one row beside the header, in a file of its own.
MeasurementTable read_text(const std::string& text) {
  const auto path = std::filesystem::temp_directory_path() / ("steps" + std::to_string(::getpid()) + ".csv");
  std::ofstream(path) << text;
  struct Removal {
    std::filesystem::path path;
    ~Removal() { std::filesystem::remove(path); }
  } removal{path};
  return read_measurement_table(path);
}

const std::string header = "layers,hidden,heads,seq_len,vocab,global_batch_seqs,gpu_type,n_gpus,";

}  // namespace

TEST_CASE("a device is known by its exact spelling alone") {
  CHECK(catalogue_accelerator("A100-80GB-SXM") == "a100-80gb-sxm4");
  CHECK(catalogue_accelerator("GB200") == "gb200");
  CHECK(catalogue_accelerator("H200") == "h200-141gb-sxm");
  CHECK(catalogue_accelerator("H20") == "h20-96gb");
  CHECK(catalogue_accelerator("A100-80GB-SXM-X").empty());
}

TEST_CASE("a row tells its network and links in the words of its interconnect") {
  const auto table = read_text(header + "tp,pp,interconnect,step_time_s\n" +
                               "10,1024,16,2048,51200,64,A100-80GB-SXM,16,8,2,"
                               "\"4x100Gb Omni-Path/node, NVLink3 (4 links)\",2.5\n");
  REQUIRE(table.rows.size() == 1);
  const auto& hardware = table.rows[0].setup.hardware;
  CHECK(hardware.network_bytes_per_s == doctest::Approx(4 * 100e9 / 8 / 8));
  CHECK(hardware.link_bytes_per_s == doctest::Approx(100e9));
  CHECK(table.rows[0].setup.plan.pipeline == 2);
  CHECK(table.rows[0].core);
}

TEST_CASE("a rate stands for a step time") {
  const auto table =
      read_text(header + "tp,pp,tokens_per_s_per_gpu\n10,1024,16,2048,51200,64,H100-80GB-SXM,16,8,2,512\n");
  CHECK(table.rows.at(0).measured_s == doctest::Approx(64.0 * 2048 / (512 * 16)));
}

TEST_CASE("a share of the peak stands for a step time") {
  const std::string cells = "10,1024,16,2048,51200,64,A100-80GB-SXM,16,8,2,";
  const auto table = read_text(header + "tp,pp,mfu_pct,tflops_per_gpu\n" + cells + "50,\n" + cells + ",156\n");
  CHECK(table.rows.at(0).measured_s > 0.0);
  CHECK(table.rows.at(0).measured_s == doctest::Approx(table.rows.at(1).measured_s));  // 156 of 312 TFLOP/s
}

TEST_CASE("rows without a needed cell or of an unknown device are kept with the reason") {
  const auto table = read_text(header +
                               "tp,pp,step_time_s\n,1024,16,2048,51200,64,A100-80GB-SXM,16,8,2,1\n"
                               "10,1024,16,2048,51200,64,abacus,16,8,2,1\n");
  CHECK(table.rows.at(0).left_out == "no layers");
  CHECK(table.rows.at(1).left_out == "unknown device abacus");
}

TEST_CASE("a table may be written in another order with capitals and blanks and dashes") {
  const auto table = read_text(
      "N_GPUs, Step_Time_S ,GPU_Type,Layers,hidden,heads,seq_len,vocab,global_batch_seqs,TP,pp,vp,zero_sharding\n\n"
      "1 024, 2.5,NVIDIA A100-SXM4-80GB,10,1024,16,2048,51 200,1024, 8,2,-,ZeRO stage 1\n");
  REQUIRE(table.rows.size() == 1);
  const MeasuredStep& row = table.rows[0];
  CHECK(row.left_out.empty());
  CHECK(row.gpus == 1024);
  CHECK(row.accelerator == "a100-80gb-sxm4");
  CHECK(row.setup.task.model.vocabulary == 51200);
  CHECK(row.setup.plan.data == 64);
  CHECK(row.setup.plan.sharding == models::Sharding::optimizer);
  CHECK(!row.has_interleave);
}

TEST_CASE("more GPUs of a node than a server holds are believed of racks alone") {
  const std::string shape = "10,1024,16,2048,51200,64,";
  const auto table = read_text(header + "tp,pp,gpus_per_node,step_time_s\n" + shape + "H100-80GB-SXM,64,8,2,72,1\n" +
                               shape + "GB200,64,8,2,72,1\n" + shape + "V100-32GB,64,8,2,16,1\n");
  CHECK(table.rows.at(0).setup.hardware.gpus_per_node == 8);
  CHECK(table.rows.at(1).setup.hardware.gpus_per_node == 72);
  CHECK(table.rows.at(2).setup.hardware.gpus_per_node == 16);
}

TEST_CASE("a mixture is known by its layers and width and heads") {
  const auto table = read_text(header +
                               "ep,active_params_b,tp,pp,step_time_s\n"
                               "61,7168,128,4096,129280,4096,GB200,256,64,37,1,4,13\n"
                               "61,7000,128,4096,129280,4096,GB200,256,64,37,1,4,13\n");
  CHECK(table.rows.at(0).left_out.empty());
  CHECK(table.rows.at(0).setup.task.model.experts->experts == 256);
  CHECK(table.rows.at(0).setup.task.model.latent.has_value());
  CHECK(table.rows.at(0).setup.plan.expert == 64);
  CHECK(table.rows.at(1).left_out == "a mixture of experts that no model of the catalogue has");
}

TEST_CASE("missing columns and unreadable cells are all named") {
  CHECK_THROWS_WITH_AS(read_text("layers,hidden\n1,2\n"), doctest::Contains("a column \"heads\""), InputError);
  CHECK_THROWS_WITH_AS(read_text(header + "step_time_s\nten,1024,16,2048,51200,64,H100-80GB-SXM,16,fast\n"),
                       doctest::Contains("a number above 0 in column layers"), InputError);
}

}  // namespace chokepoint::sim
