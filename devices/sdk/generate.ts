/**
 * Writes the constants of the SDKs in other languages from the wire's JSON Schemas. `npm run generate -w devices/sdk`; with `--check` it changes
 * nothing and fails when a file is not what the schemas say.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { channels, dtcState, jsonSchemas, maxPayload, maxSignalsPerMessage, outcome, presence, risk, topicOf } from '@wayside/protocol';

type Schema = {
  pattern?: string;
  enum?: string[];
  maxLength?: number;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  propertyNames?: Schema;
  additionalProperties?: Schema;
};

const schemas = jsonSchemas() as Record<string, Schema>;
const at = (schema: Schema | undefined, ...path: string[]): Schema =>
  path.reduce<Schema>((inner, name) => inner.properties?.[name] ?? {}, schema ?? {});
const known = <T>(what: string, found: T | undefined): T => {
  if (found === undefined) throw new Error(`the schemas no longer say ${what}`);
  return found;
};

const values = at(schemas.telemetry, 'signals').additionalProperties;
const signal = at(schemas.description, 'signals').additionalProperties;

const wire = {
  topicRoot: topicOf('', 'command').slice(0, -'/command'.length),
  channels,
  id: known('what an id is', at(schemas.command, 'id').pattern),
  signalName: known('what a signal name is', at(schemas.telemetry, 'signals').propertyNames?.pattern),
  dtcCode: known('what a code is', at(schemas.dtc, 'code').pattern),
  types: known('the types of signals', at(signal, 'type').enum),
  dtcStates: dtcState.options,
  outcomeStates: outcome.shape.state.options,
  presences: presence.options,
  risks: risk.options,
  maxText: known('how long a text may be', values?.anyOf?.find(({ maxLength }) => maxLength !== undefined)?.maxLength),
  maxDetail: known('how long a detail may be', at(schemas.outcome, 'detail').maxLength),
  maxSignals: maxSignalsPerMessage,
  maxPayload,
};

const note = 'Written by `npm run generate -w devices/sdk` from the JSON Schemas of @wayside/protocol. Do not edit.';
const quoted = (text: string) => JSON.stringify(text);
const tuple = (texts: readonly string[]) => `(${texts.map(quoted).join(', ')})`;
const pythonPattern = (pattern: string) => `re.compile(r"${pattern.replace(/^\^|\$$/g, '')}", re.ASCII)`;

const python = `# ${note}

import re

TOPIC_ROOT = ${quoted(wire.topicRoot)}
CHANNELS = ${tuple(wire.channels)}
ID = ${pythonPattern(wire.id)}
SIGNAL_NAME = ${pythonPattern(wire.signalName)}
DTC_CODE = ${pythonPattern(wire.dtcCode)}
TYPES = ${tuple(wire.types)}
DTC_STATES = ${tuple(wire.dtcStates)}
OUTCOME_STATES = ${tuple(wire.outcomeStates)}
PRESENCES = ${tuple(wire.presences)}
RISKS = ${tuple(wire.risks)}
MAX_TEXT = ${wire.maxText}
MAX_DETAIL = ${wire.maxDetail}
MAX_SIGNALS = ${wire.maxSignals}
MAX_PAYLOAD = ${wire.maxPayload}
`;

/** `^[A-Za-z][A-Za-z0-9._-]{0,127}$`: what may begin, what may follow, how long in all. C has no regular expressions. */
function inC(name: string, pattern: string): string {
  const [, first, rest, more] = known(
    `${name} in a form that C can check`,
    /^\^\[(.+?)\]\[(.+?)\]\{0,(\d+)\}\$$/.exec(pattern) ?? undefined,
  );
  const extra = (set: string) => quoted(set!.replace(/A-Z|a-z|0-9|\\/g, ''));
  const digits = first!.includes('0-9') ? 1 : 0;
  return `#define WAYSIDE_${name}_LENGTH ${Number(more) + 1}\n#define WAYSIDE_${name}_MAY_BEGIN_WITH_DIGIT ${digits}\n#define WAYSIDE_${name}_EXTRA ${extra(rest!)}`;
}
const upper = (text: string) => text.toUpperCase();
const enumeration = (name: string, values: readonly string[]) =>
  `typedef enum { ${values.map((value) => `WAYSIDE_${upper(value)}`).join(', ')} } wayside_${name};\n#define WAYSIDE_${upper(name)}_WORDS { ${values.map(quoted).join(', ')} }`;

const c = `/* ${note} */
#ifndef WAYSIDE_WIRE_H
#define WAYSIDE_WIRE_H

#define WAYSIDE_TOPIC_ROOT ${quoted(wire.topicRoot)}
${inC('ID', wire.id)}
${inC('SIGNAL_NAME', wire.signalName)}
${inC('DTC_CODE', wire.dtcCode)}
#define WAYSIDE_MAX_TEXT ${wire.maxText}
#define WAYSIDE_MAX_DETAIL ${wire.maxDetail}
#define WAYSIDE_MAX_PAYLOAD ${wire.maxPayload}

${enumeration('channel', wire.channels)}
${enumeration('type', wire.types)}
${enumeration('dtc_state', wire.dtcStates)}
${enumeration('outcome_state', wire.outcomeStates)}
${enumeration('risk', wire.risks)}

#endif
`;

const devices = join(import.meta.dirname, '..');
export const generated: Record<string, string> = { 'sdk-python/wayside_device/_wire.py': python, 'sdk-c/src/wayside_wire.h': c };

if (process.argv[1] === import.meta.filename) {
  for (const [file, text] of Object.entries(generated)) {
    const path = join(devices, file);
    if ((await readFile(path, 'utf8').catch(() => '')) === text) continue;
    console.log(
      `${file} ${process.argv.includes('--check') ? 'is not what the schemas say: run “npm run generate -w devices/sdk”' : 'written'}`,
    );
    if (process.argv.includes('--check')) process.exitCode = 1;
    else await writeFile(path, text);
  }
}
