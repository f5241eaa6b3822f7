/** The little of JSON (RFC 8259) that the wire needs: a writer into given memory, a reader that trusts nothing. */
#ifndef WAYSIDE_JSON_H
#define WAYSIDE_JSON_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
  char *at, *end;
  bool full;
} json_writer;

json_writer json_write_into(char *bytes, size_t size);
/* As it is. */
void json_raw(json_writer *writer, const char *text);
/* In quotes, escaped. */
void json_text(json_writer *writer, const char *text);
void json_number(json_writer *writer, double number);

typedef enum { JSON_OBJECT, JSON_ARRAY, JSON_STRING, JSON_NUMBER, JSON_TRUE, JSON_FALSE, JSON_NULL, JSON_BAD } json_kind;

bool json_is_utf8(const char *text, size_t length);

/* Once something is bad, all further reading is. */
typedef struct {
  const char *at, *end;
  bool bad, first;
} json_reader;

/* Bad when it is not UTF-8. */
json_reader json_read(const void *bytes, size_t length);
json_kind json_peek(json_reader *reader);
void json_enter(json_reader *reader);
/* The next key of the object that was entered; false at its end. Bad when it is longer than `size` - 1. */
bool json_key(json_reader *reader, char *key, size_t size);
void json_take_text(json_reader *reader, char *text, size_t size);
double json_take_number(json_reader *reader);
bool json_take_boolean(json_reader *reader);
void json_skip(json_reader *reader);
/* Nothing follows. */
bool json_done(json_reader *reader);

#endif
