export { HourlyFigures, RequestFigures } from "./figures.ts"
export * as MemoryMetricsStore from "./MemoryMetricsStore.ts"
export { MetricsRecorder, type RecorderCounts, type RecorderOptions } from "./MetricsRecorder.ts"
export { type ExpiredMetrics, type MetricsRange, MetricsStore } from "./MetricsStore.ts"
