import { preset } from "../../tsup.preset.ts"

export default preset(["./src/parserProcess.ts", "./src/wordReader.ts"])
