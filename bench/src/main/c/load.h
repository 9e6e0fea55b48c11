/* What the generator writes into a message and the sink reads from it: where it is, and how long. */
#ifndef LOAD_H
#define LOAD_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

#define LEVEL "bench"
#define FRAME_TOPIC "\2" LEVEL "\0" /* version 2 */
#define TEXT_TOPIC LEVEL "|"        /* version 1 */
#define TOPIC_BYTES(topic) (sizeof(topic) - 1)

/* A version 1 message: the sequence is its value, and the padding its source. */
#define TEXT_HEAD TEXT_TOPIC "Counter|pipe|"
#define DIGITS 16
#define TEXT_TAIL "|1700000000|"

/* Messages of the warm-up are numbered from 0, those that count from here on. */
#define STEADY_FROM 1000000000000ull

static inline void fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, zmq_strerror(zmq_errno()));
  exit(1);
}

static inline double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static inline int is_frames(const char *kind) {
  if (!strcmp(kind, "frames")) return 1;
  if (!strcmp(kind, "texts")) return 0;
  fprintf(stderr, "frames or texts, not %s\n", kind);
  exit(2);
}

static inline void write_sequence(char *message, int frames, uint64_t sequence) {
  if (frames) {
    memcpy(message + TOPIC_BYTES(FRAME_TOPIC), &sequence, sizeof sequence);
    return;
  }
  for (int i = DIGITS; i-- > 0; sequence /= 10)
    message[TOPIC_BYTES(TEXT_HEAD) + i] = (char)('0' + sequence % 10);
}

static inline uint64_t read_sequence(const char *message, int frames) {
  uint64_t sequence = 0;
  if (frames) {
    memcpy(&sequence, message + TOPIC_BYTES(FRAME_TOPIC), sizeof sequence);
    return sequence;
  }
  for (int i = 0; i < DIGITS; i++)
    sequence = sequence * 10 + (uint64_t)(message[TOPIC_BYTES(TEXT_HEAD) + i] - '0');
  return sequence;
}

#endif
