#include "wayside_words.h"

#include <math.h>
#include <string.h>

static bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool fits(const char *text, size_t longest, bool digit_first, const char *extra) {
  if (!text || !(is_letter(text[0]) || (digit_first && is_digit(text[0])))) return false;
  size_t length = 1;
  for (; text[length]; length++)
    if (length >= longest || !(is_letter(text[length]) || is_digit(text[length]) || strchr(extra, text[length]))) return false;
  return length <= longest;
}

bool wayside_is_id(const char *text) { return fits(text, WAYSIDE_ID_LENGTH, WAYSIDE_ID_MAY_BEGIN_WITH_DIGIT, WAYSIDE_ID_EXTRA); }
bool wayside_is_signal(const char *text) {
  return fits(text, WAYSIDE_SIGNAL_NAME_LENGTH, WAYSIDE_SIGNAL_NAME_MAY_BEGIN_WITH_DIGIT, WAYSIDE_SIGNAL_NAME_EXTRA);
}
bool wayside_is_code(const char *text) { return fits(text, WAYSIDE_DTC_CODE_LENGTH, WAYSIDE_DTC_CODE_MAY_BEGIN_WITH_DIGIT, WAYSIDE_DTC_CODE_EXTRA); }

wayside_result wayside_check(const wayside_reading *readings, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const wayside_value *value = &readings[i].value;
    if (!wayside_is_signal(readings[i].name)) return WAYSIDE_BAD_NAME;
    if (value->type == WAYSIDE_NUMBER && !isfinite(value->number)) return WAYSIDE_BAD_VALUE;
    if (value->type != WAYSIDE_STRING) continue;
    size_t length = value->string ? strlen(value->string) : WAYSIDE_MAX_TEXT + 1;
    if (length > WAYSIDE_MAX_TEXT || !json_is_utf8(value->string, length)) return WAYSIDE_BAD_VALUE;
  }
  return WAYSIDE_OK;
}

static void write_value(json_writer *writer, const wayside_value *value) {
  if (value->type == WAYSIDE_NUMBER) json_number(writer, value->number);
  else if (value->type == WAYSIDE_BOOLEAN) json_raw(writer, value->boolean ? "true" : "false");
  else json_text(writer, value->string);
}

static void write_key(json_writer *writer, bool first, const char *key) {
  if (!first) json_raw(writer, ",");
  json_text(writer, key);
  json_raw(writer, ":");
}

void wayside_write_readings(json_writer *writer, const wayside_reading *readings, size_t count) {
  for (size_t i = 0; i < count; i++) {
    write_key(writer, i == 0, readings[i].name);
    write_value(writer, &readings[i].value);
  }
}

static void write_text(json_writer *writer, const char *key, const char *text) {
  if (!text) return;
  write_key(writer, false, key);
  json_text(writer, text);
}

static void write_field(json_writer *writer, const wayside_field *field) {
  static const char *const words[] = WAYSIDE_TYPE_WORDS;
  json_raw(writer, "{\"type\":");
  json_text(writer, words[field->type]);
  write_text(writer, "title", field->title);
  write_text(writer, "unit", field->unit);
  write_text(writer, "kind", field->kind);
  if (field->min != 0 || field->max != 0) {
    write_key(writer, false, "min");
    json_number(writer, field->min);
    write_key(writer, false, "max");
    json_number(writer, field->max);
  }
  if (field->states) {
    write_key(writer, false, "states");
    for (size_t i = 0; field->states[i]; i++) {
      json_raw(writer, i == 0 ? "[" : ",");
      json_text(writer, field->states[i]);
    }
    json_raw(writer, "]");
  }
  json_raw(writer, "}");
}

static void write_fields(json_writer *writer, const char *key, const wayside_field *fields, size_t count) {
  if (count == 0) return;
  write_key(writer, false, key);
  json_raw(writer, "{");
  for (size_t i = 0; i < count; i++) {
    write_key(writer, i == 0, fields[i].name);
    write_field(writer, &fields[i]);
  }
  json_raw(writer, "}");
}

static void write_interlocks(json_writer *writer, const wayside_interlock *interlocks, size_t count) {
  static const char *const tests[] = {"above", "below", "is", "isNot"};
  if (count == 0) return;
  write_key(writer, false, "interlocks");
  for (size_t i = 0; i < count; i++) {
    json_raw(writer, i == 0 ? "[{\"signal\":" : ",{\"signal\":");
    json_text(writer, interlocks[i].signal);
    write_key(writer, false, tests[interlocks[i].test]);
    write_value(writer, &interlocks[i].value);
    json_raw(writer, "}");
  }
  json_raw(writer, "]");
}

static void write_action(json_writer *writer, const wayside_action *action) {
  static const char *const words[] = WAYSIDE_RISK_WORDS;
  json_raw(writer, "{\"risk\":");
  json_text(writer, words[action->risk]);
  write_text(writer, "title", action->title);
  write_fields(writer, "args", action->args, action->args_count);
  write_interlocks(writer, action->interlocks, action->interlocks_count);
  json_raw(writer, "}");
}

void wayside_write_description(json_writer *writer, const wayside_description *description) {
  json_raw(writer, "{\"title\":");
  json_text(writer, description->title);
  write_text(writer, "family", description->family);
  write_text(writer, "maker", description->maker);
  write_text(writer, "model", description->model);
  write_text(writer, "firmware", description->firmware);
  write_fields(writer, "signals", description->signals, description->signals_count);
  if (description->actions_count > 0) {
    write_key(writer, false, "actions");
    json_raw(writer, "{");
    for (size_t i = 0; i < description->actions_count; i++) {
      write_key(writer, i == 0, description->actions[i].name);
      write_action(writer, &description->actions[i]);
    }
    json_raw(writer, "}");
  }
  json_raw(writer, "}");
}
