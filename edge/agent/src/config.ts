import { join, resolve } from 'node:path';
import { climate } from '@wayside/packs';
import { id, WaysideError } from '@wayside/protocol';
import { z } from 'zod';

/** Every setting of an edge: its default and its sentence. Parsed once, in `readConfig`. */
export const config = z
  .object({
    data: z.string().default('data/edge').describe('Folder that holds everything this edge remembers'),
    host: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 lets other machines in'),
    port: z.coerce.number().int().min(0).max(65_535).default(8080).describe('HTTP port of the panel and the API'),
    mqttPort: z.coerce.number().int().min(0).max(65_535).default(1883).describe('MQTT port for devices'),
    siteKey: z
      .enum(['here', 'everywhere', 'nowhere'])
      .default('here')
      .describe('From where the site’s own MQTT key is good, which opens everything: this machine, everywhere, nowhere'),
    hubUrl: z.url().optional().describe('Hub to sync with; without it the edge serves alone'),
    enrol: z.string().optional().describe('One-time code from the hub, needed at the first start only'),
    packs: z.string().optional().describe('Folder of packs; the shipped ones when absent'),
    mapping: z
      .string()
      .optional()
      .describe('File (YAML) that says what devices with JSON of their own mean, and what may be done with plants and vehicles'),
    modbus: z.string().optional().describe('File (YAML) that says which registers of which controllers are read, by Modbus/TCP'),
    sparkplugHost: id
      .optional()
      .describe('Name of this edge as a host application of Sparkplug, for nodes that wait for their primary host; not said when absent'),
    brokerUrl: z
      .url({ protocol: /^(mqtts?|wss?)$/ })
      .optional()
      .describe('A broker the site already has, mqtt://host or mqtts://host: its devices are heard and commanded there, too'),
    brokerUsername: z.string().optional().describe('User of this edge at that broker'),
    brokerPassword: z.string().optional().describe('Its password'),
    brokerCa: z
      .string()
      .optional()
      .describe('File (PEM) of the authority that signed that broker’s certificate, where it is none of the known ones'),
    brokerCert: z.string().optional().describe('File (PEM) of this edge’s own certificate, where the broker asks for one'),
    brokerKey: z.string().optional().describe('File (PEM) of its key'),
    brokerTopics: z.string().default('#').describe('What is heard there: topic filters, with commas'),
    vissUrl: z
      .url({ protocol: /^wss?$/ })
      .optional()
      .describe('Server of a vehicle’s signals to read, ws:// or wss:// (VISS version 2; Eclipse Kuksa is one)'),
    vissThing: id.default('vehicle').describe('What that vehicle is called here'),
    vissToken: z.string().optional().describe('Token that server asks for'),
    homeAssistant: z
      .union([z.boolean(), z.stringbool()])
      .default(false)
      .describe('Announce every thing to Home Assistant, at the broker (MQTT discovery)'),
    panel: z
      .string()
      .default(resolve(import.meta.dirname, '../../panel/dist'))
      .describe('Folder of the built panel'),
    pages: z
      .union([z.array(z.string()), z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean))])
      .pipe(z.array(z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin)))
      .default([])
      .describe('Pages of other sites that may hold <wayside-panel>: their addresses, with commas'),
    climate: climate
      .optional()
      .describe('Climate of this site (Köppen main group), where some faults are commoner: tropical, dry, temperate, continental or polar'),
    generator: z.string().optional().describe('Generator to use: a model id, or none for the lite tier; chosen by memory when absent'),
    wyomingPort: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .optional()
      .describe('Port for Home Assistant and its satellites (Wyoming protocol); nobody is let in when absent'),
    wyomingHost: z
      .string()
      .default('127.0.0.1')
      .describe('Address of that port. The protocol knows no passwords: keep it where everybody may talk'),
    wyomingAsr: z.url().optional().describe('Wyoming server that writes down speech, tcp://host:port, instead of a model here'),
    wyomingTts: z.url().optional().describe('Wyoming server that speaks, tcp://host:port, instead of a model here'),
    voice: z
      .string()
      .max(80)
      .optional()
      .describe('Voice to speak with, by its name in “wayside models list”, instead of the one that suits this machine'),
    retentionDays: z.coerce.number().int().min(1).max(3650).default(30).describe('How long telemetry is kept'),
    historyMiB: z.coerce
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .default(4_096)
      .describe('Room for telemetry, MiB; beyond it the oldest goes, and the record says what'),
    unnamedTalk: z
      .enum(['here', 'hub'])
      .default('here')
      .describe(
        'Where the talk of somebody who chose no name goes: nowhere until a person is asked for (here); to the hub (hub), and the panel says so',
      ),
    conversationDays: z.coerce
      .number()
      .int()
      .min(1)
      .max(36_500)
      .default(365)
      .describe('How long what was said is kept; the hub then forgets it, too'),
    caseDays: z.coerce
      .number()
      .int()
      .min(1)
      .max(36_500)
      .default(1_095)
      .describe('How long a conversation in which a technician was asked for is kept after the last word; never while the request is open'),
    damagedDays: z.coerce
      .number()
      .int()
      .min(0)
      .max(3650)
      .default(14)
      .describe('How long a damaged store that was set aside is kept; erasing somebody removes it at once'),
    ballastMiB: z.coerce
      .number()
      .int()
      .min(0)
      .max(1_024)
      .default(32)
      .describe('Room held back for a full disk, MiB, so that what people say can still be kept; 0 holds back none'),
    logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info').describe('How much the log says'),
  })
  .strict();
export type Config = z.infer<typeof config>;

const variableOf = (key: string): string => `WAYSIDE_${key.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()}`;

/** What is secret of these settings: once they are read, no process begun by this one needs it in its environment. */
export const secretVariables = (['enrol', 'brokerPassword', 'vissToken'] satisfies (keyof Config)[]).map(variableOf);

/**
 * Settings from flags first, then `WAYSIDE_*` environment variables (`mqttPort` is `WAYSIDE_MQTT_PORT`), then the file's values, then defaults.
 * @throws WaysideError `invalid` that names the setting
 */
export function readConfig(
  flags: Record<string, unknown>,
  env: Record<string, string | undefined>,
  file: Record<string, unknown> = {},
): Config {
  const merged: Record<string, unknown> = { ...file };
  for (const key of Object.keys(config.shape)) {
    const named = env[variableOf(key)];
    if (named !== undefined && named !== '') merged[key] = named;
    // An empty flag is an unset shell variable, as an empty environment variable is.
    if (flags[key] !== undefined && flags[key] !== '') merged[key] = flags[key];
  }
  if (flags.hubToken !== undefined || file.hubToken !== undefined)
    throw new WaysideError(
      'invalid',
      'An edge shows its hub a key of its own, and no token any more (--hub-token, hubToken). Have an admin make a code (POST /v1/edges/codes at the hub) and start the edge once with --enrol CODE.',
    );
  const parsed = config.safeParse(merged);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const known = `Known settings: ${Object.keys(config.shape).join(', ')}.`;
  if (issue?.code === 'unrecognized_keys') throw new WaysideError('invalid', `There is no setting ${issue.keys.join(', ')}. ${known}`);
  const key = issue?.path.join('.') ?? '';
  throw new WaysideError('invalid', `The setting ${key} cannot be ${JSON.stringify(merged[key])}: ${wanted(issue)}.`);
}

/** What would be right, in words for people: a word where a number belongs is "NaN" to the schema. */
function wanted(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_type' && issue.expected === 'number') return 'it takes a number';
  return issue?.message ?? 'it does not fit';
}

export const storeFile = (c: Config) => join(c.data, 'edge.db');
/** The edge's name and its hub, beside the store. */
export const identityFile = (c: Config) => join(c.data, 'identity.json');
export const ballastFile = (c: Config) => join(c.data, 'ballast');
export const historyFile = (c: Config) => join(c.data, 'history.db');
/** What was made of the packs, so that a start need not. */
export const preparedFile = (c: Config) => join(c.data, 'packs.prepared');
/** The vectors of what people say of signs, so that a start need not embed them again. */
export const vectorsFolder = (c: Config) => join(c.data, 'vectors');
/** A site's own policies, one file a family; they go before those of the packs. */
export const policiesFolder = (c: Pick<Config, 'data'>) => join(c.data, 'policies');
/** Where `wayside pack add` puts packs; they go before those that ship. */
export const installedPacksFolder = (c: Pick<Config, 'data'>) => join(c.data, 'packs');
