/**
 * Plays the port for esp-mqtt through: connects, describes itself, is acknowledged, hears a command, loses the line and comes back, on a client and a queue that
 * this program pretends. Prints what the client was told, a line each.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "esp_timer.h"
#include "freertos/queue.h"
#include "mqtt_client.h"
#include "wayside_esp_mqtt.h"

static esp_event_handler_t told;
static int packet, unacknowledged[64], waiting;
static int64_t clock_us = 1000000;

int64_t esp_timer_get_time(void) { return clock_us; }

/* A queue of FreeRTOS, copies in and out. */
struct QueueDefinition {
  unsigned length, size, first, count;
  unsigned char items[];
};
QueueHandle_t xQueueCreate(UBaseType_t length, UBaseType_t size) {
  QueueHandle_t queue = calloc(1, sizeof *queue + (size_t)length * size);
  return queue->length = length, queue->size = size, queue;
}
BaseType_t xQueueSend(QueueHandle_t queue, const void *item, TickType_t ticks) {
  (void)ticks;
  if (queue->count == queue->length) return pdFALSE;
  memcpy(queue->items + (size_t)((queue->first + queue->count++) % queue->length) * queue->size, item, queue->size);
  return pdTRUE;
}
BaseType_t xQueueReceive(QueueHandle_t queue, void *item, TickType_t ticks) {
  (void)ticks;
  if (queue->count == 0) return pdFALSE;
  memcpy(item, queue->items + (size_t)queue->first * queue->size, queue->size);
  queue->first = (queue->first + 1) % queue->length, queue->count--;
  return pdTRUE;
}

static void happen(esp_mqtt_event_id_t id, esp_mqtt_event_t *event) {
  esp_mqtt_event_t none = {0};
  told(NULL, "MQTT_EVENTS", id, event ? event : &none);
}

struct esp_mqtt_client {
  int it;
} client;
esp_mqtt_client_handle_t esp_mqtt_client_init(const esp_mqtt_client_config_t *config) {
  printf("connect %s as %s, will %s %s\n", config->broker.address.uri, config->credentials.client_id, config->session.last_will.topic, config->session.last_will.msg);
  return &client;
}
esp_err_t esp_mqtt_client_register_event(esp_mqtt_client_handle_t to, esp_mqtt_event_id_t event, esp_event_handler_t handler, void *context) {
  (void)to, (void)event, (void)context;
  return told = handler, ESP_OK;
}
esp_err_t esp_mqtt_client_start(esp_mqtt_client_handle_t to) { return (void)to, happen(MQTT_EVENT_CONNECTED, NULL), ESP_OK; }
esp_err_t esp_mqtt_client_reconnect(esp_mqtt_client_handle_t to) { return (void)to, puts("reconnect"), happen(MQTT_EVENT_CONNECTED, NULL), ESP_OK; }
esp_err_t esp_mqtt_client_disconnect(esp_mqtt_client_handle_t to) { return (void)to, puts("disconnect"), ESP_OK; }
int esp_mqtt_client_subscribe_single(esp_mqtt_client_handle_t to, const char *topic, int qos) { return (void)to, printf("subscribe %s at QoS %d\n", topic, qos), 1; }
int esp_mqtt_client_publish(esp_mqtt_client_handle_t to, const char *topic, const char *data, int length, int qos, int retain) {
  (void)to;
  printf("publish %s %.*s at QoS %d%s\n", topic, length, data, qos, retain ? ", retained" : "");
  return unacknowledged[waiting++] = ++packet;
}

static wayside_outcome_state stop(wayside *device, const wayside_command *command, char *detail) {
  (void)device, (void)command;
  return snprintf(detail, WAYSIDE_DETAIL, "standing still"), WAYSIDE_DONE;
}

static void pass(wayside *device, int times) {
  for (int i = 0; i < times; i++) {
    clock_us += 100000;
    while (waiting > 0) happen(MQTT_EVENT_PUBLISHED, &(esp_mqtt_event_t){.msg_id = unacknowledged[--waiting]}), wayside_loop(device);
    wayside_loop(device);
  }
}

int main(void) {
  static uint8_t memory[2048];
  static wayside device;
  const wayside_field signals[] = {{.name = "level", .title = "Level", .type = WAYSIDE_NUMBER}};
  const wayside_action actions[] = {{.name = "stop", .title = "Stop", .risk = WAYSIDE_R1, .handle = stop}};
  const wayside_description description = {.title = "Tank", .family = "tank", .signals = signals, .signals_count = 1, .actions = actions, .actions_count = 1};
  const wayside_options options = {.id = "tank-1", .username = "tank-1", .password = "secret", .description = &description, .memory = memory, .memory_size = sizeof memory};
  const wayside_port port = wayside_esp_mqtt_port("mqtt://192.168.1.10:1883");
  wayside_begin(&device, &options, &port);
  pass(&device, 20);
  wayside_reading level = wayside_number("level", 4);
  wayside_publish(&device, &level, 1);
  pass(&device, 5);

  char topic[] = "wayside/v1/things/tank-1/command";
  char command[] = "{\"id\":\"c_1\",\"name\":\"stop\",\"args\":{},\"expires\":99999999999999}";
  esp_mqtt_event_t whole = {.topic = topic, .topic_len = sizeof topic - 1, .data = command, .data_len = sizeof command - 1, .total_data_len = sizeof command - 1};
  happen(MQTT_EVENT_DATA, &whole);
  /* The same in pieces, which is larger than any command. */
  esp_mqtt_event_t piece = whole;
  piece.total_data_len = 4096;
  happen(MQTT_EVENT_DATA, &piece);
  piece.current_data_offset = 64;
  happen(MQTT_EVENT_DATA, &piece);
  pass(&device, 5);

  happen(MQTT_EVENT_DISCONNECTED, NULL);
  pass(&device, 1);
  wayside_publish(&device, &level, 1);
  pass(&device, 400);
  wayside_state state = wayside_look(&device);
  printf("connected %d, buffered %zu, dropped %zu\n", state.connected, state.buffered, state.dropped);
  return 0;
}
