import type { Command } from 'commander';

/** Things and their devices: played, let in, tried. */
export function addThings(program: Command): void {
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
    .action(async (scenario, flags) => (await import('../simulate.ts')).simulate(scenario, flags));

  program
    .command('devices [act] [device]')
    .summary('which devices may come in: devices, devices add <thing>, devices remove <thing>, devices open')
    .option('--things <ids>', 'add: the things it speaks for, with commas; the one of its name when absent')
    .option('--tree <topic>', 'add: a topic tree of a foreign gateway, such as zigbee2mqtt')
    .option('--anew', 'add: replace the secret it has')
    .option('--minutes <n>', 'open: for how long', '5')
    .option('--data <folder>', 'data folder of the site that runs here', 'data')
    .action(async (act, device, flags) => (await import('../devices.ts')).devices(act, device, flags));

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
    .action(async (flags) => (await import('../conformance/conformance.ts')).conformance(flags));
}
