import type { BoundingBox, PageImage } from "../document/Page.ts"

/** Levels within which a colour is the paper's white, shading and JPEG noise included. */
const nearWhite = 14
/** Levels within which a pixel is of the ground. */
const tolerance = 6

/** The colour behind the writing of a cell as `#RRGGBB`, or null where it is the paper's. */
export const fillColor = (
  image: PageImage,
  box: BoundingBox,
  paper: readonly [number, number, number]
): string | null => {
  const color = groundColor(image, box)
  if (!color) return null
  const white = color.every((level) => level >= 255 - nearWhite)
  const same = color.every((level, i) => Math.abs(level - paper[i]!) <= nearWhite)
  return white || same ? null : hex(color)
}

/** The most frequent colour of a region, sampled; null for an empty one. */
export const groundColor = (image: PageImage, box: BoundingBox): readonly [number, number, number] | null => {
  const { widthPx, heightPx, channels, data } = image
  const step = Math.max(1, Math.round(Math.sqrt((box.width * box.height) / 2_000)))
  const [right, bottom] = [Math.min(widthPx, box.x + box.width), Math.min(heightPx, box.y + box.height)]
  const counts = new Map<number, number>()
  const samples: Array<readonly [number, number, number]> = []
  for (let y = Math.max(0, Math.round(box.y)); y < bottom; y += step) {
    for (let x = Math.max(0, Math.round(box.x)); x < right; x += step) {
      const at = (y * widthPx + x) * channels
      const color =
        channels === 1
          ? ([data[at]!, data[at]!, data[at]!] as const)
          : ([data[at]!, data[at + 1]!, data[at + 2]!] as const)
      samples.push(color)
      const key = ((color[0] >> 4) << 8) | ((color[1] >> 4) << 4) | (color[2] >> 4)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1])
  if (!most) return null
  const typical = samples.find(([r, g, b]) => (((r >> 4) << 8) | ((g >> 4) << 4) | (b >> 4)) === most[0])!
  const near = samples.filter((color) => color.every((level, i) => Math.abs(level - typical[i]!) <= tolerance + 10))
  const mean = (i: number) => Math.round(near.reduce((sum, color) => sum + color[i]!, 0) / near.length)
  return [mean(0), mean(1), mean(2)]
}

const hex = (color: readonly [number, number, number]): string =>
  `#${color
    .map((level) => level.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase()}`
