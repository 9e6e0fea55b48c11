"""Publishes as the Python Zibrato does: level|type|name|value|seconds|source, from a PUB socket that connects to a broker.

Sends probes until its standard input ends, so that whoever started it can wait for one to arrive. Then it sends exactly what
its arguments say, and ends.
"""
import select
import sys
import time

import zmq

port, rounds = sys.argv[1], int(sys.argv[2])
context = zmq.Context()
pub = context.socket(zmq.PUB)
pub.connect("tcp://127.0.0.1:" + port)


def send(level, kind, name, value):
    pub.send_string("|".join([level, kind, name, str(value), str(int(time.time())), "python"]))


print("probing", flush=True)
while not select.select([sys.stdin], [], [], 0.05)[0]:
    for level in ("info", "debug"):
        send(level, "Counter", "probe." + level, 1)

for i in range(rounds):
    send("info", "Counter", "py.count", 3)
    send("debug", "Counter", "py.debug", 1)
    send("info", "Timer", "py.time", 0.125)
    send("info", "Gauge", "py.gauge", i)
    send("error", "Counter", "py.unwanted", 1)
    time.sleep(0.001)

pub.close(linger=10000)
context.term()
