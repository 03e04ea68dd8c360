export * as BullWakeUps from "./BullWakeUps.ts"
