"""Reads as the Python Zibrato's workers do: splits on |, and adds up. Says the totals whenever nothing came for a while."""
import json
import sys

import zmq

context = zmq.Context()
sub = context.socket(zmq.SUB)
sub.connect("tcp://127.0.0.1:" + sys.argv[1])
for level in sys.argv[2:]:
    sub.setsockopt(zmq.SUBSCRIBE, level.encode())

totals = {}
heard = False
said = None
while True:
    if sub.poll(100):
        level, kind, name, value, seconds, source = sub.recv().decode().split("|")
        int(seconds)
        if name == "probe":
            if not heard:
                print("hearing", flush=True)
            heard = True
        else:
            total = totals.setdefault(" ".join([level, kind, name, source]), [0, 0.0])
            total[0] += 1
            total[1] += float(value)
            continue
    now = json.dumps(totals)
    if now != said:
        print("totals", now, flush=True)
        said = now
