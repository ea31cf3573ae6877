"""Reads all data files of a site as programs of others do; see run.sh."""

import csv
import json
import os
import re
import sys
import tempfile
import warnings
from pathlib import Path

import feedparser
import flattentool
import icalendar
import jsonschema

site = Path(sys.argv[1])
wrong = []
counts = {}


def count(what):
    counts[what] = counts.get(what, 0) + 1


def told(path, what):
    wrong.append(f"{path.relative_to(site)}：{what}")


def read(path):
    return json.loads(path.read_text("utf-8"))


def against(schema, path):
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    found = validator(schema, format_checker=validator.FORMAT_CHECKER).iter_errors(read(path))
    for error in list(found)[:3]:
        told(path, f"{'/'.join(map(str, error.absolute_path))} {error.message[:200]}")


def lists():
    for schema in site.rglob("*.schema.json"):
        data = schema.with_name(schema.name.replace(".schema.json", ".json"))
        if data.exists():
            against(read(schema), data)
            count("名单")


def notices():
    schema = read(site / "opendata" / "notice.schema.json")
    for path in sorted((site / "notices").rglob("*.json")):
        against(schema, path)
        count("公文")


def grants():
    giving = os.environ.get("HONGTOU_360GIVING")
    for path in site.rglob("grants.json"):
        own = read(path)
        for grant in own["grants"]:
            lacking = {"id", "title", "description", "currency", "recipientOrganization", "fundingOrganization"} - set(grant)
            if lacking:
                told(path, f"{grant.get('id')} 没有 {lacking}")
        with tempfile.TemporaryDirectory() as folder:
            # flattentool reads a folder of tables; the byte-order mark is for Excel.
            text = path.with_suffix(".csv").read_text("utf-8-sig")
            (Path(folder) / "grants.csv").write_text(text, "utf-8")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                out = str(Path(folder) / "out.json")
                # Without their schema the heads of the table are its own keys.
                flattentool.unflatten(folder, input_format="csv", output_name=out, root_list_path="grants", root_id="")
            ids = [grant["Identifier"] for grant in json.loads(Path(out).read_text("utf-8"))["grants"]]
        if ids != [grant["id"] for grant in own["grants"]]:
            told(path, "表和 JSON 里的奖励不同")
        if giving:
            against(json.loads(Path(giving).read_text("utf-8")), path)
        count("360Giving")


def feeds():
    for path in site.rglob("*.xml"):
        if path.name == "sitemap.xml":
            continue
        feed = feedparser.parse(path.read_bytes())
        if feed.bozo or feed.version != "atom10":
            told(path, f"不是完好的 Atom：{feed.get('bozo_exception', feed.version)}")
        for entry in [feed.feed, *feed.entries]:
            if not (entry.get("id") and entry.get("title") and entry.get("updated_parsed")):
                told(path, f"条目缺 id、标题或时间：{entry.get('title')}")
        count("Atom")
    for path in site.rglob("feed.json"):
        feed = read(path)
        if feed.get("version") != "https://jsonfeed.org/version/1.1" or not all("id" in item for item in feed["items"]):
            told(path, "不是 JSON Feed 1.1")
        count("JSON Feed")


def calendars():
    for path in site.rglob("*.ics"):
        events = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        if not events or not all(event.get("UID") and event.get("DTSTART") and event.get("DTSTAMP") for event in events):
            told(path, "日历没有事件，或事件缺 UID、DTSTART、DTSTAMP")
        count("日历")


def linked():
    block = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
    for path in site.rglob("*.html"):
        for text in block.findall(path.read_text("utf-8")):
            data = json.loads(text)
            for thing in data if isinstance(data, list) else [data]:
                if thing.get("@context") != "https://schema.org" or not (thing.get("@type") or thing.get("@graph")):
                    told(path, "JSON-LD 没有 @context 或 @type")
            count("JSON-LD")


def tables():
    for path in site.rglob("*.csv"):
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
        if any(len(row) != len(rows[0]) for row in rows):
            told(path, "各行的列数不同")
        count("CSV")


for check in (lists, notices, grants, feeds, calendars, linked, tables):
    check()
print("开放数据检查：" + "，".join(f"{what} {many}" for what, many in sorted(counts.items())), file=sys.stderr)
for line in wrong:
    print("  " + line, file=sys.stderr)
sys.exit(1 if wrong else 0)
