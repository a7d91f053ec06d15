# A layer is one library. It sees its own headers and those of the layers that it links, and no others:
# each layer publishes a folder that holds nothing but a link to its own sources, so that an include
# against the one direction (models <- sim <- analysis <- cli) does not compile.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

# ccache, where it is installed, compiles what it has seen before in no time; the two settings let it see through the
# precompiled headers.
find_program(CHOKEPOINT_CCACHE ccache)
if(CHOKEPOINT_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros
                                  "${CHOKEPOINT_CCACHE}")
  if(NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
    add_compile_options(-fpch-preprocess)
  endif()
endif()

function(chokepoint_compile_options target)
  # No contraction to fused multiply-add: the same bytes on every machine. A member that a designated initialiser
  # leaves out has its default, which GCC 12 warns of.
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor
                                           -Wno-missing-field-initializers -Werror -ffp-contract=off)
  if(CHOKEPOINT_SANITIZE)
    # GCC 12 takes parts of std::regex for uninitialized once it is instrumented.
    target_compile_options(${target} PRIVATE -fsanitize=address,undefined -fno-sanitize-recover=all
                                             -fno-omit-frame-pointer -Wno-maybe-uninitialized)
    target_link_options(${target} PRIVATE -fsanitize=address,undefined)
  endif()
endfunction()

# chokepoint_layer(NAME sources...): library chokepoint_NAME, its headers included as "NAME/...".
function(chokepoint_layer name)
  set(view "${PROJECT_BINARY_DIR}/layers/${name}")
  file(MAKE_DIRECTORY "${view}")
  file(CREATE_LINK "${PROJECT_SOURCE_DIR}/${name}" "${view}/${name}" SYMBOLIC)
  add_library(chokepoint_${name} STATIC ${ARGN})
  target_include_directories(chokepoint_${name} PUBLIC "${view}")
  chokepoint_compile_options(chokepoint_${name})
endfunction()

# The catalogue is part of the program: its JSON files are compiled in, so that a built program needs no folder beside it.
function(chokepoint_embed_catalogue target)
  file(GLOB files CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/models/catalogue/*.json")
  set(entries "")
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
    get_filename_component(name "${file}" NAME_WE)
    file(READ "${file}" text)
    string(APPEND entries "    {\"${name}\", R\"catalogue(${text})catalogue\"},\n")
  endforeach()
  set(source "${PROJECT_BINARY_DIR}/generated/catalogue_files.cpp")
  file(CONFIGURE OUTPUT "${source}" @ONLY CONTENT
"#include \"sim/catalogue/catalogue_files.hpp\"

#include <array>

namespace chokepoint::sim {
std::span<const CatalogueFile> catalogue_files() {
  static constexpr auto files = std::to_array<CatalogueFile>({
@entries@  });
  return files;
}
}  // namespace chokepoint::sim
")
  set_source_files_properties("${source}" PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
  target_sources(${target} PRIVATE "${source}")
endfunction()
