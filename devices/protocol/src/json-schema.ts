import { z } from 'zod';
import { command, outcome } from './command.ts';
import { dtc } from './dtc.ts';
import { event, presence } from './presence.ts';
import { telemetry } from './sample.ts';
import { description } from './thing.ts';

const wire = { description, telemetry, dtc, presence, event, command, outcome };

/** JSON Schema (2020-12) of every message on the wire, for SDKs in other languages. */
export const jsonSchemas = (): Record<keyof typeof wire, unknown> =>
  Object.fromEntries(Object.entries(wire).map(([name, schema]) => [name, z.toJSONSchema(schema, { io: 'input' })])) as never;
