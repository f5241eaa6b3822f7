/* Written by `npm run generate -w devices/sdk` from the JSON Schemas of @wayside/protocol. Do not edit. */
#ifndef WAYSIDE_WIRE_H
#define WAYSIDE_WIRE_H

#define WAYSIDE_TOPIC_ROOT "wayside/v1/things/"
#define WAYSIDE_ID_LENGTH 64
#define WAYSIDE_ID_MAY_BEGIN_WITH_DIGIT 1
#define WAYSIDE_ID_EXTRA "._-"
#define WAYSIDE_SIGNAL_NAME_LENGTH 128
#define WAYSIDE_SIGNAL_NAME_MAY_BEGIN_WITH_DIGIT 0
#define WAYSIDE_SIGNAL_NAME_EXTRA "._-"
#define WAYSIDE_DTC_CODE_LENGTH 48
#define WAYSIDE_DTC_CODE_MAY_BEGIN_WITH_DIGIT 1
#define WAYSIDE_DTC_CODE_EXTRA " ,;=/._:-"
#define WAYSIDE_MAX_TEXT 256
#define WAYSIDE_MAX_DETAIL 500
#define WAYSIDE_MAX_PAYLOAD 262144

typedef enum { WAYSIDE_DESCRIPTION, WAYSIDE_TELEMETRY, WAYSIDE_DTC, WAYSIDE_PRESENCE, WAYSIDE_EVENT, WAYSIDE_COMMAND, WAYSIDE_OUTCOME } wayside_channel;
#define WAYSIDE_CHANNEL_WORDS { "description", "telemetry", "dtc", "presence", "event", "command", "outcome" }
typedef enum { WAYSIDE_NUMBER, WAYSIDE_BOOLEAN, WAYSIDE_STRING } wayside_type;
#define WAYSIDE_TYPE_WORDS { "number", "boolean", "string" }
typedef enum { WAYSIDE_PENDING, WAYSIDE_CONFIRMED, WAYSIDE_CLEARED } wayside_dtc_state;
#define WAYSIDE_DTC_STATE_WORDS { "pending", "confirmed", "cleared" }
typedef enum { WAYSIDE_DONE, WAYSIDE_REFUSED, WAYSIDE_FAILED } wayside_outcome_state;
#define WAYSIDE_OUTCOME_STATE_WORDS { "done", "refused", "failed" }
typedef enum { WAYSIDE_R0, WAYSIDE_R1, WAYSIDE_R2, WAYSIDE_R3 } wayside_risk;
#define WAYSIDE_RISK_WORDS { "R0", "R1", "R2", "R3" }

#endif
