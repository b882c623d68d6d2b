"""A line to the database server that can hang: what is sent stays unanswered, and nobody is told."""

import socket
import threading
from contextlib import contextmanager, suppress


class Line:
    """A port that hands on to a PostgreSQL server until what a client sends holds `until`; from then on
    nothing, in silence.

    With `after`, those bytes still reach the server, and only its answer is lost. New connections hang too,
    until `mend()`; those that hung stay so.
    """

    def __init__(self, host, port, until=b"", after=False):
        self.server, self.until, self.after = (host, port), until, after
        self.mended, self.hung = threading.Event(), threading.Event()
        self.ends = []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.admit, daemon=True).start()

    def mend(self):
        self.mended.set()

    def admit(self):
        with suppress(OSError):
            while True:
                client, _ = self.door.accept()
                server = socket.create_connection(self.server)
                self.ends += [client, server]
                silent = threading.Event()
                for one, other, asks in ((client, server, True), (server, client, False)):
                    threading.Thread(target=self.relay, args=(one, other, asks, silent), daemon=True).start()

    def relay(self, one, other, asks, silent):
        with suppress(OSError):
            while said := one.recv(65536):
                if asks and not self.mended.is_set() and (self.hung.is_set() or self.until in said):
                    silent.set()
                    if self.after and not self.hung.is_set():
                        other.sendall(said)
                    self.hung.set()
                if not silent.is_set():
                    other.sendall(said)
            # Who leaves is heard, as a server hears of it once it wakes.
            other.shutdown(socket.SHUT_RDWR)

    def close(self):
        for end in (self.door, *self.ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def through_a_line(connection, **options):
    """Lead this thread's connection to the database through a line, and give the line."""
    settings = connection.settings_dict
    host, port = settings["HOST"], settings["PORT"]
    line = Line(host or "127.0.0.1", int(port or 5432), **options)
    connection.close()
    settings.update(HOST="127.0.0.1", PORT=line.port)
    try:
        yield line
    finally:
        settings.update(HOST=host, PORT=port)
        connection.close()
        line.close()
