"""What make_excel.py and make_word.py share: the expectations as YAML, archives without time stamps, LibreOffice.

Not run by itself."""

import io
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "data"
STAMP = (2026, 3, 20, 9, 30, 0)
ISO = "2026-03-20T09:30:00Z"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def code(body):
    """A code of GB 32100—2015 from its first 17 characters."""
    total, weight = 0, 1
    for character in body:
        total += ALPHABET.index(character) * weight
        weight = weight * 3 % 31
    return body + ALPHABET[(31 - total % 31) % 31]


# YAML ---------------------------------------------------------------------------------------------------------------------

PLAIN_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
LIKE_OTHER = re.compile(r"[-+.\d][\d,_.eE+-]*$|0[xo][\da-fA-F]+$|(?i:y|n|yes|no|on|off|true|false|null|~)$")


def scalar(value, flow=False):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    text = str(value)
    if PLAIN_DATE.match(text):
        return text
    bad = (
        text == ""
        or text != text.strip(" \t\u3000\xa0")
        or LIKE_OTHER.match(text)
        or text[0] in "!&*-?|>@`%'\"#{}[],:=+"
        or ": " in text
        or " #" in text
        or text.endswith(":")
        or any(ord(c) < 32 or c in "\x7f\x85\xa0\xad\u2028\u2029\ufeff\u200b" for c in text)
        or (flow and any(c in "{}[],:#" for c in text))
    )
    if not bad:
        return text
    out = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    out = re.sub("[\x00-\x1f\x7f\x85\xa0\xad\u2028\u2029\ufeff\u200b]", lambda m: "\\u%04X" % ord(m[0]), out)
    return '"%s"' % out


def flow(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{scalar(k, True)}: {flow(v)}" for k, v in value.items()) + " }" if value else "{}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flow(v) for v in value) + "]"
    return scalar(value, True)


def short(value):
    """Whether a value is written on one line."""
    if isinstance(value, dict):
        return all(not isinstance(v, (dict, list, tuple)) or (isinstance(v, dict) and short(v) and len(v) < 4) for v in value.values()) and len(flow(value)) <= 100
    if isinstance(value, (list, tuple)):
        return all(not isinstance(v, (dict, list, tuple)) for v in value) and len(flow(value)) <= 60
    return True


def block(value, depth=0):
    pad = "  " * depth
    lines = []
    if isinstance(value, dict):
        for key, item in value.items():
            name = scalar(key)
            if isinstance(item, (dict, list, tuple)) and item and not short(item):
                lines.append(f"{pad}{name}:")
                lines += block(item, depth + 1)
            else:
                lines.append(f"{pad}{name}: {flow(item) if isinstance(item, (dict, list, tuple)) else scalar(item)}")
    else:
        for item in value:
            if isinstance(item, dict) and not short(item):
                inner = block(item, depth + 1)
                lines.append(f"{pad}- {inner[0].strip()}")
                lines += inner[1:]
            elif isinstance(item, (list, tuple)):
                lines.append(f"{pad}- {flow(item)}")
            else:
                lines.append(f"{pad}- {flow(item) if isinstance(item, dict) else scalar(item)}")
    return lines


def expect(path, about, value):
    """Writes `<file>.期望.yaml`."""
    import yaml

    value = {"文件": path.name, **value}
    # A long list of records, of texts: never on one line.
    text = f"# {about}\n" + "\n".join(block(value)) + "\n"

    def plain(part):
        if isinstance(part, dict):
            return {str(k): plain(v) for k, v in part.items()}
        if isinstance(part, (list, tuple)):
            return [plain(v) for v in part]
        return "null" if part is None else str(part)

    read = yaml.load(text, Loader=yaml.BaseLoader)
    assert read == plain(value), (path, read, plain(value))
    path.with_name(path.name + ".期望.yaml").write_text(text, encoding="utf-8")


# Archives -----------------------------------------------------------------------------------------------------------------


def seal(data, change=None):
    """An archive with fixed times; `change(name, bytes)` may return other bytes, or None to drop the part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            body = old.read(info.filename)
            if info.filename == "docProps/core.xml":
                body = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>" + ISO.encode(), body)
            if info.filename == "meta.xml":
                body = re.sub(rb"(<(meta:creation-date|dc:date)>)[^<]*", rb"\g<1>" + ISO.encode(), body)
            if info.filename == "docProps/app.xml":
                body = re.sub(rb"<TotalTime>\d+</TotalTime>", b"<TotalTime>0</TotalTime>", body)
            if change:
                body = change(info.filename, body)
                if body is None:
                    continue
            stored = info.filename == "mimetype"
            entry(new, info.filename, body, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def entry(archive, name, body, method=zipfile.ZIP_DEFLATED):
    info = zipfile.ZipInfo(name, STAMP)
    info.compress_type = method
    info.external_attr = 0o600 << 16
    archive.writestr(info, body)


def archive(parts):
    """An archive of `(name, text or bytes)`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, body in parts:
            entry(new, name, body.encode() if isinstance(body, str) else body)
    return out.getvalue()


def bomb(parts, name, head, filling, megabytes, tail):
    """An archive one part of which is `megabytes` long, of `filling` repeated."""
    out = io.BytesIO()
    unit = (filling * (1024 * 1024 // len(filling) + 1))[: 1024 * 1024 // len(filling) * len(filling)]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for other, body in parts:
            entry(new, other, body)
        info = zipfile.ZipInfo(name, STAMP)
        info.compress_type = zipfile.ZIP_DEFLATED
        with new.open(info, "w", force_zip64=False) as part:
            part.write(head)
            for _ in range(megabytes):
                part.write(unit)
            part.write(tail)
    return out.getvalue()


def encrypt(data, password):
    """Password-protected as Office does it (agile encryption); the salts come from a counter, so the bytes are the same again."""
    import hashlib

    from msoffcrypto.format.ooxml import OOXMLFile
    from msoffcrypto.method import ecma376_agile

    count = [0]

    def next_bytes(size):
        count[0] += 1
        return (hashlib.sha512(b"hongtou %d" % count[0]).digest() * 4)[:size]

    ecma376_agile._random_buffer = next_bytes
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


# LibreOffice --------------------------------------------------------------------------------------------------------------


def office(data, suffix, to, kind=None):
    """Converts bytes with LibreOffice (`to`: `xls`, `ods`, or `filter` with options)."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        raise SystemExit("需要 LibreOffice：apt-get install --no-install-recommends libreoffice-calc libreoffice-writer")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"a.{suffix}"
        source.write_bytes(data)
        out = Path(folder) / "out"
        profile = Path(os.environ.get("HONGTOU_LO_PROFILE", "/tmp/hongtou-lo-profile"))
        subprocess.run(
            [program, f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", kind or to, "--outdir", str(out), str(source)],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180,
        )
        return next(out.iterdir()).read_bytes()


def ole_times(data):
    """Puts zero into the time stamps of an OLE file: those of its folders (offsets 100–115 of each 128-byte entry)."""
    import struct

    data = bytearray(data)
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    sector = struct.unpack_from("<I", data, 48)[0]
    table = [struct.unpack_from("<I", data, 76 + 4 * i)[0] for i in range(109)]

    def following(number):
        at = (table[number * 4 // size] + 1) * size + number * 4 % size
        return struct.unpack_from("<I", data, at)[0]

    while sector < 0xFFFFFFFA:
        start = (sector + 1) * size
        for at in range(start, start + size, 128):
            data[at + 100 : at + 116] = bytes(16)
        sector = following(sector)
    return bytes(data)
