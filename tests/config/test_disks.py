"""Where a store must not lie."""

from pathlib import Path

import pytest

from wsq_huddle.config.disks import refuse_shared
from wsq_huddle.errors import StoreError

LOCAL = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"


def mounts(folder: Path, kind: str, *, at: str) -> Path:
    path = folder / "mountinfo"
    path.write_text(f"{LOCAL}36 22 0:40 / {at} rw,noatime - {kind} server:/share rw\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone", "drvfs", "vboxsf"])
def test_a_network_drive_is_refused_with_the_right_place(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "share" / "unit"
    table = mounts(tmp_path, kind, at=str(tmp_path / "share"))

    with pytest.raises(StoreError) as raised:
        refuse_shared(folder, environ={}, mounts=table, node="4-west")

    assert kind in str(raised.value)
    assert "[store]" in str(raised.value)
    assert "wsq-huddle" in str(raised.value)


@pytest.mark.parametrize(
    "kind", ["ext4", "xfs", "btrfs", "tmpfs", "overlay", "fuse.ntfs-3g", "fuse.fuse-overlayfs", "zfs"]
)
def test_a_disk_of_this_computer_is_taken(kind: str, tmp_path: Path) -> None:
    table = mounts(tmp_path, kind, at=str(tmp_path))

    refuse_shared(tmp_path / "unit", environ={}, mounts=table)


def test_only_the_drive_below_the_folder_counts(tmp_path: Path) -> None:
    table = mounts(tmp_path, "nfs4", at=str(tmp_path / "share"))

    refuse_shared(tmp_path / "share-not", environ={}, mounts=table)


def test_a_drive_with_a_blank_in_its_name_is_found(tmp_path: Path) -> None:
    table = mounts(tmp_path, "cifs", at=f"{tmp_path}/our\\040share")

    with pytest.raises(StoreError, match="cifs"):
        refuse_shared(tmp_path / "our share" / "x", environ={}, mounts=table)


@pytest.mark.parametrize("folder", [r"\\server\share\unit", r"\\?\UNC\server\share"])
def test_a_network_share_is_refused(folder: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="network share"):
        refuse_shared(Path(folder), environ={}, mounts=tmp_path / "none")


def test_a_folder_that_onedrive_synchronises_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="OneDrive"):
        refuse_shared(tmp_path / "cloud" / "x", environ={"OneDriveCommercial": str(tmp_path / "cloud")})
    with pytest.raises(StoreError, match="OneDrive - Hospital synchronises"):
        refuse_shared(tmp_path / "OneDrive - Hospital" / "x", environ={})


def test_a_system_without_mountinfo_is_believed(tmp_path: Path) -> None:
    refuse_shared(tmp_path, environ={}, mounts=tmp_path / "none")
