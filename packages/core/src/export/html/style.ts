/**
 * The style of the page that `toHtml` writes: the document stays in view above the week on a phone, and beside it, with
 * what the chosen block was read from, on a wide screen. Boxes lie on white paper in either colour scheme.
 */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --surface: #fff; --text: #14181f; --quiet: #566070; --line: #d9dee6; --accent: #1d4ed8;
  --gap: clamp(.75rem, 1.5vw, 1.5rem);
  --certain: #05704a; --fair: #8a5200; --doubtful: #b3142c;
  --certain-ground: #e9f6ef; --fair-ground: #fdf3dd; --doubtful-ground: #fdeaec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f1319; --surface: #181e27; --text: #e9edf3; --quiet: #9da9ba; --line: #313b4a; --accent: #8fb4ff;
    --certain: #6ddba8; --fair: #f3c264; --doubtful: #ff98a4;
    --certain-ground: #15291f; --fair-ground: #302713; --doubtful-ground: #38191e;
  }
}
.field-1 { --field: #1d4ed8 } .field-2 { --field: #047857 } .field-3 { --field: #b45309 } .field-4 { --field: #be185d }
.field-5 { --field: #6d28d9 } .field-6 { --field: #0e7490 } .field-7 { --field: #4d7c0f } .field-8 { --field: #9f1239 }
.field-9 { --field: #475569 }

*, ::before, ::after { box-sizing: border-box }
[hidden] { display: none }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth }
body {
  margin: 0; padding: clamp(.75rem, 2vw, 2rem); background: var(--ground); color: var(--text);
  font: 1rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: break-word;
}
h1 { margin: 0; font-size: clamp(1.25rem, 1rem + 1vw, 1.9rem); line-height: 1.2; letter-spacing: -.01em }
h2 { margin: 0 0 .5rem; font-size: .8rem; letter-spacing: .08em; text-transform: uppercase; color: var(--quiet) }
h3 { margin: 0 0 .25rem; font-size: 1.05rem }
p { margin: 0 0 .5rem }
span, dd, td, th, li { unicode-bidi: isolate }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.hint, .key, figcaption, .until, small { color: var(--quiet) }
.hint, .key, figcaption { font-size: .85rem }
.key { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin-top: .5rem }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }

header { margin-bottom: var(--gap) }
dl { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; margin: .6rem 0 0 }
dl > div, .link { max-width: 100% }
dt { font-size: .75rem; color: var(--quiet) }
dd { margin: 0; font-weight: 600 }

main, .reading { display: grid; gap: var(--gap); grid-template-columns: minmax(0, 1fr); align-items: start }
.document, .details, .reading > section {
  background: var(--surface); border: 1px solid var(--line); border-radius: .75rem; padding: clamp(.6rem, 1.2vw, 1.1rem);
}
.evidence { display: contents }
.details { order: 1; overflow: auto }
.document { overflow: auto; padding: .6rem; max-height: 45vh; overscroll-behavior: contain }
.page { margin: 0; min-width: 46rem }
.page + .page { margin-top: 1rem }
.page svg { display: block; width: 100%; height: auto; background: #fff; color: #14181f; border-radius: .3rem }
.page text { fill: currentColor; font-family: system-ui, sans-serif }
figcaption { padding: .3rem 0 0 }
@media (min-height: 34rem) and (max-width: 69.99rem) {
  .document { position: sticky; top: 0; z-index: 2; box-shadow: 0 .5rem 1rem -.6rem #0007 }
  html { scroll-padding-top: 47vh }
}
@media (min-width: 70rem) {
  main { grid-template-columns: minmax(0, .88fr) minmax(0, 1fr) }
  .evidence {
    display: flex; flex-direction: column; gap: var(--gap); position: sticky; top: 1rem; max-height: calc(100vh - 10rem);
  }
  .document { flex: 0 1 auto; min-height: 10rem; max-height: none }
  .details { flex: none; max-height: 45vh }
  .page { min-width: 0 }
}

.place { fill: transparent; cursor: pointer }
.place:hover { fill: #facc1555 }
.boxes { display: none; pointer-events: none }
.boxes.lit { display: inline; filter: drop-shadow(0 0 1px #fff) drop-shadow(0 0 1px #fff) }
.box { fill: none; stroke: var(--field); stroke-width: 2; vector-effect: non-scaling-stroke }
.badge circle { fill: var(--field) }
.badge text { fill: #fff; text-anchor: middle; font-weight: 700 }

.scroller { position: relative; overflow-x: auto; padding: 3px; scroll-padding-left: 4.4rem }
.week + .week { margin-top: 1.25rem }
[role=grid] { width: 100%; border-collapse: separate; border-spacing: 3px; table-layout: fixed; height: 1px }
[role=grid] th { font-size: .85rem; font-weight: 600; text-align: left; vertical-align: top; padding: .35rem }
[role=grid] thead th { width: 6.3rem; border-bottom: 2px solid var(--line) }
[role=grid] th:first-child {
  position: sticky; left: -3px; z-index: 1; width: 3.8rem; background: var(--surface);
  font-variant-numeric: tabular-nums; padding-left: .2rem;
}
.until { display: block; font-weight: 400; white-space: nowrap }
td { vertical-align: top }
[role=gridcell] { padding: 0; height: 100% }
[role=gridcell]:empty { background: var(--ground); border-radius: .4rem }
.entry {
  position: relative; display: flex; flex-direction: column; align-items: start; width: 100%; min-height: 100%; margin: 0;
  padding: .35rem .3rem .35rem .4rem; font: inherit; font-size: .86rem; line-height: 1.3; text-align: left; color: inherit;
  cursor: pointer; border: 1px solid transparent;
  border-left: 4px solid var(--level); border-radius: .4rem; background: var(--level-ground);
}
.entry + .entry { margin-top: 3px }
.entry.fair { border-left-style: dashed }
.entry.doubtful { border-left-style: dotted }
.entry:hover, .entry.lit { border-color: var(--level) }
.entry[aria-pressed=true] { box-shadow: 0 0 0 2px var(--text) }
.entry .name { font-weight: 600 }
.entry .name, .entry .detail { max-width: 100% }
.entry .detail { font-size: .8rem; color: var(--quiet) }
.entry.marker { background: none; border-color: var(--line); border-left: 4px double var(--level) }
.swatch { width: .7rem; height: .7rem; margin-left: .4rem; vertical-align: -.05rem; border-radius: .2em; box-shadow: 0 0 0 1px var(--line) }
.certain { --level: var(--certain); --level-ground: var(--certain-ground) }
.fair { --level: var(--fair); --level-ground: var(--fair-ground) }
.doubtful { --level: var(--doubtful); --level-ground: var(--doubtful-ground) }
.confidence { color: var(--level); font-size: .8rem; font-weight: 700; white-space: nowrap; font-variant-numeric: tabular-nums }
dd .confidence { font-size: 1rem }

.item table { width: 100%; border-collapse: collapse; font-size: .9rem }
.item th, .item td { padding: .35rem .5rem .35rem 0; text-align: left; vertical-align: top; border-top: 1px solid var(--line) }
.item thead th { border: 0; font-size: .75rem; font-weight: 400; color: var(--quiet) }
.item tbody th { font-weight: 600; white-space: nowrap }
.item td { white-space: pre-line }
.item p { color: var(--quiet) }
.field-mark {
  display: inline-block; min-width: 1.5em; padding: .1em .3em; border-radius: 1em; background: var(--field); color: #fff;
  font-size: .75rem; font-weight: 700; text-align: center;
}
q { quotes: "“" "”" }
.repaired { color: var(--fair); font-weight: 600; font-style: normal }
.notices ul { margin: 0; padding-left: 1.1rem }
.notices li { margin: .25rem 0 }
.warnings { border-left: 4px solid var(--fair) !important }
.link {
  padding: 0; border: 0; background: none; color: var(--accent); font: inherit; text-align: left; text-decoration: underline;
  cursor: pointer;
}

@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto } }
@media (forced-colors: active) {
  .entry { border-color: ButtonText } .entry[aria-pressed=true] { outline: 2px solid Highlight }
  .page svg { forced-color-adjust: none }
}
@media print {
  :root { color-scheme: light; --ground: #fff; --surface: #fff; --text: #000; --quiet: #444; --line: #999 }
  body { padding: 0; font-size: 9pt; print-color-adjust: exact; -webkit-print-color-adjust: exact }
  main { display: block }
  .evidence { display: block }
  .document, .details, .scroller { position: static; max-height: none; overflow: visible; box-shadow: none }
  .document, .details, .reading > section { border: 0; padding: 0; margin-bottom: 1rem }
  .page { min-width: 0; break-inside: avoid }
  .page svg { max-height: 240mm }
  tr, .item { break-inside: avoid }
  .hint { display: none }
  .details:not(:has(.item:not([hidden]))) { display: none }
}
`
