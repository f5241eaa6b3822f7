import { maxPayload, maxSignalsPerMessage, maxTextValue } from '@wayside/protocol';
import { connectLimits, deviceLimits } from '../../edge/agent/src/link/door-keeper.ts';
import { maxUnanswered } from '../../edge/agent/src/link/guarded-socket.ts';
import { packetLimits } from '../../edge/agent/src/link/packets.ts';
import { maxThings } from '../../edge/agent/src/link/registry.ts';
import { clockLimits, maxSignalsPerThing } from '../../edge/agent/src/telemetry/door.ts';

const number = (value: number) => value.toLocaleString('en');
const kib = (bytes: number) => `${bytes / 1024} KiB`;
const link = 'edge/agent/src/link';

/** A way to misbehave: what the device notices, which words the edge's log has for it and where they stand, and what to do. */
type Limit = { what: string; limit: string; notices: string; says?: string; in?: string; mend: string };

export const limits: Limit[] = [
  {
    what: 'It does not say who it is',
    limit: `${connectLimits.withinMs / 1_000} s`,
    notices: 'the connection is closed',
    mend: 'Send CONNECT first, at once.',
  },
  {
    what: 'Something other than MQTT, or a large first packet',
    limit: `CONNECT of at most ${kib(packetLimits.beforeConnect)}, its client id of ${connectLimits.clientId} bytes`,
    notices: 'the connection is closed',
    says: 'the first packet is not CONNECT',
    in: `${link}/packets.ts`,
    mend: 'Look at the port: 1883 is MQTT, 8080 is HTTP.',
  },
  {
    what: 'A wrong secret, or none',
    limit: '',
    notices: 'CONNACK 5, not authorized',
    says: 'it is not known here, or its secret is not right',
    in: `${link}/door-keeper.ts`,
    mend: '`wayside devices add <thing>`; with `--anew` when the secret is lost.',
  },
  {
    what: 'A client id that is another’s',
    limit: 'one device for an id',
    notices: 'CONNACK 5; the other stays',
    says: 'another device uses this client id',
    in: `${link}/door-keeper.ts`,
    mend: 'Make the client id from the thing’s own id.',
  },
  {
    what: 'It connects again and again',
    limit: `${deviceLimits.connections} connections`,
    notices: 'CONNACK 5; those that are open stay',
    says: 'connections already',
    in: `${link}/door-keeper.ts`,
    mend: 'Close one before opening the next, and wait longer each time.',
  },
  {
    what: 'It speaks for another thing, or on the topic of commands',
    limit: 'its own things',
    notices: 'the connection is closed',
    says: 'may not publish on',
    in: `${link}/broker.ts`,
    mend: 'A box that speaks for several: `wayside devices add <box> --things a,b`.',
  },
  {
    what: 'It listens to more than its own',
    limit: 'its own things',
    notices: 'SUBACK 0x80; it stays connected',
    says: 'subscription refused: it would hear more than its own',
    in: `${link}/broker.ts`,
    mend: 'Subscribe below `wayside/v1/things/<thing>/`.',
  },
  {
    what: 'A packet that is too large',
    limit: kib(maxPayload),
    notices: 'the connection is closed, by the length in its first bytes; our SDKs throw `too-large` before',
    says: 'bytes, the limit is',
    in: `${link}/packets.ts`,
    mend: 'Say less at once. Readings are no place for pictures.',
  },
  {
    what: 'A flood',
    limit: `${number(deviceLimits.perSecond)} messages a second for long, ${number(deviceLimits.burst)} at once`,
    notices: 'the connection is closed; what was not acknowledged is not stored',
    says: 'messages a second',
    in: `${link}/broker.ts`,
    mend: 'Put the readings of a moment in one message (`batch` in our SDKs).',
  },
  {
    what: 'More on the way than is stored',
    limit: `${number(maxUnanswered)} messages`,
    notices: 'its socket is not read until some are stored: it writes more slowly',
    mend: 'Nothing: no message is lost. Bound what waits in the device.',
  },
  {
    what: 'Garbage: no JSON, a number that is none, a wrong shape',
    limit: `${number(maxSignalsPerMessage)} signals in a message, ${maxTextValue} letters in a text`,
    notices: 'it is acknowledged and dropped, since sending it again would not make it better; our SDKs throw `invalid` before',
    says: 'message refused:',
    in: `${link}/devices.ts`,
    mend: 'Read the log: it names the thing and the place. `wayside conformance` finds it before the site does.',
  },
  {
    what: 'It invents signals',
    limit: `${number(maxSignalsPerThing)} of one thing`,
    notices: 'nothing: those it had go on, new ones are passed over',
    mend: 'Give what is counted a name, and put the count in the value.',
  },
  {
    what: 'It invents things',
    limit: `${number(maxThings)} at a site`,
    notices: 'it is acknowledged and dropped',
    says: 'this site already has as many things as it can hold',
    in: `${link}/devices.ts`,
    mend: 'A device with a secret of its own speaks for its own thing alone; the key of the site is for tests.',
  },
  {
    what: 'A wrong clock',
    limit: `${clockLimits.ahead / 60_000} minutes ahead, ${clockLimits.behind / 86_400_000} days behind`,
    notices: 'nothing: the value is kept with the time it came, marked `suspect-time`',
    mend: 'Set the clock (NTP), or leave `at` out: the edge stamps it.',
  },
  {
    what: 'A line that is dead and does not know it',
    limit: 'one and a half times its keep-alive (MQTT 3.1.1 §3.1.2.10)',
    notices: 'the connection is closed, its last will is said: the thing is offline',
    mend: 'Ask for a keep-alive of 30 to 60 s; 0 means never.',
  },
];

const row = ({ what, limit, notices, says, mend }: Limit) => `| ${what} | ${limit} | ${notices} | ${says ? `“${says}”` : ''} | ${mend} |`;

/** The page of what one device may do, written from the constants: `npm run docs:settings` puts it in its place. */
export const limitsPage = (): string => `# What one device may do

<!-- Written by “npm run docs:settings” from test/docs/limits-page.ts and the constants it reads. -->

A device that misbehaves hurts itself and nobody else: its neighbours go on being heard and acknowledged. Every refusal is one line of the edge's log that names the device.

| What it does | Limit | What the device notices | The edge's log says | How to mend it |
| --- | --- | --- | --- | --- |
${limits.map(row).join('\n')}

Tried in \`edge/agent/src/link/door.test.ts\`, \`edge/agent/src/link/link.test.ts\`, \`edge/agent/src/telemetry/door.test.ts\` and \`test/flows/bad-input.test.ts\`, each beside a neighbour that is served or a word that still comes
through; with random bytes by the thousand in \`npm run prove:fuzz\`.
`;
