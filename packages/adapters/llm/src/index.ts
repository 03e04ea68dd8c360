export * as AiSdkLlm from "./AiSdkLlm.ts"
export { type AnyModel, modelFromName, type NamedModel, type NamedModelOptions } from "./modelFromName.ts"
