export * as TimescaleMetricsStore from "./TimescaleMetricsStore.ts"
export { timescaleMigrations } from "./timescaleMigrations.ts"
