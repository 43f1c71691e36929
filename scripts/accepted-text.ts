import type { Accepted } from '../harness/baseline/accept-run.ts'
import type { BaselinePlace } from '../harness/baseline/location.ts'
import { counted } from '../reports/format/figures.ts'
import { typedPath } from '../reports/format/resume-command.ts'

/** From here on a folder makes itself felt in a repository. */
const LARGE_BYTES = 20 * 1024 * 1024

/** What `assay accept` wrote, for a person. */
export function acceptedText(
  { baseline, margin, bytes }: Accepted,
  place: BaselinePlace,
  { cwd, suite }: { readonly cwd: string; readonly suite: string },
): string {
  const [file, dir] = [typedPath(place.file, cwd), typedPath(place.dir, cwd)]
  const { cases, columns, repeat, replies, run } = baseline
  const size = `${counted(cases.length, 'case')} × ${counted(columns.length, 'column')} × ${counted(repeat, 'repeat')}`
  const kept = replies ? 'replies, prompts, times and costs' : 'times and costs, without replies'
  return [
    `Run ${run} is the baseline of ${suite} now${baseline.accepted.forced === true ? ', by force' : ''}.`,
    `  ${file}: scores of ${size}, ${sizeText(bytes.file)}`,
    `  ${dir}/: ${kept}, ${sizeText(bytes.record)}`,
    `  ${marginText(margin)}`,
    replies ? undefined : '  Later reports cannot show what changed in a reply.',
    `Commit both: git add ${shellWord(file)} ${shellWord(dir)}`,
    '',
  ]
    .filter((line) => line !== undefined)
    .join('\n')
}

/** The same for a machine. Sizes in bytes. */
export function acceptedJson({ baseline, margin, bytes }: Accepted, place: BaselinePlace) {
  const { run, accepted, cases, columns, repeat, replies, hash } = baseline
  return {
    v: 1,
    baseline: place.file,
    record: place.dir,
    run,
    hash,
    accepted,
    cases: cases.length,
    columns: columns.length,
    repeats: repeat,
    margin: baseline.margin,
    marginFrom: margin.from,
    units: margin.units,
    replies,
    bytes,
  }
}

/** Undefined for a size that git takes well. */
export function sizeWarning({ baseline, bytes }: Accepted): string | undefined {
  if (bytes.record <= LARGE_BYTES) return undefined
  const remedy = baseline.replies ? '; `--no-replies` leaves the replies out' : ''
  return `baseline/ has ${sizeText(bytes.record)}, and every new one stays in the history of git${remedy}`
}

function marginText({ margin, from, units }: Accepted['margin']): string {
  if (margin === null)
    return `no margin: ${counted(units, 'unit')} can never prove that a change is no worse (40 could); regressions, floors, must-pass and broken cases gate`
  const source = {
    suite: 'as the suite says',
    replaced: 'as before',
    size: `what ${counted(units, 'unit')} can prove`,
  }[from]
  const points = Number((margin * 100).toPrecision(6))
  return `margin ${margin}, ${source}: a change is no worse when a drop of ${counted(points, 'point')} is ruled out`
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(0)} kB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`
}

function shellWord(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
}
