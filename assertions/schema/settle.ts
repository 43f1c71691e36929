import type { Path, Problem } from './problem.ts'

type Union = Extract<Problem['fault'], { is: 'union' }>

/**
 * Unions told by what is wrong with the form that the value comes nearest to: the one of its type, whose fixed values it has, with the fewest
 * problems, the first of equals.
 */
export function settled(problems: readonly Problem[]): readonly Problem[] {
  return problems.flatMap(({ path, fault }) =>
    fault.is === 'union' ? nearest(path, fault) : [{ path, fault }],
  )
}

function nearest(path: Path, { forms }: Union): readonly Problem[] {
  // Why a form does not fit is not always told.
  const [first, ...others] = forms.map(settled).filter((form) => form.length > 0)
  if (first === undefined)
    return [{ path, fault: { is: 'rule', says: 'fits none of the forms it may have' } }]
  const merged = mergedTypes(path, [first, ...others]) ?? mergedValues([first, ...others])
  if (merged !== undefined) return [merged]
  let best = first
  for (const form of others) if (farness(path, form) < farness(path, best)) best = form
  return best
}

/** A value of another type is no attempt at the form; one with another fixed value hardly is. */
function farness(path: Path, form: readonly Problem[]): number {
  const isOtherType = form.some(
    (problem) => problem.fault.is === 'type' && problem.path.length === path.length,
  )
  const isOtherKind = form.some(
    (problem) => problem.fault.is === 'values' && problem.path.length <= path.length + 1,
  )
  return form.length + (isOtherType ? 1e9 : 0) + (isOtherKind ? 1e6 : 0)
}

function mergedTypes(path: Path, forms: readonly (readonly Problem[])[]): Problem | undefined {
  const types = forms.map((form) => {
    const found = form.find(({ fault, path: at }) => fault.is === 'type' && at.length === path.length)
    return found?.fault.is === 'type' ? found.fault.types : undefined
  })
  if (!types.every((list) => list !== undefined)) return undefined
  return { path, fault: { is: 'type', types: [...new Set(types.flat())] } }
}

/** Where every form demands a fixed value at one place, as those of a discriminated union do. */
function mergedValues(forms: readonly (readonly Problem[])[]): Problem | undefined {
  const [first = []] = forms
  for (const { path, fault } of first.slice(0, 8)) {
    if (fault.is !== 'values') continue
    const key = path.join('\0')
    const same = forms.map((form) =>
      form.slice(0, 64).find((one) => one.fault.is === 'values' && one.path.join('\0') === key),
    )
    const allowed = same.map((one) => (one?.fault.is === 'values' ? one.fault.allowed : undefined))
    if (allowed.every((list) => list !== undefined))
      return { path, fault: { is: 'values', allowed: [...new Set(allowed.flat())] } }
  }
  return undefined
}
