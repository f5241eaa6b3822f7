/** Two clocks, cut to whole milliseconds, that do not tick at the same moment: prints the time each of a hundred readings is stamped with, one a line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wayside.h"

static uint64_t micros = 5000000;
static int packet;

static void begin(void *context, wayside *device, const wayside_session *session) { (void)context, (void)session, wayside_connected(device); }
static bool subscribe(void *context, const char *topic) { return (void)context, (void)topic, true; }
static int publish(void *context, const char *topic, const char *payload, size_t length, bool retain) {
  (void)context, (void)topic, (void)length, (void)retain;
  const char *at = strstr(payload, "\"at\":");
  if (at) printf("%llu\n", strtoull(at + 5, NULL, 10));
  return ++packet;
}
static void disconnect(void *context) { (void)context; }
static void loop(void *context, wayside *device) { (void)context, wayside_acknowledged(device, packet); }
static uint64_t uptime(void *context) { return (void)context, micros / 1000; }
static uint64_t epoch(void *context) { return (void)context, (1700000000000500u + micros) / 1000; }

static const wayside_field signals[] = {{.name = "level", .title = "Level", .type = WAYSIDE_NUMBER}};
static const wayside_description description = {.title = "T", .family = "f", .signals = signals, .signals_count = 1};

int main(void) {
  static wayside device;
  static uint8_t memory[4096];
  wayside_port port = {NULL, begin, subscribe, publish, disconnect, loop, uptime, epoch, NULL};
  wayside_options options = {.id = "t", .description = &description, .memory = memory, .memory_size = sizeof memory};
  if (wayside_begin(&device, &options, &port) != WAYSIDE_OK) return 1;
  wayside_loop(&device);
  for (int i = 0; i < 100; i++) {
    wayside_reading level = wayside_number("level", i);
    wayside_publish(&device, &level, 1);
    micros += 300;
    wayside_loop(&device);
  }
  return 0;
}
