export { layouts } from "./layout/registry.ts"
export { type MadeTimetable, type MakeOptions, type MakerTier, makerTiers, makeTimetable } from "./makeTimetable.ts"
export { type TextLayer, textLayers } from "./render/textLayer.ts"
export { type FamilySet, fontFamilies } from "./sheet/fonts.ts"
