/** The device that `wayside conformance` drives: it does what it is told, one line of JSON at a time, through the SDK. docs/conformance.md */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "posix_mqtt.h"
#include "wayside.h"
#include "wayside_json.h"

static wayside device;
static posix_mqtt client;
static uint8_t memory[64 * 1024];
static int runs;

static wayside_outcome_state dim(wayside *self, const wayside_command *command, char *detail) {
  runs++;
  wayside_reading level = wayside_number("level", command->args[0].value.number);
  wayside_publish(self, &level, 1);
  snprintf(detail, WAYSIDE_DETAIL, "level %g", level.value.number);
  return WAYSIDE_DONE;
}
static wayside_outcome_state break_it(wayside *self, const wayside_command *command, char *detail) {
  (void)self, (void)command, runs++;
  snprintf(detail, WAYSIDE_DETAIL, "the bulb is missing");
  return WAYSIDE_FAILED;
}
static wayside_outcome_state wait_for_ever(wayside *self, const wayside_command *command, char *detail) {
  (void)self, (void)command, (void)detail, runs++;
  return WAYSIDE_LATER;
}
static wayside_outcome_state drive(wayside *self, const wayside_command *command, char *detail) {
  (void)self, (void)command, (void)detail, runs++;
  return WAYSIDE_DONE;
}

static const char *const modes[] = {"idle", "busy", NULL};
static const wayside_field signals[] = {
    {.name = "level", .title = "Level", .type = WAYSIDE_NUMBER, .unit = "%", .min = 0, .max = 100},
    {.name = "mode", .title = "Mode", .type = WAYSIDE_STRING, .states = modes},
    {.name = "running", .title = "Running", .type = WAYSIDE_BOOLEAN},
};
static const wayside_field dim_args[] = {{.name = "level", .type = WAYSIDE_NUMBER, .min = 0, .max = 100}};
static const wayside_interlock drive_interlocks[] = {{"running", WAYSIDE_IS, {WAYSIDE_BOOLEAN, 0, true, NULL}}};
static const wayside_action actions[] = {
    {.name = "dim", .title = "Dim", .risk = WAYSIDE_R1, .handle = dim, .args = dim_args, .args_count = 1},
    {.name = "break", .title = "Break", .risk = WAYSIDE_R1, .handle = break_it},
    {.name = "wait", .title = "Wait", .risk = WAYSIDE_R1, .handle = wait_for_ever},
    {.name = "drive", .title = "Drive", .risk = WAYSIDE_R1, .handle = drive, .interlocks = drive_interlocks, .interlocks_count = 1},
};
static const wayside_description description = {
    .title = "Conformance device", .family = "conformance", .signals = signals, .signals_count = 3, .actions = actions, .actions_count = 4};

typedef struct {
  char what[16], code[64], state[16], kind[72], name[72];
  char names[8][160], texts[8][400];
  wayside_reading readings[8];
  size_t count;
  double at;
} ask;

static void read_readings(json_reader *reader, ask *into) {
  json_enter(reader);
  for (char name[160]; into->count < 8 && json_key(reader, name, sizeof name); into->count++) {
    memcpy(into->names[into->count], name, sizeof name);
    const char *kept = into->names[into->count];
    json_kind kind = json_peek(reader);
    if (kind == JSON_NUMBER) into->readings[into->count] = wayside_number(kept, json_take_number(reader));
    else if (kind == JSON_STRING) {
      json_take_text(reader, into->texts[into->count], sizeof into->texts[0]);
      into->readings[into->count] = wayside_string(kept, into->texts[into->count]);
    } else into->readings[into->count] = wayside_boolean(kept, json_take_boolean(reader));
  }
}

static bool read_ask(const char *line, ask *into) {
  memset(into, 0, sizeof *into);
  json_reader reader = json_read(line, strlen(line));
  json_enter(&reader);
  for (char key[16]; json_key(&reader, key, sizeof key);) {
    if (strcmp(key, "do") == 0) json_take_text(&reader, into->what, sizeof into->what);
    else if (strcmp(key, "code") == 0) json_take_text(&reader, into->code, sizeof into->code);
    else if (strcmp(key, "state") == 0) json_take_text(&reader, into->state, sizeof into->state);
    else if (strcmp(key, "kind") == 0) json_take_text(&reader, into->kind, sizeof into->kind);
    else if (strcmp(key, "name") == 0) json_take_text(&reader, into->name, sizeof into->name);
    else if (strcmp(key, "at") == 0) into->at = json_take_number(&reader);
    else if (strcmp(key, "signals") == 0 || strcmp(key, "freezeFrame") == 0) read_readings(&reader, into);
    else json_skip(&reader);
  }
  return json_done(&reader);
}

static void reply(wayside_result result) {
  if (result == WAYSIDE_OK) puts("{\"ok\":true}");
  else printf("{\"ok\":false,\"why\":\"%s\"}\n", wayside_explain(result));
}

static void act(const char *line) {
  static ask told;
  static const char *const states[] = WAYSIDE_DTC_STATE_WORDS;
  if (!read_ask(line, &told)) puts("{\"ok\":false,\"why\":\"not a line of JSON\"}");
  else if (strcmp(told.what, "publish") == 0) reply(wayside_publish_at(&device, told.readings, told.count, (uint64_t)told.at));
  else if (strcmp(told.what, "publish-nan") == 0) {
    wayside_reading level = wayside_number("level", NAN);
    reply(wayside_publish(&device, &level, 1));
  } else if (strcmp(told.what, "dtc") == 0) {
    int state = 0;
    while (state < WAYSIDE_CLEARED && strcmp(states[state], told.state) != 0) state++;
    reply(wayside_dtc(&device, told.code, (wayside_dtc_state)state, told.readings, told.count));
  } else if (strcmp(told.what, "event") == 0) reply(wayside_event(&device, told.kind, told.name));
  else if (strcmp(told.what, "state") == 0) {
    wayside_state state = wayside_look(&device);
    printf("{\"ok\":true,\"connected\":%s,\"buffered\":%zu,\"dropped\":%zu,\"sent\":%zu,\"runs\":%d,\"persists\":false}\n", state.connected ? "true" : "false", state.buffered, state.dropped, state.sent, runs);
  } else if (strcmp(told.what, "stop") == 0) wayside_stop(&device);
  else puts("{\"ok\":false,\"why\":\"cannot do that\"}");
  fflush(stdout);
}

/* Acts on each whole line there is. False at the end of input. */
static bool read_lines(void) {
  static char line[4096];
  static size_t used;
  ssize_t got = read(STDIN_FILENO, line + used, sizeof line - 1 - used);
  if (got <= 0) return false;
  used += (size_t)got;
  for (char *end; (end = memchr(line, '\n', used));) {
    *end = '\0';
    act(line);
    used -= (size_t)(end + 1 - line);
    memmove(line, end + 1, used);
  }
  return used < sizeof line - 1;
}

static const char *setting(const char *name, const char *otherwise) { return getenv(name) ? getenv(name) : otherwise; }

int main(void) {
  static char host[128], port[8];
  if (sscanf(setting("MQTT_URL", ""), "mqtt://%127[^:]:%7[0-9]", host, port) != 2) return fprintf(stderr, "MQTT_URL is no mqtt://host:port\n"), 2;
  wayside_port way = posix_mqtt_port(&client, host, port);
  wayside_options options = {
      .id = setting("WAYSIDE_THING", ""), .username = getenv("MQTT_USERNAME"), .password = getenv("MQTT_PASSWORD"), .description = &description,
      .memory = memory, .memory_size = sizeof memory, .limit = (size_t)atoi(setting("WAYSIDE_BUFFER", "0")), .keepalive = (uint16_t)atoi(setting("WAYSIDE_KEEPALIVE", "30")),
  };
  wayside_result begun = wayside_begin(&device, &options, &way);
  if (begun != WAYSIDE_OK) return fprintf(stderr, "%s\n", wayside_explain(begun)), 2;
  while (!wayside_has_stopped(&device)) {
    wayside_loop(&device);
    struct pollfd waits[2] = {{STDIN_FILENO, POLLIN, 0}, {posix_mqtt_socket(&client), POLLIN, 0}};
    if (posix_mqtt_wants_to_write(&client)) waits[1].events |= POLLOUT;
    poll(waits, posix_mqtt_socket(&client) < 0 ? 1 : 2, 20);
    if (waits[0].revents && !read_lines()) return 0;
  }
  puts("{\"ok\":true}");
  return 0;
}
