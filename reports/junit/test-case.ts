import { columnName } from '../../harness/model/column-name.ts'
import { formatLocation } from '../../harness/model/source.ts'
import type { Trial } from '../../harness/model/trial.ts'
import { xmlAttribute, xmlText } from '../format/escape-xml.ts'
import { cut, oneLine, outputText } from '../format/plain.ts'
import { classWithoutDots } from './class-name.ts'
import { checkText, unmetChecks, whyNot } from '../format/trial-text.ts'

/** In UTF-16 units, before escaping. */
const LIMITS = { name: 200, message: 500, leastMessage: 100, body: 6_000, check: 500, place: 120 }
/** Bytes that a test case takes besides its message and body, roughly. */
const FRAME = 400
/** Bytes a UTF-16 unit takes once it is escaped and in UTF-8, at a bad average. */
const UNIT = 3

/**
 * One cell. `share` is the bytes it may take of the whole file: the body gives way first, then the message.
 * Classname and name hold for as long as the keys, the description and the case id do; repeats are numbered from the second.
 * Jenkins' schema has no place for a file and a line here: the body begins with them.
 */
export function testCase(suite: string, trial: Trial, share: number): string {
  const { cell } = trial
  const classname = `${suite}.${classWithoutDots(columnName(cell))}`
  const described = cell.description === undefined ? cell.caseId : `${cell.description} (${cell.caseId})`
  const name = cell.repeat === 0 ? described : `${described} #${cell.repeat + 1}`
  const time = trial.latencyMs === null ? '' : ` time="${(trial.latencyMs / 1000).toFixed(3)}"`
  const head = `<testcase classname="${attribute(classname)}" name="${attribute(name)}"${time}`
  if (trial.outcome === 'passed') return `${head}/>\n`

  const element = trial.outcome === 'failed' ? 'failure' : 'error'
  const room = (share - FRAME) / UNIT
  const why = oneLine(cut(whyNot(trial), 2 * LIMITS.message))
  const message = cut(why, clamp(room, LIMITS.leastMessage, LIMITS.message))
  const type =
    trial.outcome === 'failed' ? (unmetChecks(trial.checks)[0]?.type ?? 'assertion') : errorType(trial)
  const content = xmlText(body(trial, clamp(room - message.length, 0, LIMITS.body)))
  return (
    `${head}><${element} message="${xmlAttribute(message)}" type="${xmlAttribute(type)}">` +
    `${content}</${element}></testcase>\n`
  )
}

function attribute(text: string): string {
  return xmlAttribute(cut(oneLine(text), LIMITS.name))
}

function errorType(trial: Trial): string {
  return trial.attempts.at(-1)?.failure?.kind ?? 'check'
}

function body(trial: Trial, limit: number): string {
  const { cell, request, output } = trial
  const checks = unmetChecks(trial.checks).map((check) => cut(checkText(check), LIMITS.check))
  const place = formatLocation({ file: cell.source.file, line: cell.source.line })
  // However little room there is: nothing else tells where the case is written.
  if (limit < LIMITS.place) return cut(place, LIMITS.place)
  const parts = [
    place,
    cut(whyNot(trial), LIMITS.check),
    ...checks,
    `output: ${cut(outputText(output), LIMITS.body / 3)}`,
    `prompt: ${cut(request.prompt, LIMITS.body / 3)}`,
  ]
  return cut(parts.join('\n'), limit)
}

function clamp(x: number, least: number, most: number): number {
  return Math.floor(Math.min(most, Math.max(least, x)))
}
