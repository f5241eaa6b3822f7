/* Declared for a computer; see README.md. */
#pragma once
#include <stdio.h>
#define ESP_LOGW(tag, format, ...) fprintf(stderr, "W %s: " format "\n", tag, ##__VA_ARGS__)
