import { defineConfig } from "vitest/config"

const condition = "@timegrid/source"
const conditions = [condition, "module", "node", "development|production"]

// Long enough for a machine that is busy with other things: a limit is there to end what hangs.
const patience = { testTimeout: 240_000, hookTimeout: 240_000 }

// vitest 5 reads projects from a config only, so this file is passed with --config.
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: [
      ...["packages/*", "packages/adapters/*", "scripts"].map((folder) => ({
        extends: true as const,
        test: {
          name: folder,
          include: [`${folder}/test/**/*.test.ts`],
          ...patience,
          // What a test starts reads the sources too, be it a thread, a fork or a command.
          execArgv: [`--conditions=${condition}`],
          env: { NODE_OPTIONS: `--conditions=${condition}` }
        }
      })),
      // The built command as its users have it.
      { extends: true as const, test: { name: "e2e", include: ["e2e/**/*.test.ts"], ...patience } }
    ]
  }
})
