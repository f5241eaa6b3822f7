/** An entry as the page lists it. */
export type Line = { n: number; at: number; kind: string; text: string | undefined };

/** A page lists so many at most; all are checked. */
const most = 1000;

/** What was recorded, for reading: the words of a turn, of anything else its JSON. Absent when it was erased. */
export async function readLines(file: Blob): Promise<Line[]> {
  const lines: Line[] = [];
  for (const text of (await file.slice(0, 8_000_000).text()).split('\n')) {
    if (!text.startsWith('{"body"') && !text.startsWith('{"entry"')) continue;
    if (lines.length >= most) break;
    try {
      const { entry, body } = JSON.parse(text) as { entry: Line; body?: { text?: unknown; by?: unknown } };
      lines.push({ n: entry.n, at: entry.at, kind: entry.kind, text: body === undefined ? undefined : wordsOf(body) });
    } catch {
      // The check above has said what is wrong with it.
    }
  }
  return lines;
}

function wordsOf(body: { text?: unknown; by?: unknown }): string {
  if (typeof body?.text === 'string') return typeof body.by === 'string' ? `${body.by}: ${body.text}` : body.text;
  return JSON.stringify(body).slice(0, 600);
}
