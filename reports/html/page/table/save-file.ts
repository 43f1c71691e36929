/** Has the browser save a text. @param type `text/csv` */
export function saveFile(text: string, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  // Read by then: a browser takes the blob when the download starts.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
