import {
  type Claim,
  type Generated,
  type GenerateRequest,
  type Generator,
  readTranslation,
  type TranslateRequest,
  translate,
  translationPrompt,
  type UnavailableReason,
} from '@wayside/models';

export type OpenAiOptions = {
  /** Where `/chat/completions` lies below, such as `http://localhost:11434/v1`. */
  url: string;
  model: string;
  key?: string | undefined;
  now: () => number;
};

const mostBytes = 64 * 1024;
const mostTokens = 500;

const rules = {
  en: `You help a technician answer a person at a machine. Write the answer as JSON lines, one sentence each:
{"text": "...", "cite": "p1"}
Say only what the passages say, with the same numbers, units and codes, and cite the passage of each sentence. At most four sentences. If no passage answers, write nothing.`,
  zh: `你协助技术员回答设备旁的用户。用 JSON 行书写，每行一句：
{"text": "……", "cite": "p1"}
只说资料里有的内容，数字、单位和代码照抄，每句注明出处。最多四句。资料里没有答案就什么也不写。`,
};

/**
 * Any server that speaks the chat completions API (OpenAI's, Ollama, llama.cpp, vLLM) behind the Generator port, streamed. What it writes is a
 * suggestion like any other: see `ground`. Names of people are not in what it is sent.
 */
export function createOpenAiGenerator({ url, model, key, now }: OpenAiOptions): Generator {
  const unavailable = (reason: UnavailableReason): Generated => ({ kind: 'unavailable', reason });

  const complete = (asked: object, signal: AbortSignal) =>
    fetch(new URL('chat/completions', url.endsWith('/') ? url : `${url}/`), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
      body: JSON.stringify({ model, temperature: 0, max_tokens: mostTokens, ...asked }),
      signal,
    });

  async function say(sentence: string, { to, signal: left }: TranslateRequest, deadlineMs: number) {
    const { system, example, user } = translationPrompt(sentence, to);
    const messages = [
      { role: 'system', content: system },
      { role: 'user', content: example.user },
      { role: 'assistant', content: example.draft },
      { role: 'user', content: user },
    ];
    const deadline = AbortSignal.timeout(Math.max(1, deadlineMs));
    try {
      const response = await complete({ stream: true, messages }, left ? AbortSignal.any([deadline, left]) : deadline);
      if (!response.ok || !response.body) return 'crashed';
      let text = '';
      for await (const piece of deltasOf(response.body)) text += piece;
      const read = jsonIn(text, readTranslation);
      return read === undefined ? 'invalid' : { text: read };
    } catch {
      return left?.aborted ? 'aborted' : deadline.aborted ? 'deadline' : 'crashed';
    }
  }

  async function generate(request: GenerateRequest): Promise<Generated> {
    const deadline = AbortSignal.timeout(Math.max(1, request.deadlineMs));
    const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
    const began = now();
    const claims: Claim[] = [];
    let firstTokenMs = 0;
    const take = (line: string) => {
      const claim = claimOf(line);
      if (!claim) return;
      claims.push(claim);
      request.onClaim?.(claim);
    };
    try {
      const response = await complete({ stream: true, messages: messagesOf(request) }, signal);
      if (!response.ok || !response.body) return unavailable('crashed');
      let line = '';
      for await (const text of deltasOf(response.body)) {
        firstTokenMs ||= now() - began;
        line += text;
        const lines = line.split('\n');
        line = lines.pop() as string;
        lines.forEach(take);
      }
      take(line);
    } catch {
      if (request.signal?.aborted) return unavailable('aborted');
      // What was complete at the deadline still counts.
      if (claims.length === 0) return unavailable(deadline.aborted ? 'deadline' : 'crashed');
    }
    const draft = claims.length > 0 ? ({ kind: 'answer', claims } as const) : ({ kind: 'escalate' } as const);
    return { kind: 'draft', draft, tokens: 0, ms: now() - began, firstTokenMs };
  }

  return {
    name: 'openai',
    start: async () => {},
    stop: async () => {},
    generate,
    translate: (request) => translate(request, (sentence, ms) => say(sentence, request, ms), now),
    stats: () => ({ state: 'ready', languages: ['en', 'zh'], model }),
  };
}

function messagesOf({ utterance, locale, offered }: GenerateRequest) {
  const passages = offered.passages.map(({ id, text }) => `[${id}] ${text}`).join('\n');
  return [
    { role: 'system', content: rules[locale] },
    { role: 'user', content: `${passages}\n\n${locale === 'zh' ? '用户说' : 'The person says'}: ${utterance}` },
  ];
}

/** A line of what was written, when it is a whole claim; models like to fence and to number. */
function claimOf(line: string): Claim | undefined {
  return jsonIn(line, (written) => {
    const { text, cite } = written as { text?: unknown; cite?: unknown };
    return typeof text === 'string' && text.trim() !== '' && typeof cite === 'string' ? { text: text.trim(), cite } : undefined;
  });
}

function jsonIn<T>(written: string, read: (json: unknown) => T | undefined): T | undefined {
  const json = /\{.*\}/s.exec(written)?.[0];
  try {
    return json === undefined ? undefined : read(JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** The pieces of text of a streamed answer (server-sent events, HTML Living Standard §9.2), bounded. */
async function* deltasOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let [rest, bytes] = ['', 0];
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error('the answer is too long');
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() as string;
    for (const line of lines) {
      const data = /^data:\s*(.*)$/.exec(line.trimEnd())?.[1];
      if (data === undefined || data === '[DONE]') continue;
      const piece = JSON.parse(data) as { choices?: { delta?: { content?: string | null } }[] };
      const text = piece.choices?.[0]?.delta?.content;
      if (text) yield text;
    }
  }
}
