import {
  readBundle,
  readCanonical,
  readCheckpoint,
  readNote,
  readTilePath,
  readVkey,
  signNote,
  writeBundle,
  writeCheckpoint,
  writeNote,
} from '@wayside/record';
import { nodePrimitives, signerFrom } from '@wayside/record/node';
import { text } from './read.ts';
import type { Target } from './targets.ts';

const checkpoint = writeCheckpoint({ origin: 'hub.example/log', size: 5, root: new Uint8Array(32) });
const signer = signerFrom(new Uint8Array(32).fill(3));
const note = writeNote({
  text: checkpoint,
  signatures: [signNote(nodePrimitives, checkpoint, 'hub.example', signer), signNote(nodePrimitives, checkpoint, 'edge', signer, 7)],
});

/** What a log tells its witnesses, and what an edge or a hub hands on of it. */
export function logTargets(): Target[] {
  return [
    {
      name: 'signed notes and checkpoints',
      costs: 4,
      share: 3,
      examples: text(note, checkpoint),
      eat(bytes) {
        const said = bytes.toString('utf8');
        const read = readNote(said);
        const of = readCheckpoint(read?.text ?? said);
        return `${read?.signatures.length} ${of && of.size > 2 ** 32}`;
      },
    },
    {
      name: 'keys, paths and tiles of a log',
      costs: 3,
      share: 3,
      examples: [
        ...text('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'tile/1/x001/234.p/7', 'tile/entries/003'),
        Buffer.from(writeBundle([new Uint8Array(3), new Uint8Array(40)])),
      ],
      eat(bytes) {
        const said = bytes.toString('utf8');
        return `${readTilePath(said) !== undefined} ${readVkey(nodePrimitives, said) !== undefined} ${Math.min(9, readBundle(bytes)?.length ?? -1)}`;
      },
    },
    {
      name: 'canonical JSON',
      costs: 4,
      share: 3,
      examples: text('{"a":1,"b":[true,null,"ä"],"c":{"d":-5e-8}}', '"€"'),
      eat: (bytes) => typeof readCanonical(bytes.toString('utf8'))?.value,
    },
  ];
}
