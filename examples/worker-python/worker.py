#!/usr/bin/env python3
"""A ranker's worker for Candor in plain Python: no package is needed.

    candor worker permit kindling --node http://127.0.0.1:8080 --out credentials.json
    python3 worker.py credentials.json

Put your model into score(). The protocol is in docs/worker-protocol.md.
"""
import base64, hashlib, json, os, select, signal, socket, ssl, struct, sys, time, urllib.parse

BEAT, TEXT_LENGTH = 2.0, 38  # seconds between hellos; a feature's place in docs/features.md


def score(row):
    """One post's score, an int32, from its 64 int8 features: here long posts come first."""
    return row[TEXT_LENGTH]


class Nats:
    """As much of the NATS protocol as a worker needs."""
    def __init__(self, c):
        u = urllib.parse.urlparse(c["url"])
        self.sock, self.buffer = socket.create_connection((u.hostname, u.port or 4222)), b""
        self.take()  # INFO
        if u.scheme == "tls":  # with the server of the pinned certificate, and no other
            context = ssl.create_default_context()
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            self.sock, self.buffer = context.wrap_socket(self.sock), b""
            if "pin=" + hashlib.sha256(self.sock.getpeercert(True)).hexdigest() != u.query:
                sys.exit("the NATS server shows another certificate than the pinned one")
        self.send("CONNECT " + json.dumps({"verbose": False, "user": c["user"], "pass": c["password"], "lang": "python", "version": "1"}))

    def send(self, line, payload=None):
        self.sock.sendall(line.encode() + b"\r\n" + (b"" if payload is None else payload + b"\r\n"))

    def publish(self, subject, message, reply=""):
        self.send(f"PUB {subject} {reply} {len(raw := json.dumps(message).encode())}", raw)

    def take(self, n=0):
        """The next n bytes; without n the words of the next line."""
        while len(self.buffer) < n or not n and b"\r\n" not in self.buffer:
            if not (got := self.sock.recv(1 << 16)):
                raise ConnectionError("the NATS server went away")
            self.buffer += got
        end = n or self.buffer.index(b"\r\n") + 2
        got, self.buffer = self.buffer[:end], self.buffer[end:]
        return got if n else got.decode().split()

    def next(self, seconds):
        """The next (subject, reply, payload), or None when nothing comes in time."""
        if not self.buffer and not select.select([self.sock], [], [], max(seconds, 0))[0]:
            return None
        words = self.take()
        if words[0] == "MSG":
            return words[1], words[3] if len(words) == 5 else "", self.take(int(words[-1]) + 2)[:-2]
        if words[0] == "-ERR":
            raise ConnectionError(" ".join(words))
        if words[0] == "PING":
            self.send("PONG")


def answer(c, payload):
    q = json.loads(payload)
    r = {"v": 1, "id": q["id"], "model": c["model"], "version": c["version"]}
    rows = base64.b64decode(q["rows"])
    mine = (q["v"], q["model"], q["version"], q["schema"]) == (1, c["model"], c["version"], c["schema"])
    if not mine or q["count"] < 1 or q["within"] < 1 or len(rows) != 64 * q["count"]:
        return {**r, "error": "this worker has another model, these are no rows of 64, or their time is over"}
    return {**r, "scores": [score(row) for row in struct.iter_unpack("64b", rows)]}


def main(path):
    c = json.load(open(path))
    node, model, operator, end, due = c["node"][2:].lower(), c["model"][2:].lower(), c["operator"], [], 0.0
    rank, inbox = f"candor.{node}.rank.{model}.{operator}", f"_INBOX_{model}.{os.getpid()}"
    nats = Nats(c)
    signal.signal(signal.SIGTERM, lambda *_: end.append(1))
    nats.send(f"SUB {rank} workers 1\r\nSUB {inbox} 2")
    hello = {"v": 1, "worker": f"python-{os.getpid()}", "version": c["version"], "schema": c["schema"], "capacity": 1, "rows": 16384, "state": "ready", "engine": "python"}
    while not end:
        if time.monotonic() >= due:
            nats.publish(f"candor.{node}.hello.{model}.{operator}", hello, inbox)
            due = time.monotonic() + BEAT
        got = nats.next(due - time.monotonic())
        if got and got[0] == rank:
            nats.publish(got[1], answer(c, got[2]))
        elif got and json.loads(got[2]).get("refused"):
            print("the node does not ask this worker:", json.loads(got[2])["refused"], file=sys.stderr, flush=True)
    nats.publish(f"candor.{node}.hello.{model}.{operator}", {**hello, "state": "bye"}, inbox)


if __name__ == "__main__":
    while True:
        try:
            sys.exit(main(sys.argv[1]))
        except ConnectionError as why:  # the node restarts, or does not know the permit yet
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            print(f"{why}: again in a moment", file=sys.stderr, flush=True)
            time.sleep(BEAT)
