import { join } from 'node:path';
import { packsRoot } from '@wayside/packs';
import { WaysideError } from '@wayside/protocol';
import { z } from 'zod';
import { readRoles } from './auth/company.ts';
import { readCustomers } from './queue/customers.ts';
import { readHours } from './queue/desk.ts';

const builtConsole = join(import.meta.dirname, '..', '..', 'console', 'dist');

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Every setting of a hub: its default and its sentence. Parsed once, in `readHubConfig`. */
export const hubConfig = z
  .object({
    data: z.string().min(1).default('data/hub').describe('Folder that holds everything this hub remembers'),
    database: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'it takes an address such as postgres://user:password@host/name')
      .optional()
      .describe(
        'PostgreSQL database that several hubs share, such as postgres://user:password@host/name; without, a file in the data folder',
      ),
    host: z.string().min(1).default('127.0.0.1').describe('Address to listen on; 0.0.0.0 lets other machines in'),
    port: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .default(8090)
      .describe('HTTP port of the console, the API and the edges; 0 takes a free one'),
    edgesPort: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .optional()
      .describe('HTTPS port for edges alone, where they show their certificates; the hub then needs one itself'),
    tlsCert: z.string().min(1).optional().describe('File with the certificate of that port, and what leads to its root, in PEM'),
    tlsKey: z.string().min(1).optional().describe('File with its key, in PEM'),
    publicUrl: z.url().optional().describe('Address people use when a proxy stands in front; with https the session cookie is Secure'),
    consoleDir: z.string().default(builtConsole).describe('Folder of the built console'),
    packsRoot: z.string().default(packsRoot).describe('Folder of packs, whose articles technicians read beside their own'),
    deskHours: z
      .string()
      .max(500)
      .default('')
      .refine((text) => readHours(text) !== undefined, 'it takes hours such as Mon-Fri 08:00-18:00; Sat 09:00-13:00')
      .describe('When technicians are there, such as Mon-Fri 08:00-18:00; Sat 09:00-13:00; empty: at any time'),
    deskZone: z
      .string()
      .default(() => Intl.DateTimeFormat().resolvedOptions().timeZone)
      .refine(isZone, 'it takes a time zone such as Europe/Berlin')
      .describe('The time zone of these hours, such as Europe/Berlin; that of this machine when absent'),
    customers: z
      .string()
      .max(20_000)
      .default('')
      .refine((text) => readCustomers(text) !== undefined, 'it takes customers such as acme: priority 0.9 (contract 2026-114)')
      .describe(
        'What is agreed with customers, by edge or tenant, such as acme: priority 0.9 (contract 2026-114); it orders the queue and routes, never what is safe',
      ),
    copies: z
      .string()
      .min(1)
      .optional()
      .describe('Folder, best on another disk, for whole copies of the store; edges forget what is in one'),
    copyMinutes: z.coerce.number().min(0.01).max(10_080).default(60).describe('How often a copy is made'),
    edgesKeepDays: z.coerce
      .number()
      .min(0)
      .max(365)
      .default(7)
      .describe('Without copies: how long edges keep what they told, so that they can fill this hub again'),
    conversationDays: z.coerce
      .number()
      .int()
      .min(1)
      .max(36_500)
      .default(365)
      .describe('How long what was said is kept here; an edge that keeps it less long has it forgotten here, too'),
    caseDays: z.coerce
      .number()
      .int()
      .min(1)
      .max(36_500)
      .default(1_095)
      .describe('How long a case is kept with all that was said in it, after the last word; never while it is open'),
    assistUrl: z
      .url()
      .optional()
      .describe('Where drafts are written by a server of the chat completions API, such as http://localhost:11434/v1'),
    assistModel: z.string().max(200).default('default').describe('The model it is asked for'),
    assistKey: z.string().max(500).optional().describe('Its key, where it wants one; set it by its environment variable, not by a flag'),
    smtpUrl: z
      .url({ protocol: /^smtps?$/ })
      .optional()
      .describe(
        'Mail server for notices, such as smtps://user:password@mail.example.com; set it by its environment variable, not by a flag',
      ),
    mailFrom: z.string().min(3).max(200).default('wayside@localhost').describe('The address notices come from'),
    pushServices: z
      .string()
      .max(2_000)
      .default('https://fcm.googleapis.com, https://*.push.services.mozilla.com, https://*.notify.windows.com, https://*.push.apple.com')
      .describe('Whose push services may be asked to tell technicians’ browsers of urgent cases; empty: nobody’s'),
    generator: z
      .string()
      .max(120)
      .optional()
      .describe('The local model that drafts replies for technicians; none: only the articles’ own sentences'),
    oidcIssuer: z
      .url()
      .optional()
      .describe('OpenID Connect server of your company, through which technicians sign in, such as https://login.example.com/realms/acme'),
    oidcClient: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('How this hub is called there (client id); its way back is /v1/auth/company/back'),
    oidcSecret: z.string().min(1).max(500).optional().describe('Its secret there; set it by its environment variable, not by a flag'),
    oidcScope: z.string().min(1).max(300).default('openid profile groups').describe('What it is asked to tell'),
    oidcClaim: z.string().min(1).max(200).default('groups').describe('The claim that says which role somebody has'),
    oidcRoles: z
      .string()
      .max(2_000)
      .default('technician=wayside')
      .refine((text) => readRoles(text) !== undefined, 'it takes roles such as admin=ops, technician=support')
      .describe(
        'Which value of the claim is which role, the first that fits, such as admin=ops, technician=support; none that fits is not let in',
      ),
    oidcTenant: z.string().min(1).max(64).default('*').describe('Whose edges they serve; * for all'),
    metricsToken: z
      .string()
      .regex(/^\S{20,500}$/, 'it takes 20 characters or more, without spaces')
      .optional()
      .describe('What a monitor sends as a bearer to read /metrics; set it by its environment variable, not by a flag'),
    logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info').describe('How much the log says'),
  })
  .strict();
export type HubConfig = z.infer<typeof hubConfig>;

/** The environment variable of a setting: `publicUrl` is `WAYSIDE_HUB_PUBLIC_URL`. */
export const variableOf = (key: string): string => `WAYSIDE_HUB_${key.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()}`;

/** What is secret of these settings: once they are read, no process begun by this one needs it in its environment. */
export const secretVariables = (['database', 'assistKey', 'smtpUrl', 'oidcSecret', 'metricsToken'] satisfies (keyof HubConfig)[]).map(
  variableOf,
);

/**
 * Settings from flags first, then `WAYSIDE_HUB_…` environment variables, then the file's values, then defaults.
 * @throws WaysideError `invalid` that names the setting
 */
export function readHubConfig(
  flags: Record<string, unknown>,
  env: Record<string, string | undefined>,
  file: Record<string, unknown> = {},
): HubConfig {
  const merged: Record<string, unknown> = { ...file };
  for (const key of Object.keys(hubConfig.shape)) {
    const named = env[variableOf(key)];
    if (named !== undefined && named !== '') merged[key] = named;
    if (flags[key] !== undefined) merged[key] = flags[key];
  }
  const parsed = hubConfig.safeParse(merged);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const key = issue?.path.join('.') || (issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : '');
  throw new WaysideError(
    'invalid',
    `The hub's setting ${key} is not valid: ${issue?.message}. Known settings: ${Object.keys(hubConfig.shape).join(', ')}.`,
  );
}

export const storeFile = (c: Pick<HubConfig, 'data'>): string => join(c.data, 'hub.db');
export const tokenFile = (c: HubConfig): string => join(c.data, 'hub-token');
/** What closes the secrets in the store, apart from it. */
export const secretsKeyFile = (c: Pick<HubConfig, 'data'>): string => join(c.data, 'secrets-key');
/** The key and certificate with which this hub certifies edges. */
export const edgeKeyFile = (c: HubConfig): string => join(c.data, 'edge-authority.pem');
export const logKeyFile = (c: HubConfig): string => join(c.data, 'log-key');
/** The files of releases, each named by its SHA-256. */
export const releasesFolder = (c: Pick<HubConfig, 'data'>): string => join(c.data, 'releases');
/** The keys with which updates are signed. */
export const updatesFolder = (c: Pick<HubConfig, 'data'>): string => join(c.data, 'updates');
