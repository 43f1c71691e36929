import { needleDocument } from '../../assertions/position/contexts.ts'
import { NEEDLES } from './needles.ts'

/** Middles of ten equal parts of a context. */
const DEPTHS = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95]
const DOCUMENTS = 50

/** Every needle once in each fifth of the context, in the one tenth of it or in the other. What a prompt shows is made from `needle` and `depth`. */
export default function cases(): unknown[] {
  return NEEDLES.flatMap(({ id, question, answer, wrong }, index) =>
    DEPTHS.filter((_, tenth) => tenth % 2 === index % 2).map((depth) => ({
      description: `${id} at ${Math.round(depth * 100)} %`,
      vars: {
        needle: id,
        depth,
        question,
        answer,
        wrong,
        documents: DOCUMENTS,
        relevant: needleDocument(depth, DOCUMENTS),
      },
      metadata: { id: `${id}@${depth.toFixed(2)}` },
    })),
  )
}
