"""Which store the settings ask for."""

from caseflow.storage import Store
from caseflow.storage.folder import FolderStore
from caseflow.storage.settings import FileSettings


def open_store(settings: FileSettings) -> Store:
    """Return the store of files: a bucket if one is named, else a folder. Nothing is asked of it yet."""
    if settings.bucket is None:
        return FolderStore(settings.folder, settings.free_disk)
    from caseflow.storage.s3 import S3Store  # noqa: PLC0415 - half a second and 30 MB that only those with a bucket pay

    return S3Store(settings.bucket)
