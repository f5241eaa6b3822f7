import { describe, expect, it } from 'vitest';
import { createEventReader, encodeEvent, soundEvents, soundOf } from './wyoming-frame.ts';

describe('Wyoming events', () => {
  const events = [
    { type: 'describe', data: {} },
    { type: 'transcript', data: { text: '故障灯亮了\nline' } },
    { type: 'audio-chunk', data: { rate: 16_000, width: 2, channels: 1 }, payload: Buffer.from([1, 2, 10, 13]) },
  ];
  const wire = Buffer.concat(events.map(encodeEvent));

  it('are read however the stream is cut', () => {
    for (const size of [1, 3, 7, 64, wire.length]) {
      const read = createEventReader();
      const came = [];
      for (let at = 0; at < wire.length; at += size) came.push(...read(wire.subarray(at, at + size)));
      expect(came).toEqual(events);
    }
  });

  it('may carry their data in the header, as older programs write them', () => {
    expect(createEventReader()(Buffer.from('{"type":"transcribe","data":{"language":"en"}}\n'))).toEqual([
      { type: 'transcribe', data: { language: 'en' } },
    ]);
  });

  it.each([
    'nothing\n',
    '[]\n',
    '{"data":{}}\n',
    '{"type":"x","data_length":-1}\n',
    '{"type":"x","payload_length":1e9}\n',
    'y'.repeat(20_000),
  ])('that are none are refused: %s', (bytes) => expect(() => createEventReader()(Buffer.from(bytes))).toThrow('not the Wyoming protocol'));

  it('carry sound there and back, and fold channels into one', () => {
    const sound = Int16Array.from({ length: 5_000 }, (_, i) => i - 2_500);
    const { chunks } = soundEvents(sound, 22_050);
    expect(chunks.flatMap((chunk) => [...soundOf(chunk)!.samples])).toEqual([...sound]);
    const stereo = Buffer.from(Int16Array.of(100, 300, -100, -300).buffer);
    expect(soundOf({ type: 'audio-chunk', data: { rate: 48_000, width: 2, channels: 2 }, payload: stereo })).toEqual({
      samples: Int16Array.of(200, -200),
      rate: 48_000,
    });
    expect(soundOf({ type: 'audio-chunk', data: { width: 4 }, payload: stereo })).toBeUndefined();
  });
});
