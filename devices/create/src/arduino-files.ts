import { rest } from './description.ts';
import type { Measure } from './measures.ts';
import type { Plan } from './plan.ts';

/** A sketch for an ESP32 with PubSubClient. */
export function arduinoFiles({ id, title, family, measures }: Plan): Record<string, string> {
  const sketch = id.replace(/-/g, '_');
  const states = measures.flatMap((measure) =>
    measure.type === 'string'
      ? [`static const char *const ${measure.name}_states[] = {${[...measure.states.map(quoted), 'NULL'].join(', ')}};`]
      : [],
  );
  return {
    [`${sketch}/${sketch}.ino`]: `// ${title}, on an ESP32. Libraries: Wayside, PubSubClient.
#include <PubSubClient.h>
#include <WiFi.h>
#include <wayside_pubsubclient.h>

static const char *WIFI_NAME = "...", *WIFI_PASSWORD = "...", *EDGE = "192.168.1.10", *MQTT_PASSWORD = "...";

static wayside device;
static uint8_t memory[8 * 1024];  // what waits while the edge is away
static WiFiClient network;
static PubSubClient mqtt(network);
static WaysidePubSubClient port(mqtt, device);
static wayside_port way = port.port();

static wayside_outcome_state identify(wayside *, const wayside_command *command, char *) {
  for (int i = 0; i < (int)command->args[0].value.number; i++) {
    digitalWrite(LED_BUILTIN, HIGH);
    delay(100);
    digitalWrite(LED_BUILTIN, LOW);
    delay(100);
  }
  return WAYSIDE_DONE;
}

${states.length > 0 ? `${states.join('\n')}\n` : ''}static const wayside_field signals[] = {
${measures.map((measure) => `    ${field(measure)},`).join('\n')}
};
static const wayside_field identify_args[] = {{"times", NULL, WAYSIDE_NUMBER, NULL, NULL, 1, 10, NULL}};
static const wayside_action actions[] = {{"identify", "Show which one it is", WAYSIDE_R1, identify, identify_args, 1, NULL, 0}};
static const wayside_description description = {${quoted(title)}, ${quoted(family)}, NULL, NULL, "1.0", signals, ${measures.length}, actions, 1};
static const wayside_options options = {${quoted(id)}, ${quoted(id)}, MQTT_PASSWORD, &description, memory, sizeof memory, 0, 0};

// The machine itself: here only pretended. Put your sensors in its place.
static void read_and_publish() {
  wayside_reading readings[] = {
${measures.map((measure) => `      ${reading(measure)},`).join('\n')}
  };
  wayside_publish(&device, readings, ${measures.length});
}

void setup() {
  Serial.begin(115200);
  pinMode(LED_BUILTIN, OUTPUT);
  WiFi.begin(WIFI_NAME, WIFI_PASSWORD);
  configTime(0, 0, "pool.ntp.org");  // without a clock the edge stamps what comes
  mqtt.setServer(EDGE, 1883);
  Serial.println(wayside_explain(wayside_begin(&device, &options, &way)));
}

void loop() {
  static uint32_t last;
  wayside_loop(&device);
  if (millis() - last < 1000) return;
  last = millis();
  read_and_publish();
}
`,
  };
}

const quoted = (text: string) => JSON.stringify(text);

function field(measure: Measure): string {
  const head = `${quoted(measure.name)}, ${quoted(measure.title)}`;
  if (measure.type === 'boolean') return `{${head}, WAYSIDE_BOOLEAN, NULL, NULL, 0, 0, NULL}`;
  if (measure.type === 'string') return `{${head}, WAYSIDE_STRING, NULL, NULL, 0, 0, ${measure.name}_states}`;
  return `{${head}, WAYSIDE_NUMBER, ${measure.unit ? quoted(measure.unit) : 'NULL'}, NULL, ${measure.min}, ${measure.max}, NULL}`;
}

function reading(measure: Measure): string {
  if (measure.type === 'boolean') return `wayside_boolean(${quoted(measure.name)}, true)`;
  if (measure.type === 'string') return `wayside_string(${quoted(measure.name)}, ${quoted(measure.states[0]!)})`;
  const { level, swing } = rest(measure);
  return `wayside_number(${quoted(measure.name)}, ${level} + ${swing} * sin(millis() / 20000.0))`;
}
