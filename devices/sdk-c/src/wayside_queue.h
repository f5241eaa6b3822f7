/** What waits for the edge, in given memory: whole messages, oldest first. The oldest makes room for the newest. */
#ifndef WAYSIDE_QUEUE_H
#define WAYSIDE_QUEUE_H

#include "wayside.h"

typedef struct {
  uint64_t uptime; /* when it was said */
  uint32_t length;
  int32_t packet; /* 0: not on its way */
  uint8_t channel;
  bool stamp; /* its time is still to be written, at WAYSIDE_STAMP_AT */
} wayside_message;

wayside_queue wayside_queue_in(void *memory, size_t size, size_t limit);
/* Returns how many had to go to make room; 1 when it can never fit. */
size_t wayside_queue_add(wayside_queue *queue, const wayside_message *message, const char *payload);
/* The first that is not on its way; NULL when there is none. Its header is copied, for memory may lie at any address. */
char *wayside_queue_next(const wayside_queue *queue, wayside_message *message);
/* Marks the message whose payload this is as on its way. */
void wayside_queue_fly(wayside_queue *queue, char *payload, int packet);
void wayside_queue_remove(wayside_queue *queue, char *payload);
/* Takes out what was acknowledged. False when there is no such packet. */
bool wayside_queue_acknowledge(wayside_queue *queue, int packet);
size_t wayside_queue_flying(const wayside_queue *queue);
/* The connection is gone: nothing is on its way. */
void wayside_queue_land(wayside_queue *queue);

#endif
