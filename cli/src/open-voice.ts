import type { VoiceEvent } from '@wayside/agent/api-types';
import WebSocket from 'ws';
import { type EdgeFlags, findEdge } from './find-edge.ts';

/** Begins a conversation by voice at the edge, and a socket for its sound and its events. @throws WaysideError as {@link findEdge} does */
export async function openVoice(flags: EdgeFlags & { thing?: string }) {
  const { base, headers, locale, call } = await findEdge(flags);
  const { session } = await call<{ session: string }>('/v1/sessions', {
    channel: 'voice',
    locale,
    ...(flags.thing ? { thing: flags.thing } : {}),
  });
  const url = new URL(`/v1/sessions/${session}/voice`, base);
  url.protocol = url.protocol.replace('http', 'ws');
  return { socket: new WebSocket(url, { headers: { authorization: headers.authorization } }), session, locale, call };
}

/** What to tell of what failed, in the terminal. */
export const troubles: Partial<Record<Extract<VoiceEvent, { event: 'failed' }>['why'], string>> = {
  'no-recognizer': 'This edge cannot write down that language: no speech model is here. “wayside models list” shows which fit.',
  ears: 'The ears of the edge broke. Try again.',
  mouth: 'The voice of the edge gave out; the answer is in the conversation.',
};
