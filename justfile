# What people run. `just` alone lists it.

default:
    @just --list

# Format, lints and tests, as CI runs them.
check:
    .ci/run

# All tests, on SQLite always and on PostgreSQL when its binaries are found.
test *filter:
    cargo test --workspace --lib {{filter}}
    cargo test --test it {{filter}}

# Clients and audits that others wrote, against a server of this tree.
conformance *checks:
    cargo build
    tests/conformance/run {{checks}}

# A server with the demo company.
demo *flags:
    cargo run --release -- demo {{flags}}

# Writes schema.graphql and docs/access-matrix.md anew.
generate:
    cargo run -- schema > schema.graphql
    cargo run -- access-matrix > docs/access-matrix.md
