/** A small MQTT 3.1.1 client over POSIX sockets behind `wayside_port`: for Linux and macOS, and for trying the SDK on the host. */
#ifndef POSIX_MQTT_H
#define POSIX_MQTT_H

#include "wayside.h"

typedef struct {
  const char *host, *port;
  int socket;
  bool connecting, welcome;
  uint64_t heard_at, asked_at, said_at, begun_at;
  uint16_t keepalive, packet;
  bool ping;
  size_t in_used, out_used;
  uint8_t in[8192], out[16384];
  wayside_session session;
} posix_mqtt;

/* `host` and `port` must stay. */
wayside_port posix_mqtt_port(posix_mqtt *client, const char *host, const char *port);
/* What to wait for besides: -1 while there is no connection. */
int posix_mqtt_socket(const posix_mqtt *client);
bool posix_mqtt_wants_to_write(const posix_mqtt *client);

#endif
