import { describe, expect, it } from 'vitest'
import { reply } from '../../../providers/simulated/answer/reply.ts'
import { PROFILES } from '../../../providers/simulated/profile.ts'
import { readPrompt } from '../../../providers/simulated/prompt/read-prompt.ts'
import { seeded } from '../../../providers/simulated/random.ts'

const DEFINED = {
  north: '- north: boats, harbours, fishing nets and tides\n- south: mountains, snow, skis and ropes',
  south: '- north: mountains, snow, skis and ropes\n- south: boats, harbours, fishing nets and tides',
}

function answer(definitions: string): unknown {
  const prompt = `Classify the note by office.\n\n${definitions}\n\nNote: The fishing nets lie in the harbour beside the boats.\nOffice:`
  const setting = { profile: PROFILES.sonnet, temperature: 0, tools: [], random: seeded(1) }
  return reply(readPrompt(prompt), setting)
}

describe('labels that two prompts define otherwise', () => {
  it('are answered by the definitions of the prompt that asks, whatever was asked before it', () => {
    expect(answer(DEFINED.north)).toContain('north')
    expect(answer(DEFINED.south)).toContain('south')
    expect(answer(DEFINED.north)).toContain('north')
  })
})
