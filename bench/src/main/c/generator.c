/*
 * Sends numbered messages of one level to a middle, as an application's publisher does: an XPUB that connects and
 * waits for the subscription first. A rate of 0 is as fast as it can. With "wait" a send waits for room, so that
 * whatever is lost is lost by the middle; with "drop" it drops, as PUB does unless told otherwise.
 *
 * Prints "steady" when what counts begins, "done" with its numbers when it ends.
 */
#include "load.h"

static void *socket_;
static char *message;
static size_t bytes;
static int frames;
static uint64_t tried, sent;

static void send_one(uint64_t sequence) {
  write_sequence(message, frames, sequence);
  tried++;
  if (zmq_send(socket_, message, bytes, 0) >= 0) sent++;
  else if (zmq_errno() != EAGAIN) fail("generator: send");
}

/* Ten batches a hundredth of a second at 10 000 a second; one that comes late is made up for. */
static double run(uint64_t from, double rate, double lasting) {
  double start = seconds(), now = start;
  tried = sent = 0;
  while (now - start < lasting) {
    uint64_t due = rate > 0 ? (uint64_t)((now - start) * rate) : tried + 1000;
    while (tried < due) send_one(from + tried);
    if (rate > 0) {
      struct timespec millisecond = {0, 1000000};
      nanosleep(&millisecond, NULL);
    }
    now = seconds();
  }
  return now - start;
}

int main(int argc, char **argv) {
  if (argc != 8) {
    fputs("generator ENDPOINT frames|texts BYTES RATE WARM-UP-SECONDS SECONDS wait|drop\n", stderr);
    return 2;
  }
  frames = is_frames(argv[2]);
  bytes = (size_t)atol(argv[3]);
  double rate = atof(argv[4]);
  int no_drop = !strcmp(argv[7], "wait"), linger = 2000;

  message = calloc(1, bytes);
  memset(message, 'x', bytes);
  if (frames) memcpy(message, FRAME_TOPIC, TOPIC_BYTES(FRAME_TOPIC));
  else {
    memcpy(message, TEXT_HEAD, TOPIC_BYTES(TEXT_HEAD));
    memcpy(message + TOPIC_BYTES(TEXT_HEAD) + DIGITS, TEXT_TAIL, TOPIC_BYTES(TEXT_TAIL));
  }

  void *context = zmq_ctx_new();
  socket_ = zmq_socket(context, ZMQ_XPUB);
  zmq_setsockopt(socket_, ZMQ_XPUB_NODROP, &no_drop, sizeof no_drop);
  zmq_setsockopt(socket_, ZMQ_LINGER, &linger, sizeof linger);
  if (zmq_connect(socket_, argv[1])) fail("generator: connect");
  char topic[256];
  do {
    if (zmq_recv(socket_, topic, sizeof topic, 0) < 0) fail("generator: receive");
  } while (topic[0] != 1);

  run(0, rate, atof(argv[5]));
  puts("steady");
  fflush(stdout);
  double lasted = run(STEADY_FROM, rate, atof(argv[6]));
  printf("done tried %llu sent %llu seconds %.3f\n", (unsigned long long)tried, (unsigned long long)sent, lasted);
  fflush(stdout);
  zmq_close(socket_);
  zmq_ctx_term(context);
  return 0;
}
