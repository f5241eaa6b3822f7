import type { VoiceEvent } from '@wayside/agent/api-types';
import { WaysideError } from '@wayside/protocol';
import WebSocket from 'ws';
import type { EdgeFlags } from './find-edge.ts';
import { openVoice, troubles } from './open-voice.ts';
import { createPlayer, type Recorder, record } from './sound-tools.ts';

/** `wayside talk --mic`: a conversation by this machine's own microphone and loudspeaker, until Ctrl-C. `wake`: it waits for its name. */
export async function talkByMicrophone(flags: EdgeFlags & { thing?: string; mic: string | true }): Promise<void> {
  const mode = flags.mic === 'wake' ? 'wake' : 'open';
  const out = process.stdout;
  let fail = (_: string) => {};
  const player = createPlayer((why) => process.stderr.write(`${why}\n`));
  const { socket } = await openVoice(flags);
  let microphone: Recorder | undefined;
  let rate = 0;
  const ask = (it: object) => socket.send(JSON.stringify(it));
  const listen = () => ask({ ask: 'listen', mode });

  /** Not before somebody listens: nothing is recorded for nobody. */
  function open(): void {
    try {
      microphone ??= record(
        (sound) => socket.readyState === WebSocket.OPEN && socket.send(sound),
        (why) => fail(why),
      );
    } catch (error) {
      fail((error as Error).message);
    }
  }
  function hear(event: VoiceEvent): void {
    if (event.event === 'listening') open();
    if (event.event === 'listening') out.write(event.mode === 'wake' ? '(waiting for the wake word)\n' : '(listening)\n');
    else if (event.event === 'heard') out.write(`> ${event.text}\n`);
    else if (event.event === 'speaking') {
      ({ rate } = event);
      out.write(`${event.text.trim()}\n`);
    } else if (event.event === 'paused' || event.event === 'resumed') player.hold(event.event === 'paused');
    else if (event.event === 'interrupted') player.stop();
    // Nobody spoke for a while: whoever holds a whole machine's microphone goes on listening.
    else if (event.event === 'idle') listen();
    else if (event.event === 'failed' && event.why === 'no-recognizer') fail(troubles[event.why] ?? event.why);
    else if (event.event === 'failed') process.stderr.write(`${troubles[event.why] ?? event.detail ?? event.why}\n`);
  }
  try {
    await new Promise<void>((done, reject) => {
      fail = (why) => reject(new WaysideError('unavailable', why));
      socket.on('error', (cause) => fail(`The edge does not let anybody talk: ${cause.message}.`));
      socket.on('close', () => fail('The edge ended the conversation.'));
      socket.on('message', (data, binary) => (binary ? player.play(data as Buffer, rate) : hear(JSON.parse(String(data)) as VoiceEvent)));
      socket.once('open', listen);
      process.once('SIGINT', done);
    });
  } finally {
    microphone?.stop();
    player.stop();
    socket.close();
  }
}
