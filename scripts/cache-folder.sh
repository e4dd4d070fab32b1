#!/bin/sh
# Prints the folder that keeps what every checkout on this machine can use, and makes it.
#
#   cache-folder.sh FOLDER    APIGW_BATCH_CACHE, or else ~/.cache/apigw-batch (or XDG_CACHE_HOME's), which may be deleted at
#                             any time; FOLDER, a checkout's own, if neither can be written, or with APIGW_BATCH_CACHE=none
set -eu
mkdir -p "$1"
folder=$(cd "$1" && pwd -P)
case ${APIGW_BATCH_CACHE-} in
  none) cache=$folder ;;
  ?*) cache=$APIGW_BATCH_CACHE ;;
  *) cache=${XDG_CACHE_HOME:-${HOME:-$folder}/.cache}/apigw-batch ;;
esac
if ! { mkdir -p "$cache" && [ -w "$cache" ]; } 2>/dev/null; then
  [ -z "${APIGW_BATCH_CACHE-}" ] || {
    printf 'package: %s\n' "APIGW_BATCH_CACHE: can't write to '$cache'; set it to a folder, or to none" >&2
    exit 73
  }
  cache=$folder
fi
cd "$cache" && pwd -P
