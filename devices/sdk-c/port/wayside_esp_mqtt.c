#include "wayside_esp_mqtt.h"

#include <string.h>
#include <sys/time.h>

#include "esp_log.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/queue.h"
#include "mqtt_client.h"

typedef struct {
  enum { CAME_UP, WENT_DOWN, ACKNOWLEDGED, HEARD } what;
  int packet;
  uint16_t topic_length, length;
  char topic[sizeof(((wayside *)0)->topic)];
  char payload[512];
} event;

static const char *broker;
static esp_mqtt_client_handle_t client;
static QueueHandle_t events;

static void on_event(void *context, esp_event_base_t base, int32_t id, void *data) {
  (void)context, (void)base;
  /* One task runs this, so one copy is enough, and the task's stack is spared. */
  static event out;
  const esp_mqtt_event_t *in = (const esp_mqtt_event_t *)data;
  memset(&out, 0, sizeof out);
  if (id == MQTT_EVENT_CONNECTED) out.what = CAME_UP;
  else if (id == MQTT_EVENT_DISCONNECTED) out.what = WENT_DOWN;
  else if (id == MQTT_EVENT_PUBLISHED) out.what = ACKNOWLEDGED, out.packet = in->msg_id;
  else if (id == MQTT_EVENT_DATA) {
    /* A command that comes in pieces is larger than any we take. */
    if (in->current_data_offset > 0 || in->data_len != in->total_data_len || in->data_len > (int)sizeof out.payload || in->topic_len > (int)sizeof out.topic) return;
    out.what = HEARD;
    out.topic_length = (uint16_t)in->topic_len;
    out.length = (uint16_t)in->data_len;
    memcpy(out.topic, in->topic, in->topic_len);
    memcpy(out.payload, in->data, in->data_len);
  } else return;
  xQueueSend(events, &out, pdMS_TO_TICKS(1000));
}

static void begin(void *context, wayside *device, const wayside_session *session) {
  (void)context, (void)device;
  if (!client) {
    esp_mqtt_client_config_t config = {
        .broker.address.uri = broker,
        .credentials = {.client_id = session->client_id, .username = session->username, .authentication.password = session->password},
        .session = {.keepalive = session->keepalive, .disable_clean_session = true, .last_will = {.topic = session->will_topic, .msg = session->will_payload, .qos = 1, .retain = 1}},
        .network.disable_auto_reconnect = true,
    };
    client = esp_mqtt_client_init(&config);
    esp_mqtt_client_register_event(client, MQTT_EVENT_ANY, on_event, NULL);
    esp_mqtt_client_start(client);
  } else if (esp_mqtt_client_reconnect(client) != ESP_OK) wayside_disconnected(device);
}

static bool subscribe(void *context, const char *topic) { return (void)context, esp_mqtt_client_subscribe_single(client, topic, 1) >= 0; }

static int publish(void *context, const char *topic, const char *payload, size_t length, bool retain) {
  (void)context;
  int id = esp_mqtt_client_publish(client, topic, payload, (int)length, 1, retain);
  return id > 0 ? id : WAYSIDE_TRY_LATER;
}

static void disconnect(void *context) { (void)context, esp_mqtt_client_disconnect(client); }

static void loop(void *context, wayside *device) {
  (void)context;
  static event in;
  while (xQueueReceive(events, &in, 0) == pdTRUE) {
    if (in.what == CAME_UP) wayside_connected(device);
    else if (in.what == WENT_DOWN) wayside_disconnected(device);
    else if (in.what == ACKNOWLEDGED) wayside_acknowledged(device, in.packet);
    else wayside_heard(device, in.topic, in.topic_length, in.payload, in.length);
  }
}

static uint64_t uptime(void *context) { return (void)context, (uint64_t)esp_timer_get_time() / 1000; }

/* 0 until SNTP has set the clock: before 2020 it is none. */
static uint64_t epoch(void *context) {
  struct timeval now;
  (void)context, gettimeofday(&now, NULL);
  return now.tv_sec < 1577836800 ? 0 : (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_usec / 1000;
}

static void warn(void *context, const char *message) { (void)context, ESP_LOGW("wayside", "%s", message); }

wayside_port wayside_esp_mqtt_port(const char *uri) {
  wayside_port port = {NULL, begin, subscribe, publish, disconnect, loop, uptime, epoch, warn};
  broker = uri;
  events = xQueueCreate(8, sizeof(event));
  return port;
}
