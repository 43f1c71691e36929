import { isTooDeep } from '../shared/json-depth.ts'
import { readJson } from '../shared/json-read.ts'
import type { CallShape, Fields, ResultShape } from './shapes.ts'
import { fields, readCall, readResult, readToolMessage } from './shapes.ts'
import type { Step, StepResult, Trajectory } from './step.ts'

/** Transcripts are nested a few levels; whatever lies deeper is data of a tool. */
const MOST_NESTED = 12

/** Under these a reply, or a log of one, keeps messages, calls or blocks. */
const LISTS = [
  'trajectory',
  'steps',
  'messages',
  'contents',
  'choices',
  'candidates',
  'message',
  'output',
  'content',
  'parts',
  'tool_calls',
  'toolCalls',
  'function_call',
  'toolResults',
]

/** What a model thinks is not what it answers. */
const THOUGHTS: ReadonlySet<unknown> = new Set(['reasoning', 'thinking'])

/**
 * The calls in a reply, a transcript of messages or a log of steps, with their results where it has them. Never throws: what has no shape
 * of a call is none.
 */
export function readTrajectory(value: unknown): Trajectory {
  const reader = new Reader()
  if (typeof value === 'string') reader.readReply(value)
  else reader.read(value, 0)
  return { steps: reader.steps, final: reader.final }
}

class Reader {
  readonly steps: (Omit<Step, 'result'> & { result?: StepResult })[] = []
  readonly #byId = new Map<string, number>()
  #turn = 0
  /** The first step of the message that is read: some protocols tell its calls twice. */
  #ofMessage = 0
  #firstOpen = 0
  /** What the agent said since its last call: what it says before one is no answer. */
  #said: string[] = []
  #isAgent = true

  get final(): string {
    return this.#said.join('\n').trim()
  }

  /** A reply in text: JSON, or paragraphs, fences or lines of which some are JSON, as providers write calls beside words. */
  readReply(reply: string): void {
    if (this.#readsAsCalls(reply)) return
    for (const paragraph of reply.split(/\n\s*\n|^```\w*[ \t]*$/m)) {
      if (this.#readsAsCalls(paragraph)) continue
      const lines = paragraph.trim().split('\n')
      for (const line of lines) if (lines.length === 1 || !this.#readsAsCalls(line)) this.#said.push(line)
    }
  }

  read(value: unknown, depth: number): void {
    if (depth > MOST_NESTED) return
    if (Array.isArray(value)) {
      for (const item of value as readonly unknown[]) this.read(item, depth + 1)
      return
    }
    const object = fields(value)
    if (object === undefined) {
      if (typeof value === 'string' && depth > 0) this.#say(value)
    } else if (typeof object['role'] === 'string') this.#readTurn(object['role'], object, depth)
    else this.#readBlock(object, depth)
  }

  /** False for JSON that holds neither call nor message: an answer that happens to be JSON. */
  #readsAsCalls(text: string): boolean {
    const read = isLikeJson(text) ? readJson(text) : undefined
    if (read === undefined || !('value' in read)) return false
    const [steps, said] = [this.steps.length, this.#said]
    const words = said.length
    this.read(read.value, 0)
    return this.steps.length > steps || this.#said !== said || said.length > words
  }

  #readTurn(role: string, message: Fields, depth: number): void {
    const { content } = message
    const inParts = Array.isArray(content) && content.some(isResult)
    if ((role === 'tool' || role === 'function') && !inParts) return this.#answer(readToolMessage(message))
    // Users and systems say things too, and results stand among them in some protocols.
    const before = this.#isAgent
    this.#isAgent = role === 'assistant' || role === 'model' || role === 'ai'
    if (this.#isAgent) {
      this.#said = []
      this.#nextTurn()
    }
    this.#readLists(message, depth)
    this.#isAgent = before
  }

  #readBlock(block: Fields, depth: number): void {
    const result = readResult(block)
    if (result !== undefined) return this.#answer(result)
    const call = readCall(block)
    if (call !== undefined) return this.#add(call)
    const { text, type, thought, content } = block
    if (thought === true || THOUGHTS.has(type)) return
    // A step of the AI SDK has its text in its content too.
    if (typeof text === 'string' && !Array.isArray(content)) this.#say(text)
    this.#readLists(block, depth)
  }

  #readLists(object: Fields, depth: number): void {
    const before = this.#ofMessage
    this.#ofMessage = this.steps.length
    // What the AI SDK gives at the end tells all steps, and the last of them once more.
    const lists = Array.isArray(object['steps']) ? ['steps'] : LISTS
    for (const key of lists) if (object[key] !== undefined) this.read(object[key], depth + 1)
    this.#ofMessage = before
  }

  #nextTurn(): void {
    if (this.steps.at(-1)?.turn === this.#turn) this.#turn++
  }

  #say(text: string): void {
    if (this.#isAgent) this.#said.push(text)
  }

  #add({ tool, args, id, result, state, isLogged }: CallShape): void {
    if (id !== undefined && (this.#byId.get(id) ?? -1) >= this.#ofMessage) return
    this.#said = []
    if (id !== undefined) this.#byId.set(id, this.steps.length)
    if (isLogged === true) this.#nextTurn()
    this.steps.push({ tool, ...readArguments(args), turn: this.#turn, ...(state !== undefined && { state }) })
    if (result !== undefined) this.#answerStep(this.steps.at(-1), result)
  }

  /** By its id, else the first unanswered call of the tool it names, else the first unanswered one. */
  #answer(result: ResultShape): void {
    const { id, tool } = result
    if (id !== undefined) return this.#answerStep(this.steps[this.#byId.get(id) ?? -1], result)
    while (this.steps[this.#firstOpen]?.result !== undefined) this.#firstOpen++
    const isOpen = (step: Step): boolean =>
      step.result === undefined && (tool === undefined || step.tool === tool)
    const at = this.steps.findIndex((step, index) => index >= this.#firstOpen && isOpen(step))
    this.#answerStep(this.steps[at], result)
  }

  #answerStep(step: Reader['steps'][number] | undefined, { value, isError }: ResultShape): void {
    if (step === undefined || step.result !== undefined) return
    step.result = { value, isError }
    this.#turn = Math.max(this.#turn, step.turn + 1)
  }
}

/** Looked at from both ends: a reply may have more paragraphs that begin with a brace than there is time to parse. */
function isLikeJson(text: string): boolean {
  const body = text.trim()
  return /^[[{]/.test(body) && /[\]}]$/.test(body)
}

function isResult(part: unknown): boolean {
  const object = fields(part)
  return object !== undefined && readResult(object) !== undefined
}

function readArguments(args: unknown): Pick<Step, 'args' | 'fault'> {
  if (args === undefined || args === null) return { args: {} }
  if (typeof args === 'string') {
    if (args.trim() === '') return { args: {} }
    const read = readJson(args)
    return 'value' in read ? { args: read.value } : { args: undefined, fault: read.fault.says }
  }
  return isTooDeep(args) ? { args: undefined, fault: 'they are nested too deep' } : { args }
}
