#include "sim/workload/merged_source.hpp"

#include <algorithm>

namespace chokepoint::sim {

MergedSource::MergedSource(std::vector<std::unique_ptr<JobSource>> sources)
    : sources_(std::move(sources)), indices_{sources_.size()} {
  for (std::size_t source = 0; source < sources_.size(); ++source) pull(source);
}

void MergedSource::pull(std::size_t source) {
  Head head{.job = {}, .source = source};
  if (!sources_[source]->next(head.job)) return;
  head.job.index = indices_.merge(source, head.job.index);
  heads_.push_back(head);
  std::ranges::push_heap(heads_, after);
}

bool MergedSource::next(Job& job) {
  if (heads_.empty()) return false;
  std::ranges::pop_heap(heads_, after);
  const Head head = heads_.back();
  heads_.pop_back();
  job = head.job;
  pull(head.source);
  return true;
}

}  // namespace chokepoint::sim
