/** What may go on the wire, and how it is written. */
#ifndef WAYSIDE_WORDS_H
#define WAYSIDE_WORDS_H

#include "wayside.h"
#include "wayside_json.h"

bool wayside_is_id(const char *text);
bool wayside_is_signal(const char *text);
bool wayside_is_code(const char *text);
wayside_result wayside_check(const wayside_reading *readings, size_t count);
/* `"level":1,"running":true` without braces. */
void wayside_write_readings(json_writer *writer, const wayside_reading *readings, size_t count);
void wayside_write_description(json_writer *writer, const wayside_description *description);

#endif
