/**
 * The script of the page that `toHtml` writes. Its text is embedded, so it uses nothing but the DOM. Whatever stands
 * on the page is found by `data-item`; the script makes no markup of its own.
 */
export const pageScript = (): void => {
  const all = <E extends Element>(selector: string) => [...document.querySelectorAll<E>(selector)]

  const entries = all<HTMLElement>(".entry")
  const places = all<SVGElement>(".place")
  const boxes = all<SVGElement>(".boxes")
  const details = all<HTMLElement>(".item")
  const detailHint = document.querySelector<HTMLElement>(".details .hint")
  const viewer = document.querySelector<HTMLElement>(".document")
  const itemOf = (element: Element) => element.getAttribute("data-item") ?? ""
  const itemsOf = (place: Element) => (place.getAttribute("data-items") ?? "").split(" ")

  /** The item that was chosen, or null. */
  let chosen: string | null = null

  const light = (items: ReadonlyArray<string>) => {
    for (const element of [...boxes, ...entries]) {
      element.classList.toggle("lit", items.includes(itemOf(element)))
    }
    for (const detail of details) {
      detail.hidden = itemOf(detail) !== items[0]
    }
    if (detailHint !== null) {
      detailHint.hidden = items.length > 0
    }
  }

  /** What is lit while nothing is pointed at. */
  const lightRest = () => {
    const focused = entries.find((entry) => entry === document.activeElement)
    light(focused === undefined ? (chosen === null ? [] : [chosen]) : [itemOf(focused)])
  }

  const around = (elements: ReadonlyArray<Element>) => {
    const rectangles = elements.map((element) => element.getBoundingClientRect())
    return {
      left: Math.min(...rectangles.map(({ left }) => left)),
      right: Math.max(...rectangles.map(({ right }) => right)),
      top: Math.min(...rectangles.map(({ top }) => top)),
      bottom: Math.max(...rectangles.map(({ bottom }) => bottom))
    }
  }

  /** How far to scroll so that `from` to `to` lies within 0 to `length`, and not at all where it does. */
  const shift = (from: number, to: number, length: number) => (from < 0 || to > length ? (from + to - length) / 2 : 0)

  /** Scrolls the document to the boxes of an item: to all, or where they do not fit to those of its name. */
  const scrollToBoxes = (item: string) => {
    const group = boxes.find((element) => itemOf(element) === item)
    if (group === undefined || viewer === null) {
      return
    }
    const pane = viewer.getBoundingClientRect()
    const fits = ({ bottom, left, right, top }: ReturnType<typeof around>) =>
      right - left <= viewer.clientWidth && bottom - top <= viewer.clientHeight
    const rectangles = [...group.querySelectorAll(".box")]
    const names = [...group.querySelectorAll(".box.field-4")]
    const whole = around(rectangles)
    const target = fits(whole) || names.length === 0 ? whole : around(names)
    viewer.scrollBy({
      left: shift(target.left - pane.left, target.right - pane.left, viewer.clientWidth),
      top: shift(target.top - pane.top, target.bottom - pane.top, viewer.clientHeight),
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth"
    })
  }

  const choose = (item: string | null) => {
    chosen = item
    for (const entry of entries) {
      entry.setAttribute("aria-pressed", String(itemOf(entry) === item))
    }
    for (const cell of all("td[role=gridcell]")) {
      cell.setAttribute("aria-selected", String(cell.querySelector("[aria-pressed=true]") !== null))
    }
    lightRest()
  }

  /** Makes an entry the one of its grid that Tab reaches. */
  const makeCurrent = (entry: HTMLElement) => {
    for (const other of entries) {
      if (other.closest("table") === entry.closest("table")) {
        other.tabIndex = other === entry ? 0 : -1
      }
    }
  }

  const goTo = (item: string) => {
    const entry = entries.find((other) => itemOf(other) === item)
    if (entry !== undefined) {
      choose(item)
      entry.focus()
    }
  }

  const row = (entry: Element) => Number(entry.getAttribute("data-row"))
  const column = (entry: Element) => Number(entry.getAttribute("data-column"))

  /** The entry beside `entry` in the next day, on that side, that has any: the one that begins nearest to it. */
  const beside = (entry: HTMLElement, grid: ReadonlyArray<HTMLElement>, direction: number) => {
    const onSide = grid.filter((other) => (column(other) - column(entry)) * direction > 0)
    const nearest = Math.min(...onSide.map((other) => Math.abs(column(other) - column(entry))))
    return onSide
      .filter((other) => Math.abs(column(other) - column(entry)) === nearest)
      .sort((a, b) => Math.abs(row(a) - row(entry)) - Math.abs(row(b) - row(entry)))[0]
  }

  const target = (entry: HTMLElement, key: string, isWhole: boolean) => {
    const grid = entries.filter((other) => other.closest("table") === entry.closest("table"))
    const day = grid.filter((other) => column(other) === column(entry))
    const line = isWhole ? grid : grid.filter((other) => row(other) === row(entry))
    switch (key) {
      case "ArrowDown":
        return day[day.indexOf(entry) + 1]
      case "ArrowUp":
        return day[day.indexOf(entry) - 1]
      case "ArrowRight":
        return beside(entry, grid, 1)
      case "ArrowLeft":
        return beside(entry, grid, -1)
      case "Home":
        return line[0]
      case "End":
        return line.at(-1)
      default:
        return undefined
    }
  }

  for (const entry of entries) {
    entry.addEventListener("click", () => choose(chosen === itemOf(entry) ? null : itemOf(entry)))
    entry.addEventListener("focus", () => {
      makeCurrent(entry)
      light([itemOf(entry)])
      scrollToBoxes(itemOf(entry))
    })
    entry.addEventListener("blur", lightRest)
    entry.addEventListener("pointerenter", () => {
      light([itemOf(entry)])
      scrollToBoxes(itemOf(entry))
    })
    entry.addEventListener("pointerleave", lightRest)
    entry.addEventListener("keydown", (event) => {
      const next = event.altKey || event.metaKey ? undefined : target(entry, event.key, event.ctrlKey)
      if (next !== undefined) {
        event.preventDefault()
        next.focus()
      }
    })
  }
  for (const place of places) {
    place.addEventListener("pointerenter", () => light(itemsOf(place)))
    place.addEventListener("pointerleave", lightRest)
    // Items that share their words take turns.
    place.addEventListener("click", () => {
      const items = itemsOf(place)
      const next = items[chosen === null ? 0 : (items.indexOf(chosen) + 1) % items.length]
      if (next !== undefined) {
        goTo(next)
      }
    })
  }
  for (const link of all<HTMLElement>("[data-goto]")) {
    link.addEventListener("click", () => goTo(link.getAttribute("data-goto") ?? ""))
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      choose(null)
      light([])
    }
  })
  for (const table of all("table[role=grid]")) {
    const first = entries.find((entry) => table.contains(entry))
    if (first !== undefined) {
      makeCurrent(first)
    }
  }
}
