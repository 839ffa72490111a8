"""Refuse folders that a store must not lie in: network drives, and folders that another program synchronises."""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from wsq_huddle.config import places
from wsq_huddle.errors import StoreError

_MOUNTS = Path("/proc/self/mountinfo")
_SHARED = re.compile(
    r"(?:nfs\d?|cifs|smb\w*|ncpfs|afs|9p|drvfs|vboxsf|vmhgfs|prl_fs|lustre|gpfs|glusterfs|ceph|beegfs|ocfs2|gfs2?|davfs"
    r"|fuse\.(?!.*(?:ntfs|exfat|overlay|ext)).+)"
)
_SYNCHRONISED = re.compile(r"(?:OneDrive(?: - .+)?|Dropbox(?: \(.+\))?|Nextcloud|ownCloud|Google ?Drive|iCloudDrive)")
_ONEDRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_DRIVE_REMOTE = 4


def refuse_shared(
    folder: Path, *, environ: Mapping[str, str] | None = None, mounts: Path = _MOUNTS, node: str = ""
) -> None:
    """Raise StoreError where a database would be broken by what else writes there; name a right place."""
    environ = os.environ if environ is None else environ
    reason = _shared(folder, environ, mounts)
    if reason:
        right = places.data_folder(node or "data")
        raise StoreError(
            f"The store cannot lie in {folder}: {reason}. Keep it on this computer's own disk:"
            f" write folder = {str(right)!r} below [store] in huddle.toml."
        )


def _shared(folder: Path, environ: Mapping[str, str], mounts: Path) -> str:
    written = str(folder)
    if written.startswith("\\\\") or (sys.platform == "win32" and written.startswith("//")):
        return "it is a network share"
    folder = folder.resolve()
    if _is_remote_drive(folder):
        return f"{folder.drive} is a network drive"
    homes = {name: environ.get(name, "") for name in _ONEDRIVE}
    if any(home and folder.is_relative_to(Path(home).resolve()) for home in homes.values()):
        return "OneDrive synchronises it"
    synchronised = next((part for part in folder.parts if _SYNCHRONISED.fullmatch(part)), "")
    if synchronised:
        return f"{synchronised} synchronises it"
    roaming = environ.get("APPDATA", "") if sys.platform == "win32" else ""
    if roaming and folder.is_relative_to(Path(roaming).resolve()):
        return "it belongs to the roaming profile, which travels between computers"
    kind = _file_system(folder, mounts)
    return f"it is a network or shared drive ({kind})" if _SHARED.fullmatch(kind) else ""


def _file_system(folder: Path, mounts: Path) -> str:
    """The kind of file system a folder lies on; empty where the system does not say (see proc(5), mountinfo)."""
    try:
        rows = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    deepest, kind = -1, ""
    for row in rows:
        left, _, right = row.partition(" - ")
        columns = left.split(" ")
        if len(columns) < 5 or not right:  # noqa: PLR2004 - the fifth column is where it is mounted
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), columns[4]))
        if folder.is_relative_to(point) and len(point.parts) >= deepest:
            deepest, kind = len(point.parts), right.split(" ")[0]
    return kind


def _is_remote_drive(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - asked on Windows only

        return bool(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE)
    return False
