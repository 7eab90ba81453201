/** Rows of cells, read as RFC 4180 says. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cells = text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy);
  let read = 0;
  for (const [whole, quoted, plain, end] of cells) {
    read += whole.length;
    rows.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === "\r\n") rows.push([]);
  }
  if (read !== text.length || rows.pop()!.length) throw new Error(`No CSV from ${read} on.`);
  return rows;
}
