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
type Told = { what: string; limit: string; notices: string; mend: string };
type Limit = Told & { says?: string; in?: string; zh: Told };

export const limits: Limit[] = [
  {
    what: 'It does not say who it is',
    limit: `${connectLimits.withinMs / 1_000} s`,
    notices: 'the connection is closed',
    mend: 'Send CONNECT first, at once.',
    zh: {
      what: '一直不说自己是谁',
      limit: `${connectLimits.withinMs / 1_000} 秒`,
      notices: '连接被断开',
      mend: '连上后马上先发 CONNECT。',
    },
  },
  {
    what: 'Something other than MQTT, or a large first packet',
    limit: `CONNECT of at most ${kib(packetLimits.beforeConnect)}, its client id of ${connectLimits.clientId} bytes`,
    notices: 'the connection is closed',
    says: 'the first packet is not CONNECT',
    in: `${link}/packets.ts`,
    mend: 'Look at the port: 1883 is MQTT, 8080 is HTTP.',
    zh: {
      what: '送来的不是 MQTT，或第一个报文太大',
      limit: `CONNECT 最多 ${kib(packetLimits.beforeConnect)}，其中客户端 ID 最多 ${connectLimits.clientId} 字节`,
      notices: '连接被断开',
      mend: '看看端口：1883 是 MQTT，8080 是 HTTP。',
    },
  },
  {
    what: 'A wrong secret, or none',
    limit: '',
    notices: 'CONNACK 5, not authorized',
    says: 'it is not known here, or its secret is not right',
    in: `${link}/door-keeper.ts`,
    mend: '`wayside devices add <thing>`; with `--anew` when the secret is lost.',
    zh: {
      what: '密码不对，或没有密码',
      limit: '',
      notices: 'CONNACK 5，未授权',
      mend: '`wayside devices add <thing>`；密码丢了就加 `--anew`。',
    },
  },
  {
    what: 'A client id that is another’s',
    limit: 'one device for an id',
    notices: 'CONNACK 5; the other stays',
    says: 'another device uses this client id',
    in: `${link}/door-keeper.ts`,
    mend: 'Make the client id from the thing’s own id.',
    zh: {
      what: '用了别人的客户端 ID',
      limit: '一个 ID 一台设备',
      notices: 'CONNACK 5；原来的那台不受影响',
      mend: '用机器自己的编号作客户端 ID。',
    },
  },
  {
    what: 'It connects again and again',
    limit: `${deviceLimits.connections} connections`,
    notices: 'CONNACK 5; those that are open stay',
    says: 'connections already',
    in: `${link}/door-keeper.ts`,
    mend: 'Close one before opening the next, and wait longer each time.',
    zh: {
      what: '反复建立连接',
      limit: `${deviceLimits.connections} 个连接`,
      notices: 'CONNACK 5；已建立的不受影响',
      mend: '先关掉一个再开下一个，每次等得更久一些。',
    },
  },
  {
    what: 'It speaks for another thing, or on the topic of commands',
    limit: 'its own things',
    notices: 'the connection is closed',
    says: 'may not publish on',
    in: `${link}/broker.ts`,
    mend: 'A box that speaks for several: `wayside devices add <box> --things a,b`.',
    zh: {
      what: '替别的机器说话，或往指令主题上发',
      limit: '只能是自己的机器',
      notices: '连接被断开',
      mend: '一个盒子代表几台机器：`wayside devices add <box> --things a,b`。',
    },
  },
  {
    what: 'It listens to more than its own',
    limit: 'its own things',
    notices: 'SUBACK 0x80; it stays connected',
    says: 'subscription refused: it would hear more than its own',
    in: `${link}/broker.ts`,
    mend: 'Subscribe below `wayside/v1/things/<thing>/`.',
    zh: {
      what: '订阅了不属于自己的主题',
      limit: '只能是自己的机器',
      notices: 'SUBACK 0x80；连接保持',
      mend: '只订阅 `wayside/v1/things/<thing>/` 之下的主题。',
    },
  },
  {
    what: 'A packet that is too large',
    limit: kib(maxPayload),
    notices: 'the connection is closed, by the length in its first bytes; our SDKs throw `too-large` before',
    says: 'bytes, the limit is',
    in: `${link}/packets.ts`,
    mend: 'Say less at once. Readings are no place for pictures.',
    zh: {
      what: '报文太大',
      limit: `${kib(maxPayload)}`,
      notices: '连接被断开，只看开头的长度就断；自带的 SDK 事先抛出 `too-large`',
      mend: '一次少说一点。读数里放不下图片。',
    },
  },
  {
    what: 'A flood',
    limit: `${number(deviceLimits.perSecond)} messages a second for long, ${number(deviceLimits.burst)} at once`,
    notices: 'the connection is closed; what was not acknowledged is not stored',
    says: 'messages a second',
    in: `${link}/broker.ts`,
    mend: 'Put the readings of a moment in one message (`batch` in our SDKs).',
    zh: {
      what: '洪水般地发',
      limit: `长时间每秒 ${number(deviceLimits.perSecond)} 条，瞬间 ${number(deviceLimits.burst)} 条`,
      notices: '连接被断开；没有确认的就没有存下',
      mend: '把同一时刻的读数合成一条消息（SDK 里的 `batch`）。',
    },
  },
  {
    what: 'More on the way than is stored',
    limit: `${number(maxUnanswered)} messages`,
    notices: 'its socket is not read until some are stored: it writes more slowly',
    mend: 'Nothing: no message is lost. Bound what waits in the device.',
    zh: {
      what: '在途的消息比存下的多',
      limit: `${number(maxUnanswered)} 条`,
      notices: '存下一些之前不再读它的连接：它自然发得慢',
      mend: '不用做什么：一条都不会丢。设备里等着发的要有上限。',
    },
  },
  {
    what: 'Garbage: no JSON, a number that is none, a wrong shape',
    limit: `${number(maxSignalsPerMessage)} signals in a message, ${maxTextValue} letters in a text`,
    notices: 'it is acknowledged and dropped, since sending it again would not make it better; our SDKs throw `invalid` before',
    says: 'message refused:',
    in: `${link}/devices.ts`,
    mend: 'Read the log: it names the thing and the place. `wayside conformance` finds it before the site does.',
    zh: {
      what: '乱码：不是 JSON、数字不是数字、结构不对',
      limit: `一条消息 ${number(maxSignalsPerMessage)} 个信号，一段文字 ${maxTextValue} 个字符`,
      notices: '确认之后丢弃，因为重发也不会变好；自带的 SDK 事先抛出 `invalid`',
      mend: '看日志：写着哪台机器、哪个位置。`wayside conformance` 能在到现场之前发现它。',
    },
  },
  {
    what: 'It invents signals',
    limit: `${number(maxSignalsPerThing)} of one thing`,
    notices: 'nothing: those it had go on, new ones are passed over',
    mend: 'Give what is counted a name, and put the count in the value.',
    zh: {
      what: '不断编造新信号',
      limit: `一台机器 ${number(maxSignalsPerThing)} 个`,
      notices: '没有感觉：已有的照常，新的略过',
      mend: '给要计数的东西起一个名字，把计数放在值里。',
    },
  },
  {
    what: 'It invents things',
    limit: `${number(maxThings)} at a site`,
    notices: 'it is acknowledged and dropped',
    says: 'this site already has as many things as it can hold',
    in: `${link}/devices.ts`,
    mend: 'A device with a secret of its own speaks for its own thing alone; the key of the site is for tests.',
    zh: {
      what: '不断编造新机器',
      limit: `一个现场 ${number(maxThings)} 台`,
      notices: '确认之后丢弃',
      mend: '有自己密码的设备只代表自己那一台；现场密钥是测试用的。',
    },
  },
  {
    what: 'A wrong clock',
    limit: `${clockLimits.ahead / 60_000} minutes ahead, ${clockLimits.behind / 86_400_000} days behind`,
    notices: 'nothing: the value is kept with the time it came, marked `suspect-time`',
    mend: 'Set the clock (NTP), or leave `at` out: the edge stamps it.',
    zh: {
      what: '时钟不对',
      limit: `快 ${clockLimits.ahead / 60_000} 分钟，慢 ${clockLimits.behind / 86_400_000} 天`,
      notices: '没有感觉：值照存，时间用收到的时刻，并标上 `suspect-time`',
      mend: '校准时钟（NTP），或不写 `at`：由边缘端盖时间戳。',
    },
  },
  {
    what: 'A line that is dead and does not know it',
    limit: 'one and a half times its keep-alive (MQTT 3.1.1 §3.1.2.10)',
    notices: 'the connection is closed, its last will is said: the thing is offline',
    mend: 'Ask for a keep-alive of 30 to 60 s; 0 means never.',
    zh: {
      what: '线路已断而自己不知道',
      limit: '保活时间的一倍半（MQTT 3.1.1 §3.1.2.10）',
      notices: '连接被断开，遗嘱消息发出：机器显示离线',
      mend: '保活时间设 30 到 60 秒；0 表示永不检查。',
    },
  },
];

const said = {
  en: {
    before: `# What one device may do

<!-- Written by “npm run docs:settings” from test/docs/limits-page.ts and the constants it reads. -->

A device that misbehaves hurts itself and nobody else: its neighbours go on being heard and acknowledged. Every refusal is one line of the edge's log that names the device.

| What it does | Limit | What the device notices | The edge's log says | How to mend it |`,
    after: `Tried in \`edge/agent/src/link/door.test.ts\`, \`edge/agent/src/link/link.test.ts\`, \`edge/agent/src/telemetry/door.test.ts\` and \`test/flows/bad-input.test.ts\`, each beside a neighbour that is served or a word that still comes
through; with random bytes by the thousand in \`npm run prove:fuzz\`.`,
  },
  zh: {
    before: `# 单台设备的限制

<!-- 由 “npm run docs:settings” 根据 test/docs/limits-page.ts 及其读取的常量生成。 -->

一台设备不守规矩，只会伤到自己：旁边的设备照样被听见、被确认。每次拒绝都在边缘端日志里留一行，写明是哪台设备。

| 它做了什么 | 限制 | 设备会察觉到 | 边缘端日志 | 怎样改 |`,
    after: `测试在 \`edge/agent/src/link/door.test.ts\`、\`edge/agent/src/link/link.test.ts\`、\`edge/agent/src/telemetry/door.test.ts\` 和 \`test/flows/bad-input.test.ts\`，每一项旁边都有一台照常得到服务的邻居，或一句照样送到的话；
成千上万次随机字节在 \`npm run prove:fuzz\`。`,
  },
} as const;

/** The page of what one device may do, written from the constants: `npm run docs:settings` puts it in its place. The log speaks English. */
export function limitsPage(language: 'en' | 'zh'): string {
  const row = (limit: Limit) => {
    const { what, limit: most, notices, mend } = language === 'en' ? limit : limit.zh;
    return `| ${what} | ${most} | ${notices} | ${limit.says ? `“${limit.says}”` : ''} | ${mend} |`;
  };
  return `${said[language].before}
| --- | --- | --- | --- | --- |
${limits.map(row).join('\n')}

${said[language].after}
`;
}
