"""What is remembered of senders, and for how long: keyed numbers in memory that the workers of one machine
share.

Nothing here is ever written to disk. The memory is made before gunicorn forks its workers (`--preload`), so
it outlives each of them and ends with the service. Every key is hashed with a salt that lives in the same
memory and is thrown away, with everything beside it, within a day: then nobody can tell any more whose the
numbers were. Where processes do not share it (another machine, `runserver`) each has its own.
"""

import contextlib
import fcntl
import mmap
import os
import struct
import tempfile
import threading
import time
from collections.abc import Iterator
from hashlib import blake2b

LIFE = 20 * 60 * 60  # seconds until the salt and all that hangs on it are forgotten
LOOK = 60  # seconds between two looks at the clock, in each worker
# Seconds to wait for another process; then without the lock: better a count too few than a comment lost
PATIENCE = 0.25

HEAD = struct.Struct("<32sdII")  # the salt, when it was made, how many texts were noted, unused
COUNT = struct.Struct("<8sII")  # the hashed key, the second at which its window ends, how often it came
TEXT = struct.Struct("<qII")  # the shape of a text, when it came, which comment it was
COUNTS, PROBES, TEXTS = 1 << 16, 8, 2048
TEXTS_AT = HEAD.size + COUNTS * COUNT.size
SIZE = TEXTS_AT + TEXTS * TEXT.size


def boot_time() -> float:
    """Return seconds that go on while the machine sleeps, where the system counts them."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Memory:
    """A table of counts and a ring of the last texts' shapes, shared by all processes forked after it was
    made.
    """

    def __init__(self) -> None:
        self.map = mmap.mmap(-1, SIZE)
        if hasattr(mmap, "MADV_DONTDUMP"):
            self.map.madvise(mmap.MADV_DONTDUMP)  # a crash leaves no copy of it
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 - stays open and empty: the system frees its lock when a process dies
        self.threads = threading.Lock()
        self.clock = boot_time
        self.watched_by = 0

    @contextlib.contextmanager
    def held(self) -> Iterator[int]:
        """Keep others out while the block runs, as far as that is possible in PATIENCE.

        Out: seconds since the salt was made.
        """
        got = self.threads.acquire(timeout=PATIENCE)
        try:
            locked = got and self._lock()
            try:
                yield self._age()
            finally:
                if locked:
                    fcntl.lockf(self.file, fcntl.LOCK_UN)
        finally:
            if got:
                self.threads.release()

    def _lock(self) -> bool:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                fcntl.lockf(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                time.sleep(0.002)
            else:
                return True
        return False

    def _age(self) -> int:
        salt, born, *_ = HEAD.unpack_from(self.map)
        age = self.clock() - born
        if any(salt) and 0 <= age < LIFE:
            return int(age)
        self.wipe()
        HEAD.pack_into(self.map, 0, os.urandom(32), self.clock(), 0, 0)
        self.watch()
        return 0

    def watch(self) -> None:
        """Have a thread of this process keep the promise by the clock alone, also where nobody asks for
        anything.

        Each worker has one, from its beginning: the one that made a salt may be gone when that has to go.
        """
        if self.watched_by != os.getpid():
            self.watched_by = os.getpid()
            threading.Thread(target=self.look, daemon=True).start()

    def look(self) -> None:
        """Look at the clock for as long as the process lives."""
        while True:
            time.sleep(LOOK)
            self.forget()

    def forget(self) -> None:
        """Throw everything away if its time has come."""
        _, born, *_ = HEAD.unpack_from(self.map)
        if born and self.clock() - born >= LIFE:
            with self.held():
                pass

    def wipe(self) -> None:
        """Throw everything away."""
        self.map[:] = bytes(SIZE)

    def hashed(self, *parts: str, size: int = 8) -> bytes:
        """Return the parts hashed with today's salt. Call it inside held()."""
        return blake2b("\0".join(parts).encode(), key=self.map[:32], digest_size=size).digest()

    def note(self, *key: str, seconds: int, add: bool = True) -> tuple[int, bytes]:
        """Count a key that comes once more within so many seconds of its first time.

        Out: how often it came, this time included, and 16 bytes that are the same as long as that window
        lasts and can be guessed by nobody. With `add` false nothing is counted.
        """
        with self.held() as now:
            key_hash = self.hashed(*key)
            place, until, count = self._find(key_hash, now)
            if not count:
                until = now + seconds
            if add:
                count += 1
                COUNT.pack_into(self.map, place, key_hash, until, count)
            return count, self.hashed(*key, str(until), size=16)

    def left(self, *key: str) -> int:
        """Return after how many seconds the window of a key ends; 0 where it is not counted."""
        with self.held() as now:
            return max(self._find(self.hashed(*key), now)[1] - now, 0)

    def _find(self, key_hash: bytes, now: int) -> tuple[int, int, int]:
        """Return where a key's count is, when it ends and the count; 0 and the place to begin one where
        there is none.
        """
        start, free = int.from_bytes(key_hash[:4], "little"), (0, 0)
        for probe in range(PROBES):
            place = HEAD.size + (start + probe) % COUNTS * COUNT.size
            found, until, count = COUNT.unpack_from(self.map, place)
            if found == key_hash and until > now:
                return place, until, count
            if probe == 0 or until < free[1]:
                free = place, until
        return free[0], 0, 0

    def alike(self, shape: int, comment: int, seconds: int, distance: int) -> int:
        """Note the shape of a text; return how many other comments of the last seconds are at most so many
        bits away.
        """
        with self.held() as now:
            rows = list(TEXT.iter_unpack(self.map[TEXTS_AT:SIZE]))
            recent = [row for row in rows if row[2] and now - row[1] <= seconds]
            if all(row[2] != comment for row in recent):
                salt, born, noted, _ = HEAD.unpack_from(self.map)
                TEXT.pack_into(self.map, TEXTS_AT + noted % TEXTS * TEXT.size, shape, now, comment)
                HEAD.pack_into(self.map, 0, salt, born, (noted + 1) % (1 << 31), 0)
            return sum(
                row[2] != comment and ((row[0] ^ shape) & MASK).bit_count() <= distance for row in recent
            )


MASK = (1 << 64) - 1
memory = Memory()
