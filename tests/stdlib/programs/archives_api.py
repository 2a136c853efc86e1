# zipfile and tarfile over streams.

import io
import tarfile
import zipfile

stream = io.BytesIO()
with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("a.txt", "hello " * 20)
    archive.writestr(zipfile.ZipInfo("d/b.bin", (2024, 1, 2, 3, 4, 6)), b"\0\1")
    archive.writestr("c.txt", "stored", compress_type=zipfile.ZIP_STORED)
    archive.comment = b"comment"
    with archive.open("late.txt", "w") as member:
        member.write(b"late")
with zipfile.ZipFile(stream) as archive:
    print(archive.namelist(), archive.comment, archive.testzip(), archive.read("a.txt")[:12])
    for info in archive.infolist():
        print(info.filename, info.compress_type, info.CRC, info.file_size, info.is_dir(), info.compress_size < info.file_size)
    print(archive.getinfo("d/b.bin").date_time, archive.getinfo("d/b.bin"))
    with archive.open("a.txt") as member:
        print(member.read(5), member.readline()[:5])
    try:
        archive.read("missing")
    except KeyError as e:
        print(e)
    folder = zipfile.Path(archive, "d/")
    print([p.name for p in zipfile.Path(archive).iterdir()], (folder / "b.bin").read_bytes(), folder.is_dir(),
          zipfile.Path(archive, "c.txt").read_text())
with zipfile.ZipFile(stream, "a") as archive:
    archive.writestr("more", "m")
print(sorted(zipfile.ZipFile(stream).namelist()), zipfile.is_zipfile(stream), zipfile.is_zipfile(io.BytesIO(b"no")))
broken = stream.getvalue().replace(b"stored", b"STORED")
for data in (b"", b"PK\5\6", broken):
    try:
        print(zipfile.ZipFile(io.BytesIO(data)).testzip())
    except zipfile.BadZipFile as e:
        print(e)

for mode in ("w", "w:gz"):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, data in (("x/y.txt", b"12345"), ("n" * 120, b"long name")):
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 100
            archive.addfile(info, io.BytesIO(data))
        info = tarfile.TarInfo("folder")
        info.type = tarfile.DIRTYPE
        archive.addfile(info)
    stream.seek(0)
    with tarfile.open(fileobj=stream) as archive:
        for member in archive:
            file = archive.extractfile(member)
            print(member.name[:9], member.size, member.mtime, member.isdir(), member.isfile(), file and file.read())
        try:
            archive.getmember("missing")
        except KeyError as e:
            print(e)
try:
    tarfile.open(fileobj=io.BytesIO(b"x" * 600))
except tarfile.ReadError as e:
    print("ReadError")
