"""Tells its arguments in a named pipe, as any program may that knows statvent's form.

pipe_writer.py DIR NAME=VALUE...    answers each reader
pipe_writer.py --silent DIR         makes the pipe, and never answers
pipe_writer.py --ours DIR NAME=VALUE...   in our form: another pipe is in the place before anything is written
pipe_writer.py --shy DIR NAME=VALUE...    the same, but tells every other reader nothing
pipe_writer.py --half DIR           begins to answer, and never ends
pipe_writer.py --slow DIR NAME=VALUE...   takes three seconds from when a reader came until it answers; says when it has
pipe_writer.py --late DIR NAME=VALUE...   answers the first reader once a line comes on standard input, half of it before
pipe_writer.py --raw DIR FILE          answers each reader with what is in the file
Each time a line comes on standard input, +NAME=VALUE arguments grow by their value.
"""
import os
import sys
import threading
import time

mode = sys.argv.pop(1) if sys.argv[1].startswith("--") else ""
folder = sys.argv[1]
raw = sys.argv.pop(2) if mode == "--raw" else None
names = [argument.split("=")[0] for argument in sys.argv[2:]]
steps = [argument.split("=")[1] for argument in sys.argv[2:]]
rounds = 1
told = threading.Event()
os.makedirs(folder, exist_ok=True)
path = os.path.join(folder, "%d.stats" % os.getpid())


def listing():
    lines = []
    for name, step in zip(names, steps):
        value = float(step) if "." in step else int(step)
        if name.startswith("+"):
            name, value = name[1:], value * rounds
        lines.append(("%s: %f\n" if isinstance(value, float) else "%s: %d\n") % (name, value))
    return "".join(lines)


def grow():
    global rounds
    for _ in sys.stdin:
        rounds += 1
        told.set()
        print("grown", flush=True)
    os._exit(0)


threading.Thread(target=grow, daemon=True).start()
os.mkfifo(path)
print("ready", os.getpid(), flush=True)
if mode == "--silent":
    threading.Event().wait()
readers = 0
while True:
    with open(path, "w") as pipe:
        if mode == "--half":
            pipe.write("half: 1\nhal")
            pipe.flush()
            threading.Event().wait()
        readers += 1
        if mode in ("--ours", "--shy"):
            os.mkfifo(path + ".next")
            os.rename(path + ".next", path)
            ours = "#zibrato listing: 1\n#zibrato incr: %d\n%s#zibrato end: 1\n"
            pipe.write(ours % (len(names), listing()) if readers % 2 or mode == "--ours" else "")
            continue
        if mode == "--slow":
            time.sleep(3)
        if mode == "--raw":
            with open(raw, "rb") as file:
                pipe.buffer.write(file.read())
        if mode == "--late":
            pipe.write(listing())
            pipe.flush()
            told.wait()
        pipe.write(listing())
    os.unlink(path)
    os.mkfifo(path)
    if mode == "--slow":
        print("written", flush=True)
