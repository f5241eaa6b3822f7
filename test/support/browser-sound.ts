import type { Page } from 'playwright-core';

/** What a loudspeaker was heard to say. `held`: how often it was held; `lateMs`: how much was still heard from when it was last held until it was silenced. */
type HeardSound = { samples: Int16Array; rate: number; held: number; silenced: boolean; lateMs: number };

/**
 * Somebody at a page: they speak when they want to, and hear what the loudspeaker says. The page opens the browser's microphone as in life; what it then
 * listens to is played to it by its own clock of sound. A fake microphone goes by the wall's clock, and loses what a busy machine fetches late. In
 * between there is no sound at all, so that ears on a slow machine catch up: nothing here waits for a clock.
 */
export async function personAt(page: Page) {
  await page.addInitScript(installMicrophone);
  return {
    ...(await listenerAt(page)),
    /** Speaks, 16 kHz, and then is silent until `rest`; resolves when it has begun. */
    say: (sound: Int16Array) => page.evaluate(`speak([${sound.join()}])`),
    rest: () => page.evaluate('rest()'),
  };
}

/** Somebody at a page who only hears what its loudspeaker says. */
export async function listenerAt(page: Page) {
  await page.addInitScript(installLoudspeaker);
  return {
    /** All that was heard so far, as samples the loudspeaker played: what was made and then thrown away is not among them. */
    async heard(): Promise<HeardSound> {
      const { samples, ...rest } = (await page.evaluate('heardSound()')) as Omit<HeardSound, 'samples'> & { samples: number[] };
      return { ...rest, samples: Int16Array.from(samples, (x) => x * 32_767) };
    },
  };
}

/** Runs in the page, before its own code. */
function installMicrophone(): void {
  let ear: GainNode | undefined;
  /** What the page listens to is a place where one saying after the other is plugged in. */
  AudioContext.prototype.createMediaStreamSource = function () {
    ear = this.createGain();
    return ear as AudioNode as MediaStreamAudioSourceNode;
  };
  let saying: AudioNode[] = [];
  const rest = () => {
    for (const sound of saying) sound.disconnect();
  };
  const speak = (samples: number[]) => {
    rest();
    const { context } = ear!;
    const buffer = context.createBuffer(1, samples.length, 16_000);
    buffer.copyToChannel(
      Float32Array.from(samples, (x) => x / 32_768),
      0,
    );
    const [said, silence] = [new AudioBufferSourceNode(context, { buffer }), new ConstantSourceNode(context, { offset: 0 })];
    saying = [said, silence];
    for (const sound of saying) sound.connect(ear!);
    said.start();
    silence.start();
  };
  Object.assign(window, { speak, rest });
}

/** Runs in the page, before its own code. */
function installLoudspeaker(): void {
  type Piece = { source: AudioBufferSourceNode; from: number; until: number };
  const pieces: Piece[] = [];
  let [held, heldAt, silencedAt] = [0, 0, 0];
  const { start, stop } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (at = 0) {
    pieces.push({ source: this, from: at, until: at + this.buffer!.duration });
    start.call(this, at);
  };
  AudioBufferSourceNode.prototype.stop = function () {
    silencedAt = this.context.currentTime;
    for (const piece of pieces) if (piece.source === this) piece.until = Math.max(piece.from, Math.min(piece.until, silencedAt));
    stop.call(this);
  };
  const { suspend } = AudioContext.prototype;
  AudioContext.prototype.suspend = function () {
    held++;
    heldAt = this.currentTime;
    return suspend.call(this);
  };
  const heardSound = () => {
    const rate = pieces[0]?.source.buffer?.sampleRate ?? 0;
    const now = pieces[0]?.source.context.currentTime ?? 0;
    const samples = pieces.flatMap(({ source, from, until }) => [
      ...source.buffer!.getChannelData(0).subarray(0, Math.max(0, Math.round((Math.min(until, now) - from) * rate))),
    ]);
    return { samples, rate, held, silenced: silencedAt > 0, lateMs: Math.max(0, silencedAt - heldAt) * 1000 };
  };
  Object.assign(window, { heardSound });
}
