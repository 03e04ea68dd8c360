export * as AzureOcr from "./AzureOcr.ts"
