import type { ClaimsEvidence } from '../../model/evidence.ts'
import type { Measure } from '../../model/measure.ts'
import type { MeasureTally } from './tally.ts'
import { UnitSums } from './unit-sums.ts'

/** Counts kept of each case. */
const CLAIMS = 0
const UNSUPPORTED = 1
const CITATIONS = 2
const SUPPORTING = 3
const INVENTED = 4
const REPLIES = 5
const HALLUCINATING = 6
const WIDTH = 7

/**
 * How much is made up: the share of claims that the context does not support, and of replies that make one such claim or more; of
 * citations, the share that support what they are cited for (citation precision: Gao et al. 2023, arXiv:2305.14627), and that name no
 * document there is. Claims of a case are not independent, which Wilson's intervals go by.
 */
export function claimsTally(): MeasureTally<ClaimsEvidence> {
  const sums = new UnitSums(WIDTH)
  return {
    add({ claims, supported, citations }, { unit }) {
      sums.add(unit, REPLIES, 1)
      sums.add(unit, HALLUCINATING, supported < claims ? 1 : 0)
      sums.add(unit, CLAIMS, claims)
      sums.add(unit, UNSUPPORTED, claims - supported)
      if (citations === undefined) return
      sums.add(unit, CITATIONS, citations.made)
      sums.add(unit, SUPPORTING, citations.support)
      sums.add(unit, INVENTED, citations.made - citations.exist)
    },
    finish: () => ({ measures: measuresOf(sums), tables: [] }),
  }
}

function measuresOf(sums: UnitSums): Measure[] {
  if (sums.size === 0) return []
  const measures: Measure[] = [
    {
      name: 'hallucination_rate',
      label: 'hallucination rate',
      ...sums.rate(UNSUPPORTED, CLAIMS),
      n: { count: sums.total(CLAIMS), of: 'claims' },
      unit: 'share',
      better: 'lower',
    },
    {
      name: 'hallucinating_replies',
      label: 'replies with an unsupported claim',
      ...sums.rate(HALLUCINATING, REPLIES),
      n: { count: sums.total(REPLIES), of: 'replies' },
      unit: 'share',
      better: 'lower',
    },
  ]
  return sums.total(CITATIONS) === 0 ? measures : [...measures, ...citationMeasures(sums)]
}

function citationMeasures(sums: UnitSums): Measure[] {
  const n = { count: sums.total(CITATIONS), of: 'citations' }
  return [
    {
      name: 'citation_precision',
      label: 'citation precision',
      ...sums.rate(SUPPORTING, CITATIONS),
      n,
      unit: 'share',
      better: 'higher',
    },
    {
      name: 'invented_citations',
      label: 'citations of no document',
      ...sums.rate(INVENTED, CITATIONS),
      n,
      unit: 'share',
      better: 'lower',
    },
  ]
}
