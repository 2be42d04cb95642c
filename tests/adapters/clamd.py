"""Speaks as ClamAV's daemon does on its Unix socket, for the tests of whoever asks it: `zPING`, `zINSTREAM`.

`python -m tests.adapters.clamd SOCKET LIMIT HANGS`: knows one harmful program, the test file of the makers of scanners
(EICAR). Takes at most LIMIT bytes a stream. With HANGS (yes) it takes everything and never answers.
"""

import socketserver
import struct
import sys

from adapters.memory.scanner import EICAR

BOMB = b"unpacks to more than anybody looks at"

OVER_LIMIT = b"INSTREAM size limit exceeded. ERROR"


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        command = bytearray()
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        if bytes(command) == b"zPING\0":
            self.wfile.write(b"PONG\0")
        elif bytes(command) == b"zINSTREAM\0":
            self.wfile.write(self.judged() + b"\0")
        else:
            self.wfile.write(b"UNKNOWN COMMAND\0")

    def judged(self) -> bytes:
        limit, hangs = int(sys.argv[2]), sys.argv[3] == "yes"
        content = bytearray()
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            if len(content) + length > limit:
                return OVER_LIMIT
            content += self.rfile.read(length)
        if hangs:
            self.rfile.read(1)
        if EICAR in content:
            return b"stream: Eicar-Test-Signature FOUND"
        if BOMB in content:
            return b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND"
        return b"stream: OK"


class Daemon(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


if __name__ == "__main__":
    with Daemon(sys.argv[1], Conversation) as daemon:
        sys.stdout.write("listens\n")
        sys.stdout.flush()
        daemon.serve_forever()
