#!/bin/sh
# Reads the sample dossier into a store of its own under .demo and opens the app: `make demo [STORE=neo4j]`.
set -eu
mkdir -p .demo
case "$1" in
sqlite)
    export ONRECORD_STORE="sqlite:///.demo/dossier.sqlite"
    ;;
neo4j)
    onrecord neo4j --home .demo/neo4j --port 0 >.demo/url &
    server=$!
    trap 'kill $server 2>/dev/null; wait $server' EXIT INT TERM
    while [ ! -s .demo/url ]; do
        kill -0 $server 2>/dev/null || { echo "Neo4j did not start: see the lines above" >&2; exit 1; }
        sleep 1
    done
    ONRECORD_STORE=$(cat .demo/url)
    export ONRECORD_STORE
    ;;
*)
    echo "make demo STORE=sqlite or STORE=neo4j" >&2
    exit 2
    ;;
esac
onrecord ingest samples/first/articles.jsonl samples/files
onrecord app --port "${PORT:-8501}"
