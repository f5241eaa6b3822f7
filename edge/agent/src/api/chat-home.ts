import { z } from 'zod';
import type { HomeDevice } from '../dialogue/home/home.ts';
import type { ChatMessage, ChatRequest } from './chat-types.ts';

/** So much of a client's instructions is looked through, and so many devices are kept. */
const [mostText, mostDevices] = [40_000, 500];

/**
 * The devices that Home Assistant tells a conversation agent of, in its instructions after "devices in this smart home:": a YAML list of plain lines,
 * names and areas parted by commas. What does not read as that is passed over; names are only ever compared, never obeyed.
 */
export function readHome(instructions: string): HomeDevice[] {
  const list = instructions.slice(0, mostText).split(/devices in this smart home:\n/)[1] ?? '';
  const written = list.split(/^- /m).slice(1, mostDevices + 1);
  return written.flatMap((device) => {
    const told = (key: string) =>
      new RegExp(`^ *${key}: *['"]?(.{1,200}?)['"]?$`, 'm')
        .exec(device)?.[1]
        ?.split(',')
        .map((part) => part.trim());
    const [names, domain] = [told('names'), told('domain')?.[0]];
    if (!names || !domain) return [];
    const deviceClass = told('device_class')?.[0];
    return [{ names, domain, areas: told('areas') ?? [], ...(deviceClass ? { deviceClass } : {}) }];
  });
}

/** The home of a request: its devices, where the client also offers the tools by which they are controlled. */
export function homeOf({ messages, tools }: Pick<ChatRequest, 'messages' | 'tools'>) {
  const offered = new Set((tools ?? []).flatMap((tool) => tool.function?.name ?? []));
  if (![...offered].some((name) => name.startsWith('Hass'))) return undefined;
  const system = messages.find(({ role }) => role === 'system' || role === 'developer');
  const devices = readHome(typeof system?.content === 'string' ? system.content : '');
  return devices.length > 0 ? { devices, offered } : undefined;
}

/** Whether a tool did what it was called for. Its own words are somebody else's and are not repeated. */
export function toolWorked({ content }: ChatMessage): boolean {
  try {
    const { error, data } = z
      .object({ error: z.unknown().optional(), data: z.object({ failed: z.array(z.unknown()).optional() }).optional() })
      .parse(JSON.parse(typeof content === 'string' ? content : '{}'));
    return error === undefined && (data?.failed?.length ?? 0) === 0;
  } catch {
    return false;
  }
}
