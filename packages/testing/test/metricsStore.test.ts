import { MemoryMetricsStore } from "@timegrid/core/metrics"
import { metricsStoreContract } from "@timegrid/testing"

metricsStoreContract("memory", MemoryMetricsStore.layer)
