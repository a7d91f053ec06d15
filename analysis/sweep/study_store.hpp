#pragma once

#include "analysis/store/store_schema.hpp"
#include "analysis/store/study_identity.hpp"
#include "analysis/study/study.hpp"

namespace chokepoint::analysis {

/// The columns of a study's store.
StoreLayout store_layout(const Study& study);

/// What the runs of a study depend on: its file without title and description, its scenario or scenarios as they are
/// merged, the bytes of all files that these name, the program's version and the catalogue. Leaves out: how the program
/// was built, the libraries and the machine.
StudyIdentity study_identity(const Study& study, Shard shard);

}  // namespace chokepoint::analysis
