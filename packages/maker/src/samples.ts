import { extname } from "node:path"
import { type MadeTimetable, type MakeOptions, makeTimetable } from "./makeTimetable.ts"

/** A made document that the repository holds. */
export interface Sample extends MakeOptions {
  /** Without its extension. */
  readonly name: string
}

/** The sample timetables of `examples/samples`, one a kind of document. */
export const samples: ReadonlyArray<Sample> = [
  { name: "class-week", tier: "pdf", seed: 311, layout: "days-as-columns" },
  { name: "timetable", tier: "png", seed: 206, layout: "days-as-rows-turned-break", font: "arimo" },
  { name: "scanned-week", tier: "scan", seed: 306, layout: "days-as-columns-period-and-range", font: "tinos" },
  { name: "emploi-du-temps", tier: "docx", seed: 310, layout: "days-as-columns" }
]

/** Makes one sample: its truth names it and its file as `examples/samples` does. */
export const makeSample = async ({ name, ...options }: Sample): Promise<MadeTimetable> => {
  const { truth, bytes } = await makeTimetable(options)
  return { truth: { ...truth, id: name, file: `${name}${extname(truth.file)}` }, bytes }
}
