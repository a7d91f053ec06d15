#!/bin/bash
# commands_test.sh SOURCE_FOLDER PROGRAM: runs every line of the documentation that begins with ./chokepoint, in its
# order, in a copy of the files that a user has, with the built program in the launcher's place. Left out: lines with a
# WORD in capitals in place of a file of the user's, `./chokepoint test` and `./chokepoint bench`; and shipped studies in
# full, which studies_test.py runs.
set -uo pipefail
source_folder=$1 program=$2
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

mkdir "$work/copy" && cd "$work/copy" || exit 1
cp -r -- "$source_folder"/*.md "$source_folder/scenarios" "$source_folder/models" .
[[ ! -d $source_folder/docs ]] || cp -r -- "$source_folder/docs" .
ln -s -- "$program" chokepoint

ran=0 failed=0
while IFS=: read -r file number line; do
  line=${line%%  #*}
  [[ $line =~ ^\./chokepoint\ (test|bench)( |$) || $line =~ (^|[^A-Za-z_])[A-Z]{3,} ]] && continue
  [[ $line =~ ^\./chokepoint\ sweep\ scenarios/studies/[a-z-]+\.json$ ]] && continue
  ran=$((ran + 1))
  bash -uo pipefail -c "$line" >"$work/out" 2>&1 </dev/null && continue
  failed=$((failed + 1))
  printf '%s, line %s: %s\n' "$file" "$number" "$line"
  sed 's/^/    /' "$work/out"
done < <(find . -name '*.md' -print0 | sort -z | xargs -0 grep -nH '^\./chokepoint' --)
printf '%d commands, %d failed\n' "$ran" "$failed"
((ran > 0 && failed == 0))
