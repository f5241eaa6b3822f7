import { getLlama, LlamaChatSession } from 'node-llama-cpp';
import { buildPrompt } from '../src/language/prompt.ts';
import { readItems } from './groundedness.ts';

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/**
 * `node-llama-cpp` by itself on the same prompts: this process, no grammar, no deadline, nothing read of what it
 * writes. What our generator is slower than this is what its own process and its grammar cost.
 */
export async function measureBareLoop(
  modelPath: string,
  threads: number,
): Promise<{ bareTokensPerSecond: number; bareFirstTokenMs: number }> {
  const llama = await getLlama({ gpu: false, build: 'never', progressLogs: false, skipDownload: true, maxThreads: threads });
  const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
  const context = await model.createContext({ contextSize: 4096, threads, batchSize: 256 });
  const session = new LlamaChatSession({ contextSequence: context.getSequence() });
  const [rates, firsts]: [number[], number[]] = [[], []];
  for (const [index, one] of readItems('en').slice(0, 9).entries()) {
    const prompt = buildPrompt({
      utterance: one.say,
      locale: 'en',
      offered: { ...one.offered, passages: one.offered.passages.slice(0, 2) },
    });
    session.setChatHistory([
      { type: 'system', text: prompt.system },
      { type: 'user', text: prompt.example.user },
      { type: 'model', response: [prompt.example.draft] },
    ]);
    let [tokens, first] = [0, 0];
    const began = performance.now();
    await session.prompt(prompt.user, {
      maxTokens: 64,
      temperature: 0,
      onResponseChunk: (chunk) => {
        first ||= performance.now() - began;
        tokens += chunk.tokens.length;
      },
    });
    // The first prompt pays for the system text, as in the other measurement.
    if (index === 0) continue;
    firsts.push(first);
    if (tokens > 20) rates.push((1000 * tokens) / (performance.now() - began - first));
  }
  await llama.dispose();
  return { bareTokensPerSecond: Math.round(median(rates)), bareFirstTokenMs: Math.round(median(firsts)) };
}
