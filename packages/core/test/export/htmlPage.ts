import { type DOMWindow, JSDOM } from "jsdom"

/** A page that runs, as far as it does without a layout: everything lies at 0, 0 but what `layOut` places. */
export class HtmlPage {
  readonly window: DOMWindow
  /** How far each call scrolled the document. */
  readonly scrolled: Array<ScrollToOptions> = []

  constructor(html: string, reducedMotion = false) {
    const { window } = new JSDOM(html, {
      runScripts: "dangerously",
      beforeParse: (window) => {
        Object.assign(window, { matchMedia: (query: string) => ({ matches: reducedMotion, media: query }) })
        window.Element.prototype.scrollBy = (options?: ScrollToOptions | number) => {
          if (typeof options === "object") this.scrolled.push(options)
        }
      }
    })
    this.window = window
  }

  all(selector: string): ReadonlyArray<Element> {
    return [...this.window.document.querySelectorAll(selector)]
  }

  texts(selector: string): ReadonlyArray<string> {
    return this.all(selector).map(({ textContent }) => textContent.trim())
  }

  get focused(): string | null {
    return this.window.document.activeElement?.getAttribute("data-item") ?? null
  }

  /** The items whose boxes are lit. */
  get lit(): ReadonlyArray<string | null> {
    return this.all(".boxes.lit").map((group) => group.getAttribute("data-item"))
  }

  /** The items whose sources are shown. */
  get detailed(): ReadonlyArray<string | null> {
    return this.all(".item:not([hidden])").map((section) => section.getAttribute("data-item"))
  }

  entry(item: string): HTMLElement {
    const entry = this.window.document.querySelector<HTMLElement>(`.entry[data-item="${item}"]`)
    if (entry === null) throw new Error(`There is no ${item} in the week.`)
    return entry
  }

  press(key: string, modifiers: KeyboardEventInit = {}): void {
    const { KeyboardEvent, document } = this.window
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...modifiers }))
  }

  fire(type: string, selector: string): void {
    for (const element of this.all(selector)) element.dispatchEvent(new this.window.Event(type, { bubbles: true }))
  }

  layOut(selector: string, rectangle: Pick<DOMRect, "left" | "right" | "top" | "bottom">): void {
    for (const element of this.all(selector)) {
      element.getBoundingClientRect = () => ({ ...new this.window.DOMRect(), ...rectangle })
    }
  }
}
