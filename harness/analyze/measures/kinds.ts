import type { Evidence, EvidenceKind } from '../../model/evidence.ts'
import { answerTally } from './answer.ts'
import { attackTally } from './attack.ts'
import { cachingTally } from './caching.ts'
import { claimsTally } from './claims.ts'
import { depthTally } from './depth.ts'
import { fieldsTally } from './fields.ts'
import { judgementTally } from './judgement.ts'
import { labelTally } from './label.ts'
import type { MeasureTally } from './tally.ts'
import { trajectoryTally } from './trajectory.ts'

type Tallies = { readonly [Kind in EvidenceKind]: () => MeasureTally<Extract<Evidence, { kind: Kind }>> }

/** What makes figures of each kind of evidence. */
const TALLIES: Tallies = {
  answer: answerTally,
  attack: attackTally,
  caching: cachingTally,
  claims: claimsTally,
  depth: depthTally,
  fields: fieldsTally,
  judgement: judgementTally,
  label: labelTally,
  trajectory: trajectoryTally,
}

/** A tally of one kind; undefined for a kind of a later version. */
export function tallyOf(kind: string): MeasureTally | undefined {
  return Object.hasOwn(TALLIES, kind) ? TALLIES[kind as EvidenceKind]() : undefined
}
