/**
 * Hears on the edge's event stream which things have a fault that they had not a moment ago.
 * @returns a function that stops listening
 */
export async function listenForFaults({ url, token }: { url: string; token: string }, tell: (thing: string) => void): Promise<() => void> {
  const stop = new AbortController();
  const response = await fetch(`${url}/v1/events?only=faults`, { headers: { authorization: `Bearer ${token}` }, signal: stop.signal });
  if (!response.body) throw new Error(`The edge's events cannot be heard: ${response.status}`);
  void follow(response.body, tell).catch(() => {});
  return () => stop.abort();
}

async function follow(body: ReadableStream<Uint8Array>, tell: (thing: string) => void): Promise<void> {
  let before = new Set<string>();
  let text = '';
  const decoder = new TextDecoder();
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true });
    const events = text.split('\n\n');
    text = events.pop()!;
    for (const event of events) {
      if (!/^event: ?faults$/m.test(event)) continue;
      const data = /^data: ?(.*)$/m.exec(event)?.[1] ?? '[]';
      const now = new Set((JSON.parse(data) as { thing: string }[]).map((fault) => fault.thing));
      for (const thing of now) if (!before.has(thing)) tell(thing);
      before = now;
    }
  }
}
