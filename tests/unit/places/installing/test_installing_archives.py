"""Archives that lie: bombs, members that point out, damage, the wrong content."""

import io
import tarfile
import zipfile

import pytest
from gazetteer_files import zipped

from geoconflict.errors import InputError
from geoconflict.places.installing.archives import Limits, members, zip_member


@pytest.fixture
def write(tmp_path):
    def call(content, name="AZ.zip"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return call


def test_lines_come_with_their_numbers(write):
    path = write(zipped({"readme.txt": "x", "AZ.txt": "one\r\ntwo\n\nfour"}))
    assert list(zip_member(path, "AZ.txt")) == [(1, b"one"), (2, b"two"), (3, b""), (4, b"four")]


def test_a_bomb_is_stopped_while_it_unpacks(write, monkeypatch):
    monkeypatch.setattr(Limits, "free_bytes", 1 << 20)
    path = write(zipped({"AZ.txt": b"\0" * (64 << 20)}))
    assert path.stat().st_size < 100_000
    n_bytes = 0
    with pytest.raises(InputError, match="zip bomb"):
        for _, line in zip_member(path, "AZ.txt"):
            n_bytes += len(line)
    assert n_bytes < 30 << 20


def test_a_bomb_that_understates_its_size_is_stopped_too(write, monkeypatch):
    monkeypatch.setattr(Limits, "max_bytes", 5000)
    blob = bytearray(zipped({"AZ.txt": b"a line\n" * 5000}))
    at = blob.index(b"PK\x01\x02") + 24
    blob[at : at + 4] = (100).to_bytes(4, "little")  # the directory says 100 bytes
    with pytest.raises(InputError):
        list(zip_member(write(bytes(blob)), "AZ.txt"))


@pytest.mark.parametrize("name", ["../AZ.txt", "/etc/AZ.txt", "a/../../AZ.txt", "C:\\AZ.txt", "..\\AZ.txt"])
def test_a_member_that_points_out_is_refused(write, name, tmp_path):
    path = write(zipped({"AZ.txt": "fine", name: "not fine"}))
    with pytest.raises(InputError, match="points out of the archive"):
        list(zip_member(path, "AZ.txt"))
    assert [one.name for one in tmp_path.iterdir()] == ["AZ.zip"]


@pytest.mark.parametrize(
    "content", [b"", b"<html>Welcome to the hotel network</html>", b"PK\x03\x04 and then junk" * 50]
)
def test_garbage_is_no_archive(write, content):
    with pytest.raises(InputError, match=r"AZ\.zip: damaged or not an archive"):
        list(zip_member(write(content), "AZ.txt"))


def test_a_zip_cut_short_is_damaged(write):
    whole = zipped({"AZ.txt": "".join(f"{n * 7919 % 10007} row\n" for n in range(5000))})
    with pytest.raises(InputError, match="damaged"):
        list(zip_member(write(whole[: len(whole) // 2]), "AZ.txt"))


def test_a_wrong_checksum_is_found(write):
    blob = io.BytesIO()
    with zipfile.ZipFile(blob, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("AZ.txt", "587124\tBaku\n" * 100)
    content = blob.getvalue().replace(b"Baku", b"Bako", 1)
    with pytest.raises(InputError, match="CRC"):
        list(zip_member(write(content), "AZ.txt"))


def test_the_file_of_another_country_is_named(write):
    with pytest.raises(InputError, match=r"holds no AZ\.txt, but AM\.txt"):
        list(zip_member(write(zipped({"AM.txt": "x"})), "AZ.txt"))


def test_too_many_members_are_refused(write, monkeypatch):
    monkeypatch.setattr(Limits, "max_members", 3)
    path = write(zipped({f"{n}.geojson": "x" for n in range(5)}))
    with pytest.raises(InputError, match="5 members"):
        list(members(path, (".geojson",)))


def test_a_line_without_an_end_does_not_fill_memory(write):
    path = write(zipped({"AZ.txt": "".join(chr(65 + n * n % 26) for n in range(3 << 20))}))
    assert max(len(line) for _, line in zip_member(path, "AZ.txt")) <= Limits.max_line_bytes


def tar_of(*entries, mode="w:gz"):
    blob = io.BytesIO()
    with tarfile.open(fileobj=blob, mode=mode) as archive:
        for name, content, kind in entries:
            info = tarfile.TarInfo(name)
            info.type = kind
            info.size = len(content)
            info.linkname = "/etc/hostname"
            archive.addfile(info, io.BytesIO(content))
    return blob.getvalue()


def test_members_of_tars_are_streamed_and_links_passed_over(write):
    path = write(
        tar_of(
            ("a.geojson", b"{}", tarfile.REGTYPE),
            ("b.geojson", b"", tarfile.SYMTYPE),
            ("c.txt", b"no", tarfile.REGTYPE),
            ("d.geojson", b"[]", tarfile.REGTYPE),
        ),
        "x.tar.gz",
    )
    found = [(where.rpartition(": ")[2], stream.read()) for where, stream in members(path, (".geojson",))]
    assert found == [("a.geojson", b"{}"), ("d.geojson", b"[]")]


def test_a_tar_bomb_is_stopped_even_in_what_is_passed_over(write, monkeypatch):
    monkeypatch.setattr(Limits, "free_bytes", 1 << 20)
    path = write(tar_of(("big.bin", bytes(80 << 20), tarfile.REGTYPE)), "x.tar.gz")
    with pytest.raises(InputError, match="zip bomb"):
        list(members(path, (".geojson",)))


def test_a_tar_member_that_points_out_is_refused(write):
    path = write(tar_of(("../a.geojson", b"{}", tarfile.REGTYPE)), "x.tar.gz")
    with pytest.raises(InputError, match="points out"):
        list(members(path, (".geojson",)))
