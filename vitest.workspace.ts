import { defineConfig } from "vitest/config"

const condition = "@timegrid/source"
// Without "module": Node, which loads packages itself, cannot read what some of them have under it.
const conditions = [condition, "node", "development|production"]

// Long enough for a machine that is busy with other things: a limit is there to end what hangs.
const patience = { testTimeout: 240_000, hookTimeout: 240_000 }

// What a test starts reads the sources too, be it a thread, a fork or a command.
const fromSource = { execArgv: [`--conditions=${condition}`], env: { NODE_OPTIONS: `--conditions=${condition}` } }

const testsOf = (folder: string) => `${folder}/test/**/*.test.ts`

// These talk to real servers, which are started once for all of them.
const withServers = [
  ...["bullmq", "pglite", "postgres", "redis", "s3", "timescale"].map((name) => `packages/adapters/${name}`),
  ...["chaos", "test-servers"].map((name) => `packages/${name}`)
]
  .map(testsOf)
  .concat("packages/server/test/serving/*.test.ts")

// Their files share what they import, which takes longer than most of their tests; the others look at their process.
const sharing = ["core", "maker", "server", "testing"].map((name) => `packages/${name}`).concat("scripts")

// vitest 5 reads projects from a config only, so this file is passed with --config.
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      {
        extends: true as const,
        test: {
          name: "sharing",
          include: sharing.map(testsOf),
          exclude: withServers,
          isolate: false,
          ...patience,
          ...fromSource
        }
      },
      {
        extends: true as const,
        test: {
          name: "alone",
          include: ["packages/*", "packages/adapters/*"].map(testsOf),
          exclude: [...withServers, ...sharing.map(testsOf)],
          ...patience,
          ...fromSource
        }
      },
      {
        extends: true as const,
        test: {
          name: "servers",
          include: withServers,
          globalSetup: "packages/test-servers/src/globalSetup.ts",
          ...patience,
          ...fromSource
        }
      },
      // The built command as its users have it.
      { extends: true as const, test: { name: "e2e", include: ["e2e/**/*.test.ts"], ...patience } }
    ]
  }
})
