import type { ModelRequest, RequestKeys } from '../../execute/call.ts'
import { compareKeys } from '../../execute/request-keys.ts'
import type { Cassette, CassetteEntry } from './cassette.ts'
import { fileOf } from './cassette.ts'

/** Says why a cassette has no reply to a request: one sentence that names the cell, and what has changed since. */
export function missExplainer(
  cassette: Cassette,
): (request: ModelRequest, keys: RequestKeys | undefined) => string {
  let recorded: Recorded | undefined
  return (request, keys) => {
    // Most replays miss nothing.
    recorded ??= {
      columns: new Set(cassette.entries.map(({ file }) => file)),
      cases: Map.groupBy(cassette.entries, (entry) => caseKey(entry.file, entry.case)),
    }
    const why =
      keys === undefined
        ? 'its provider comes out of code, which no recording can be known by'
        : whatChanged(request, keys, recorded)
    return `no recorded reply for ${nameOf(request)}: ${why}`
  }
}

interface Recorded {
  /** Files with anything in them. */
  readonly columns: ReadonlySet<string>
  /** By file and case. */
  readonly cases: ReadonlyMap<string, readonly CassetteEntry[]>
}

function caseKey(file: string, caseId: string): string {
  return `${file}/${caseId}`
}

function nameOf({ role, promptKey, spec, caseId, repeat, attempt }: ModelRequest): string {
  const who = role === 'grader' ? `the grader ${spec.key} (${promptKey})` : `${promptKey} × ${spec.key}`
  const round = attempt === 0 ? '' : `, feedback round ${attempt}`
  return `${who}, case ${caseId}, repeat ${repeat}${round}`
}

/** Looks closer and closer at what is recorded of the column, until nothing is there any more. */
function whatChanged(request: ModelRequest, keys: RequestKeys, { columns, cases }: Recorded): string {
  const { caseId, repeat, attempt } = request
  const file = fileOf(request)
  const isGrader = request.role === 'grader'
  if (!columns.has(file))
    return isGrader ? 'no answer of a grader is recorded' : 'nothing is recorded of this column'
  const ofCase = cases.get(caseKey(file, caseId))
  if (ofCase === undefined)
    return isGrader ? 'no grader was asked about this case' : 'the case is new, or its vars have changed'
  const ofRepeat = ofCase.filter((entry) => entry.repeat === repeat)
  if (ofRepeat.length === 0) return 'this repeat was never recorded'
  const ofRound = ofRepeat.filter((entry) => entry.attempt === attempt)
  if (ofRound.length === 0) return 'this round of feedback was never recorded'
  const same = ofRound.map(({ key }) => compareKeys(key, keys.plain))
  return changedPart(same, isGrader ? GRADER_PARTS : partsOf(request))
}

/** What the parts of a key are called. */
interface Parts {
  readonly asked: string
  readonly who: string
}

const GRADER_PARTS: Parts = { asked: 'what the grader is asked', who: 'the grader' }

/** The id of a case says that its vars are the same only where it was made of them. */
function partsOf({ caseId, varsHash = caseId }: ModelRequest): Parts {
  const isOfVars = caseId.startsWith(varsHash)
  return { asked: isOfVars ? 'the prompt' : 'the prompt, or a var in it,', who: 'the provider' }
}

function changedPart(
  same: readonly { readonly provider: boolean; readonly prompt: boolean }[],
  { asked, who }: Parts,
): string {
  if (same.some(({ provider, prompt }) => provider && prompt))
    return 'the options of the test, or the vars its provider reads, have changed'
  if (same.some(({ prompt }) => prompt)) return `${who} has changed: its file, its id or its config`
  if (same.some(({ provider }) => provider)) return `${asked} has changed`
  return `${asked} and ${who} have changed`
}
