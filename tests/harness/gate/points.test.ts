import { expect, it } from 'vitest'
import {
  inPoints,
  roughPoints,
  atLeastPoints,
  confidence,
  exactPoints,
  points,
  roughInterval,
  signedPoints,
} from '../../../harness/gate/points.ts'

it('a difference has a real minus, and a sign unless it is nothing', () => {
  expect([-0.08, 0.0123, 0, -0, -0.3 + 0.1 + 0.2].map(signedPoints)).toEqual([
    '−8.0',
    '+1.2',
    '0.0',
    '0.0',
    '0.0',
  ])
})

it('a small difference is never shown as none', () => {
  expect([-0.0002, 0.0004].map(signedPoints)).toEqual(['−0.02', '+0.04'])
  expect(points(0.0000001)).toBe('0.0')
})

it('a wide interval is not given more digits than it has', () => {
  expect(roughInterval([-0.1794, 0.017])).toBe('[−18, +2]')
})

it('a drop that can be seen is rounded up, and a round one stays', () => {
  expect([0.1501, 0.15, 0.16, 0.07, 0.0121, 0.012].map(atLeastPoints)).toEqual([
    '16',
    '15',
    '16',
    '7',
    '1.3',
    '1.2',
  ])
})

it('a limit is said as it was written', () => {
  expect([0.05, 0.1, 0.025, 0.07].map(exactPoints)).toEqual(['5', '10', '2.5', '7'])
})

it('the level of an interval goes by alpha', () => {
  expect([0.05, 0.1, 0.0221].map(confidence)).toEqual(['95%', '90%', '97.8%'])
})

it('one point is one point', () => {
  expect([0.011, -0.08, 0.005].map((x) => inPoints(roughPoints(x)))).toEqual([
    '1 point',
    '8 points',
    '0.5 points',
  ])
})
