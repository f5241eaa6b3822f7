#include "wayside.h"

#include <stdio.h>
#include <string.h>

#include "wayside_commands.h"
#include "wayside_json.h"
#include "wayside_queue.h"
#include "wayside_words.h"

enum { FAREWELL_MS = 2000, SETTLED_MS = 10000, FIRST_MS = 500, MOST_MS = 30000 };

/* Room for the time in a message that waits: `{"at":1795341600000,` or as many blanks, which JSON allows. */
#define STAMP "\"at\":%013llu,"
enum { STAMP_AT = 1, STAMP_LENGTH = 19 };

uint64_t wayside_uptime(const wayside *device) { return device->port->uptime(device->port->context); }
uint64_t wayside_epoch(const wayside *device) { return device->port->epoch ? device->port->epoch(device->port->context) : 0; }
void wayside_warn(const wayside *device, const char *message) {
  if (device->port->warn) device->port->warn(device->port->context, message);
}

const char *wayside_explain(wayside_result result) {
  switch (result) {
    case WAYSIDE_OK: return "ok";
    case WAYSIDE_BAD_NAME: return "a name is not one: letters, digits and . _ - only";
    case WAYSIDE_BAD_VALUE: return "a value is no finite number, truth or text of at most 256 bytes";
    default: return "it is larger than WAYSIDE_MESSAGE";
  }
}

static const char *topic_of(wayside *device, wayside_channel channel) {
  static const char *const words[] = WAYSIDE_CHANNEL_WORDS;
  snprintf(device->topic, sizeof device->topic, WAYSIDE_TOPIC_ROOT "%s/%s", device->options->id, words[channel]);
  return device->topic;
}

wayside_result wayside_begin(wayside *device, const wayside_options *options, const wayside_port *port) {
  if (!wayside_is_id(options->id) || !wayside_is_id(options->description->family)) return WAYSIDE_BAD_NAME;
  memset(device, 0, sizeof *device);
  device->options = options;
  device->port = port;
  json_writer writer = json_write_into(device->scratch, sizeof device->scratch);
  wayside_write_description(&writer, options->description);
  if (writer.full) return WAYSIDE_DOES_NOT_FIT;
  size_t quarter = options->memory_size / 4, few = options->limit / 4;
  device->kept = wayside_queue_in(options->memory, quarter, few);
  device->spare = wayside_queue_in((uint8_t *)options->memory + quarter, options->memory_size - quarter, options->limit - few);
  snprintf(device->client_id, sizeof device->client_id, "device-%s", options->id);
  snprintf(device->will_topic, sizeof device->will_topic, "%s", topic_of(device, WAYSIDE_PRESENCE));
  device->try_at = wayside_uptime(device);
  device->seed = 2166136261u;
  for (const char *c = options->id; *c; c++) device->seed = (device->seed ^ (uint8_t)*c) * 16777619u;
  return WAYSIDE_OK;
}

/* xorshift32 (G. Marsaglia, 2003), begun from the id and the time: enough to keep devices apart after an edge restarts. */
static uint32_t chance(wayside *device) {
  uint32_t x = device->seed ^ (uint32_t)wayside_uptime(device);
  if (x == 0) x = 1;
  x ^= x << 13, x ^= x >> 17, x ^= x << 5;
  return device->seed = x;
}

/* Milliseconds to wait: any time up to a ceiling that doubles ("full jitter", M. Brooker, AWS 2015), never nothing. */
static uint64_t backoff(wayside *device) {
  unsigned doublings = device->failures > 1 ? device->failures - 1 : 0;
  uint32_t ceiling = doublings >= 6 ? MOST_MS : (uint32_t)FIRST_MS << doublings;
  return FIRST_MS / 2 + chance(device) % (ceiling - FIRST_MS / 2 + 1);
}

void wayside_disconnected(wayside *device) {
  if (device->line != WAYSIDE_COMING && device->line != WAYSIDE_UP) return;
  if (device->line == WAYSIDE_UP && wayside_uptime(device) - device->up_since >= SETTLED_MS) device->failures = 0;
  device->failures++;
  device->line = device->leaving ? WAYSIDE_GONE : WAYSIDE_DOWN;
  device->try_at = wayside_uptime(device) + backoff(device);
  wayside_queue_land(&device->kept);
  wayside_queue_land(&device->spare);
}

void wayside_connected(wayside *device) {
  const wayside_port *port = device->port;
  device->line = WAYSIDE_UP;
  device->up_since = wayside_uptime(device);
  /* Heard before seen: a command sent the moment we are online must find us listening. */
  bool listens = port->subscribe(port->context, topic_of(device, WAYSIDE_COMMAND));
  json_writer writer = json_write_into(device->scratch, sizeof device->scratch);
  wayside_write_description(&writer, device->options->description);
  size_t length = (size_t)(writer.at - device->scratch);
  bool described = port->publish(port->context, topic_of(device, WAYSIDE_DESCRIPTION), device->scratch, length, true) >= 0;
  bool present = port->publish(port->context, device->will_topic, "online", 6, true) >= 0;
  if (!listens || !described || !present) wayside_warn(device, "The edge could not be greeted. Is the MQTT client's buffer large enough for the description?");
}

/* The time is written when it goes out: a clock that was not set when it was said may be by now. */
static void stamp(wayside *device, const wayside_message *message, char *payload) {
  char text[STAMP_LENGTH + 8];
  uint64_t epoch = wayside_epoch(device), uptime = wayside_uptime(device);
  if (!message->stamp || epoch <= uptime - message->uptime) return;
  /* Both clocks are cut to whole milliseconds, so what lies between them wavers by one: taken anew each time, a reading could be stamped
   * before the one ahead of it, and the edge would take it for late. */
  uint64_t started = epoch - uptime;
  if (started - device->started + 1 > 2) device->started = started;
  snprintf(text, sizeof text, STAMP, (unsigned long long)(device->started + message->uptime));
  memcpy(payload + STAMP_AT, text, STAMP_LENGTH);
}

static bool send_next(wayside *device, wayside_queue *queue) {
  wayside_message message;
  char *payload = wayside_queue_next(queue, &message);
  if (!payload) return false;
  stamp(device, &message, payload);
  int packet = device->port->publish(device->port->context, topic_of(device, (wayside_channel)message.channel), payload, message.length, false);
  if (packet == WAYSIDE_TRY_LATER) return false;
  if (packet > 0) {
    wayside_queue_fly(queue, payload, packet);
    return true;
  }
  wayside_queue_remove(queue, payload);
  if (packet == WAYSIDE_TOO_LARGE) {
    device->dropped++;
    wayside_warn(device, "A message is larger than the MQTT client's buffer and was dropped.");
  } else device->sent++;
  return true;
}

static void send_waiting(wayside *device) {
  while (device->line == WAYSIDE_UP && wayside_queue_flying(&device->kept) + wayside_queue_flying(&device->spare) < WAYSIDE_WINDOW)
    if (!send_next(device, &device->kept) && !send_next(device, &device->spare)) return;
}

void wayside_acknowledged(wayside *device, int packet) {
  if (device->leaving == WAYSIDE_SAYS_GOODBYE && packet == device->goodbye) device->goodbye = 0;
  else if (wayside_queue_acknowledge(&device->kept, packet) || wayside_queue_acknowledge(&device->spare, packet)) device->sent++;
}

void wayside_heard(wayside *device, const char *topic, size_t topic_length, const void *payload, size_t length) {
  const char *wanted = topic_of(device, WAYSIDE_COMMAND);
  if (topic_length == strlen(wanted) && memcmp(topic, wanted, topic_length) == 0) wayside_take_command(device, payload, length);
}

static void leave(wayside *device) {
  const wayside_port *port = device->port;
  bool late = wayside_uptime(device) >= device->leave_by;
  if (device->line != WAYSIDE_UP && !late && device->line != WAYSIDE_DOWN) return;
  if (device->line == WAYSIDE_UP && !late) {
    if (device->leaving == WAYSIDE_DRAINS) {
      if (device->kept.count + device->spare.count > 0) return;
      device->goodbye = port->publish(port->context, device->will_topic, "offline", 7, true);
      device->leaving = WAYSIDE_SAYS_GOODBYE;
    }
    if (device->goodbye > 0) return;
  }
  port->disconnect(port->context);
  device->line = WAYSIDE_GONE;
}

void wayside_loop(wayside *device) {
  const wayside_port *port = device->port;
  if (device->line == WAYSIDE_GONE) return;
  if (device->line == WAYSIDE_DOWN && !device->leaving && wayside_uptime(device) >= device->try_at) {
    wayside_session session = {device->client_id, device->options->username, device->options->password, device->will_topic, "offline", device->options->keepalive};
    if (session.keepalive == 0) session.keepalive = 30;
    device->line = WAYSIDE_COMING;
    port->connect(port->context, device, &session);
  }
  port->loop(port->context, device);
  wayside_expire_commands(device);
  send_waiting(device);
  if (device->leaving) leave(device);
}

void wayside_stop(wayside *device) {
  if (device->leaving) return;
  wayside_fail_commands(device, "the device is stopping");
  device->leaving = WAYSIDE_DRAINS;
  device->leave_by = wayside_uptime(device) + FAREWELL_MS;
}

bool wayside_has_stopped(const wayside *device) { return device->line == WAYSIDE_GONE; }

/* `{` and room for the time; or the time itself where it is given. */
static json_writer begin_body(wayside *device, uint64_t at) {
  char text[STAMP_LENGTH + 8];
  json_writer writer = json_write_into(device->scratch, sizeof device->scratch);
  if (at > 0) snprintf(text, sizeof text, STAMP, (unsigned long long)at);
  else memset(text, ' ', STAMP_LENGTH), text[STAMP_LENGTH] = '\0';
  json_raw(&writer, "{");
  json_raw(&writer, text);
  return writer;
}

static wayside_result say(wayside *device, wayside_channel channel, const json_writer *writer, bool stamped) {
  if (writer->full) return WAYSIDE_DOES_NOT_FIT;
  wayside_message message = {wayside_uptime(device), (uint32_t)(writer->at - device->scratch), 0, (uint8_t)channel, stamped};
  wayside_queue *queue = channel == WAYSIDE_TELEMETRY ? &device->spare : &device->kept;
  device->dropped += wayside_queue_add(queue, &message, device->scratch);
  return WAYSIDE_OK;
}

wayside_result wayside_publish_at(wayside *device, const wayside_reading *readings, size_t count, uint64_t at) {
  wayside_result result = wayside_check(readings, count);
  if (result != WAYSIDE_OK) return result;
  json_writer writer = begin_body(device, at);
  json_raw(&writer, "\"signals\":{");
  wayside_write_readings(&writer, readings, count);
  json_raw(&writer, "}}");
  /* A reading of another time says nothing about now. */
  for (size_t i = 0; at == 0 && i < count; i++) wayside_note_reading(device, &readings[i]);
  return say(device, WAYSIDE_TELEMETRY, &writer, at == 0);
}

wayside_result wayside_publish(wayside *device, const wayside_reading *readings, size_t count) { return wayside_publish_at(device, readings, count, 0); }

wayside_result wayside_dtc(wayside *device, const char *code, wayside_dtc_state state, const wayside_reading *freeze_frame, size_t count) {
  static const char *const words[] = WAYSIDE_DTC_STATE_WORDS;
  wayside_result result = wayside_is_code(code) ? wayside_check(freeze_frame, count) : WAYSIDE_BAD_NAME;
  if (result != WAYSIDE_OK) return result;
  json_writer writer = begin_body(device, 0);
  json_raw(&writer, "\"code\":");
  json_text(&writer, code);
  json_raw(&writer, ",\"state\":");
  json_text(&writer, words[state]);
  if (count > 0) {
    json_raw(&writer, ",\"freezeFrame\":{");
    wayside_write_readings(&writer, freeze_frame, count);
    json_raw(&writer, "}");
  }
  json_raw(&writer, "}");
  return say(device, WAYSIDE_DTC, &writer, true);
}

wayside_result wayside_event(wayside *device, const char *kind, const char *name) {
  if (!wayside_is_id(kind) || !wayside_is_id(name)) return WAYSIDE_BAD_NAME;
  json_writer writer = begin_body(device, 0);
  json_raw(&writer, "\"kind\":");
  json_text(&writer, kind);
  json_raw(&writer, ",\"name\":");
  json_text(&writer, name);
  json_raw(&writer, "}");
  return say(device, WAYSIDE_EVENT, &writer, true);
}

void wayside_send_outcome(wayside *device, const wayside_order *order) {
  static const char *const words[] = WAYSIDE_OUTCOME_STATE_WORDS;
  json_writer writer = json_write_into(device->scratch, sizeof device->scratch);
  json_raw(&writer, "{\"id\":");
  json_text(&writer, order->id);
  json_raw(&writer, ",\"state\":");
  json_text(&writer, words[order->state]);
  /* A text cut in the middle of a character would make the whole message none. */
  char detail[WAYSIDE_DETAIL];
  memcpy(detail, order->detail, sizeof detail);
  size_t length = strlen(detail);
  while (length > 0 && !json_is_utf8(detail, length)) detail[--length] = '\0';
  if (length > 0) {
    json_raw(&writer, ",\"detail\":");
    json_text(&writer, detail);
  }
  json_raw(&writer, "}");
  say(device, WAYSIDE_OUTCOME, &writer, false);
}

wayside_state wayside_look(const wayside *device) {
  wayside_state state = {device->line == WAYSIDE_UP, device->kept.count + device->spare.count, device->dropped, device->sent};
  return state;
}
