import { defineConfig } from "vitest/config"

// vitest 5 reads projects from a config only, so this file is passed with --config.
export default defineConfig({
  resolve: { conditions: ["@timegrid/source", "module", "node", "development|production"] },
  ssr: { resolve: { conditions: ["@timegrid/source", "module", "node", "development|production"] } },
  test: {
    projects: ["packages/*", "packages/adapters/*"].map((folder) => ({
      extends: true as const,
      test: { name: folder, include: [`${folder}/test/**/*.test.ts`], testTimeout: 30_000 }
    }))
  }
})
