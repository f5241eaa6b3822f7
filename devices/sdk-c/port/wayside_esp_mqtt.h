/** Wayside over ESP-IDF's esp-mqtt, with QoS 1. Its events come from a task of its own; they wait in a queue until `wayside_loop` is called. */
#ifndef WAYSIDE_ESP_MQTT_H
#define WAYSIDE_ESP_MQTT_H

#include "wayside.h"

#ifdef __cplusplus
extern "C" {
#endif

/* `uri`: mqtt://192.168.1.10:1883. One per program. */
wayside_port wayside_esp_mqtt_port(const char *uri);

#ifdef __cplusplus
}
#endif
#endif
