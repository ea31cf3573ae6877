"""A door before an S3 server through which every twentieth request fails: half of them with an error, half with a broken connection.

flaky.py PORT UPSTREAM: listens on PORT, hands on to UPSTREAM, and says at the end how many failed.
"""

import http.client
import random
import signal
import socketserver
import sys
from http.server import BaseHTTPRequestHandler

port, upstream = int(sys.argv[1]), int(sys.argv[2])
random.seed(7)
counts = {"all": 0, "failed": 0}


class Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def hand_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        counts["all"] += 1
        if counts["all"] > 1 and random.random() < 0.05:
            counts["failed"] += 1
            if random.random() < 0.5:
                self.close_connection = True
                self.connection.close()
                return
            self.send_response(503)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        server = http.client.HTTPConnection("127.0.0.1", upstream)
        server.request(self.command, self.path, body, {key: value for key, value in self.headers.items()})
        answer = server.getresponse()
        said = answer.read()
        self.send_response(answer.status)
        for key, value in answer.getheaders():
            if key.lower() not in ("transfer-encoding", "content-length", "connection"):
                self.send_header(key, value)
        self.send_header("Content-Length", answer.headers.get("Content-Length", "0") if self.command == "HEAD" else str(len(said)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(said)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = hand_on

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, *_):
        pass


def end(*_):
    print(f"{counts['all']}次请求，{counts['failed']}次弄坏", flush=True)
    sys.exit(0)


signal.signal(signal.SIGTERM, end)
Server(("127.0.0.1", port), Door).serve_forever()
