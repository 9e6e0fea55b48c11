"""The Python Zibrato's broker: forwards from a SUB socket that binds to a PUB socket that binds.

While nothing comes it sends probes of its own, by which a subscriber knows that it is heard.
"""
import zmq

context = zmq.Context()
sub = context.socket(zmq.SUB)
sub.setsockopt(zmq.SUBSCRIBE, b"")
sub_port = sub.bind_to_random_port("tcp://127.0.0.1")
pub = context.socket(zmq.PUB)
pub_port = pub.bind_to_random_port("tcp://127.0.0.1")
print("forwarding", sub_port, pub_port, flush=True)

while True:
    if sub.poll(20):
        pub.send(sub.recv())
    else:
        pub.send(b"info|Counter|probe|1|0|forwarder")
