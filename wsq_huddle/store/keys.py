"""The secrets of a store, as files that only their owner may read: device keys, the token for the parent.

They lie in `secrets/` beside the database and are part of every backup; never in the log, the database or a message.
"""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from wsq_huddle.errors import StoreError


class Secrets:
    """Named secrets in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> str | None:
        try:
            return (self.folder / name).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"{self.folder / name} cannot be read: {error}.") from error

    def write(self, name: str, secret: str) -> None:
        """Write a secret so that it is there whole or not at all, also after a power cut."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=f".{name}-")
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secret)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o600)
            Path(temporary).replace(self.folder / name)
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be written: {error}.") from error

    def all(self) -> dict[str, str]:
        """Every secret by its name."""
        names = sorted(path.name for path in self.folder.glob("*") if path.is_file()) if self.folder.is_dir() else []
        return {name: secret for name in names if not name.startswith(".") and (secret := self.read(name)) is not None}

    def remove(self, name: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            (self.folder / name).unlink()

    def device_key(self, device: str) -> bytes:
        """The key that seals what this device writes."""
        found = self.read(f"device-{device}.key")
        if found is None:
            raise StoreError(
                f"The key of this store is not in {self.folder}. Copy device-{device}.key there from the machine"
                " it was made on, or run `wsq-huddle store restore`."
            )
        return bytes.fromhex(found)

    def new_device_key(self, device: str) -> bytes:
        key = secrets.token_bytes(32)
        self.write(f"device-{device}.key", key.hex())
        return key


class SecretsInMemory(Secrets):
    """Secrets of a store that lives in memory."""

    def __init__(self) -> None:
        super().__init__(Path())
        self._kept: dict[str, str] = {}

    def read(self, name: str) -> str | None:
        return self._kept.get(name)

    def write(self, name: str, secret: str) -> None:
        self._kept[name] = secret

    def all(self) -> dict[str, str]:
        return dict(sorted(self._kept.items()))

    def remove(self, name: str) -> None:
        self._kept.pop(name, None)
