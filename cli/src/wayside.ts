import { WaysideError } from '@wayside/protocol';
import { Command, Option } from 'commander';
import { version } from './version.ts';

/**
 * The one command. Each act lies in a file of its own and is loaded only when it is asked for, so `--help` is quick
 * and a small device never loads what it does not run.
 */
const program = new Command('wayside')
  .description('A support agent that lives beside the machine it supports.')
  .version(version)
  .showHelpAfterError('(wayside --help teaches)')
  .addHelpText(
    'after',
    `
Begin here:
  wayside up                         hub, edge and three simulated things, with links to open
  wayside talk                       the conversation in this terminal
  wayside simulate misfire           make a thing misbehave (wayside simulate --list)
  wayside doctor                     what is missing here, and what to do

Settings come from flags, then WAYSIDE_* environment variables, then wayside.config.json beside where you start, then defaults.`,
  );

const ports = (command: Command) =>
  command
    .option('--data <folder>', 'folder for everything that is remembered')
    .option('--host <address>', 'address to listen on (default 127.0.0.1; 0.0.0.0 lets other machines in)')
    .option('--log-level <level>', 'fatal, error, warn, info, debug, trace or silent')
    .option('--json', 'print one line of JSON when ready, for scripts');

ports(program.command('up'))
  .summary('bring everything up: hub, edge, simulated things')
  .description(
    'Starts a hub, an edge and a simulated car, heat pump and pump, and prints where to look. A part that dies is started again.',
  )
  .option('--edge-port <port>', 'panel and API (default 8080)')
  .option('--hub-port <port>', 'console and API (default 8090)')
  .option('--mqtt-port <port>', 'devices (default 1883)')
  .option('--no-things', 'no simulated things')
  .option('--generator <id>', 'model to write with; none for the lite tier (default: chosen by memory)')
  .action(async (flags) => (await import('./up.ts')).up(flags));

const edge = ports(program.command('edge'))
  .summary('one edge, for a gateway or a vehicle')
  .option('--port <port>', 'panel and API (default 8080)')
  .option('--mqtt-port <port>', 'devices (default 1883)')
  .option('--hub-url <url>', 'hub to sync with')
  .addOption(new Option('--hub-token <token>').hideHelp())
  .option('--enrol <code>', 'one-time code from the hub, traded for a certificate at the first start')
  .option('--packs <folder>', 'folder of packs (default: the shipped ones)')
  .option('--mapping <file>', 'what devices with JSON of their own mean (YAML)')
  .option('--modbus <file>', 'which registers of which controllers are read, by Modbus/TCP (YAML)')
  .option('--broker-url <url>', 'join a broker the site already has, mqtt:// or mqtts://')
  .option('--broker-username <name>', 'its user there (password: WAYSIDE_BROKER_PASSWORD)')
  .option('--broker-ca <file>', 'authority of that broker’s certificate (PEM)')
  .option('--broker-cert <file>', 'certificate of this edge, where the broker asks for one (PEM)')
  .option('--broker-key <file>', 'its key (PEM)')
  .option('--viss-url <url>', 'read a vehicle’s signals from a server of VISS version 2 (Eclipse Kuksa), ws:// or wss://')
  .option('--home-assistant', 'announce every thing to Home Assistant at the broker')
  .option('--wyoming-port <port>', 'let Home Assistant and its satellites talk to it (Wyoming protocol; default: nobody)')
  .option('--wyoming-host <address>', 'address of that port, which knows no passwords (default 127.0.0.1)')
  .option('--wyoming-asr <url>', 'write down speech by another Wyoming server, tcp://host:port')
  .option('--wyoming-tts <url>', 'speak by another Wyoming server, tcp://host:port')
  .option('--generator <id>', 'model to write with; none for the lite tier (default: chosen by memory)')
  .action(async (flags) => (await import('./edge.ts')).edge(flags));

edge
  .command('bundle')
  .summary('a folder to copy to a machine: one edge, without what it cannot use')
  .description(
    'Writes a folder with all that an edge needs beside Node 24: without other platforms and parts for graphics processors, each native tried, with licences, checksums, a bill of materials, a unit for systemd and a container file.',
  )
  .option('--platform <name>', 'linux-x64 or linux-arm64 (default: this machine)')
  .option('--no-ai', 'without natives: lite tier, no local model, no voice but WebAssembly')
  .option('--out <folder>', 'where to (default: a folder named after version and platform)')
  .action(async (_, command) => (await import('./bundle/bundle.ts')).bundle(command.optsWithGlobals()));

const hub = ports(program.command('hub'))
  .summary('one hub, for technicians')
  .option('--port <port>', 'console and API (default 8090)')
  .option('--database <url>', 'PostgreSQL that several hubs share (with a password in it, set WAYSIDE_HUB_DATABASE instead)')
  .action(async (flags) => (await import('./hub.ts')).hub(flags));

hub
  .command('migrate')
  .summary('move a hub from its file to PostgreSQL')
  .description(
    'Copies all that a hub remembers from the file in its data folder into an empty database, in one transaction, and compares both. Stop the hub first; its file stays.',
  )
  .requiredOption('--to <url>', 'the database, such as postgres://user@host/name (password: PGPASSWORD)')
  .action(async (flags, command) => (await import('./hub-migrate.ts')).migrate({ ...command.optsWithGlobals(), ...flags }));

hub
  .command('new-key')
  .summary('replace the key that closes the secrets in a hub’s store')
  .description(
    'Puts a new key into the file secrets-key of the data folder. At the next start all is closed with it, and the old key goes. Hubs that share a database: stop all, copy the file to each, start them.',
  )
  .action(async (_, command) => (await import('./hub-new-key.ts')).newKey(command.optsWithGlobals()));

const release = program.command('release').summary('a new version of the edge: offer it at the hub, take it at an edge');
release
  .command('offer')
  .summary('put a bundle (wayside edge bundle) at the hub, on its machine')
  .argument('<folder>')
  .option('--hub <url>', 'hub (default: the one started here)')
  .option('--token <token>', 'its token (or WAYSIDE_HUB_TOKEN)')
  .option('--data <folder>', 'data folder of the hub or site that runs here', 'data')
  .action(async (folder, flags) => (await import('./release.ts')).offer(folder, flags));
release
  .command('take')
  .summary('have the edge of this machine fetch it as it was signed, and say how to switch, and back')
  .argument('<release>', 'as “offer” named it')
  .option('--edge <url>', 'edge (default: the one started here)')
  .option('--token <token>', 'its token')
  .option('--data <folder>', 'data folder of the edge that runs here', 'data')
  .action(async (name, flags) => (await import('./release.ts')).take(name, flags));

const updates = program.command('updates').summary('what edges are brought, and who signs it: status, init, sign, rotate');
const ofHub = (command: Command) =>
  command
    .option('--hub <url>', 'hub (default: the one started here)')
    .option('--token <token>', 'its token (or WAYSIDE_HUB_TOKEN)')
    .option('--data <folder>', 'data folder of the hub or site that runs here', 'data');
const withKeys = (command: Command) => ofHub(command).requiredOption('--keys <folder...>', 'where the keys lie: root.pem and targets.pem');
ofHub(updates.command('status'))
  .summary('who signs what until when, and what waits to be signed')
  .action(async (flags) => (await import('./updates.ts')).status(flags));
withKeys(updates.command('init'))
  .summary('take the keys away from the hub, into folders of yours; on its machine')
  .option('--threshold <n>', 'so many of the folders must sign the next root', '1')
  .action(async (flags) => (await import('./updates.ts')).init(flags));
withKeys(updates.command('sign'))
  .summary('sign what waits')
  .action(async (flags) => (await import('./updates.ts')).sign(flags));
withKeys(updates.command('rotate'))
  .summary('new keys in place of old ones')
  .requiredOption('--to <folder...>', 'where the new keys lie; made where there are none')
  .option('--threshold <n>', 'so many of the new folders must sign the root after it', '1')
  .option('--online', 'the hub’s own key too; on its machine')
  .action(async (flags) => (await import('./updates.ts')).rotate(flags));

hub
  .command('restored')
  .summary('say that this hub was put back from an old copy')
  .description(
    'The log of a hub that lost its newest part is another than its edges have seen, and they say so for ever. Whoever keeps the keys of its updates can declare what happened: the log begins anew, and what is lost is stated for everybody.',
  )
  .requiredOption('--copied <time>', 'when the copy was made, such as 2026-11-20T02:00Z')
  .requiredOption('--reason <words>', 'what happened')
  .option('--keys <folder...>', 'where the keys lie (default: at the hub, until they were taken away)')
  .option('--hub <url>', 'hub (default: the one started here)')
  .option('--token <token>', 'its token (or WAYSIDE_HUB_TOKEN)')
  .action(async (_, command) => (await import('./hub-restored.ts')).restored(command.optsWithGlobals()));

program
  .command('simulate')
  .summary('make a thing misbehave')
  .argument('[scenario]', 'a scenario by name, or the path of a scenario file')
  .option('--list', 'the scenarios there are')
  .option('--speed <n>', 'times faster than life', '1')
  .option('--thing <id>', 'play it as this thing')
  .option('--repair <thing>', 'mend a simulated thing that runs here, as a hand would')
  .option('--mqtt <url>', 'broker (default: the edge started here, else mqtt://127.0.0.1:1883)')
  .option('--username <name>', 'device user')
  .option('--password <word>', 'device password (or WAYSIDE_MQTT_PASSWORD)')
  .option('--data <folder>', 'data folder of the edge that runs here', 'data')
  .option('--demo', 'the three things of the demo, for ever')
  .action(async (scenario, flags) => (await import('./simulate.ts')).simulate(scenario, flags));

program
  .command('verify')
  .summary('check an exported record, with no server')
  .description('Checks the file of a conversation: whether anything in it was changed, added or taken out since the edge sealed it.')
  .argument('<file>', 'what “export” gave')
  .option('--code <text>', 'the text of the QR code shown at the end of the conversation: the file must be of it')
  .option('--edge-key <key>', 'the edge’s first key, as its panel shows it')
  .option('--hub <vkey>', 'the hub’s key: its receipt must be there')
  .option('--operator <key>', 'who may say that this hub’s log was put back from a copy and begun anew')
  .option('--witnesses <n>', 'so many witnesses must have signed')
  .option('--json', 'the verdict as one line of JSON')
  .action(async (file, flags) => (await import('./verify.ts')).verify(file, flags));

const models = program.command('models').summary('the models of this machine: list, pull, add, remove, doctor');
models
  .command('list')
  .summary('what the catalog knows and what is here')
  .action(async () => (await import('./models.ts')).list());
models
  .command('pull')
  .summary('fetch a model and prove it by its SHA-256')
  .argument('[id...]', 'models of the catalog (default: the one the catalog prefers)')
  .option('--if-missing', 'say nothing when it is already here')
  .action(async (ids, flags) => (await import('./models.ts')).pull(ids, flags));
models
  .command('add')
  .summary('take a GGUF file you have')
  .argument('<file>')
  .option('--id <id>', 'what to call it')
  .action(async (file, flags) => (await import('./models.ts')).add(file, flags));
models
  .command('remove')
  .summary('forget a model')
  .argument('<id>')
  .action(async (id) => (await import('./models.ts')).remove(id));
models
  .command('doctor')
  .summary('check every file and say how to mend it')
  .action(async () => (await import('./models.ts')).doctor());

const pack = program.command('pack').summary('packs: new, check, add, remove');
pack
  .command('new')
  .summary('begin a pack for a family of things, with one fault as an example')
  .argument('<family>', 'such as well-pump')
  .option('--title <words>', 'what one of them is called')
  .option('--measures <list>', 'what it measures', 'temperature °C -10..60, running yes/no')
  .option('--folder <folder>', 'where to (default: a folder named after the family)')
  .action(async (family, flags) => (await import('./pack.ts')).create(family, flags));
pack
  .command('check')
  .summary('validate a pack and run its own tests')
  .argument('<folder...>')
  .action(async (folders) => (await import('./pack.ts')).check(folders));
pack
  .command('add')
  .summary('check a pack and install it at the edge here')
  .argument('<folder>')
  .option('--data <folder>', "the edge's data folder (default data/edge)")
  .action(async (folder, flags) => (await import('./pack.ts')).add(folder, flags));
pack
  .command('remove')
  .summary('take an installed pack out')
  .argument('<family>')
  .option('--data <folder>', "the edge's data folder (default data/edge)")
  .action(async (family, flags) => (await import('./pack.ts')).remove(family, flags));

program
  .command('conformance')
  .summary('try a device program against a real edge')
  .description(
    'Drives a device through connect, describe, telemetry, codes, commands, offline, replay and bad frames, and prints a report.\nHow a program of yours takes part: docs/conformance.md',
  )
  .option('--sdk <name>', 'the device of one of our SDKs: node, python or c')
  .option('--device <command>', 'the command that begins a device of your own')
  .option('--only <parts>', 'some of it: hello,telling,commands,away,leaving')
  .option('--json', 'the report as one line of JSON')
  .action(async (flags) => (await import('./conformance/conformance.ts')).conformance(flags));

program
  .command('policy')
  .summary('when a person takes over: replay another policy')
  .command('replay')
  .summary('what a changed policy.yaml would have done in the conversations there were')
  .argument('<file>', 'a policy.yaml; its folder names the family')
  .option('--family <family>', 'the family it is for')
  .option('--hub <url>', 'hub (default: the one started here)')
  .option('--token <token>', 'its token')
  .option('--data <folder>', 'data folder of the site that runs here', 'data')
  .option('--json', 'one line of JSON instead of tables')
  .action(async (file, flags) => (await import('./policy.ts')).replay(file, flags));

program
  .command('talk')
  .summary('the conversation in this terminal')
  .option('--edge <url>', 'edge (default: the one started here)')
  .option('--token <token>', 'its token')
  .option('--thing <id>', 'what it is about')
  .option('--lang <en|zh>', 'language')
  .option('--data <folder>', 'data folder of the edge that runs here', 'data')
  .option('--wav <file>', 'say what is in this file instead of typing')
  .option('--out <file>', 'with --wav: write the spoken answer to this file')
  .option('--mic [wake]', 'talk by this machine’s microphone and loudspeaker; with “wake”, once its name was said')
  .action(async (flags) => {
    if (flags.wav) return (await import('./talk-wav.ts')).talkWav(flags);
    if (flags.mic) return (await import('./talk-mic.ts')).talkByMicrophone(flags);
    return (await import('./talk.ts')).talk(flags);
  });

program
  .command('link')
  .summary('fresh one-time links to panel and console')
  .option('--data <folder>', 'data folder of the site that runs here', 'data')
  .action(async (flags) => (await import('./link.ts')).link(flags));

program
  .command('devices [act] [device]')
  .summary('which devices may come in: devices, devices add <thing>, devices remove <thing>, devices open')
  .option('--things <ids>', 'add: the things it speaks for, with commas; the one of its name when absent')
  .option('--tree <topic>', 'add: a topic tree of a foreign gateway, such as zigbee2mqtt')
  .option('--anew', 'add: replace the secret it has')
  .option('--minutes <n>', 'open: for how long', '5')
  .option('--data <folder>', 'data folder of the site that runs here', 'data')
  .action(async (act, device, flags) => (await import('./devices.ts')).devices(act, device, flags));

program
  .command('doctor')
  .summary('what is missing here, and what to do')
  .option('--data <folder>', 'data folder', 'data')
  .action(async (flags) => (await import('./doctor.ts')).doctor(flags));

// `wayside … | head`: the reader left, which is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
// A log that nobody reads any longer must not stop what it tells of.
process.stderr.on('error', () => {});

/** Does what the command line asks for. */
export const run = (): Promise<unknown> =>
  program.parseAsync().catch((error) => {
    if (!(error instanceof WaysideError)) throw error;
    // A store opened before the trouble has a thread that would keep this process alive.
    process.stderr.write(`wayside: ${error.message}\n`, () => process.exit(1));
  });
