import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { VoiceEvent } from '@wayside/agent/api-types';
import { WaysideError } from '@wayside/protocol';
import WebSocket from 'ws';
import type { EdgeFlags } from './find-edge.ts';
import { openVoice, troubles } from './open-voice.ts';
import { readWav, wavOf } from './wav.ts';

/** 40 ms at 16 kHz. */
const frame = 640;
const patienceMs = 60_000;
/** So much may come at once, ms; beyond that an edge takes no more than a microphone makes (`edge/agent/src/voice/intake.ts`: 5 s). */
const atOnceMs = 4_500;

/** `wayside talk --wav FILE`: says what is in a file, and writes what is answered; neither waits for a loudspeaker. */
export async function talkWav(flags: EdgeFlags & { thing?: string; wav: string; out?: string }): Promise<void> {
  const sound = await readWav(flags.wav);
  const { socket, session, locale, call } = await openVoice(flags);
  try {
    const answer = await converse(socket, sound);
    if (flags.out && answer.rate > 0) await writeFile(flags.out, wavOf(answer.sound, answer.rate));
    const { turns } = await call<{ turns: { by: string; text: string }[] }>(`/v1/sessions/${session}`);
    for (const { by, text } of turns.slice(-2)) process.stdout.write(`${by === 'operator' ? '> ' : ''}${text}\n`);
    if (flags.out)
      process.stdout.write(
        answer.rate > 0 ? `(spoken in ${flags.out})\n` : `(no voice for ${locale} is here: nothing was written to ${flags.out})\n`,
      );
  } finally {
    socket.close();
  }
}

/** Says all of the sound as one turn, and gathers the sound of the answer. @throws WaysideError `unavailable`, `invalid` when nothing was understood */
function converse(socket: WebSocket, sound: Int16Array): Promise<{ sound: Buffer; rate: number }> {
  return new Promise((done, reject) => {
    const pieces: Buffer[] = [];
    let rate = 0;
    let speaks = false;
    const give = () => done({ sound: Buffer.concat(pieces), rate });
    const fail = (text: string) => reject(new WaysideError('unavailable', text));
    socket.on('error', (cause) => fail(`The edge does not let anybody talk: ${cause.message}.`));
    socket.on('close', () => fail('The edge ended the conversation.'));
    let patience: NodeJS.Timeout | undefined;
    const wait = () => {
      clearTimeout(patience);
      patience = setTimeout(() => fail('The edge has said nothing for a minute.'), patienceMs);
      patience.unref();
    };
    socket.on('message', (data, binary) => {
      wait();
      if (binary) {
        pieces.push(data as Buffer);
        return;
      }
      const event = JSON.parse(String(data)) as VoiceEvent;
      if (event.event === 'ready') ({ speaks } = event);
      else if (event.event === 'listening') void send(socket, sound);
      else if (event.event === 'speaking') ({ rate } = event);
      else if (event.event === 'idle') reject(new WaysideError('invalid', 'Nobody could be heard in this file.'));
      else if (event.event === 'failed') fail(troubles[event.why] ?? event.detail ?? event.why);
      // Where nothing is said aloud the answer is there once it is in the transcript, which is asked for next.
      if (event.event === 'spoken' || (event.event === 'answered' && !speaks)) give();
    });
    socket.once('open', () => {
      socket.send(JSON.stringify({ ask: 'speak', what: 'answers', pace: 'made' }));
      socket.send(JSON.stringify({ ask: 'listen', mode: 'held' }));
    });
  });
}

async function send(socket: WebSocket, sound: Int16Array): Promise<void> {
  const began = performance.now();
  for (let at = 0; at < sound.length && socket.readyState === WebSocket.OPEN; at += frame) {
    const part = sound.subarray(at, at + frame);
    socket.send(Buffer.from(part.buffer, part.byteOffset, part.byteLength));
    const earlyMs = began + (at + frame) / 16 - atOnceMs - performance.now();
    if (earlyMs > 0) await sleep(earlyMs);
  }
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ ask: 'finish' }));
}
