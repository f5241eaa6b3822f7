import { describe, expect, it, vi } from 'vitest';
import type { VoiceEvent } from '../api/types.ts';
import type { Microphone } from './microphone.ts';
import { Talk } from './talk.ts';

/** A socket that a test plays the edge on; `bufferedAmount` is what it says waits in it. */
class Line {
  readyState: number = WebSocket.OPEN;
  bufferedAmount = 0;
  binaryType = '';
  readonly sent: unknown[] = [];
  onmessage: (message: { data: string | ArrayBuffer }) => void = () => {};
  onclose = () => {};
  send = (data: unknown) => this.sent.push(data);
  close = vi.fn(() => {
    this.readyState = WebSocket.CLOSED;
  });
  tell = (event: VoiceEvent) => this.onmessage({ data: JSON.stringify(event) });
  asks = () => this.sent.filter((data) => typeof data === 'string').map((data) => JSON.parse(data));
  frames = () => this.sent.filter((data) => typeof data !== 'string').length;
}

/** A person who tapped the microphone of a panel, and was let in. */
async function talk() {
  const lines: Line[] = [];
  const loudspeaker = {
    wake: vi.fn(),
    play: vi.fn(),
    say: vi.fn((..._: [string, string, () => void]) => true),
    hold: vi.fn(),
    stop: vi.fn(),
    close: vi.fn(),
  };
  const mic = { close: vi.fn(), frame: (_: Int16Array) => {} };
  const it = new Talk({
    session: async () => 's_1',
    socket: () => {
      lines.push(new Line());
      return lines.at(-1) as unknown as WebSocket;
    },
    async microphone(onFrame): Promise<Microphone> {
      mic.frame = onFrame;
      return { level: () => 0, close: mic.close };
    },
    loudspeaker,
  });
  const tap = async () => {
    const begun = lines.length;
    const listening = it.listen('open');
    await vi.waitFor(() => expect(lines.length).toBe(begun + 1), { timeout: 20_000 });
    lines.at(-1)!.tell({ event: 'ready', locale: 'en', hears: true, wakes: true, speaks: true, learns: false });
    await listening;
    lines.at(-1)!.tell({ event: 'listening', mode: 'open' });
  };
  await tap();
  return { talk: it, lines, mic, loudspeaker, tap, view: it.snapshot };
}

describe('a conversation by voice in the browser', () => {
  it('gives a line that stalls up after five seconds of sound, says so, and the next tap opens another', async () => {
    const { lines, mic, tap, view } = await talk();
    const [line] = lines;
    mic.frame(new Int16Array(640));
    expect([line!.frames(), view().state]).toEqual([1, 'listening']);
    line!.bufferedAmount = 160_001;
    mic.frame(new Int16Array(640));
    expect(line!.frames()).toBe(1);
    expect(view()).toMatchObject({ state: 'off', trouble: { why: 'lost' } });
    expect(mic.close).toHaveBeenCalledOnce();
    expect(line!.close).toHaveBeenCalledOnce();
    await tap();
    expect(lines).toHaveLength(2);
    expect(view()).toMatchObject({ state: 'listening', trouble: undefined });
    line!.tell({ event: 'failed', why: 'elsewhere' });
    expect(view().state).toBe('listening');
  });

  it.each(['ears', 'mouth', 'turn', 'flood', 'invalid', 'slow'] as const)(
    'goes on listening after “%s”, and says what it was until somebody speaks',
    async (why) => {
      const { lines, view } = await talk();
      lines[0]!.tell({ event: 'failed', why });
      expect(view()).toMatchObject({ state: 'listening', trouble: { why } });
      lines[0]!.tell({ event: 'speech-started' });
      expect(view()).toMatchObject({ state: 'hearing', trouble: undefined });
    },
  );

  it('shows that the browser’s own voice speaks, and gives the edge silence until it is over', async () => {
    const { talk: it, lines, mic, loudspeaker, view } = await talk();
    it.sayHere('Go gently.', 'en');
    expect(loudspeaker.say).toHaveBeenCalledWith('Go gently.', 'en', expect.any(Function));
    expect(view().state).toBe('speaking');
    mic.frame(Int16Array.of(1, 2, 3));
    loudspeaker.say.mock.lastCall![2]();
    expect(view().state).toBe('listening');
    mic.frame(Int16Array.of(4, 5, 6));
    expect(lines[0]!.sent.slice(-2)).toEqual([new Int16Array(3), Int16Array.of(4, 5, 6)]);
    it.sayHere('', 'en');
    expect(loudspeaker.say).toHaveBeenCalledOnce();
  });

  it.each(['no-recognizer', 'elsewhere'] as const)('ends with “%s” and gives the microphone back', async (why) => {
    const { lines, mic, view } = await talk();
    lines[0]!.tell({ event: 'failed', why });
    expect(view()).toMatchObject({ state: 'off', trouble: { why } });
    expect(mic.close).toHaveBeenCalledOnce();
  });

  it('holds the loudspeaker in the very moment it is told to, goes on, and throws the rest away', async () => {
    const { lines, loudspeaker } = await talk();
    const [line] = lines;
    line!.tell({ event: 'paused', turn: 't1.a' });
    expect(loudspeaker.hold).toHaveBeenLastCalledWith(true);
    line!.tell({ event: 'resumed', turn: 't1.a' });
    expect(loudspeaker.hold).toHaveBeenLastCalledWith(false);
    loudspeaker.stop.mockClear();
    line!.tell({ event: 'interrupted', turn: 't1.a', said: 'Go', unsaid: 'gently.' });
    expect(loudspeaker.stop).toHaveBeenCalledOnce();
  });

  it('ends with what was wrong when the edge goes away', async () => {
    const { lines, view } = await talk();
    lines[0]!.onclose();
    expect(view()).toMatchObject({ state: 'off', trouble: { why: 'lost' } });
  });
});
