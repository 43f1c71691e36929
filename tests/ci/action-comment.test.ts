import { chmodSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Ended, Project, REPO, start } from '../e2e/cli.ts'

/**
 * A `gh` that keeps the comments of a pull request in a file, one JSON object a line, and fails on what it does not know. It
 * picks what the real one's `--jq` would.
 */
const GH = `#!/usr/bin/env node
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
const args = process.argv.slice(2)
appendFileSync('calls.log', JSON.stringify({ args, token: process.env.GH_TOKEN, host: process.env.GH_HOST }) + '\\n')
const option = (name) => args.includes(name) ? args[args.indexOf(name) + 1] : undefined
const path = args.find((arg) => arg.startsWith('repos/'))
const method = option('--method') ?? 'GET'
const comments = existsSync('comments.json') ? JSON.parse(readFileSync('comments.json', 'utf8')) : []
const field = option('--field') ?? ''
const body = field.startsWith('body=@') ? readFileSync(field.slice(6), 'utf8') : undefined
if (args[0] !== 'api') throw new Error('gh ' + args[0])
if (method === 'GET' && path === 'repos/o/r/issues/12/comments?per_page=100') {
  for (const { id, user, body } of comments)
    if (user.type === 'Bot') console.log(id + ' ' + body.split('\\n')[0].replace(/\\r$/, ''))
} else if (method === 'POST' && path === 'repos/o/r/issues/12/comments') {
  comments.push({ id: 100 + comments.length, user: { type: 'Bot' }, body })
} else if (method === 'PATCH' && path?.startsWith('repos/o/r/issues/comments/')) {
  const found = comments.find(({ id }) => String(id) === path.split('/').at(-1))
  if (found === undefined) throw new Error('HTTP 404')
  found.body = body
} else throw new Error('HTTP 404: ' + method + ' ' + path)
writeFileSync('comments.json', JSON.stringify(comments))
`

interface Comment {
  readonly id: number
  readonly user: { readonly type: string }
  readonly body: string
}

function pullRequest(comments: readonly Comment[] = []): Project {
  const project = new Project({
    'bin/gh': GH,
    'bin/package.json': '{"type":"module"}',
    'comments.json': JSON.stringify(comments),
    'a b/comment.md': '<!-- assay: sentiment -->\n\n## PASS: sentiment\n',
  })
  chmodSync(project.path('bin/gh'), 0o755)
  return project
}

function post(project: Project, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const { PATH = '' } = process.env
  const { ended } = start('bash', [join(REPO, 'action/comment.sh')], {
    cwd: project.dir,
    env: {
      PATH: [project.path('bin'), join(REPO, 'node_modules/.bin'), PATH].join(delimiter),
      ASSAY_COMMENTS: 'a b/comment.md',
      GITHUB_REPOSITORY: 'o/r',
      HEAD_REPOSITORY: 'o/r',
      PULL_REQUEST: '12',
      GH_TOKEN: 'token',
      ...env,
    },
  })
  return ended
}

function commentsOf(project: Project): Comment[] {
  return JSON.parse(project.read('comments.json')) as Comment[]
}

describe('the comment', () => {
  it('is posted once, and replaced from then on', async () => {
    const project = pullRequest()
    expect((await post(project)).code).toBe(0)
    project.write('a b/comment.md', '<!-- assay: sentiment -->\n\n## BLOCK: sentiment\n')
    expect((await post(project)).code).toBe(0)
    expect(commentsOf(project).map(({ body }) => body)).toStrictEqual([
      '<!-- assay: sentiment -->\n\n## BLOCK: sentiment\n',
    ])
  })

  it('is found among others, as GitHub gives it back', async () => {
    const others = [
      { id: 1, user: { type: 'User' }, body: 'Looks good' },
      { id: 2, user: { type: 'Bot' }, body: '<!-- assay: other -->\r\n\r\n## PASS' },
      { id: 3, user: { type: 'Bot' }, body: '<!-- assay: sentiment -->\r\n\r\n## PASS' },
    ]
    const project = pullRequest(others)
    await post(project)
    expect(commentsOf(project).map(({ body }) => body.includes('## PASS: sentiment'))).toStrictEqual([
      false,
      false,
      true,
    ])
  })

  it('is not what somebody else has begun alike', async () => {
    const project = pullRequest([{ id: 1, user: { type: 'User' }, body: '<!-- assay: sentiment -->\nPASS' }])
    await post(project)
    expect(commentsOf(project)).toHaveLength(2)
    expect(commentsOf(project)[0]?.body).toBe('<!-- assay: sentiment -->\nPASS')
  })

  it('is one for each file; one that is not there is passed over', async () => {
    const project = pullRequest()
    project.write('second.md', '<!-- assay: second -->\n')
    const files = 'a b/comment.md\nnone.md\nsecond.md'
    expect((await post(project, { ASSAY_COMMENTS: files })).code).toBe(0)
    expect(commentsOf(project)).toHaveLength(2)
  })

  it.each([
    ['a fork', { HEAD_REPOSITORY: 'someone/r' }],
    ['a fork that was deleted since', { HEAD_REPOSITORY: '' }],
    ['no pull request', { PULL_REQUEST: '' }],
    ['a number that is none', { PULL_REQUEST: '12/../13' }],
  ])('is not posted from %s, and GitHub is not even asked', async (_, env) => {
    const project = pullRequest()
    expect((await post(project, env)).code).toBe(0)
    expect(project.calls).toStrictEqual([])
  })

  it('fails where it may not be posted: its step is one that may', async () => {
    const { code } = await post(pullRequest(), { PULL_REQUEST: '13' })
    expect(code).not.toBe(0)
  })

  it('goes to the server that the job belongs to', async () => {
    const project = pullRequest()
    await post(project, { GITHUB_SERVER_URL: 'https://git.example.com' })
    expect(JSON.parse(project.calls[0] ?? '')).toMatchObject({ host: 'git.example.com' })
  })
})
