/**
 * Wayside device SDK for C and C++: what a maker compiles in so that a machine can be understood and helped. C99, no heap, one thread.
 * All it needs lies in one `wayside` and in the memory that is handed in; MQTT and the clock come through `wayside_port`. See README.md.
 */
#ifndef WAYSIDE_H
#define WAYSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wayside_wire.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How much a device holds besides the memory handed in. Define them before this header, for all files, to change them. */
#ifndef WAYSIDE_MESSAGE /* bytes of the largest message, the description among them */
#define WAYSIDE_MESSAGE 2048
#endif
#ifndef WAYSIDE_SIGNALS /* signals whose last value is remembered for interlocks */
#define WAYSIDE_SIGNALS 16
#endif
#ifndef WAYSIDE_ARGUMENTS
#define WAYSIDE_ARGUMENTS 8
#endif
#ifndef WAYSIDE_REMEMBERED /* outcomes, so that a command that comes twice is carried out once */
#define WAYSIDE_REMEMBERED 8
#endif
#ifndef WAYSIDE_DETAIL /* bytes of an outcome's detail, with the final zero */
#define WAYSIDE_DETAIL 96
#endif
#ifndef WAYSIDE_ARGUMENT_TEXT /* bytes of all texts among a command's arguments */
#define WAYSIDE_ARGUMENT_TEXT 128
#endif
#define WAYSIDE_WINDOW 8

typedef struct wayside wayside;

typedef struct {
  wayside_type type;
  double number;
  bool boolean;
  const char *string;
} wayside_value;

typedef struct {
  const char *name;
  wayside_value value;
} wayside_reading;

static inline wayside_reading wayside_number(const char *name, double number) {
  wayside_reading reading = {name, {WAYSIDE_NUMBER, number, false, NULL}};
  return reading;
}
static inline wayside_reading wayside_boolean(const char *name, bool boolean) {
  wayside_reading reading = {name, {WAYSIDE_BOOLEAN, 0, boolean, NULL}};
  return reading;
}
static inline wayside_reading wayside_string(const char *name, const char *string) {
  wayside_reading reading = {name, {WAYSIDE_STRING, 0, false, string}};
  return reading;
}

/* What is measured, or what an action takes. `min` and `max` both 0: no limits. `states` ends with NULL. What is left out is not said. */
typedef struct {
  const char *name, *title;
  wayside_type type;
  const char *unit, *kind;
  double min, max;
  const char *const *states;
} wayside_field;

typedef enum { WAYSIDE_ABOVE, WAYSIDE_BELOW, WAYSIDE_IS, WAYSIDE_IS_NOT } wayside_test;

/* What must hold in the moment a command is carried out; what was not published in the last two seconds does not hold. */
typedef struct {
  const char *signal;
  wayside_test test;
  wayside_value value;
} wayside_interlock;

typedef struct {
  const char *id, *name;
  const wayside_reading *args;
  size_t args_count;
  double expires;
} wayside_command;

/* The handler will say the outcome later, with `wayside_say_outcome`; when the command expires first, it has failed. */
#define WAYSIDE_LATER ((wayside_outcome_state)(WAYSIDE_FAILED + 1))

/* Carries a command out. `detail` (WAYSIDE_DETAIL bytes) may be filled with words for people. */
typedef wayside_outcome_state (*wayside_handler)(wayside *device, const wayside_command *command, char *detail);

typedef struct {
  const char *name, *title;
  wayside_risk risk;
  wayside_handler handle;
  const wayside_field *args;
  size_t args_count;
  const wayside_interlock *interlocks;
  size_t interlocks_count;
} wayside_action;

/* Never changes; it may lie in flash. */
typedef struct {
  const char *title, *family, *maker, *model, *firmware;
  const wayside_field *signals;
  size_t signals_count;
  const wayside_action *actions;
  size_t actions_count;
} wayside_description;

/* Who connects, and what the broker says for a device that vanishes: `offline`, retained, QoS 1. */
typedef struct {
  const char *client_id, *username, *password, *will_topic, *will_payload;
  uint16_t keepalive;
} wayside_session;

enum { WAYSIDE_TRY_LATER = -1, WAYSIDE_TOO_LARGE = -2, WAYSIDE_NO_ANSWER_COMES = 0 };

/* The outer world: an MQTT 3.1.1 client, clocks, a log. Every function gets `context`. */
typedef struct {
  void *context;
  /* Begins to connect; `wayside_connected` or `wayside_disconnected` is called when it is known how that went, now or from `loop`. */
  void (*connect)(void *context, wayside *device, const wayside_session *session);
  bool (*subscribe)(void *context, const char *topic);
  /* Sends with QoS 1 and returns the packet id, to be given to `wayside_acknowledged`; WAYSIDE_NO_ANSWER_COMES when it went with QoS 0;
   * WAYSIDE_TRY_LATER; WAYSIDE_TOO_LARGE, and it is dropped. */
  int (*publish)(void *context, const char *topic, const char *payload, size_t length, bool retain);
  /* Says DISCONNECT and closes. */
  void (*disconnect)(void *context);
  /* Reads and writes what can be without waiting, and calls `wayside_heard` and the others below. */
  void (*loop)(void *context, wayside *device);
  /* Milliseconds since the start. */
  uint64_t (*uptime)(void *context);
  /* Epoch milliseconds; 0 while the clock is not set: then the edge stamps what comes. NULL for none. */
  uint64_t (*epoch)(void *context);
  /* Hears, in plain words, what went wrong and is dealt with. NULL for none. */
  void (*warn)(void *context, const char *message);
} wayside_port;

typedef struct {
  /* The thing's id, 1 to 64 of A-Z a-z 0-9 . _ - */
  const char *id;
  const char *username, *password;
  const wayside_description *description;
  /* Where messages wait while the edge is away. A quarter of it is for codes, events and outcomes, the rest for readings. */
  void *memory;
  size_t memory_size;
  /* At most so many messages; 0: as many as there is memory for. */
  size_t limit;
  /* Seconds; 0 is 30. */
  uint16_t keepalive;
} wayside_options;

typedef enum { WAYSIDE_OK, WAYSIDE_BAD_NAME, WAYSIDE_BAD_VALUE, WAYSIDE_DOES_NOT_FIT } wayside_result;
/* A result in words. */
const char *wayside_explain(wayside_result result);

/* Nothing is kept but pointers: options, description, port and memory must stay. Connects from the next `wayside_loop` on. */
wayside_result wayside_begin(wayside *device, const wayside_options *options, const wayside_port *port);
/* Call it as often as you can: connects, sends, hears. Never waits. */
void wayside_loop(wayside *device);
/* Ends what runs as failed, then tells what waits and says offline while `wayside_loop` goes on being called, two seconds at most. */
void wayside_stop(wayside *device);
bool wayside_has_stopped(const wayside *device);

/* Publishes readings of one moment. `at`: epoch milliseconds, 0 for now. */
wayside_result wayside_publish_at(wayside *device, const wayside_reading *readings, size_t count, uint64_t at);
wayside_result wayside_publish(wayside *device, const wayside_reading *readings, size_t count);
/* One of the device's own trouble codes, with what it measured at that moment. */
wayside_result wayside_dtc(wayside *device, const char *code, wayside_dtc_state state, const wayside_reading *freeze_frame, size_t count);
/* A button, a gesture, a door. */
wayside_result wayside_event(wayside *device, const char *kind, const char *name);
/* The end of a command whose handler answered WAYSIDE_LATER. False when it had ended already. */
bool wayside_say_outcome(wayside *device, const char *id, wayside_outcome_state state, const char *detail);

typedef struct {
  bool connected;
  /* Messages not yet acknowledged; lost because memory was full; acknowledged. */
  size_t buffered, dropped, sent;
} wayside_state;
wayside_state wayside_look(const wayside *device);

/* For ports. */
void wayside_connected(wayside *device);
void wayside_disconnected(wayside *device);
void wayside_acknowledged(wayside *device, int packet);
void wayside_heard(wayside *device, const char *topic, size_t topic_length, const void *payload, size_t length);

/* Below this line is what a device is made of; touch it only through the functions above. */

typedef struct {
  uint8_t *bytes;
  size_t capacity, used, limit, count;
} wayside_queue;

typedef struct {
  char id[WAYSIDE_ID_LENGTH + 1];
  char detail[WAYSIDE_DETAIL];
  wayside_outcome_state state; /* WAYSIDE_LATER while it runs */
  double expires;
  bool used;
} wayside_order;

struct wayside {
  const wayside_options *options;
  const wayside_port *port;
  wayside_queue kept, spare;
  wayside_value latest[WAYSIDE_SIGNALS];
  uint64_t latest_at[WAYSIDE_SIGNALS]; /* uptime + 1; 0: never */
  wayside_order orders[WAYSIDE_REMEMBERED];
  size_t next_order, dropped, sent;
  enum { WAYSIDE_DOWN, WAYSIDE_COMING, WAYSIDE_UP, WAYSIDE_GONE } line;
  enum { WAYSIDE_STAYS, WAYSIDE_DRAINS, WAYSIDE_SAYS_GOODBYE } leaving;
  uint64_t try_at, up_since, leave_by;
  uint64_t started; /* epoch milliseconds at which the uptime was 0 */
  unsigned failures;
  uint32_t seed;
  int goodbye;
  char topic[sizeof WAYSIDE_TOPIC_ROOT + WAYSIDE_ID_LENGTH + 16];
  char will_topic[sizeof WAYSIDE_TOPIC_ROOT + WAYSIDE_ID_LENGTH + 16];
  char client_id[WAYSIDE_ID_LENGTH + 8];
  char scratch[WAYSIDE_MESSAGE];
};

#ifdef __cplusplus
}
#endif
#endif
