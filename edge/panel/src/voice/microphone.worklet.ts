import { createResampler, toPcm } from '@wayside/models/resample';

// The scope of an AudioWorklet has no types in TypeScript's library.
declare const sampleRate: number;
declare const registerProcessor: (name: string, made: unknown) => void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

/** 20 ms at 16 kHz: what waits here is not heard, and who speaks over an answer waits for it. */
const frame = 320;

/** Takes what the microphone gives, in the thread that must not wait, and hands on frames of 16 kHz with how loud they are. */
class Microphone extends AudioWorkletProcessor {
  private readonly resample = createResampler(sampleRate, 16_000);
  private waiting = new Float32Array(0);

  process(inputs: Float32Array[][]): boolean {
    const channel = inputs[0]?.[0];
    if (!channel) return true;
    const made = this.resample(channel);
    const whole = new Float32Array(this.waiting.length + made.length);
    whole.set(this.waiting);
    whole.set(made, this.waiting.length);
    let at = 0;
    for (; at + frame <= whole.length; at += frame) this.tell(whole.subarray(at, at + frame));
    this.waiting = whole.slice(at);
    return true;
  }

  private tell(sound: Float32Array): void {
    let power = 0;
    for (const sample of sound) power += sample * sample;
    const pcm = toPcm(sound);
    this.port.postMessage({ pcm, level: Math.sqrt(power / sound.length) }, [pcm.buffer]);
  }
}

registerProcessor('microphone', Microphone);
