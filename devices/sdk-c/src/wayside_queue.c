#include "wayside_queue.h"

#include <string.h>

enum { HEAD = sizeof(wayside_message) };

wayside_queue wayside_queue_in(void *memory, size_t size, size_t limit) {
  wayside_queue queue = {(uint8_t *)memory, size, 0, limit, 0};
  return queue;
}

static wayside_message head_at(const wayside_queue *queue, size_t offset) {
  wayside_message message;
  memcpy(&message, queue->bytes + offset, HEAD);
  return message;
}

static void remove_at(wayside_queue *queue, size_t offset) {
  size_t size = HEAD + head_at(queue, offset).length;
  memmove(queue->bytes + offset, queue->bytes + offset + size, queue->used - offset - size);
  queue->used -= size;
  queue->count--;
}

size_t wayside_queue_add(wayside_queue *queue, const wayside_message *message, const char *payload) {
  size_t size = HEAD + message->length, gone = 0;
  if (size > queue->capacity) return 1;
  while (queue->used + size > queue->capacity || (queue->limit > 0 && queue->count >= queue->limit)) {
    remove_at(queue, 0);
    gone++;
  }
  memcpy(queue->bytes + queue->used, message, HEAD);
  memcpy(queue->bytes + queue->used + HEAD, payload, message->length);
  queue->used += size;
  queue->count++;
  return gone;
}

char *wayside_queue_next(const wayside_queue *queue, wayside_message *message) {
  for (size_t offset = 0; offset < queue->used; offset += HEAD + message->length) {
    *message = head_at(queue, offset);
    if (message->packet == 0) return (char *)queue->bytes + offset + HEAD;
  }
  return NULL;
}

static size_t offset_of(const wayside_queue *queue, const char *payload) { return (size_t)((const uint8_t *)payload - queue->bytes) - HEAD; }

void wayside_queue_fly(wayside_queue *queue, char *payload, int packet) {
  size_t offset = offset_of(queue, payload);
  wayside_message message = head_at(queue, offset);
  message.packet = packet;
  message.stamp = false;
  memcpy(queue->bytes + offset, &message, HEAD);
}

void wayside_queue_remove(wayside_queue *queue, char *payload) { remove_at(queue, offset_of(queue, payload)); }

bool wayside_queue_acknowledge(wayside_queue *queue, int packet) {
  for (size_t offset = 0; offset < queue->used; offset += HEAD + head_at(queue, offset).length) {
    if (head_at(queue, offset).packet != packet) continue;
    remove_at(queue, offset);
    return true;
  }
  return false;
}

size_t wayside_queue_flying(const wayside_queue *queue) {
  size_t flying = 0;
  for (size_t offset = 0; offset < queue->used; offset += HEAD + head_at(queue, offset).length) flying += head_at(queue, offset).packet != 0;
  return flying;
}

void wayside_queue_land(wayside_queue *queue) {
  for (size_t offset = 0; offset < queue->used; offset += HEAD + head_at(queue, offset).length) {
    wayside_message message = head_at(queue, offset);
    message.packet = 0;
    memcpy(queue->bytes + offset, &message, HEAD);
  }
}
