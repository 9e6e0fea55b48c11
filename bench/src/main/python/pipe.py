"""A process that tells 50 numbers in a named pipe, as Python's statvent does; with a second argument, one that never answers."""
import os
import sys
import threading

path = os.path.join(sys.argv[1], "%d.stats" % os.getpid())
os.mkfifo(path)
print("ready", flush=True)
if len(sys.argv) > 2:
    threading.Event().wait()
while True:
    with open(path, "w") as pipe:
        for i in range(50):
            pipe.write("stat %d: 1\n" % i)
    os.unlink(path)
    os.mkfifo(path)
