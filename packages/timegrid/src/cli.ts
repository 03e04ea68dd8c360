#!/usr/bin/env node
// This file must parse and run on any Node that knows modules: it only says so when Node is too old for the rest.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`timegrid needs Node 22.18 or newer; this is Node ${process.versions.node}.\n`)
  process.exitCode = 1
} else {
  import("./main.ts")
}
