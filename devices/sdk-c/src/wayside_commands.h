/** Answers commands: refuses what is expired, unknown or ill-formed, carries out the rest once, and says the outcome. */
#ifndef WAYSIDE_COMMANDS_H
#define WAYSIDE_COMMANDS_H

#include "wayside.h"

void wayside_take_command(wayside *device, const void *payload, size_t length);
/* Lets what has expired fail. */
void wayside_expire_commands(wayside *device);
/* Everything that runs has failed: the device stops. */
void wayside_fail_commands(wayside *device, const char *why);
/* Remembers what was published, for interlocks. */
void wayside_note_reading(wayside *device, const wayside_reading *reading);

/* In wayside.c. */
void wayside_send_outcome(wayside *device, const wayside_order *order);
uint64_t wayside_epoch(const wayside *device);
uint64_t wayside_uptime(const wayside *device);
void wayside_warn(const wayside *device, const char *message);

#endif
