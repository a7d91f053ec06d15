#!/bin/bash
# shellcheck disable=SC2154  # exit_code sets code, out and err
# launcher_test.sh SOURCE_FOLDER LAW: holds the launcher to one law, a function of this file, on a stand-in project.
set -uo pipefail
# shellcheck disable=SC2034  # make_project copies from it
source_folder=$1
here=$(dirname -- "${BASH_SOURCE[0]}")
# shellcheck source=tests/launcher/stand_in.sh
source "$here/stand_in.sh"
work=$(mktemp -d) && chmod 755 "$work"
trap 'chmod -R u+w "$work"; rm -rf -- "$work"' EXIT
export XDG_CACHE_HOME=$work/cache
unset CDPATH CHOKEPOINT_REFERENCE_DATA

law_arguments_and_exit_code_pass_through() {
  make_project "$work/folder with  spaces"
  exit_code ./chokepoint 7 "two words" "" "*"
  expect_equal "$code: $out" "7: one : 7 two words  *"
}

law_it_runs_from_any_folder_and_through_a_link() {
  make_project "$work/project"
  mkdir "$work/else where" && cd "$work/else where" && ln -s ../project/chokepoint link
  exit_code ./link 3
  expect_equal "$code: $out" "3: one : 3"
  PATH=$work/project:$PATH exit_code chokepoint 4
  expect_equal "$code: $out" "4: one : 4"
  expect_equal "$(builds "$work/project/build/release")" 1
}

law_when_nothing_changed_no_build_tool_is_called() {
  make_project "$work/project"
  exit_code ./chokepoint
  echo result >result.csv
  for tool in cmake ninja dpkg-query apt-get; do stub "$tool" "exit 1"; done
  exit_code ./chokepoint 5
  expect_equal "$code: $out$err$(<"$work/calls.txt")" "5: one : 5"
}

law_an_edited_an_added_and_a_removed_source_are_seen() {
  make_project "$work/project"
  exit_code ./chokepoint
  echo two >models/first.txt
  exit_code ./chokepoint
  expect_equal "$out" "two : "
  echo three >models/second.txt
  exit_code ./chokepoint
  expect_equal "$out" "two three : "
  rm models/first.txt
  exit_code ./chokepoint
  expect_equal "$out" "three : "
}

law_a_folder_that_cannot_be_written_is_run_as_built() {
  make_project "$work/project"
  exit_code ./chokepoint
  chmod -R a-w . && exit_code as_plain_user ./chokepoint 6
  expect_equal "$code: $out$err" "6: one : 6"
}

law_a_folder_that_cannot_be_written_is_built_in_the_cache_once() {
  make_project "$work/project"
  chmod -R a-w . && mkdir -m 777 "$work/cache"
  exit_code as_plain_user ./chokepoint 1
  expect_equal "$out" "one : 1"
  exit_code as_plain_user ./chokepoint 2
  expect_equal "$out$err" "one : 2"
  expect_equal "$(builds "$work"/cache/chokepoint/????????????????)" 1
}

law_a_read_only_mount_is_run_as_built_and_built_in_the_cache() {
  unshare --mount true 2>/dev/null || { echo "no right to mount: skipped" && return; }
  make_project "$work/project"
  # shellcheck disable=SC2016  # the inner shell expands it
  unshare --mount bash -c 'mount --bind -o ro . . && cd "$PWD" && ./chokepoint 2' >"$work/out" 2>&1
  expect_within "$(<"$work/out")" "one : 2"
  [[ ! -e build ]] || fault "expected no build folder in the read-only mount"
  rm -rf "$work/cache"
  exit_code ./chokepoint
  # shellcheck disable=SC2016  # the inner shell expands it
  unshare --mount bash -c 'mount --bind -o ro . . && cd "$PWD" && ./chokepoint 3' >"$work/out" 2>&1
  expect_equal "$(<"$work/out")" "one : 3"
  [[ ! -e $work/cache ]] || fault "expected no build in the cache"
}

law_a_second_start_waits_for_the_first() {
  make_project "$work/project"
  BUILD_SECONDS=2 ./chokepoint first >"$work/first" 2>&1 &
  while [[ ! -e build/release/cli/builds.txt ]]; do sleep 0.05; done
  exit_code ./chokepoint 8
  wait
  expect_equal "$code: $out" "8: one : 8"
  expect_within "$err" "waiting"
  expect_within "$(<"$work/first")" "one : first"
  expect_equal "$(builds build/release)" 1
}

law_an_interrupted_build_exits_130_and_the_next_start_builds() {
  make_project "$work/project"
  BUILD_SECONDS=3 exit_code timeout --preserve-status --signal=INT 1 ./chokepoint
  expect_equal "$code: $out" "130: "
  expect_within "$err" "interrupted"
  exit_code ./chokepoint
  expect_equal "$code: $out" "0: one : "
}

law_a_build_folder_cut_off_anywhere_is_built_again() {
  make_project "$work/project"
  BUILD_SECONDS=2 exit_code timeout --signal=KILL 1 ./chokepoint
  exit_code ./chokepoint
  expect_equal "$out" "one : "
  touch models/first.txt && head -c 200 build/release/build.ninja >"$work/cut" && cp "$work/cut" build/release/build.ninja
  exit_code ./chokepoint
  expect_equal "$out" "one : "
  touch models/first.txt && rm build/release/CMakeCache.txt
  exit_code ./chokepoint
  expect_equal "$out" "one : "
}

law_a_failed_build_shows_its_log_on_standard_error_and_exits_1() {
  make_project "$work/project"
  cp cli/make.sh "$work/make.sh"
  echo 'echo the compiler says no; exit 9' >cli/make.sh
  exit_code ./chokepoint
  expect_equal "$code: $out" "1: "
  expect_within "$err" "the compiler says no"
  cp "$work/make.sh" cli/make.sh
  exit_code ./chokepoint
  expect_equal "$code: $out" "0: one : "
}

law_a_moved_folder_is_built_afresh() {
  make_project "$work/project"
  exit_code ./chokepoint
  cd "$work" && mv project moved && cd moved || exit 1
  exit_code ./chokepoint
  expect_equal "$code: $out" "0: one : "
  expect_within "$(<build/release/CMakeCache.txt)" "CMAKE_HOME_DIRECTORY:INTERNAL=$work/moved"
}

law_missing_packages_without_the_right_to_install_exit_2_with_the_command() {
  make_project "$work/project" && chmod -R a+rwX .
  stub dpkg-query "echo installed g++"
  stub sudo "exit 1"
  stub apt-get ""
  exit_code as_plain_user ./chokepoint
  expect_equal "$code: $out" "2: "
  expect_within "$err" "as root: apt-get update && apt-get install --yes --no-install-recommends cmake "
  expect_without "$err" "g++"
  expect_without "$(<"$work/calls.txt")" "apt-get"
}

law_without_a_terminal_missing_packages_are_installed_unasked() {
  make_project "$work/project" && chmod -R a+rwX .
  stub dpkg-query "exit 1"
  # shellcheck disable=SC2016  # the stub expands it
  stub sudo 'shift; exec "$@"'
  stub apt-get ""
  exit_code as_plain_user ./chokepoint
  expect_equal "$code: $out" "0: one : "
  expect_within "$(<"$work/calls.txt")" "apt-get install --yes --no-install-recommends cmake "
  expect_without "$(<"$work/calls.txt")" "clang"
}

law_at_a_terminal_it_asks_and_yes_is_the_default() {
  make_project "$work/project"
  stub dpkg-query "exit 1"
  # shellcheck disable=SC2016  # the stub expands it
  stub sudo 'exec "$@"'
  stub apt-get ""
  script --quiet --return --command ./chokepoint /dev/null <<<"no" >"$work/out" && fault "expected exit 2"
  expect_within "$(<"$work/out")" "Install them now? [Y/n]"
  expect_without "$(<"$work/calls.txt")" "apt-get"
  script --quiet --return --command ./chokepoint /dev/null <<<"" >"$work/out" || fault "expected exit 0"
  expect_within "$(<"$work/out")" "one : "
  expect_within "$(<"$work/calls.txt")" "apt-get install"
}

law_test_runs_the_fast_tests_unless_told_otherwise() {
  make_project "$work/project"
  exit_code ./chokepoint test -N
  expect_within "$out" "quick"
  expect_without "$out" "thorough"
  exit_code ./chokepoint test slow -N
  expect_without "$out" "quick"
  expect_within "$out" "thorough"
  exit_code ./chokepoint test all -N
  expect_within "$out" "Total Tests: 2"
  exit_code ./chokepoint test -R absent
  [[ $code != 0 ]] || fault "expected a failure where no test matches"
}

law_test_points_to_the_reference_data_where_it_is() {
  make_project "$work/project"
  exit_code ./chokepoint test -V
  expect_without "$out" "CHOKEPOINT_REFERENCE_DATA"
  mkdir -p "$work/shared/data"
  exit_code ./chokepoint test -V
  expect_within "$out" "CHOKEPOINT_REFERENCE_DATA=$work/shared/data"
  CHOKEPOINT_REFERENCE_DATA=/elsewhere exit_code ./chokepoint test -V
  expect_within "$out" "CHOKEPOINT_REFERENCE_DATA=/elsewhere"
}

slow_law_the_project_itself_builds_in_a_read_only_folder_with_spaces_in_its_name() {
  local project="$work/choke point"
  mkdir -m 777 "$work/cache" "$project" && cd "$source_folder" || exit 1
  find . -mindepth 1 -maxdepth 1 ! -name build ! -name .git -exec cp -R -- {} "$project" \;
  chmod -R a+rX,a-w "$project" && cd "$work" || exit 1
  exit_code as_plain_user "$project/chokepoint" --version
  expect_within "$code: $out" "0: chokepoint "
  exit_code as_plain_user "$project/chokepoint" --version
  expect_equal "$code: $err" "0: "
}

"$2"
