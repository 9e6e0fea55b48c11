/* The plain middle: libzmq's own proxy between XSUB and XPUB, on two free ports of loopback, which it prints. */
#include <stdio.h>
#include <stdlib.h>
#include <zmq.h>

static void *side(void *context, int type, const char *name) {
  void *socket = zmq_socket(context, type);
  char endpoint[64];
  size_t length = sizeof endpoint;
  if (!socket || zmq_bind(socket, "tcp://127.0.0.1:*") ||
      zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, endpoint, &length)) {
    fprintf(stderr, "proxy: %s: %s\n", name, zmq_strerror(zmq_errno()));
    exit(1);
  }
  printf("%s %s\n", name, endpoint);
  return socket;
}

int main(void) {
  void *context = zmq_ctx_new();
  void *publishers = side(context, ZMQ_XSUB, "publishers");
  void *workers = side(context, ZMQ_XPUB, "workers");
  fflush(stdout);
  return zmq_proxy(publishers, workers, NULL) ? 1 : 0;
}
