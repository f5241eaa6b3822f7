// A thermometer on an ESP32 with one command, `identify`, which blinks its light. Libraries: Wayside, PubSubClient.
#include <PubSubClient.h>
#include <WiFi.h>
#include <wayside_pubsubclient.h>

static const char *WIFI_NAME = "...", *WIFI_PASSWORD = "...", *EDGE = "192.168.1.10", *MQTT_PASSWORD = "...";

static wayside device;
static uint8_t memory[8 * 1024];  // about a hundred readings while the edge is away
static WiFiClient network;
static PubSubClient mqtt(network);
static WaysidePubSubClient port(mqtt, device);
static wayside_port way = port.port();

static wayside_outcome_state identify(wayside *, const wayside_command *command, char *detail) {
  int times = command->args[0].value.number;
  for (int i = 0; i < times; i++) {
    digitalWrite(LED_BUILTIN, HIGH);
    delay(100);
    digitalWrite(LED_BUILTIN, LOW);
    delay(100);
  }
  snprintf(detail, WAYSIDE_DETAIL, "blinked %d times", times);
  return WAYSIDE_DONE;
}

static const wayside_field signals[] = {{"temperature", "Temperature", WAYSIDE_NUMBER, "°C", "temperature", -40, 80, NULL}};
static const wayside_field identify_args[] = {{"times", NULL, WAYSIDE_NUMBER, NULL, NULL, 1, 10, NULL}};
static const wayside_action actions[] = {{"identify", "Blink the light", WAYSIDE_R1, identify, identify_args, 1, NULL, 0}};
static const wayside_description description = {"Cellar thermometer", "thermometer", "Example", NULL, "1.0", signals, 1, actions, 1};
static const wayside_options options = {"thermometer-3", "thermometer-3", MQTT_PASSWORD, &description, memory, sizeof memory, 0, 0};

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
  wayside_reading reading = wayside_number("temperature", temperatureRead());
  wayside_publish(&device, &reading, 1);
}
