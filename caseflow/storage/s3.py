"""Sealed files in a bucket of a store that speaks the protocol of S3: at a provider, or one's own (Garage, Ceph, MinIO).

Names of objects: a prefix, then `kept/` for good and `set-aside/` before files that nobody knows are removed. What arrives is sent
sealed, in pieces of eight megabytes that wait in memory; until the last one there is no object. The bucket must keep no old versions: what is
destroyed must be gone (docs/operating.md).
"""

import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid4

import boto3
import structlog
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from caseflow.storage import HEAD, FileMissing, Incoming, Kept, Problem, StoreUnreachable
from caseflow.storage.sealing import SealingWriter, new_key, open_sealed
from caseflow.storage.settings import Bucket

log = structlog.get_logger(__name__)
PIECE: Final = 8 * 1024 * 1024
"""Bytes of a file that are sent at once. S3 takes no less than five megabytes, but for the last."""
BUFFER: Final = 512 * 1024
MISSING: Final = frozenset({"404", "NoSuchKey", "NotFound", "NoSuchUpload"})
FULL: Final = frozenset({"QuotaExceeded", "XMinioStorageFull", "EntityTooLarge", "InsufficientStorage", "507"})
UNKNOWN_ROOM: Final = 1 << 60
"""A bucket does not say how much room it has; when it is full, it says so."""


class S3Store:
    """A store in a bucket."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket
        self._made: Any = None

    @property
    def client(self) -> Any:
        """The connection, made when it is needed first: a process that is forked later makes its own."""
        if self._made is None:
            options = Config(
                connect_timeout=5,
                read_timeout=30,
                retries={"max_attempts": 3, "mode": "standard"},
                request_checksum_calculation="when_required",  # others than Amazon do not know all of them; the seal finds every change
                response_checksum_validation="when_required",
                s3={"addressing_style": "path" if self.bucket.endpoint else "auto"},
            )
            self._made = boto3.session.Session().client(
                "s3",
                endpoint_url=self.bucket.endpoint,
                region_name=self.bucket.region,
                aws_access_key_id=self.bucket.key_id,
                aws_secret_access_key=self.bucket.secret,
                config=options,
            )
        return self._made

    def ask(self, act: str, **values: Any) -> Any:
        """Ask the store something.

        Raises:
            FileMissing: there is no such file.
            StoreUnreachable: it does not answer, or refuses.
            OSError: it is full.
        """
        with _translated():
            return getattr(self.client, act)(Bucket=self.bucket.name, **values)

    def begin(self, most: int, announced: int = 0) -> Incoming:  # noqa: ARG002 - a bucket does not say how much room it has
        """Begin a file of at most so many bytes."""
        return IncomingObject(self, uuid4(), most)

    def read(self, name: UUID, key: bytes) -> Iterator[bytes]:
        """Yield the content of a file, checked chunk by chunk.

        Raises:
            FileMissing: there is no such file.
            FileDamaged: it is not what was written.
            StoreUnreachable: the store does not answer.
        """
        body = self.ask("get_object", Key=self.place_of(name))["Body"]
        try:
            with _translated():
                yield from open_sealed(io.BufferedReader(_Body(body), BUFFER), name, key)
        finally:
            body.close()

    def names(self, before: datetime | None = None) -> Iterator[UUID]:
        """Yield the names of the files, or of those that were kept before a moment."""
        for one in self._objects("kept/"):
            if (before is None or one["LastModified"] < before) and (name := _name_of(one["Key"])) is not None:
                yield name

    def destroy(self, name: UUID) -> None:
        """Destroy a file, if there is one."""
        self.ask("delete_object", Key=self.place_of(name))

    def set_aside(self, name: UUID) -> None:
        """Take a file out of the store and keep it apart, if there is one."""
        source = {"Bucket": self.bucket.name, "Key": self.place_of(name)}
        with suppress(FileMissing):
            self.ask("copy_object", Key=f"{self.bucket.prefix}set-aside/{name.hex}", CopySource=source)
            self.destroy(name)

    def remove_set_aside(self, before: datetime) -> int:
        """Remove what was set aside before a moment; return how many files that were."""
        old = [one["Key"] for one in self._objects("set-aside/") if one["LastModified"] < before]
        for place in old:
            self.ask("delete_object", Key=place)
        return len(old)

    def remove_unfinished(self, before: datetime) -> int:
        """Remove what began to arrive before a moment and was never kept; return how many files that were."""
        prefix = f"{self.bucket.prefix}kept/"
        with _translated():
            pages = self.client.get_paginator("list_multipart_uploads").paginate(Bucket=self.bucket.name, Prefix=prefix)
            found = [one for page in pages for one in page.get("Uploads", ())]
        old = [one for one in found if one["Initiated"] < before]
        for one in old:
            with suppress(FileMissing):
                self.ask("abort_multipart_upload", Key=one["Key"], UploadId=one["UploadId"])
        return len(old)

    def free_bytes(self) -> int:
        """Return how many bytes there is room for; a bucket does not say."""
        return UNKNOWN_ROOM

    def place_of(self, name: UUID) -> str:
        """Return the name of the object."""
        return f"{self.bucket.prefix}kept/{name.hex}"

    def _objects(self, folder: str) -> Iterator[Any]:
        with _translated():
            pages = self.client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self.bucket.name, Prefix=f"{self.bucket.prefix}{folder}"):
                yield from page.get("Contents", ())


class IncomingObject:
    """A file that arrives in a bucket: sealed in memory, sent piece by piece, an object once it is whole."""

    def __init__(self, store: S3Store, name: UUID, most: int) -> None:
        self._store, self._name, self._most, self._key = store, name, most, new_key()
        self._place = {"Key": store.place_of(name)}
        self._waiting = bytearray()
        self._hash = hashlib.sha256()
        self._sealing = SealingWriter(self._waiting.extend, name, self._key)
        self._upload: dict[str, str] | None = None
        self._sent: list[dict[str, object]] = []
        self.size = 0
        self.head = b""
        self.problem: Problem | None = None

    def write(self, data: bytes) -> int:
        """Take the next bytes; throw them away after a problem."""
        self.size += len(data)
        if self.problem is None and self.size > self._most:
            self._fail(Problem.TOO_LARGE)
        if self.problem is None:
            if len(self.head) < HEAD:
                self.head += data[: HEAD - len(self.head)]
            self._hash.update(data)
            try:
                self._sealing.write(data)
                while len(self._waiting) >= PIECE:
                    self._send(PIECE)
            except StoreUnreachable:
                log.exception("file_not_sent")
                self._fail(Problem.UNREACHABLE)
            except OSError:
                self._fail(Problem.NO_ROOM)
        return len(data)

    def keep(self) -> Kept:
        """Put the file into the store: an object of its name, as a whole.

        Raises:
            OSError: it is full, or does not answer.
        """
        self._sealing.finish()
        if self._upload is None:
            self._store.ask("put_object", Body=bytes(self._waiting), **self._place)
        else:
            self._send(len(self._waiting))
            done = {"MultipartUpload": {"Parts": self._sent}}
            self._store.ask("complete_multipart_upload", **self._place, **self._upload, **done)
            self._upload = None
        self._waiting.clear()
        return Kept(self._name, self._key, self.size, self._hash.digest())

    def _send(self, size: int) -> None:
        if self._upload is None:
            made = self._store.ask("create_multipart_upload", **self._place)
            self._upload = {"UploadId": made["UploadId"]}
        number = len(self._sent) + 1
        piece = bytes(self._waiting[:size])
        sent = self._store.ask("upload_part", Body=piece, PartNumber=number, **self._place, **self._upload)
        self._sent.append({"ETag": sent["ETag"], "PartNumber": number})
        del self._waiting[:size]

    def digest(self) -> bytes:
        """Return the SHA-256 of what has arrived."""
        return self._hash.digest()

    def close(self) -> None:
        """Throw the file away if it was not kept. What the store cannot be told now is removed by the nightly comparison."""
        self._waiting.clear()
        if self._upload is not None:
            with suppress(FileMissing, OSError):
                self._store.ask("abort_multipart_upload", **self._place, **self._upload)
            self._upload = None

    def seek(self, offset: int, whence: int = 0) -> int:  # noqa: ARG002 - of a file
        """Do nothing."""
        return offset

    def _fail(self, problem: Problem) -> None:
        self.problem = problem
        self.close()


class _Body(io.RawIOBase):
    """The body of an answer as a file that can be buffered."""

    def __init__(self, body: Any) -> None:
        super().__init__()
        self._read: Callable[[int], bytes] = body.read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        data = self._read(len(view))
        view[: len(data)] = data
        return len(data)


@contextmanager
def _translated() -> Iterator[None]:
    """Say in words of stores what boto3 raises."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        if code in MISSING:
            raise FileMissing(code) from error
        if code in FULL:
            raise OSError(f"the store is full: {code}") from error
        raise StoreUnreachable(code) from error
    except BotoCoreError as error:
        raise StoreUnreachable(type(error).__name__) from error


def _name_of(place: str) -> UUID | None:
    try:
        return UUID(hex=place.rpartition("/")[2])
    except ValueError:
        return None
