#define _POSIX_C_SOURCE 200809L
#include "posix_mqtt.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECT = 0x10, CONNACK = 2, PUBLISH = 3, PUBACK = 4, SUBSCRIBE = 0x82, SUBACK = 9, PINGREQ = 0xC0, PINGRESP = 13, DISCONNECT = 0xE0 };
enum { PATIENCE_MS = 10000 };

static uint64_t millis(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}
static uint64_t uptime(void *context) { return (void)context, millis(CLOCK_MONOTONIC); }
static uint64_t epoch(void *context) { return (void)context, millis(CLOCK_REALTIME); }
static void warn(void *context, const char *message) { (void)context, fprintf(stderr, "%s\n", message); }

static void hang_up(posix_mqtt *client, wayside *device, const char *why) {
  if (client->socket < 0) return;
  close(client->socket);
  client->socket = -1;
  client->connecting = client->welcome = false;
  if (why) fprintf(stderr, "The connection to %s:%s failed: %s. It is tried again by itself.\n", client->host, client->port, why);
  if (device) wayside_disconnected(device);
}

/* A packet into the way out: fixed header (MQTT 3.1.1 §2.2), then what `parts` say. False when there is no room now. */
typedef struct {
  const void *bytes;
  size_t length;
  bool prefixed; /* by its length in two bytes (§1.5.3) */
} part;

static bool packet_out(posix_mqtt *client, uint8_t type, const part *parts, size_t count) {
  size_t length = 0, at = client->out_used;
  for (size_t i = 0; i < count; i++) length += parts[i].length + (parts[i].prefixed ? 2 : 0);
  if (client->socket < 0 || at + length + 5 > sizeof client->out) return false;
  client->out[at++] = type;
  size_t rest = length;
  do {
    client->out[at++] = (uint8_t)((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0));
    rest >>= 7;
  } while (rest > 0);
  for (size_t i = 0; i < count; i++) {
    if (parts[i].prefixed) {
      client->out[at++] = (uint8_t)(parts[i].length >> 8);
      client->out[at++] = (uint8_t)parts[i].length;
    }
    if (parts[i].length > 0) memcpy(client->out + at, parts[i].bytes, parts[i].length);
    at += parts[i].length;
  }
  client->out_used = at;
  client->said_at = millis(CLOCK_MONOTONIC);
  return true;
}

static part text(const char *string) {
  part made = {string, strlen(string), true};
  return made;
}
static part bytes(const void *from, size_t length) {
  part made = {from, length, false};
  return made;
}

static uint16_t next_packet(posix_mqtt *client) { return client->packet = (uint16_t)(client->packet == 0xFFFF ? 1 : client->packet + 1); }

static void say_connect(posix_mqtt *client) {
  const wayside_session *session = &client->session;
  /* Clean session off; will QoS 1, retained (§3.1.2.3). */
  uint8_t flags = (uint8_t)(0x04 | 0x08 | 0x20 | (session->username ? 0x80 : 0) | (session->username && session->password ? 0x40 : 0));
  uint8_t head[] = {4, flags, (uint8_t)(session->keepalive >> 8), (uint8_t)session->keepalive};
  part parts[7] = {text("MQTT"), bytes(head, sizeof head), text(session->client_id), text(session->will_topic), text(session->will_payload)};
  size_t count = 5;
  if (flags & 0x80) parts[count++] = text(session->username);
  if (flags & 0x40) parts[count++] = text(session->password);
  packet_out(client, CONNECT, parts, count);
}

static void begin(void *context, wayside *device, const wayside_session *session) {
  posix_mqtt *client = (posix_mqtt *)context;
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found = NULL;
  client->session = *session;
  client->keepalive = session->keepalive;
  client->in_used = client->out_used = 0;
  client->ping = false;
  client->begun_at = client->heard_at = uptime(NULL);
  if (getaddrinfo(client->host, client->port, &hints, &found) != 0) {
    wayside_disconnected(device);
    return;
  }
  client->socket = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
  int one = 1;
  if (client->socket >= 0) {
    fcntl(client->socket, F_SETFL, fcntl(client->socket, F_GETFL) | O_NONBLOCK);
    setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  }
  int failed = client->socket < 0 ? -1 : connect(client->socket, found->ai_addr, found->ai_addrlen);
  freeaddrinfo(found);
  client->connecting = true;
  if (failed && errno != EINPROGRESS) {
    if (client->socket < 0) wayside_disconnected(device);
    else hang_up(client, device, strerror(errno));
  } else say_connect(client);
}

static bool subscribe(void *context, const char *topic) {
  posix_mqtt *client = (posix_mqtt *)context;
  uint16_t id = next_packet(client);
  uint8_t head[] = {(uint8_t)(id >> 8), (uint8_t)id}, qos = 1;
  part parts[] = {bytes(head, 2), text(topic), bytes(&qos, 1)};
  return packet_out(client, SUBSCRIBE, parts, 3);
}

static int publish(void *context, const char *topic, const char *payload, size_t length, bool retain) {
  posix_mqtt *client = (posix_mqtt *)context;
  if (length + 256 > sizeof client->out) return WAYSIDE_TOO_LARGE;
  uint16_t id = next_packet(client);
  uint8_t head[] = {(uint8_t)(id >> 8), (uint8_t)id};
  part parts[] = {text(topic), bytes(head, 2), bytes(payload, length)};
  return packet_out(client, (uint8_t)(0x32 | (retain ? 1 : 0)), parts, 3) ? id : WAYSIDE_TRY_LATER;
}

static bool flush(posix_mqtt *client) {
  while (client->out_used > 0) {
    ssize_t sent = send(client->socket, client->out, client->out_used, MSG_NOSIGNAL);
    if (sent < 0) return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR || errno == ENOTCONN || errno == EINPROGRESS;
    memmove(client->out, client->out + sent, client->out_used - (size_t)sent);
    client->out_used -= (size_t)sent;
  }
  return true;
}

static void disconnect(void *context) {
  posix_mqtt *client = (posix_mqtt *)context;
  if (client->socket < 0) return;
  packet_out(client, DISCONNECT, NULL, 0);
  for (int i = 0; i < 20 && client->out_used > 0 && flush(client); i++) nanosleep(&(struct timespec){0, 10000000}, NULL);
  hang_up(client, NULL, NULL);
}

/* Takes one packet whose body is `body`. False when it breaks MQTT. */
static bool take(posix_mqtt *client, wayside *device, uint8_t first, const uint8_t *body, size_t length) {
  uint8_t type = first >> 4, qos = (first >> 1) & 3;
  if (type == CONNACK) {
    if (client->welcome || length != 2 || body[1] != 0) return false;
    client->welcome = true;
    wayside_connected(device);
  } else if (type == PUBLISH) {
    size_t topic = length < 2 ? 0 : (size_t)(body[0] << 8 | body[1]), head = 2 + topic + (qos > 0 ? 2 : 0);
    if (qos > 1 || length < 2 || length < head) return false;
    if (qos == 1) {
      part id = bytes(body + 2 + topic, 2);
      if (!packet_out(client, 0x40, &id, 1)) return false;
    }
    wayside_heard(device, (const char *)body + 2, topic, body + head, length - head);
  } else if (type == PUBACK) {
    if (length != 2) return false;
    wayside_acknowledged(device, body[0] << 8 | body[1]);
  } else if (type == PINGRESP) client->ping = false;
  else return type == SUBACK;
  return client->socket >= 0;
}

/* Takes all whole packets that lie in `in`. A packet larger than that is read past: it is none that we asked for. */
static bool take_all(posix_mqtt *client, wayside *device) {
  for (;;) {
    size_t length = 0, head = 1, shift = 0;
    do {
      if (head >= client->in_used) return true;
      if (shift > 21) return false;
      length |= (size_t)(client->in[head] & 0x7F) << shift;
      shift += 7;
    } while (client->in[head++] & 0x80);
    size_t whole = head + length;
    if (whole > sizeof client->in) return false;
    if (whole > client->in_used) return true;
    if (!take(client, device, client->in[0], client->in + head, length)) return false;
    memmove(client->in, client->in + whole, client->in_used - whole);
    client->in_used -= whole;
  }
}

static void loop(void *context, wayside *device) {
  posix_mqtt *client = (posix_mqtt *)context;
  if (client->socket < 0) return;
  if (!flush(client)) {
    hang_up(client, device, strerror(errno));
    return;
  }
  for (;;) {
    ssize_t got = recv(client->socket, client->in + client->in_used, sizeof client->in - client->in_used, 0);
    if (got == 0) {
      hang_up(client, device, "it was closed");
      return;
    }
    if (got < 0) {
      if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR || errno == ENOTCONN) break;
      hang_up(client, device, strerror(errno));
      return;
    }
    client->heard_at = uptime(NULL);
    client->in_used += (size_t)got;
    if (!take_all(client, device)) {
      hang_up(client, device, "what came is not MQTT, or larger than we take");
      return;
    }
  }
  uint64_t now = uptime(NULL), wait = (uint64_t)client->keepalive * 1000;
  if (!client->welcome && now - client->begun_at > PATIENCE_MS) hang_up(client, device, "there was no answer");
  else if (client->welcome && client->ping && now - client->asked_at > wait / 2) hang_up(client, device, "it is dead");
  else if (client->welcome && !client->ping && (now - client->said_at >= wait || now - client->heard_at >= wait)) {
    client->ping = packet_out(client, PINGREQ, NULL, 0);
    client->asked_at = now;
  }
  if (client->socket >= 0) flush(client);
}

wayside_port posix_mqtt_port(posix_mqtt *client, const char *host, const char *port) {
  memset(client, 0, sizeof *client);
  client->host = host;
  client->port = port;
  client->socket = -1;
  wayside_port made = {client, begin, subscribe, publish, disconnect, loop, uptime, epoch, warn};
  return made;
}

int posix_mqtt_socket(const posix_mqtt *client) { return client->socket; }
bool posix_mqtt_wants_to_write(const posix_mqtt *client) { return client->out_used > 0 || client->connecting; }
