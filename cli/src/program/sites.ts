import { type Command, Option } from 'commander';

const ports = (command: Command) =>
  command
    .option('--data <folder>', 'folder for everything that is remembered')
    .option('--host <address>', 'address to listen on (default 127.0.0.1; 0.0.0.0 lets other machines in)')
    .option('--log-level <level>', 'fatal, error, warn, info, debug, trace or silent')
    .option('--json', 'print one line of JSON when ready, for scripts');

/** Hub, edge and things on one machine: brought up, looked after, entered. */
export function addSite(program: Command): void {
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
    .action(async (flags) => (await import('../up.ts')).up(flags));

  program
    .command('link')
    .summary('fresh one-time links to panel and console')
    .option('--data <folder>', 'data folder of the site that runs here', 'data')
    .action(async (flags) => (await import('../link.ts')).link(flags));

  program
    .command('doctor')
    .summary('what is missing here, and what to do')
    .option('--data <folder>', 'data folder', 'data')
    .action(async (flags) => (await import('../doctor.ts')).doctor(flags));
}

/** An edge alone, and as a folder to copy. */
export function addEdge(program: Command): void {
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
    .action(async (flags) => (await import('../edge.ts')).edge(flags));

  edge
    .command('bundle')
    .summary('a folder to copy to a machine: one edge, without what it cannot use')
    .description(
      'Writes a folder with all that an edge needs beside Node 24: without other platforms and parts for graphics processors, each native tried, with licences, checksums, a bill of materials, a unit for systemd and a container file.',
    )
    .option('--platform <name>', 'linux-x64 or linux-arm64 (default: this machine)')
    .option('--no-ai', 'without natives: lite tier, no local model, no voice but WebAssembly')
    .option('--out <folder>', 'where to (default: a folder named after version and platform)')
    .action(async (_, command) => (await import('../bundle/bundle.ts')).bundle(command.optsWithGlobals()));
}

/** A hub alone, and what is done to one as a whole. */
export function addHub(program: Command): void {
  const hub = ports(program.command('hub'))
    .summary('one hub, for technicians')
    .option('--port <port>', 'console and API (default 8090)')
    .option('--database <url>', 'PostgreSQL that several hubs share (with a password in it, set WAYSIDE_HUB_DATABASE instead)')
    .action(async (flags) => (await import('../hub.ts')).hub(flags));

  hub
    .command('migrate')
    .summary('move a hub from its file to PostgreSQL')
    .description(
      'Copies all that a hub remembers from the file in its data folder into an empty database, in one transaction, and compares both. Stop the hub first; its file stays.',
    )
    .requiredOption('--to <url>', 'the database, such as postgres://user@host/name (password: PGPASSWORD)')
    .action(async (flags, command) => (await import('../hub-migrate.ts')).migrate({ ...command.optsWithGlobals(), ...flags }));

  hub
    .command('new-key')
    .summary('replace the key that closes the secrets in a hub’s store')
    .description(
      'Puts a new key into the file secrets-key of the data folder. At the next start all is closed with it, and the old key goes. Hubs that share a database: stop all, copy the file to each, start them.',
    )
    .action(async (_, command) => (await import('../hub-new-key.ts')).newKey(command.optsWithGlobals()));

  addRestored(hub);
}

/** What happened to a hub's log, said by one who has all keys, or signed by one after the other. */
function addRestored(hub: Command): void {
  const load = () => import('../hub-restored.ts');
  const restored = hub
    .command('restored')
    .summary('say that this hub was put back from an old copy; holders sign together or alone: draft, sign, join')
    .description(
      'The log of a hub that lost its newest part is another than its edges have seen, and they say so for ever. Whoever keeps the keys of its updates can declare what happened: the log begins anew, and what is lost is stated for everybody.',
    )
    .option('--copied <time>', 'when the copy was made, such as 2026-11-20T02:00Z')
    .option('--reason <words>', 'what happened')
    .option('--keys <folder...>', 'where the keys lie (default: at the hub, until they were taken away)')
    .option('--hub <url>', 'hub (default: the one started here)')
    .option('--token <token>', 'its token (or WAYSIDE_HUB_TOKEN)')
    .action(async (_, command) => (await load()).restored(command.optsWithGlobals()));
  restored
    .command('draft')
    .summary('what is to be declared, for its holders to sign one by one, each where they are')
    .argument('<file>', 'where it is written')
    .action(async (file, _, command) => (await load()).draftRestored(file, command.optsWithGlobals()));
  restored
    .command('sign')
    .summary('sign a draft; no hub is asked')
    .argument('<file>')
    .action(async (file, _, command) => (await load()).signRestored(file, command.optsWithGlobals()));
  restored
    .command('join')
    .summary('put together what was signed of one draft, and declare it at the hub')
    .argument('<file...>', 'the draft and its copies')
    .action(async (files, _, command) => (await load()).joinRestored(files, command.optsWithGlobals()));
}
