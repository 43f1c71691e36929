import { relative } from 'node:path'
import type { Assertion } from '../../model/assertion.ts'
import type { TestCase } from '../../model/case.ts'
import { formatLocation } from '../../model/source.ts'
import { baseType, isComparison, isModelGraded } from '../assertion-kind.ts'
import { isReference } from './file-value.ts'
import type { AskGrader } from '../graders/grader-calls.ts'
import type { GraderRef } from '../graders/graders.ts'
import { checkInlineCode } from './inline-code.ts'
import { exactly } from './literal.ts'
import { prepareValue } from './prepare-value.ts'
import { builtIn, webhookCheck } from '../checks/built-in.ts'
import { configureCheck } from '../checks/custom.ts'
import { gradedCheck } from '../checks/graded.ts'
import { regexCheck } from '../checks/pattern.ts'
import { schemaCheck } from '../checks/schema.ts'
import { scriptCheck, scriptValue } from '../checks/script.ts'
import type { Runner } from '../checks/subject.ts'
import type { CheckPlace, Tools } from '../tools.ts'

/** An assertion that is ready to run on any reply: its files are imported, its schema is parsed. */
export interface PreparedCheck {
  readonly type: string
  /** What it is called in errors: `contains at suite.yaml:12:9`. */
  readonly name: string
  readonly weight: number | undefined
  readonly metric: string | undefined
  /** The metric is a name, never a template. */
  readonly literal: boolean
  /** Absent for a set, and for checks that compare columns. */
  readonly run?: Runner
  /** Of a check that asks models, and takes as long as its calls take: they have time limits of their own. */
  readonly graders?: readonly GraderRef[]
  /** Of a custom check: questions to models that it takes for one reply. */
  readonly asks?: number
  /** Of a judge without a current calibration: what it says is shown, and does not count. */
  readonly uncalibrated?: boolean
  /** Of an assert-set. */
  readonly members?: readonly PreparedCheck[]
  readonly threshold?: number | undefined
}

/** Besides the tools: what preparing a check that asks a model takes. */
export interface PrepareContext {
  readonly tools: Tools
  readonly askGrader: AskGrader
}

/** @throws HarnessError `suite` at the assertion for anything that would keep it from running */
export async function prepareCheck(
  assertion: Assertion,
  place: CheckPlace,
  test: TestCase,
  context: PrepareContext,
): Promise<PreparedCheck> {
  const { type, weight, metric, threshold } = assertion
  const name = nameOf(type, place, context.tools.suite.dir)
  const prepared = { type, name, weight, metric, literal: place.literal }
  if (type === 'assert-set') {
    const members = await Promise.all(
      (assertion.assert ?? []).map((member) => prepareCheck(member, place, test, context)),
    )
    return { ...prepared, threshold, members: members.filter(({ run }) => run !== undefined) }
  }
  if (isComparison(type)) {
    if (type !== 'select-best') return prepared
    return { ...prepared, graders: [context.tools.graders.need(assertion, test, place.at)] }
  }
  const ready = await prepareRunner(assertion, place, test, name, context)
  return {
    ...prepared,
    ...ready,
    ...(isModelGraded(type) && { graders: [context.tools.graders.need(assertion, test, place.at)] }),
  }
}

type Ready = Required<Pick<PreparedCheck, 'run'>> & Pick<PreparedCheck, 'graders' | 'asks' | 'uncalibrated'>

async function prepareRunner(
  written: Assertion,
  place: CheckPlace,
  test: TestCase,
  name: string,
  context: PrepareContext,
): Promise<Ready> {
  const { tools } = context
  const assertion = await prepareTransforms(written, place, tools)
  const value = await prepareValue(assertion, place, tools)
  const check = isModelGraded(assertion.type)
    ? prepareGraded(assertion, place, test, name, context)
    : (ready: Assertion): Runner => runnerOf(ready, place, tools)
  if (!('script' in value)) {
    const { value: ready } = value
    if (baseType(assertion.type) === 'javascript' && typeof written.value === 'string')
      checkInlineCode(written.value, place.at)
    return { run: check({ ...assertion, value: ready }) }
  }
  if (baseType(assertion.type) !== 'javascript')
    return { run: scriptValue(assertion, value.script, check, name, tools) }
  const { instrument } = await configureCheck(value.configure, written, place.at, tools.suite)
  if (instrument === undefined) return { run: scriptCheck(assertion, value.script, name, tools) }
  const refs = instrument.graders.map((grader) => tools.graders.needNamed(grader, place.at))
  const { counts } = await tools.judges.standing(written, instrument, place.at)
  return {
    run: scriptCheck(assertion, value.script, name, tools, { refs, name, ask: context.askGrader }),
    graders: refs,
    asks: refs.length * (instrument.calls ?? 1),
    ...(!counts && { uncalibrated: true }),
  }
}

function runnerOf(assertion: Assertion, place: CheckPlace, tools: Tools): Runner {
  switch (baseType(assertion.type)) {
    case 'regex':
      return regexCheck(assertion, tools)
    case 'webhook':
      return webhookCheck(assertion)
    case 'is-json':
    case 'contains-json':
      return schemaCheck(assertion, place, tools)
    default:
      return builtIn(assertion)
  }
}

function prepareGraded(
  assertion: Assertion,
  { at, literal }: CheckPlace,
  test: TestCase,
  name: string,
  { tools, askGrader }: PrepareContext,
): (ready: Assertion) => Runner {
  const ref = tools.graders.need(assertion, test, at)
  const written = assertion.rubricPrompt ?? test.options?.['rubricPrompt']
  const read = isReference(written) ? tools.files.text(written, at) : written
  const rubricPrompt = literal ? exactly(read) : read
  return (ready) => gradedCheck(ready, { ref, rubricPrompt, name, ask: askGrader }, tools)
}

/** Transforms are imported or compiled once, and handed to promptfoo as functions. */
async function prepareTransforms(
  assertion: Assertion,
  { at }: CheckPlace,
  { transforms }: Tools,
): Promise<Assertion> {
  const { transform, contextTransform } = assertion
  if (!transform && !contextTransform) return assertion
  return {
    ...assertion,
    ...(Boolean(transform) && { transform: await transforms.load(transform, at) }),
    ...(Boolean(contextTransform) && { contextTransform: await transforms.load(contextTransform, at) }),
  }
}

/** `file://` paths as they are told in errors and kept on record: the same on every machine. */
function nameOf(type: string, { at }: CheckPlace, dir: string): string {
  return `${type} at ${formatLocation({ ...at, file: relative(dir, at.file) })}`
}
