#include "models/training/plan_faults.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace chokepoint::models;

namespace {

TrainingTask gpt3() {
  TrainingTask task;
  task.model = {.name = "gpt3-175b",
                .layers = 96,
                .hidden = 12288,
                .heads = 96,
                .kv_heads = 96,
                .ffn_hidden = 49152,
                .vocabulary = 51200};
  task.global_batch = 1536;
  return task;
}

std::vector<std::string> faults_of(const ParallelPlan& plan) {
  return plan_faults(gpt3(), plan, 8);
}

}  // namespace

TEST_CASE("a published plan has no fault") {
  // Korthikanti et al., arXiv:2205.05198 table 3.
  TrainingTask task = gpt3();
  task.global_batch = 64;
  CHECK(plan_faults(task, {.tensor = 8, .pipeline = 8, .interleave = 3}, 8).empty());
}

TEST_CASE("each thing that does not divide is said by itself") {
  using Texts = std::vector<std::string>;
  CHECK(faults_of({.tensor = 5, .data = 8}) == Texts{"tensor 5 does not divide 96 heads"});
  CHECK(faults_of({.tensor = 8, .pipeline = 8, .interleave = 5}) ==
        Texts{"pipeline 8 x interleave 5 does not divide 96 layers"});
  CHECK(faults_of({.tensor = 8, .pipeline = 97}) == Texts{"pipeline 97 has more stages than 96 layers"});
  CHECK(faults_of({.data = 1024}) == Texts{"data 1024 x micro-batch 1 does not divide a batch of 1536 sequences"});
  CHECK(faults_of({.tensor = 4, .pipeline = 3}) == Texts{"12 GPUs do not fill nodes of 8"});
  CHECK(faults_of({.tensor = 8, .context = 3}) == Texts{"context 3 does not divide a sequence of 2048"});
  CHECK(faults_of({.data = 8, .expert = 8}) == Texts{"expert 8 needs a mixture of experts"});
  CHECK(faults_of({.tensor = 8, .interleave = 2}) == Texts{"interleaved stages need a pipeline of 2 or more"});
  CHECK(faults_of({.tensor = 0}) == Texts{"every number of a plan is at least 1; found 0"});
}

TEST_CASE("tensor ranks share out groups of keys and values or copy them whole") {
  TrainingTask task = gpt3();
  task.model.kv_heads = 8;
  CHECK(plan_faults(task, {.tensor = 4, .data = 2}, 8).empty());
  CHECK(plan_faults(task, {.tensor = 16}, 8).empty());
  CHECK(plan_faults(task, {.tensor = 6, .data = 4}, 8) ==
        std::vector<std::string>{"tensor 6 and 8 groups of keys and values do not divide each other"});
}

TEST_CASE("all faults of a plan are said at once") {
  CHECK(faults_of({.tensor = 5, .pipeline = 97, .data = 7, .context = 3}).size() == 5);
}

TEST_CASE("uneven stages and tensor ranks over nodes are no fault") {
  CHECK(faults_of({.tensor = 8, .pipeline = 7}).empty());
  CHECK(faults_of({.tensor = 16, .pipeline = 6}).empty());
}
