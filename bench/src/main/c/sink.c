/*
 * Subscribes at a middle as a worker does, and looks at every message's number. Once its standard input ends and 1.5
 * seconds have passed without a message, it prints what came of those that count, and how many were missing of the
 * warm-up: those missing between the first and the last that came.
 */
#include "load.h"

struct tally {
  uint64_t received, first, last, disordered;
  double first_at, last_at;
};

static void book(struct tally *tally, uint64_t sequence, double now) {
  if (!tally->received++) {
    tally->first = sequence;
    tally->first_at = now;
  } else if (sequence <= tally->last) tally->disordered++;
  tally->last = sequence;
  tally->last_at = now;
}

static void print(const char *phase, const struct tally *tally) {
  uint64_t missing = tally->received ? tally->last - tally->first + 1 - tally->received : 0;
  printf("%s received %llu first %llu missing %llu disordered %llu seconds %.3f\n", phase,
         (unsigned long long)tally->received, (unsigned long long)(tally->first % STEADY_FROM),
         (unsigned long long)missing, (unsigned long long)tally->disordered, tally->last_at - tally->first_at);
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fputs("sink ENDPOINT frames|texts\n", stderr);
    return 2;
  }
  int frames = is_frames(argv[2]);
  void *context = zmq_ctx_new();
  void *socket = zmq_socket(context, ZMQ_SUB);
  int queued = 10000;
  zmq_setsockopt(socket, ZMQ_RCVHWM, &queued, sizeof queued);
  if (frames) zmq_setsockopt(socket, ZMQ_SUBSCRIBE, FRAME_TOPIC, TOPIC_BYTES(FRAME_TOPIC));
  else zmq_setsockopt(socket, ZMQ_SUBSCRIBE, TEXT_TOPIC, TOPIC_BYTES(TEXT_TOPIC));
  if (zmq_connect(socket, argv[1])) fail("sink: connect");

  struct tally warm_up = {0}, steady = {0};
  zmq_pollitem_t items[] = {{socket, 0, ZMQ_POLLIN, 0}, {NULL, 0, ZMQ_POLLIN, 0}};
  int open = 1;
  zmq_msg_t message;
  zmq_msg_init(&message);
  for (;;) {
    int ready = zmq_poll(items, open ? 2 : 1, 1500);
    if (ready < 0) fail("sink: poll");
    if (!ready && !open) break;
    if (open && items[1].revents) open = fgetc(stdin) != EOF;
    double now = seconds();
    while (zmq_msg_recv(&message, socket, ZMQ_DONTWAIT) >= 0) {
      uint64_t sequence = read_sequence(zmq_msg_data(&message), frames);
      book(sequence < STEADY_FROM ? &warm_up : &steady, sequence, now);
      now = (steady.received & 1023) ? now : seconds();
    }
  }
  print("warm-up", &warm_up);
  print("steady", &steady);
  return 0;
}
