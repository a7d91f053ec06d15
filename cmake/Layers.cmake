# A layer is one library. It sees its own headers and those of the layers that it links, and no others:
# each layer publishes a folder that holds nothing but a link to its own sources, so that an include
# against the one direction (models <- sim <- analysis <- cli) does not compile.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

# All functions are bound when a program starts: a forked run would look up again what its parent had not called yet.
add_link_options(-Wl,-z,now)

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

# chokepoint_compile_by_folder(TARGET): the sources of a folder are compiled together where CMAKE_UNITY_BUILD is on, which
# reads each header, and instantiates each template, once a folder: a third of the time. Names of one folder differ.
function(chokepoint_compile_by_folder target)
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    get_filename_component(folder "${source}" DIRECTORY)
    file(RELATIVE_PATH group "${PROJECT_SOURCE_DIR}" "${folder}")
    string(REPLACE "/" "_" group "${group}")
    set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${group}")
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
endfunction()

# chokepoint_layer(NAME sources...): library chokepoint_NAME, its headers included as "NAME/...".
function(chokepoint_layer name)
  set(view "${PROJECT_BINARY_DIR}/layers/${name}")
  file(MAKE_DIRECTORY "${view}")
  file(CREATE_LINK "${PROJECT_SOURCE_DIR}/${name}" "${view}/${name}" SYMBOLIC)
  add_library(chokepoint_${name} STATIC ${ARGN})
  target_include_directories(chokepoint_${name} PUBLIC "${view}")
  chokepoint_compile_options(chokepoint_${name})
  chokepoint_compile_by_folder(chokepoint_${name})
endfunction()

# chokepoint_embed(TARGET header HEADER function FUNCTION folder FOLDER files FILES...): JSON files as part of the
# program, so that a built one needs no folder beside it. FUNCTION, declared in HEADER, lists them, each with its path
# within FOLDER.
function(chokepoint_embed target)
  cmake_parse_arguments(embed "" "header;function;folder" "files" ${ARGN})
  set(entries "")
  foreach(file IN LISTS embed_files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
    file(RELATIVE_PATH name "${PROJECT_SOURCE_DIR}/${embed_folder}" "${file}")
    string(REGEX REPLACE "\\.json$" "" name "${name}")
    file(READ "${file}" text)
    string(APPEND entries "    {\"${name}\", R\"embedded(${text})embedded\"},\n")
  endforeach()
  set(source "${PROJECT_BINARY_DIR}/generated/${embed_function}.cpp")
  file(CONFIGURE OUTPUT "${source}" @ONLY CONTENT
"#include \"@embed_header@\"

#include <array>

namespace chokepoint::sim {
std::span<const EmbeddedFile> @embed_function@() {
  static constexpr auto files = std::to_array<EmbeddedFile>({
@entries@  });
  return files;
}
}  // namespace chokepoint::sim
")
  set_source_files_properties("${source}" PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
  target_sources(${target} PRIVATE "${source}")
endfunction()

# chokepoint_add_extended(LIST): adds to the scenario files of LIST those that they extend.
function(chokepoint_add_extended list)
  set(files "")
  set(left ${${list}})
  while(left)
    list(POP_FRONT left file)
    if(NOT EXISTS "${file}" OR "${file}" IN_LIST files)
      continue()
    endif()
    list(APPEND files "${file}")
    file(READ "${file}" text)
    string(JSON base ERROR_VARIABLE none GET "${text}" extends)
    if(NOT none)
      get_filename_component(folder "${file}" DIRECTORY)
      get_filename_component(base "${folder}/${base}" ABSOLUTE)
      list(APPEND left "${base}")
    endif()
  endwhile()
  set(${list} ${files} PARENT_SCOPE)
endfunction()
