#include "wayside_json.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

json_writer json_write_into(char *bytes, size_t size) {
  json_writer writer = {bytes, bytes + size, false};
  return writer;
}

static void put(json_writer *writer, const char *bytes, size_t length) {
  if (writer->full || length > (size_t)(writer->end - writer->at)) {
    writer->full = true;
    return;
  }
  memcpy(writer->at, bytes, length);
  writer->at += length;
}

void json_raw(json_writer *writer, const char *text) { put(writer, text, strlen(text)); }

void json_text(json_writer *writer, const char *text) {
  json_raw(writer, "\"");
  for (; *text; text++) {
    unsigned char byte = (unsigned char)*text;
    char escaped[8];
    if (byte == '"' || byte == '\\') {
      escaped[0] = '\\';
      escaped[1] = (char)byte;
      put(writer, escaped, 2);
    } else if (byte < 0x20) {
      snprintf(escaped, sizeof escaped, "\\u%04x", byte);
      put(writer, escaped, 6);
    } else put(writer, text, 1);
  }
  json_raw(writer, "\"");
}

void json_number(json_writer *writer, double number) {
  char text[32];
  /* The shortest of the two that reads back as the same number. */
  snprintf(text, sizeof text, "%.15g", number);
  if (strtod(text, NULL) != number) snprintf(text, sizeof text, "%.17g", number);
  json_raw(writer, text);
}

/* Well-formed UTF-8 (RFC 3629 §4): no overlong form, no surrogate, nothing above U+10FFFF. */
bool json_is_utf8(const char *text, size_t length) {
  const unsigned char *at = (const unsigned char *)text, *end = at + length;
  while (at < end) {
    unsigned char lead = *at++;
    int more = lead < 0x80 ? 0 : lead >= 0xC2 && lead < 0xE0 ? 1 : (lead & 0xF0) == 0xE0 ? 2 : lead >= 0xF0 && lead < 0xF5 ? 3 : -1;
    if (more < 0 || end - at < more) return false;
    if (more > 0 && ((lead == 0xE0 && *at < 0xA0) || (lead == 0xED && *at > 0x9F) || (lead == 0xF0 && *at < 0x90) || (lead == 0xF4 && *at > 0x8F)))
      return false;
    for (; more > 0; more--, at++)
      if ((*at & 0xC0) != 0x80) return false;
  }
  return true;
}

json_reader json_read(const void *bytes, size_t length) {
  json_reader reader = {(const char *)bytes, (const char *)bytes + length, false, false};
  reader.bad = !json_is_utf8((const char *)bytes, length);
  return reader;
}

static void blank(json_reader *reader) {
  while (reader->at < reader->end && (*reader->at == ' ' || *reader->at == '\t' || *reader->at == '\n' || *reader->at == '\r')) reader->at++;
}

static bool sign(json_reader *reader, char wanted) {
  blank(reader);
  if (reader->bad || reader->at == reader->end || *reader->at != wanted) return false;
  reader->at++;
  return true;
}

static bool word(json_reader *reader, const char *wanted) {
  size_t length = strlen(wanted);
  if ((size_t)(reader->end - reader->at) < length || memcmp(reader->at, wanted, length) != 0) return false;
  reader->at += length;
  return true;
}

json_kind json_peek(json_reader *reader) {
  blank(reader);
  if (reader->bad || reader->at == reader->end) return JSON_BAD;
  switch (*reader->at) {
    case '{': return JSON_OBJECT;
    case '[': return JSON_ARRAY;
    case '"': return JSON_STRING;
    case 't': return JSON_TRUE;
    case 'f': return JSON_FALSE;
    case 'n': return JSON_NULL;
    default: return *reader->at == '-' || (*reader->at >= '0' && *reader->at <= '9') ? JSON_NUMBER : JSON_BAD;
  }
}

void json_enter(json_reader *reader) {
  if (!sign(reader, '{')) reader->bad = true;
  reader->first = true;
}

bool json_key(json_reader *reader, char *key, size_t size) {
  bool first = reader->first;
  reader->first = false;
  if (sign(reader, '}')) return false;
  if (!first && !sign(reader, ',')) reader->bad = true;
  if (json_peek(reader) != JSON_STRING) reader->bad = true;
  json_take_text(reader, key, size);
  if (!sign(reader, ':')) reader->bad = true;
  return !reader->bad;
}

static int hex4(json_reader *reader) {
  int code = 0;
  if (reader->end - reader->at < 4) return -1;
  for (int i = 0; i < 4; i++) {
    char c = *reader->at++;
    int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (digit < 0) return -1;
    code = code * 16 + digit;
  }
  return code;
}

static size_t utf8_of(long code, char *out) {
  if (code < 0x80) return out[0] = (char)code, 1;
  if (code < 0x800) return out[0] = (char)(0xC0 | code >> 6), out[1] = (char)(0x80 | (code & 0x3F)), 2;
  if (code < 0x10000) return out[0] = (char)(0xE0 | code >> 12), out[1] = (char)(0x80 | (code >> 6 & 0x3F)), out[2] = (char)(0x80 | (code & 0x3F)), 3;
  out[0] = (char)(0xF0 | code >> 18), out[1] = (char)(0x80 | (code >> 12 & 0x3F)), out[2] = (char)(0x80 | (code >> 6 & 0x3F)), out[3] = (char)(0x80 | (code & 0x3F));
  return 4;
}

/* After a backslash. Returns how many bytes it stands for, 0 when it is none that JSON has. */
static size_t unescape(json_reader *reader, char *out) {
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  if (reader->at == reader->end) return 0;
  char letter = *reader->at++;
  if (letter != 'u') {
    const char *found = letter ? strchr(from, letter) : NULL;
    return found ? (out[0] = to[found - from], 1) : 0;
  }
  long code = hex4(reader);
  if (code >= 0xD800 && code < 0xDC00) {
    if (!word(reader, "\\u")) return 0;
    long low = hex4(reader);
    if (low < 0xDC00 || low > 0xDFFF) return 0;
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  } else if (code >= 0xDC00 && code < 0xE000) return 0;
  /* A zero would end the text in C. */
  return code <= 0 ? 0 : utf8_of(code, out);
}

/* `text` NULL: only read past it. */
static void take_text(json_reader *reader, char *text, size_t size) {
  size_t used = 0;
  if (!sign(reader, '"')) reader->bad = true;
  while (!reader->bad && reader->at < reader->end && *reader->at != '"') {
    char bytes[4] = {*reader->at++, 0, 0, 0};
    size_t length = 1;
    if ((unsigned char)bytes[0] < 0x20) length = 0;
    else if (bytes[0] == '\\') length = unescape(reader, bytes);
    if (length == 0 || (text && used + length >= size)) reader->bad = true;
    else if (text) memcpy(text + used, bytes, length);
    used += length;
  }
  if (reader->bad || reader->at == reader->end) reader->bad = true;
  else reader->at++;
  if (text && size > 0) text[reader->bad ? 0 : used] = '\0';
}

void json_take_text(json_reader *reader, char *text, size_t size) { take_text(reader, text, size); }

static bool digits(json_reader *reader) {
  const char *from = reader->at;
  while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9') reader->at++;
  return reader->at > from;
}

double json_take_number(json_reader *reader) {
  char text[48];
  if (json_peek(reader) != JSON_NUMBER) reader->bad = true;
  const char *from = reader->at;
  if (reader->at < reader->end && *reader->at == '-') reader->at++;
  bool zero = reader->at < reader->end && *reader->at == '0';
  const char *whole = reader->at;
  if (!digits(reader) || (zero && reader->at - whole > 1)) reader->bad = true;
  if (reader->at < reader->end && *reader->at == '.' && (reader->at++, !digits(reader))) reader->bad = true;
  if (reader->at < reader->end && (*reader->at == 'e' || *reader->at == 'E')) {
    reader->at++;
    if (reader->at < reader->end && (*reader->at == '+' || *reader->at == '-')) reader->at++;
    if (!digits(reader)) reader->bad = true;
  }
  size_t length = (size_t)(reader->at - from);
  if (reader->bad || length >= sizeof text) return reader->bad = true, 0;
  memcpy(text, from, length);
  text[length] = '\0';
  double number = strtod(text, NULL);
  if (!isfinite(number)) reader->bad = true;
  return number;
}

bool json_take_boolean(json_reader *reader) {
  bool yes = json_peek(reader) == JSON_TRUE;
  if (!word(reader, yes ? "true" : "false")) reader->bad = true;
  return yes;
}

/* Deeper than this nobody means anything. */
enum { DEEPEST = 16 };

static void skip(json_reader *reader, int depth) {
  json_kind kind = json_peek(reader);
  if (kind == JSON_STRING) take_text(reader, NULL, 0);
  else if (kind == JSON_NUMBER) json_take_number(reader);
  else if (kind == JSON_TRUE || kind == JSON_FALSE) json_take_boolean(reader);
  else if (kind == JSON_NULL) reader->bad = !word(reader, "null");
  else if (kind == JSON_BAD || depth == 0) reader->bad = true;
  else {
    char close = kind == JSON_OBJECT ? '}' : ']';
    reader->at++;
    for (bool first = true; !reader->bad && !sign(reader, close); first = false) {
      if (!first && !sign(reader, ',')) reader->bad = true;
      if (kind == JSON_OBJECT) {
        take_text(reader, NULL, 0);
        if (!sign(reader, ':')) reader->bad = true;
      }
      if (!reader->bad) skip(reader, depth - 1);
    }
  }
}

void json_skip(json_reader *reader) { skip(reader, DEEPEST); }

bool json_done(json_reader *reader) {
  blank(reader);
  return !reader->bad && reader->at == reader->end;
}
