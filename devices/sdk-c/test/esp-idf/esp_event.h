/* Declared for a computer; see README.md. */
#pragma once
#include "esp_err.h"
typedef const char *esp_event_base_t;
typedef void (*esp_event_handler_t)(void *context, esp_event_base_t base, int32_t id, void *data);
#define ESP_EVENT_DECLARE_BASE(id) extern esp_event_base_t const id
