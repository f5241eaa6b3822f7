import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { wavOf } from './wav.ts';

/** What a loudspeaker was heard to say. `held`: how often it was held; `lateMs`: how much was still heard from when it was last held until it was silenced. */
type HeardSound = { samples: Int16Array; rate: number; held: number; silenced: boolean; lateMs: number };

/**
 * Somebody at a page: they speak when they want to, and hear what the loudspeaker says. The browser's fake microphone plays its file anew whenever one of
 * its devices is opened; so each saying is a file of its own, and the page hears one after the other. In between its microphone gives no sound at all, so
 * that ears on a slow machine catch up: nothing here waits for a clock.
 * @param file the WAV file the browser was launched with
 */
export async function personAt(page: Page, file: string) {
  await page.addInitScript(installSound);
  await writeFile(file, wavOf(new Int16Array(1_600), 16_000));
  return {
    /** Speaks, 16 kHz, and then is silent until `rest`; resolves when the browser plays it into the microphone. */
    async say(sound: Int16Array): Promise<void> {
      await writeFile(file, wavOf(sound, 16_000));
      await page.evaluate('speak()');
    },
    rest: () => page.evaluate('rest()'),
    /** All that was heard so far, as samples the loudspeaker played: what was made and then thrown away is not among them. */
    async heard(): Promise<HeardSound> {
      const { samples, ...rest } = (await page.evaluate('heardSound()')) as Omit<HeardSound, 'samples'> & { samples: number[] };
      return { ...rest, samples: Int16Array.from(samples, (x) => x * 32_767) };
    },
  };
}

/** Runs in the page, before its own code. */
function installSound(): void {
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  let asked: MediaStreamConstraints = {};
  navigator.mediaDevices.getUserMedia = (wanted = {}) => {
    asked = wanted;
    return open(wanted);
  };
  const { createMediaStreamSource } = AudioContext.prototype;
  let ear: GainNode | undefined;
  let saying: MediaStream | undefined;
  /** What the page listens to is a place where one saying after the other is plugged in. */
  AudioContext.prototype.createMediaStreamSource = function () {
    ear = this.createGain();
    return ear as AudioNode as MediaStreamAudioSourceNode;
  };
  let source: AudioNode | undefined;
  const rest = () => {
    source?.disconnect();
    for (const track of saying?.getTracks() ?? []) track.stop();
  };
  let said = 0;
  const speak = async () => {
    const devices = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'audioinput');
    // The first is the one the page opened: its file is over.
    const { deviceId } = devices[1 + (said++ % (devices.length - 1))]!;
    rest();
    saying = await open({ audio: { ...(asked.audio as MediaTrackConstraints), deviceId: { exact: deviceId } } });
    source = createMediaStreamSource.call(ear!.context as AudioContext, saying);
    source.connect(ear!);
  };

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
  Object.assign(window, { speak, rest, heardSound });
}
