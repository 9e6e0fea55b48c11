"""Subscribes to a prefix, as the Python Zibrato's workers do, and passes over whatever comes."""
import sys

import zmq

context = zmq.Context()
sub = context.socket(zmq.SUB)
sub.connect("tcp://127.0.0.1:" + sys.argv[1])
sub.setsockopt(zmq.SUBSCRIBE, sys.argv[2].encode())
while True:
    sub.recv()
