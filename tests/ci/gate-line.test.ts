import { describe, expect, it } from 'vitest'
import { gateLines } from '../../scripts/github/gate-line.ts'

const SUITE = `description: x
prompts: ['{{a}}']
assay:
  repeat: 3
  gate:
    ship: [{ prompt: a }]
    metrics:
      - pass
      - accuracy
    floors: { pass: 0.8,
      accuracy: 0.7 }
    mustPass: { tag: critical }
    latency:
      p95Ms: 2500
      ratio: 1.2
    cost: &cost
      usdPerCase: 0.004
`

function lineOf(suite: string, name: string, metric = 'pass'): number {
  return gateLines(suite)({ name, metric })
}

describe('the line of a gate', () => {
  it.each([
    ['no worse: pass', 'pass', '      - pass'],
    ['no worse: accuracy', 'accuracy', '      - accuracy'],
    ['floor: pass', 'pass', '    floors: { pass: 0.8,'],
    ['floor: accuracy', 'accuracy', '      accuracy: 0.7 }'],
    ['must pass: critical', 'pass', '    mustPass: { tag: critical }'],
    ['latency p95', 'latencyMs.p95', '      p95Ms: 2500'],
    ['latency ratio', 'latencyMs', '      ratio: 1.2'],
    ['cost per case', 'costUsd', '      usdPerCase: 0.004'],
  ])('%s of %s is where it is written', (name, metric, line) => {
    expect(SUITE.split('\n')[lineOf(SUITE, name, metric) - 1]).toBe(line)
  })

  it.each([
    ['that has its default', 'broken cases', '  gate:'],
    ['of a metric that is not named', 'no worse: tone', '    metrics:'],
    ['of a name that is not known', 'something new', '  gate:'],
  ])('of one %s is that of what stands around it', (_, name, line) => {
    expect(SUITE.split('\n')[lineOf(SUITE, name, 'tone') - 1]).toBe(line)
  })

  it('is found behind an alias', () => {
    const suite = 'x: &gate\n  floors:\n    pass: 1\nassay:\n  gate: *gate\n'
    expect(lineOf(suite, 'floor: pass')).toBe(3)
  })

  it.each([
    [''],
    ['export default {}'],
    ['prompts: []'],
    ['{"assay": null}'],
    ['a: [b: {'],
    ['- 1\n- 2'],
    ['assay: *missing'],
    ['a: 1\n---\nb: 2'],
  ])('is the first of a suite without one: %j', (suite) => {
    expect(lineOf(suite, 'floor: pass')).toBe(1)
  })

  it('is found in a suite of JSON', () => {
    const suite = JSON.stringify({ assay: { gate: { floors: { pass: 1 } } } }, null, 1)
    expect(suite.split('\n')[lineOf(suite, 'floor: pass') - 1]).toContain('"pass"')
  })
})
