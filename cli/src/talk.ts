import { createInterface } from 'node:readline/promises';
import type { TurnAnswered } from '@wayside/agent/api-types';
import { type EdgeFlags, findEdge } from './find-edge.ts';

/** `wayside talk`: the same conversation as on the panel, in a terminal. A technician's reply appears as it comes. */
export async function talk(flags: EdgeFlags & { thing?: string }): Promise<void> {
  const { base, headers, locale, call } = await findEdge(flags);
  const { session } = await call<{ session: string }>('/v1/sessions', {
    channel: 'cli',
    locale,
    ...(flags.thing ? { thing: flags.thing } : {}),
  });
  const out = process.stdout;
  const stopListening = new AbortController();
  void listen(new URL(`/v1/sessions/${session}/events`, base), headers, stopListening.signal, (name, text) =>
    out.write(`\n${name}: ${text}\n> `),
  );

  out.write(
    `${locale === 'zh' ? '有什么可以帮您？输入 /person 转人工，/quit 退出。' : 'How can I help? /person brings a person, /quit ends.'}\n`,
  );
  // Somebody may be in the middle of a repair: then the agent begins by saying where.
  const { turns } = await call<{ turns: { by: string; text: string }[] }>(`/v1/sessions/${session}`);
  for (const turn of turns) if (turn.by === 'agent') out.write(`${turn.text}\n`);
  const lines = createInterface({ input: process.stdin, output: out, prompt: '> ' });
  // Piped input ends before the last answer is there; then there is nobody left to prompt.
  let open = true;
  lines.once('close', () => {
    open = false;
  });
  lines.prompt();
  for await (const line of lines) {
    const text = line.trim();
    if (text === '/quit') break;
    if (text === '/person') {
      const { state } = await call<{ state: string }>(`/v1/sessions/${session}/handoff`, {});
      out.write(`(${state})\n`);
    } else if (text) show(await call<TurnAnswered>(`/v1/sessions/${session}/turns`, { text }), out);
    if (open) lines.prompt();
  }
  lines.close();
  stopListening.abort();
}

function show({ answer, handoff }: TurnAnswered, out: NodeJS.WriteStream): void {
  out.write(`\n${answer.text}\n`);
  if (answer.question) out.write(`  ${answer.question.options.map((o) => `[${o.label}]`).join(' ')}\n`);
  if (answer.step?.safety) out.write(`  ! ${answer.step.safety}\n`);
  const cited = answer.citations.map((c) => `${c.kind} ${c.ref}`);
  out.write(`  (${answer.rung}${cited.length > 0 ? `; ${cited.join(', ')}` : ''}${handoff ? `; handoff ${handoff.state}` : ''})\n\n`);
}

/** Prints what technicians write into this session and what the agent says unasked: what came of a command, whether a repair worked. The stream ends with the conversation; a broken one only means no live replies. */
async function listen(
  url: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
  tell: (name: string, text: string) => void,
): Promise<void> {
  const response = await fetch(url, { headers, signal }).catch(() => undefined);
  if (!response?.body) return;
  let buffer = '';
  try {
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      buffer += chunk;
      for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n')) {
        const data = /^data: ?(.*)$/m.exec(buffer.slice(0, end))?.[1];
        const event = /^event: ?(.*)$/m.exec(buffer.slice(0, end))?.[1];
        buffer = buffer.slice(end + 2);
        const turn = event === 'turn' && data ? (JSON.parse(data) as { id: string; by: string; name?: string; text: string }) : undefined;
        if (turn?.by === 'technician') tell(turn.name ?? 'technician', turn.text);
        // An answer to what was said here comes back by itself; only what the agent says unasked is news.
        if (turn?.by === 'agent' && !turn.id.endsWith('.a')) tell('Wayside', turn.text);
      }
    }
  } catch (error) {
    if (!signal.aborted) process.stderr.write(`(live replies stopped: ${(error as Error).message})\n`);
  }
}
