/** What `timegrid --help` prints. */
export const usage = `Reads school timetables into typed timeblocks, offline.

Usage:
  timegrid extract FILE... [options]
  timegrid eval DIR [--json] [--verbose] [--predictions DIR] [--out DIR] [--ocr ENGINE] [--quiet]
  timegrid maintain [--data DIR] [--dry-run] [--remove-orphans] [--json] [--schema NAME]
  timegrid maintain --restore JOB [--data DIR]
  timegrid serve [--port PORT] [--host HOST] [--data DIR] [--no-worker] [--check]
  timegrid worker [--queues NAMES] [--concurrency N]
  timegrid migrate [--status | --verify | --dry-run] [--to VERSION] [--out-of-order] [--schema NAME] [--data DIR]
  timegrid --help | --version

Reads PDF, PNG, JPEG and Word files; the content decides, not the name.

Options:
  --format FORMAT     table (the default), json, csv, ics, or html: one page that shows the document with the
                      words of each block, beside the week
  --out DIR           write DIR/<name of the file>.<format> instead of to standard output
  --explain           show for each block the words, their places and the rule it came from: below the
                      table, or on standard error with another format
  --ocr ENGINE        reads page images: tesseract; paddle or ensemble (both engines), where @timegrid/paddle is
                      installed; auto (the default) is ensemble where it is, else tesseract
  --llm PROVIDER:MODEL
                      a language model to ask where no reading is sure: anthropic, openai, google, ollama or
                      openai-compatible; may be given again for another to ask when it fails
  --cloud-ocr NAME    an engine to ask before that: google-vision, textract, azure or http; may be given again
  --budget USD        the most that both may cost for each file; needs their prices
  --accept-from N     the confidence from which nobody else is asked; 98 by default
  --quiet             no progress and no warnings, only errors
  -h, --help          show this text
  -v, --version       show the version

For --llm and --cloud-ocr, which alone send documents anywhere (docs/providers.md names the keys in the environment):
  --llm-url URL       where the model is served; needed for openai-compatible
  --llm-price IN,OUT  dollars a million tokens, such as 1,5
  --cloud-ocr-price USD
                      dollars a page
  --accept-errors R   instead of --accept-from: the share of wrong blocks to accept, such as 0.01

For --format ics:
  --start-date DATE   YYYY-MM-DD; each block first occurs on or after it
  --zone ZONE         time zone of the school, e.g. Europe/London
  --until DATE        YYYY-MM-DD; the last day on which blocks occur

timegrid eval reads DIR/files and says how right that is by DIR/truth (docs/evaluation.md):
  --json              print the report as JSON
  --verbose           list what was missed in each document
  --predictions DIR   score DIR/<name of the truth>.json instead of reading the files
  --out DIR           keep what is read as DIR/<name of the truth>.json

timegrid serve runs the whole service (docs/server.md); @timegrid/server is needed:
  --port PORT         3000 by default
  --host HOST         127.0.0.1 by default: this machine alone
  --data DIR          holds everything that no URL in the environment leads elsewhere; .timegrid by default
  --no-worker         answer requests only; workers run elsewhere
  --check             say of each part whether it is there, and end

timegrid worker works on the jobs of a server with DATABASE_URL, on this machine or another:
  --queues NAMES      such as ocr-queue,llm-queue; all by default
  --concurrency N     jobs of each queue at once; 1 by default

timegrid maintain keeps in order what a server has stored; run it every hour or so (docs/maintenance.md):
  --data DIR          where it lies, unless DATABASE_URL, S3_BUCKET or TIMESCALE_URL name another place; .timegrid by
                      default
  --dry-run           say what there is to do, and do nothing
  --remove-orphans    remove files that nothing names any more, instead of only naming them
  --json              print the report as JSON
  --restore JOB       bring the archived job of that id back, and do nothing else
  --schema NAME       the schema that holds everything; public by default

timegrid migrate brings the database of DATABASE_URL up to date (docs/migrations.md); @timegrid/postgres is needed:
  --status            list the migrations and how they stand
  --verify            say whether one that was applied is changed or missing
  --dry-run           say which would be applied
  --to VERSION        apply none behind this one, such as 3
  --out-of-order      apply also one that comes before one that was applied
  --schema NAME       the schema that holds everything; public by default
  --data DIR          the embedded database of this folder instead; @timegrid/pglite is needed

Results go to standard output, everything else to standard error. One file gives one JSON object, several give one
a line (NDJSON) in the order of the arguments. A file that cannot be read gives one line, FILE: code: sentence.

Exit status: 0 all files were read or tasks done, 1 some or all were not, 2 wrong usage, 130 interrupted.
`
