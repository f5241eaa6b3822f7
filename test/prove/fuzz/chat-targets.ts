import { parseExpression } from '../../../devices/packs/src/expression/parse.ts';
import { homeOf, readHome, toolWorked } from '../../../edge/agent/src/api/chat-home.ts';
import { lastSaid, readThread } from '../../../edge/agent/src/api/chat-thread.ts';
import { chatRequest } from '../../../edge/agent/src/api/chat-types.ts';
import { issuesOf, json, kindOf, text } from './read.ts';
import type { Target } from './targets.ts';

const home = `You control a home. An overview of the areas and the devices in this smart home:
- names: Lamp, Lampe
  domain: light
  areas: Kitchen
- names: 'Blind'
  domain: cover
  device_class: blind
`;

/** What clients of OpenAI's API send, and what is read out of it. */
export function chatTargets(): Target[] {
  return [
    {
      name: 'requests to the OpenAI-compatible door',
      costs: 25,
      examples: text(
        { model: 'wayside', messages: [{ role: 'user', content: 'Why?' }], stream: true, stream_options: { include_usage: true } },
        {
          model: 'wayside/car',
          messages: [
            { role: 'system', content: home },
            { role: 'user', content: [{ type: 'text', text: 'Turn on the lamp.' }] },
            { role: 'assistant', content: 'So.', tool_calls: [] },
            { role: 'tool', content: '{"data":{"failed":[]}}' },
          ],
          tools: [{ type: 'function', function: { name: 'HassTurnOn' } }],
        },
      ),
      eat(bytes) {
        const read = chatRequest.safeParse(json(bytes));
        if (!read.success) return issuesOf(read);
        const { messages, model } = read.data;
        return `${kindOf(readThread(messages, '', model))} ${kindOf(homeOf(read.data))} ${messages.every(toolWorked)} ${lastSaid(messages) === ''}`;
      },
    },
    {
      name: 'homes that Home Assistant tells of',
      costs: 5,
      examples: text(home),
      eat: (bytes) => kindOf(readHome(bytes.toString('utf8')).at(-1)),
    },
    {
      name: 'expressions of packs',
      costs: 10,
      examples: text('mean(a.b, 10m) < 12 and not c == "x"', '(rate(a) * 3.6 - 1) / max(b, 2) >= 0', 'a is known or b'),
      eat(bytes) {
        const read = parseExpression(bytes.toString('utf8'));
        return 'problem' in read ? read.problem.replace(/near .*\(/s, '(') : kindOf(read.expression);
      },
    },
  ];
}
