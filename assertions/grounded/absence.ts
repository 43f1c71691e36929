/** How a note says that the context does not have what a claim says. */
export function absent(kind: string, text: string): string {
  return `the ${kind} ${text.slice(0, 60)} is not in the context`
}

export function elsewhere(kind: string, text: string): string {
  return `the context has the ${kind} ${text.slice(0, 60)}, but not said of this`
}
