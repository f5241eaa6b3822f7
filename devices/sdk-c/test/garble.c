/**
 * Tells a device what no edge would: commands with bytes changed, cut and added, on a line that breaks, in memory of any size. It ends well, or the
 * compiler's memory checks end it. One argument: how many commands.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wayside.h"

static uint64_t clock_ms = 1000;
static bool clock_is_set;
static int packet;
static long published;

/* xorshift32: the same run every time. */
static unsigned chance(unsigned below) {
  static uint32_t x = 2463534242u;
  x ^= x << 13, x ^= x >> 17, x ^= x << 5;
  return x % below;
}

static void begin(void *context, wayside *device, const wayside_session *session) {
  (void)context, (void)session;
  if (chance(3)) wayside_connected(device);
  else wayside_disconnected(device);
}
static bool subscribe(void *context, const char *topic) { return (void)context, (void)topic, chance(10) > 0; }
static int publish(void *context, const char *topic, const char *payload, size_t length, bool retain) {
  unsigned char sum = 0;
  (void)context, (void)topic, (void)retain;
  for (size_t i = 0; i < length; i++) sum ^= (unsigned char)payload[i];
  published += 1 + (sum & 0);
  switch (chance(10)) {
    case 0: return WAYSIDE_TRY_LATER;
    case 1: return WAYSIDE_NO_ANSWER_COMES;
    case 2: return WAYSIDE_TOO_LARGE;
    default: return packet = packet % 65535 + 1;
  }
}
static void disconnect(void *context) { (void)context; }
static void loop(void *context, wayside *device) {
  (void)context;
  if (chance(4) == 0) wayside_acknowledged(device, 1 + (int)chance((unsigned)packet + 1));
  if (chance(200) == 0) wayside_disconnected(device);
  clock_ms += chance(50);
}
static uint64_t uptime(void *context) { return (void)context, clock_ms; }
static uint64_t epoch(void *context) { return (void)context, clock_is_set ? 1700000000000u + clock_ms : 0; }

/* Fills the detail to the brim with halves of characters. */
static wayside_outcome_state handle(wayside *device, const wayside_command *command, char *detail) {
  size_t read = 0;
  for (size_t i = 0; i < command->args_count; i++)
    if (command->args[i].value.type == WAYSIDE_STRING) read += strlen(command->args[i].value.string);
  memset(detail, '\xe6', WAYSIDE_DETAIL);
  wayside_reading level = wayside_number("level", (double)read);
  wayside_publish(device, &level, 1);
  return chance(2) ? WAYSIDE_LATER : WAYSIDE_DONE;
}

static const char *const states[] = {"a\xc3\xa9", "b", NULL};
static const wayside_field args[] = {{.name = "level", .type = WAYSIDE_NUMBER, .max = 100}, {.name = "mode", .type = WAYSIDE_STRING, .states = states}};
static const wayside_field signals[] = {{.name = "level", .title = "Level", .type = WAYSIDE_NUMBER}};
static const wayside_interlock interlocks[] = {{"level", WAYSIDE_ABOVE, {WAYSIDE_NUMBER, 1, false, NULL}}};
static const wayside_action actions[] = {
    {.name = "guarded", .title = "G", .risk = WAYSIDE_R1, .handle = handle, .args = args, .args_count = 1, .interlocks = interlocks, .interlocks_count = 1},
    {.name = "free", .title = "F", .risk = WAYSIDE_R1, .handle = handle, .args = args, .args_count = 2},
};
static const wayside_description description = {.title = "T", .family = "f", .signals = signals, .signals_count = 1, .actions = actions, .actions_count = 2};

/* A command that is nearly one. */
static size_t garble(char *text, size_t size) {
  static const char signs[] = "{}[]\",:\\u0e-";
  static const char *const given[] = {"", "\"level\":40", "\"level\":1e2,\"mode\":\"a\\u00e9\"", "\"level\":3,\"mode\":\"\\ud83d\\ude00\""};
  size_t length = (size_t)snprintf(text, size, "{\"id\":\"c%u\",\"name\":\"%s\",\"args\":{%s},\"expires\":%s}", chance(30), chance(2) ? "free" : "guarded", given[chance(4)], chance(2) ? "1800000000000" : "5");
  for (unsigned times = chance(4); times > 0; times--) {
    size_t at = chance((unsigned)length);
    switch (chance(4)) {
      case 0: text[at] = (char)chance(256); break;
      case 1: length = at + 1; break;
      case 2: memmove(text + at + 1, text + at, length++ - at); /* fall through */
      default: text[at] = signs[chance(sizeof signs - 1)];
    }
  }
  return length;
}

int main(int count, char **given) {
  static wayside device;
  static const char topic[] = "wayside/v1/things/t-1/command";
  long commands = count > 1 ? atol(given[1]) : 100000;
  for (long done = 0; done < commands;) {
    /* Memory to the byte, so that one too far is seen. */
    size_t size = 1 + chance(3000);
    void *memory = malloc(size);
    clock_is_set = chance(2);
    wayside_options options = {.id = "t-1", .description = &description, .memory = memory, .memory_size = size, .limit = chance(3) ? 0 : chance(20)};
    wayside_port port = {NULL, begin, subscribe, publish, disconnect, loop, uptime, epoch, NULL};
    if (wayside_begin(&device, &options, &port) != WAYSIDE_OK) return 1;
    for (int i = 0; i < 400; i++, done++) {
      char text[256];
      size_t length = garble(text, sizeof text - 8);
      char *exact = malloc(length);
      memcpy(exact, text, length);
      wayside_heard(&device, topic, sizeof topic - 1, exact, length);
      free(exact);
      wayside_reading readings[] = {wayside_number("level", chance(100)), wayside_string("note", chance(2) ? "ok" : "bad\xff")};
      wayside_publish_at(&device, readings, 1 + chance(2), chance(2));
      if (chance(5) == 0) wayside_dtc(&device, "E1", WAYSIDE_CONFIRMED, readings, 1);
      if (chance(20) == 0) wayside_say_outcome(&device, "c3", WAYSIDE_DONE, "at last");
      if (i == 380) wayside_stop(&device);
      wayside_loop(&device);
    }
    free(memory);
  }
  printf("%ld published\n", published);
  return 0;
}
