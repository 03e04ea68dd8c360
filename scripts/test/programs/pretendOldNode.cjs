// Preloaded by the tests of what is said on a Node that is too old.
Object.defineProperty(process, "versions", { value: { ...process.versions, node: "12.22.12" } })
