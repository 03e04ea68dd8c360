export * as AiSdkLlm from "./AiSdkLlm.ts"
export type { AnyModel } from "./answerStream.ts"
export { modelFromName, type NamedModel, type NamedModelOptions } from "./modelFromName.ts"
