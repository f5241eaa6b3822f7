/**
 * Wayside over Arduino's PubSubClient. It publishes with QoS 0 only: what is sent while the line is about to break may be lost, and what
 * is said while it is down is kept all the same. Header only, because an Arduino library cannot have a dependency that is optional.
 */
#ifndef WAYSIDE_PUBSUBCLIENT_H
#define WAYSIDE_PUBSUBCLIENT_H

#include <Arduino.h>
#include <PubSubClient.h>
#include <sys/time.h>

#include "wayside.h"

class WaysidePubSubClient {
 public:
  /* Room for the largest message and its topic: PubSubClient's own default of 256 bytes is not enough for a description. */
  WaysidePubSubClient(PubSubClient &client, wayside &device) : client_(client), device_(device) {
    client_.setBufferSize(WAYSIDE_MESSAGE + 128);
    self() = this;
    client_.setCallback(hear);
  }

  wayside_port port() { return {this, connect, subscribe, publish, disconnect, loop, uptime, epoch, warn}; }

 private:
  static WaysidePubSubClient *&self() {
    static WaysidePubSubClient *only = nullptr;
    return only;
  }
  static WaysidePubSubClient &of(void *context) { return *static_cast<WaysidePubSubClient *>(context); }

  static void hear(char *topic, uint8_t *payload, unsigned int length) { wayside_heard(&self()->device_, topic, strlen(topic), payload, length); }

  static void connect(void *context, wayside *device, const wayside_session *session) {
    WaysidePubSubClient &here = of(context);
    here.client_.setKeepAlive(session->keepalive);
    bool up = here.client_.connect(session->client_id, session->username, session->password, session->will_topic, 1, true, session->will_payload, false);
    here.up_ = up;
    up ? wayside_connected(device) : wayside_disconnected(device);
  }
  static bool subscribe(void *context, const char *topic) { return of(context).client_.subscribe(topic, 1); }
  static int publish(void *context, const char *topic, const char *payload, size_t length, bool retain) {
    PubSubClient &client = of(context).client_;
    if (length + strlen(topic) + 8 > client.getBufferSize()) return WAYSIDE_TOO_LARGE;
    return client.publish(topic, reinterpret_cast<const uint8_t *>(payload), length, retain) ? WAYSIDE_NO_ANSWER_COMES : WAYSIDE_TRY_LATER;
  }
  static void disconnect(void *context) { of(context).client_.disconnect(); }
  static void loop(void *context, wayside *device) {
    WaysidePubSubClient &here = of(context);
    if (here.up_ && !here.client_.loop()) {
      here.up_ = false;
      wayside_disconnected(device);
    }
  }
  /* millis() begins anew after 49 days. */
  static uint64_t uptime(void *context) {
    WaysidePubSubClient &here = of(context);
    uint32_t now = millis();
    if (now < here.last_) here.rounds_++;
    here.last_ = now;
    return (static_cast<uint64_t>(here.rounds_) << 32) | now;
  }
  /* 0 until SNTP has set the clock: before 2020 it is none. */
  static uint64_t epoch(void *) {
    struct timeval now;
    gettimeofday(&now, nullptr);
    return now.tv_sec < 1577836800 ? 0 : static_cast<uint64_t>(now.tv_sec) * 1000 + now.tv_usec / 1000;
  }
  static void warn(void *, const char *message) { Serial.println(message); }

  PubSubClient &client_;
  wayside &device_;
  bool up_ = false;
  uint32_t last_ = 0, rounds_ = 0;
};

#endif
