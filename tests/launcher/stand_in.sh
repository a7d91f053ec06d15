# shellcheck shell=bash disable=SC2154,SC2034  # source_folder and work come from launcher_test.sh; code, out and err go to it
# A stand-in for the project: the real launcher before a program that is made in no time. Sourced by launcher_test.sh.

# make_project FOLDER: its program prints the words of models/*.txt and its arguments and exits with the first of them.
make_project() {
  mkdir -p "$1" && cd "$1" && mkdir cmake models sim analysis cli scenarios
  cp -- "$source_folder/chokepoint" "$source_folder/packages.txt" "$source_folder/CMakePresets.json" .
  cat >CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(stand_in LANGUAGES NONE)
file(GLOB words CONFIGURE_DEPENDS models/*.txt)
set(program "${CMAKE_BINARY_DIR}/cli/chokepoint")
add_custom_command(OUTPUT "${program}" COMMAND sh "${CMAKE_SOURCE_DIR}/cli/make.sh" "${program}" ${words}
                   DEPENDS cli/make.sh ${words} "${CMAKE_BINARY_DIR}/build.ninja" VERBATIM)
add_custom_target(chokepoint ALL DEPENDS "${program}")
enable_testing()
add_test(NAME quick COMMAND env)
add_test(NAME thorough COMMAND env)
set_tests_properties(thorough PROPERTIES LABELS slow)
CMAKE
  # The first line of each build goes to builds.txt beside the program.
  cat >cli/make.sh <<'MAKE'
program=$1
shift
mkdir -p "$(dirname "$program")"
echo build >>"$(dirname "$program")/builds.txt"
sleep "${BUILD_SECONDS:-0}"
printf '#!/bin/sh\necho "%s: $*"\nexit "${1:-0}"\n' "$(cat "$@" | tr '\n' ' ')" >"$program"
chmod +x "$program"
MAKE
  echo one >models/first.txt
}

fault() {
  printf 'line %s: %s\n' "${BASH_LINENO[1]}" "$1" >&2
  exit 1
}

expect_equal() { [[ $1 == "$2" ]] || fault "expected \"$2\", found \"$1\""; }
expect_within() { [[ $1 == *"$2"* ]] || fault "expected \"$2\" within \"$1\""; }
expect_without() { [[ $1 != *"$2"* ]] || fault "expected no \"$2\" within \"$1\""; }

# exit_code COMMAND...: what it printed is in $out and $err.
exit_code() {
  "$@" >"$work/out" 2>"$work/err" && code=0 || code=$?
  out=$(<"$work/out") err=$(<"$work/err")
}

builds() { wc -l <"$1/cli/builds.txt"; }

# A user whom the permissions of files bind, also where the tests run as root.
as_plain_user() {
  if ((EUID == 0)); then
    setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
  else
    "$@"
  fi
}

# stub NAME LINE: a command of that name goes before the real one; it notes its call in calls.txt.
stub() {
  mkdir -p "$work/stubs"
  printf '#!/bin/sh\necho "%s $*" >>"%s/calls.txt"\n%s\n' "$1" "$work" "$2" >"$work/stubs/$1"
  chmod -R a+rx "$work/stubs"
  touch "$work/calls.txt" && chmod a+rw "$work/calls.txt"
  PATH=$work/stubs:$PATH
}
