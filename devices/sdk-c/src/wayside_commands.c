#include "wayside_commands.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "wayside_json.h"
#include "wayside_words.h"

/* What was published longer ago says nothing about now; the edge holds to the same. */
enum { FRESH_MS = 2000 };

static int signal_index(const wayside *device, const char *name) {
  const wayside_description *description = device->options->description;
  for (size_t i = 0; i < description->signals_count && i < WAYSIDE_SIGNALS; i++)
    if (strcmp(description->signals[i].name, name) == 0) return (int)i;
  return -1;
}

void wayside_note_reading(wayside *device, const wayside_reading *reading) {
  int i = signal_index(device, reading->name);
  if (i < 0 || reading->value.type == WAYSIDE_STRING) return; /* A text is not ours to keep. */
  device->latest[i] = reading->value;
  device->latest_at[i] = wayside_uptime(device) + 1;
}

static bool same(const wayside_value *a, const wayside_value *b) {
  return a->type == b->type && (a->type == WAYSIDE_NUMBER ? a->number == b->number : a->boolean == b->boolean);
}

static bool holds(const wayside_interlock *interlock, const wayside_value *value) {
  bool number = value->type == WAYSIDE_NUMBER;
  switch (interlock->test) {
    case WAYSIDE_ABOVE: return number && value->number > interlock->value.number;
    case WAYSIDE_BELOW: return number && value->number < interlock->value.number;
    case WAYSIDE_IS: return same(value, &interlock->value);
    default: return !same(value, &interlock->value);
  }
}

static bool is_blocked(const wayside *device, const wayside_action *action, char *why) {
  for (size_t i = 0; i < action->interlocks_count; i++) {
    const wayside_interlock *interlock = &action->interlocks[i];
    int index = signal_index(device, interlock->signal);
    bool known = index >= 0 && device->latest_at[index] > 0 && wayside_uptime(device) + 1 - device->latest_at[index] <= FRESH_MS;
    if (known && holds(interlock, &device->latest[index])) continue;
    snprintf(why, WAYSIDE_DETAIL, known ? "%s does not allow it now" : "%s is not known now", interlock->signal);
    return true;
  }
  return false;
}

/* A command as it is read; texts of arguments lie in `text`. */
typedef struct {
  char id[WAYSIDE_ID_LENGTH + 1], name[WAYSIDE_ID_LENGTH + 1];
  char names[WAYSIDE_ARGUMENTS][WAYSIDE_ID_LENGTH + 1];
  char text[WAYSIDE_ARGUMENT_TEXT];
  wayside_reading args[WAYSIDE_ARGUMENTS];
  size_t args_count;
  double expires;
} command;

static void read_args(json_reader *reader, command *into) {
  char name[WAYSIDE_ID_LENGTH + 1];
  size_t used = 0;
  json_enter(reader);
  while (json_key(reader, name, sizeof name)) {
    if (into->args_count == WAYSIDE_ARGUMENTS) {
      reader->bad = true;
      return;
    }
    memcpy(into->names[into->args_count], name, sizeof name);
    wayside_reading *arg = &into->args[into->args_count];
    arg->name = into->names[into->args_count++];
    json_kind kind = json_peek(reader);
    if (kind == JSON_NUMBER) *arg = wayside_number(arg->name, json_take_number(reader));
    else if (kind == JSON_TRUE || kind == JSON_FALSE) *arg = wayside_boolean(arg->name, json_take_boolean(reader));
    else if (kind == JSON_STRING) {
      *arg = wayside_string(arg->name, into->text + used);
      json_take_text(reader, into->text + used, sizeof into->text - used);
      used += strlen(into->text + used) + 1;
      if (used >= sizeof into->text) reader->bad = true;
    } else reader->bad = true;
  }
}

static bool read_command(const void *payload, size_t length, command *into) {
  char key[16];
  bool has_args = false;
  json_reader reader = json_read(payload, length);
  memset(into, 0, sizeof *into);
  json_enter(&reader);
  while (json_key(&reader, key, sizeof key)) {
    if (strcmp(key, "id") == 0) json_take_text(&reader, into->id, sizeof into->id);
    else if (strcmp(key, "name") == 0) json_take_text(&reader, into->name, sizeof into->name);
    else if (strcmp(key, "expires") == 0) into->expires = json_take_number(&reader);
    else if (strcmp(key, "args") == 0 && !has_args) has_args = true, read_args(&reader, into);
    else json_skip(&reader);
  }
  return json_done(&reader) && has_args && wayside_is_id(into->id) && wayside_is_id(into->name) && into->expires > 0;
}

static const wayside_reading *argument(const command *given, const char *name) {
  for (size_t i = 0; i < given->args_count; i++)
    if (strcmp(given->args[i].name, name) == 0) return &given->args[i];
  return NULL;
}

static bool is_state(const char *const *states, const char *text) {
  for (; states && *states; states++)
    if (strcmp(*states, text) == 0) return true;
  return !states;
}

/* Every declared argument must be there, and no other. */
static bool is_misfit(const wayside_action *action, const command *given, char *why) {
  static const char *const types[] = WAYSIDE_TYPE_WORDS;
  for (size_t i = 0; i < given->args_count; i++) {
    bool declared = false;
    for (size_t j = 0; j < action->args_count; j++) declared |= strcmp(action->args[j].name, given->args[i].name) == 0;
    if (!declared) return snprintf(why, WAYSIDE_DETAIL, "unknown argument \"%.40s\"", given->args[i].name), true;
  }
  for (size_t j = 0; j < action->args_count; j++) {
    const wayside_field *field = &action->args[j];
    const wayside_reading *arg = argument(given, field->name);
    if (!arg) return snprintf(why, WAYSIDE_DETAIL, "argument \"%.40s\" is missing", field->name), true;
    if (arg->value.type != field->type) return snprintf(why, WAYSIDE_DETAIL, "argument \"%.40s\" must be a %s", field->name, types[field->type]), true;
    bool limited = field->type == WAYSIDE_NUMBER && (field->min != 0 || field->max != 0);
    if (limited && (arg->value.number < field->min || arg->value.number > field->max))
      return snprintf(why, WAYSIDE_DETAIL, "argument \"%.40s\" must be from %g to %g", field->name, field->min, field->max), true;
    if (field->type == WAYSIDE_STRING && !is_state(field->states, arg->value.string))
      return snprintf(why, WAYSIDE_DETAIL, "argument \"%.40s\" is none of its states", field->name), true;
  }
  return false;
}

static const wayside_action *action_named(const wayside *device, const char *name) {
  const wayside_description *description = device->options->description;
  for (size_t i = 0; i < description->actions_count; i++)
    if (strcmp(description->actions[i].name, name) == 0 && description->actions[i].handle) return &description->actions[i];
  return NULL;
}

static wayside_order *order_of(wayside *device, const char *id) {
  for (size_t i = 0; i < WAYSIDE_REMEMBERED; i++)
    if (device->orders[i].used && strcmp(device->orders[i].id, id) == 0) return &device->orders[i];
  return NULL;
}

/* A place for one more: the oldest that is not running. NULL when all are. */
static wayside_order *new_order(wayside *device, const command *given) {
  for (size_t i = 0; i < WAYSIDE_REMEMBERED; i++) {
    wayside_order *order = &device->orders[(device->next_order + i) % WAYSIDE_REMEMBERED];
    if (order->used && order->state == WAYSIDE_LATER) continue;
    device->next_order = (device->next_order + i + 1) % WAYSIDE_REMEMBERED;
    memset(order, 0, sizeof *order);
    memcpy(order->id, given->id, sizeof order->id);
    order->expires = given->expires;
    order->used = true;
    return order;
  }
  return NULL;
}

static bool has_expired(const wayside *device, double expires) {
  uint64_t epoch = wayside_epoch(device);
  return epoch > 0 && expires <= (double)epoch;
}

void wayside_take_command(wayside *device, const void *payload, size_t length) {
  command given;
  if (!read_command(payload, length, &given)) {
    wayside_warn(device, "A command was ignored, because it is no valid command.");
    return;
  }
  wayside_order *order = order_of(device, given.id);
  if (order) {
    /* Still running: its outcome, when it comes, is the answer to both. */
    if (order->state != WAYSIDE_LATER) wayside_send_outcome(device, order);
    return;
  }
  order = new_order(device, &given);
  if (!order) {
    wayside_warn(device, "A command was ignored, because too many others run.");
    return;
  }
  const wayside_action *action = action_named(device, given.name);
  order->state = WAYSIDE_REFUSED;
  if (has_expired(device, given.expires)) snprintf(order->detail, WAYSIDE_DETAIL, "expired before it arrived");
  else if (!action) snprintf(order->detail, WAYSIDE_DETAIL, "this device has no command \"%.40s\"", given.name);
  else if (!is_misfit(action, &given, order->detail) && !is_blocked(device, action, order->detail)) {
    wayside_command told = {given.id, given.name, given.args, given.args_count, given.expires};
    /* While the handler runs, a second copy that comes in meanwhile must find it running. */
    order->state = WAYSIDE_LATER;
    wayside_outcome_state state = action->handle(device, &told, order->detail);
    order->detail[WAYSIDE_DETAIL - 1] = '\0';
    if (state == WAYSIDE_LATER || order->state != WAYSIDE_LATER) return;
    order->state = state;
  }
  wayside_send_outcome(device, order);
}

static void end(wayside *device, wayside_order *order, wayside_outcome_state state, const char *detail) {
  order->state = state;
  snprintf(order->detail, WAYSIDE_DETAIL, "%s", detail ? detail : "");
  wayside_send_outcome(device, order);
}

bool wayside_say_outcome(wayside *device, const char *id, wayside_outcome_state state, const char *detail) {
  wayside_order *order = order_of(device, id);
  if (!order || order->state != WAYSIDE_LATER) return false;
  end(device, order, state, detail);
  return true;
}

void wayside_expire_commands(wayside *device) {
  for (size_t i = 0; i < WAYSIDE_REMEMBERED; i++) {
    wayside_order *order = &device->orders[i];
    if (order->used && order->state == WAYSIDE_LATER && has_expired(device, order->expires)) end(device, order, WAYSIDE_FAILED, "did not finish before it expired");
  }
}

void wayside_fail_commands(wayside *device, const char *why) {
  for (size_t i = 0; i < WAYSIDE_REMEMBERED; i++)
    if (device->orders[i].used && device->orders[i].state == WAYSIDE_LATER) end(device, &device->orders[i], WAYSIDE_FAILED, why);
}
