#!/usr/bin/env python3
"""Makes the workbooks of `excel/` and their expectations (`<file>.期望.yaml`): what a district, an enterprise or WPS leaves.

    python3 -m venv venv && venv/bin/pip install openpyxl msoffcrypto-tool pyyaml
    apt-get install --no-install-recommends libreoffice-calc        # for .xls, .ods
    venv/bin/python make_excel.py                      # all of excel/
    venv/bin/python make_excel.py --only 杂乱           # the files whose name contains it
    venv/bin/python make_excel.py --big big.xlsx  # 100,000 rows of the shape of 区县报表.xlsx, not kept
                                                                    # (and big.xlsx.企业.yaml, its enterprises)

The same bytes come out each time: times are fixed, random numbers come from a counter. Made with openpyxl 3.1.5,
msoffcrypto-tool 6.1.0 and LibreOffice 7.4 of Debian 12; another LibreOffice writes other bytes into the .xls and .ods files.
All enterprises and figures are invented (示例); the figures of 2024 are those of data/declarations/2024.yaml.
"""

import argparse
import csv
import datetime
import io
import re
import sys
import zipfile

import yaml
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter as letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.datavalidation import DataValidation

import common
from common import archive, bomb, code, encrypt, expect, office, ole_times, seal

EXCEL = common.HERE / "excel"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
THIN = Side(style="thin", color="000000")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center")
SONG = Font(name="宋体", size=11)
HEAD = Font(name="黑体", size=11)
TITLE = Font(name="方正小标宋简体", size=18)

# The sample enterprises: code, name, district.
ENTERPRISES = {}
for file in ("铝加工", "氧化铝", "新材料"):
    for one in yaml.safe_load((common.DATA / f"enterprises/{file}.yaml").read_text()):
        ENTERPRISES[one["名称"]] = (one["统一社会信用代码"], one["区县"])


class Book:
    """A workbook whose formulas also have the values that Excel would have kept."""

    def __init__(self):
        self.book = Workbook()
        self.book.remove(self.book.active)
        self.book.properties.creator = "赵示例"
        self.values = {}

    def sheet(self, name):
        return self.book.create_sheet(name)

    def formula(self, sheet, cell, formula, value=None):
        """`value` None: no value was kept, as openpyxl and some OA systems leave it."""
        sheet[cell] = formula
        if value is not None:
            self.values[sheet.title, cell] = value

    def bytes(self, change=None):
        out = io.BytesIO()
        self.book.save(out)
        parts = {f"xl/worksheets/sheet{i}.xml": s.title for i, s in enumerate(self.book.worksheets, 1)}

        def patch(name, body):
            if name in parts:
                text = body.decode()
                for (title, cell), value in self.values.items():
                    if title == parts[name]:
                        kind = ' t="str"' if isinstance(value, str) and not value.startswith("#") else ' t="e"' if isinstance(value, str) else ""
                        text, count = re.subn(
                            rf'(<c r="{cell}"[^>]*?)( t="[^"]*")?(><f>[^<]*</f>)<v ?/>|(<c r="{cell}"[^>]*?)( t="[^"]*")?(><f>[^<]*</f>)<v></v>',
                            lambda m: f"{m[1] or m[4]}{kind}{m[3] or m[6]}<v>{value}</v>", text)
                        assert count == 1, (cell, text[:2000])
                body = text.encode()
            return change(name, body) if change else body

        # openpyxl 3.1 writes every text into its cell; Excel and WPS keep a table of texts.
        texts = {}

        def shared(match):
            number = texts.setdefault(match[3], len(texts))
            return f'{match[1]} t="s"{match[2]}><v>{number}</v></c>'

        def share(name, body):
            if name in parts:
                return re.sub(r'(<c r="[A-Z]+\d+"[^>]*?) t="inlineStr"([^>]*)><is>(.*?)</is></c>', shared, body.decode(), flags=re.S).encode()
            if name == "[Content_Types].xml" and b"sharedStrings" not in body:
                kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
                return body.replace(b"</Types>", b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>')
            if name == "xl/_rels/workbook.xml.rels" and b"sharedStrings" not in body:
                return body.replace(b"</Relationships>", f'<Relationship Id="rIdTexts" Type="{RELS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'.encode())
            return None if name == "xl/sharedStrings.xml" else body

        data = seal(seal(out.getvalue(), patch), share)
        table = "".join(f"<si>{text}</si>" for text in texts)
        return with_part(data, "xl/sharedStrings.xml", XML + f'<sst xmlns="{MAIN}" uniqueCount="{len(texts)}">{table}</sst>')


def with_part(data, name, body):
    """An archive with a part more."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as more:
        common.entry(more, name, body)
    return out.getvalue()


def frame(sheet, area, font=SONG, align=CENTRE):
    for row in sheet[area]:
        for cell in row:
            cell.border, cell.font, cell.alignment = BOX, font, align


def widths(sheet, *sizes):
    for index, size in enumerate(sizes, 1):
        sheet.column_dimensions[letter(index)].width = size


def keep(name, data):
    EXCEL.mkdir(exist_ok=True)
    path = EXCEL / name
    path.write_bytes(data)
    return path


def wan(value):
    """An amount of a column in 万元 as a data file writes it."""
    return f"{value:.10f}".rstrip("0").rstrip(".") + "万元" if isinstance(value, float) else f"{value}万元"


# 1, 4 to 6: 区县报表 --------------------------------------------------------------------------------------------------------

# name: (revenue 2024, 2025), [(product, entries, sales 2024, 2025, remark)]
REPORT = {
    "示例铝业有限公司": ((7800, 8650.5), [("高强高韧航空铝合金板", "LJG-003", 38400, 41200, "")]),
    "示例轻合金科技有限公司": ((145000, 151320), [
        ("轨道交通用大断面铝合金型材", "LJG-002", 112200, 118000, "含出口"),
        ("新能源汽车电池托盘用铝合金型材", "LJG-004", 32900, 36250.75, "")]),
    "示例铝箔有限公司": ((86000, 91040), [
        ("锂离子电池正极集流体用高强铝箔", "LJG-005", 35000, 38600, ""),
        ("药品泡罩包装用铝箔", "LJG-008", 5000, 5238.4, ""),
        ("软包电池铝塑膜用铝箔", "LJG-007", 42000, 44100, "2025年9月新增一条生产线")]),
    "示例氧化铝新材料有限公司": ((55000, 58600), [
        ("高纯氧化铝粉", ["YHL-001", "SPC-004"], 14518.68, 15990, ""),
        ("电子封装用球形氧化铝填料", "YHL-005", 10000, 10750, ""),
        ("集成电路抛光用纳米氧化铝", "YHL-006", 32000, 31500.5, "")]),
    "示例新型合金有限公司": ((9300, 10460), [("增材制造用高强铝合金粉末", "LJG-017", 10500, 12000, "")]),
    "示例气凝胶科技有限公司": ((5600, 6120), [("二氧化硅气凝胶复合隔热毡", "SPC-010", 260, 1180, "")]),
    "示例电子材料有限公司": ((7900, 8800), [("铝基碳化硅复合材料基板", ["LJG-014", "SPC-001"], 12600, 13340, "")]),
    "示例超硬材料股份有限公司": ((91000, 94600), [("大尺寸单晶金刚石散热片", "SPC-006", 780, 1325.6, "")]),
    "示例复合材料有限公司": ((32000, 36000), [("高性能碳纤维", "SPC-007", 3100, 4205, "")]),
    "示例玄武岩纤维有限公司": ((9900, 10200), []),
}
YEARS = (2024, 2025)


def both(pair):
    return {YEARS[i]: wan(v) for i, v in enumerate(pair) if v is not None}


def report_records():
    records = []
    for name, (revenue, products) in REPORT.items():
        record = {"企业": ENTERPRISES[name][0], "主营业务收入": both(revenue)}
        if products:
            record["产品"] = [{"名称": p, "目录条目": e, "销售额": both((a, b))} for p, e, a, b, _ in products]
        records.append(record)
    return records


def district_report():
    book = Book()
    s = book.sheet("申报汇总")
    s.merge_cells("A1:J1")
    s["A1"] = "示例市2025年度新材料产业奖补资金申报情况汇总表"
    s["A1"].font, s["A1"].alignment = TITLE, CENTRE
    s.row_dimensions[1].height = 34
    s["A2"], s["J2"] = "填报单位：示例市工业和信息化局（盖章）", "单位：万元"
    s["J2"].alignment = RIGHT
    for cell, text in {"A3": "企业名称", "B3": "统一社会\n信用代码", "C3": "区县", "D3": "产品名称", "E3": "目录条目", "F3": "销售额（万元）", "H3": "主营业务收入（万元）", "J3": "备注"}.items():
        s[cell] = text
    for column in "ABCDEJ":
        s.merge_cells(f"{column}3:{column}4")
    s.merge_cells("F3:G3")
    s.merge_cells("H3:I3")
    for column, text in zip("FGHI", ("2024年", "2025年") * 2):
        s[f"{column}4"] = text
    frame(s, "A3:J4", HEAD)
    row, left_out, sums, remarks = 5, [], [], []
    for name, (revenue, products) in REPORT.items():
        code_, district = ENTERPRISES[name]
        first = row
        for product in products or [None]:
            if product:
                p, entries, a, b, remark = product
                s[f"D{row}"] = p
                s[f"E{row}"] = "、".join(entries) if isinstance(entries, list) else entries
                s[f"F{row}"], s[f"G{row}"] = a, b
                if remark:
                    s[f"J{row}"] = remark
                    remarks.append({"格": f"申报汇总!J{row}", "因": f"备注：申报里没有这一项（{remark}）"})
            row += 1
        s[f"A{first}"], s[f"B{first}"], s[f"C{first}"] = name, code_, district
        s[f"H{first}"], s[f"I{first}"] = revenue
        if row - first > 1:
            for column in "ABCHI":
                s.merge_cells(f"{column}{first}:{column}{row - 1}")
        # The subtotal of the district.
        s[f"A{row}"] = "小计" if len(sums) % 3 else f"{district}小计"
        s.merge_cells(f"A{row}:E{row}")
        for column, numbers in zip("FGHI", ([p[2] for p in products], [p[3] for p in products], [revenue[0]], [revenue[1]])):
            book.formula(s, f"{column}{row}", f"=SUM({column}{first}:{column}{row - 1})", round(sum(numbers), 4))
        frame(s, f"A{first}:J{row}")
        for line in range(first, row):
            for column in "AD":
                s[f"{column}{line}"].alignment = LEFT
        for column in "ABCDEFGHIJ":
            s[f"{column}{row}"].font = Font(name="宋体", size=11, bold=True)
        for line in range(first, row + 1):
            for column in "FGHI":
                s[f"{column}{line}"].number_format, s[f"{column}{line}"].alignment = "#,##0.00", RIGHT
        left_out.append({"格": f"申报汇总!A{row}:J{row}", "因": "小计"})
        sums.append(row)
        row += 1
    s[f"A{row}"] = "合　计"
    s.merge_cells(f"A{row}:E{row}")
    for column in "FGHI":
        book.formula(s, f"{column}{row}", "=" + "+".join(f"{column}{r}" for r in sums), round(sum(book.values[s.title, f"{column}{r}"] for r in sums), 4))
        s[f"{column}{row}"].number_format = "#,##0.00"
    frame(s, f"A{row}:J{row}", Font(name="宋体", size=11, bold=True))
    left_out.append({"格": f"申报汇总!A{row}:J{row}", "因": "合计"})
    s[f"A{row + 1}"] = "注：1.销售额、主营业务收入按经审计的数填写；2.一家企业有几个产品的，每个产品一行；3.小计、合计不用填写。"
    s.merge_cells(f"A{row + 1}:J{row + 1}")
    left_out.append({"格": f"申报汇总!A{row + 1}", "因": "注"})
    s[f"A{row + 3}"] = "填报人：赵示例　　　　　　　　联系电话：0000-12345671　　　　　　　　填报日期：2026年3月20日"
    left_out.append({"格": f"申报汇总!A{row + 2}", "因": "空行"})
    left_out.append({"格": f"申报汇总!A{row + 3}", "因": "填报人、联系电话、日期"})
    widths(s, 26, 22, 16, 32, 18, 13, 13, 14, 14, 18)
    s.freeze_panes = "A5"
    s.page_setup.orientation, s.page_setup.paperSize = "landscape", 9
    return book, remarks + left_out


def make_district_report():
    book, left_out = district_report()
    data = book.bytes()
    mapping = [{"列": c, "表头": h, "项": i} for c, h, i in (
        ("A", "企业名称", "企业的名称，用来核对代码"), ("B", "统一社会信用代码", "企业"), ("C", "区县", "企业的区县，用来核对"),
        ("D", "产品名称", "产品的名称"), ("E", "目录条目", "产品的目录条目"), ("F", "销售额（万元） 2024年", "产品的销售额，2024年，万元"),
        ("G", "销售额（万元） 2025年", "产品的销售额，2025年，万元"), ("H", "主营业务收入（万元） 2024年", "主营业务收入，2024年，万元"),
        ("I", "主营业务收入（万元） 2025年", "主营业务收入，2025年，万元"), ("J", "备注", "没有对应的项"))]
    base = {"命令": "hongtou import 区县报表.xlsx --as 申报 --year 2025", "种类": "申报", "年度": 2025, "表": "申报汇总", "对照": mapping,
            "记录": report_records(), "略去": left_out, "问题": [], "提示": []}
    expect(keep("区县报表.xlsx", data), "区县汇总表，全部正确。金额按值比：38400万元和3.84亿元一样。", base)

    def other(name, sheet, told):
        parts = [dict(p, 格=p["格"].replace("申报汇总!", f"{sheet}!" if sheet else "")) for p in left_out]
        return {**base, "命令": base["命令"].replace("区县报表.xlsx", name), "表": sheet or "（csv 没有表名，格只写列和行）", "略去": parts, "提示": told}

    merged = [{"说": "产品行上企业名称、代码空着的（合并单元格在这种格式里看不出来），算上面一家的"}]
    xls = ole_times(office(data, "xlsx", "xls"))
    expect(keep("区县报表.xls", xls), "区县报表.xlsx 由 LibreOffice 存成 .xls；记录和它一样。整数在 .xls 里读出来是整数。", other("区县报表.xls", "申报汇总", merged))
    ods = seal(office(data, "xlsx", "ods"), lambda n, b: None if n.startswith("Thumbnails/") else b)
    expect(keep("区县报表.ods", ods), "区县报表.xlsx 由 LibreOffice 存成 .ods；记录和它一样。", other("区县报表.ods", "申报汇总", merged))
    # As Excel's own “另存为 CSV”: what is seen, with thousands separators, GBK, CRLF.
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    sheet = book.book["申报汇总"]
    for line in sheet.iter_rows():
        row = []
        for cell in line:
            value = cell.value
            if isinstance(value, str) and value.startswith("="):
                value = book.values["申报汇总", cell.coordinate]
            if isinstance(value, (int, float)):
                value = f"{value:,.2f}"
            row.append("" if value is None else value)
        writer.writerow(row)
    told = merged + [{"说": "不是 UTF-8，按 GBK（GB 18030）读"}]
    about = "区县报表.xlsx 在 Excel 里另存为 CSV：GBK、CRLF、数字带千分位、表头里有换行；记录和它一样。"
    expect(keep("区县报表.csv", text.getvalue().encode("gbk")), about, other("区县报表.csv", "", told))


# 2: 企业名单 ---------------------------------------------------------------------------------------------------------------

LIST = [
    # name, body of the code, district, trades, 规上, 称号, 亩均
    ("示例钛合金材料有限公司", "91410181MA1000001", "巩义市", "新材料、先进金属材料", "√", "省专精特新", "A"),
    ("示例镁合金精密成型有限公司", "91410182MA1000002", "荥阳市", "新材料，先进金属材料", "是", "国家专精特新小巨人、省专精特新", "B"),
    ("示例金刚石工具股份有限公司", "91410172MA1000003", "郑州高新技术产业开发区", "新材料；超硬材料", "Y", "绿色工厂", "A"),
    ("示例陶瓷膜科技有限公司", "91410183MA1000004", "新密市", "新材料、前沿新材料", "", "无", "C"),
    ("示例再生铝有限公司", "91410181MA1000005", "巩义市", "新材料、铝基新材料、铝加工", "√", "", "B类"),
    ("示例碳化硅陶瓷有限公司", "91410184MA1000006", "新郑市", "新材料 功能性高分子材料", "否", "/", ""),
    ("示例光电薄膜有限公司", "91410173MA1000007", "郑州航空港经济综合实验区", "新材料、电子信息材料", "√", "省专精特新\n绿色工厂", "Ａ"),
    ("示例铝型材制造厂", "91410106MA1000008", "上街区", "新材料、铝基新材料、铝加工", "√", "", "D"),
    ("示例聚酰亚胺材料有限公司", "91410103MA1000009", "二七区", "新材料、功能性高分子材料", "y", "", "B"),
    ("示例云母绝缘材料有限公司", "91410185MA100000A", "登封市", "新材料、先进复合材料", "　", "", "—"),
    ("示例量子点显示材料有限公司", "91410105MA100000B", "金水区", "新材料、前沿新材料、电子信息材料", "否", "", "B"),
    ("示例氧化铝陶瓷（河南）有限公司", "91410106MA100000C", "上街区", "新材料、铝基新材料、氧化铝", "是", "省专精特新、绿色工厂", "A"),
]


def make_list():
    book = Book()
    s = book.sheet("企业名单")
    s.merge_cells("A1:H1")
    s["A1"] = "2026年新材料企业名单"
    s["A1"].font, s["A1"].alignment = TITLE, CENTRE
    heads = ["序号", "单位名称", "信用代码", "所属区县", "所属行业", "是否规上\n（是的打√）", "称号", "亩均评价"]
    for column, head in zip("ABCDEFGH", heads):
        s[f"{column}2"] = head
    frame(s, "A2:H2", HEAD)
    records, told = [], []
    for index, (name, body, district, trades, above, titles, rank) in enumerate(LIST):
        row = index + 3
        for column, value in zip("ABCDEFGH", (index + 1, name, code(body), district, trades, above, titles, rank)):
            s[f"{column}{row}"] = value if value != "" else None
            if column == "C":
                s[f"C{row}"].number_format = "@"
        record = {"名称": name, "统一社会信用代码": code(body), "区县": district, "行业": re.split("[、，；\\s]+", trades),
                  "规模以上": "是" if above in ("√", "是", "Y", "y") else "否"}
        names = [t for t in re.split("[、\n]", titles) if t not in ("", "无", "/")]
        if names:
            record["称号"] = names
        ranks = {"B类": "B", "Ａ": "A", "—": ""}
        if ranks.get(rank, rank):
            record["亩均评价"] = ranks.get(rank, rank)
        records.append(record)
        for column, value, words in (("F", above.strip("　"), "空着的当作否：表头说是的打√"), ("H", rank, None)):
            if column == "F" and value == "":
                told.append({"格": f"企业名单!F{row}", "说": words})
        if rank in ranks:
            told.append({"格": f"企业名单!H{row}", "说": f"“{rank}”读作“{ranks[rank]}”" if ranks[rank] else "“—”当作没有填写"})
        if titles in ("无", "/"):
            told.append({"格": f"企业名单!G{row}", "说": f"“{titles}”当作没有称号"})
    frame(s, f"A3:H{len(LIST) + 2}", SONG, LEFT)
    check = DataValidation(type="list", formula1='"A,B,C,D"', allow_blank=True, showErrorMessage=False)
    check.add(f"H3:H{len(LIST) + 2}")
    s.add_data_validation(check)
    widths(s, 6, 34, 24, 26, 32, 12, 26, 10)
    s.auto_filter.ref = f"A2:H{len(LIST) + 2}"
    expect(keep("企业名单.xlsx", book.bytes()), "新的企业，代码的校验位都对；是否规上有五种写法。没有错误。",
           {"命令": "hongtou import 企业名单.xlsx --as 企业", "种类": "企业", "表": "企业名单",
            "对照": [{"列": c, "表头": h.replace("\n", ""), "项": i} for c, h, i in zip("ABCDEFGH", heads, ("没有对应的项", "名称", "统一社会信用代码", "区县", "行业", "规模以上", "称号", "亩均评价"))],
            "记录": records, "略去": [{"格": "企业名单!A列", "因": "序号"}], "问题": [], "提示": told})


def make_bad_list():
    """The same form, sent back: one fault a row."""
    book = Book()
    s = book.sheet("Sheet1")
    heads = ["序号", "单位名称", "信用代码", "所属区县", "所属行业", "是否规上", "称号", "亩均评价"]
    for column, head in zip("ABCDEFGH", heads):
        s[f"{column}1"] = head
    same = code("91410181MA1000011")
    rows = [
        (1, "示例钨钼材料有限公司", code("91410181MA1000010"), "巩义", "新材料", "是", "", "A"),
        (2, "示例钽铌材料有限公司", same, "巩义市", "新材料", "是", "", "A"),
        (3, "示例稀土永磁有限公司", same, "新密市", "新材料", "否", "", "B"),
        (4, "示例铝业集团有限公司", ENTERPRISES["示例铝业有限公司"][0], "巩义市", "新材料", "是", "", "A"),
        (5, "示例特种玻璃有限公司", code("91410181MA1000012"), "荥阳市", "新材料", "大概", "", "B"),
        (6, "示例人造蓝宝石有限公司", code("91410181MA1000013"), "荥阳市", "新型材料", "是", "", "A"),
        (7, "示例铝箔股份有限公司", code("91410181MA1000014"), "惠济区", "新材料", "是", "", "A"),
        (8, "示例储氢材料有限公司", code("91410181MA1000015"), "新郑市", "新材料", None, "", "A"),
        (9, None, code("91410181MA1000016"), "新郑市", "新材料", "是", "", "A"),
        (10, "示例光刻胶有限公司", None, "新郑市", "新材料", "是", "", "A"),
        (11, "示例导电银浆有限公司", "91410181MA1OOOO17X", "登封市", "新材料", "是", "", "A"),
        (12, "示例耐火材料有限公司", code("91410181MA1000018")[:17], "登封市", "新材料", "是", "", "A"),
        (13, "示例磨料磨具有限公司", code("91410181MA1000019"), "登封市", "新材料", "是", "省专精特新", "A+"),
    ]
    for index, values in enumerate(rows, 2):
        for column, value in zip("ABCDEFGH", values):
            s[f"{column}{index}"] = value if value != "" else None
    widths(s, 6, 34, 24, 14, 20, 10, 14, 10)
    faults = [("D2", "区县“巩义”没有，最接近的是“巩义市”"), ("C4", "代码与第3行的相同"), ("C5", "代码是“示例铝业有限公司”的：改名还是写错"),
              ("F6", "“大概”不是是或否"), ("E7", "行业“新型材料”没有，最接近的是“新材料”"), ("F9", "没有填写是否规上"),
              ("B10", "没有名称"), ("C11", "没有代码"), ("C12", "第11位是“O”，代码里没有"), ("C13", "有17位，应为18位")]
    expect(keep("企业名单-有误.xlsx", book.bytes()), "每行一个错误；第14行的亩均评价“A+”程序不限定写法，照录。",
           {"命令": "hongtou import 企业名单-有误.xlsx --as 企业", "种类": "企业", "表": "Sheet1", "记录": [
               {"名称": rows[1][1], "统一社会信用代码": same, "区县": "巩义市", "行业": ["新材料"], "规模以上": "是", "亩均评价": "A"},
               {"名称": rows[6][1], "统一社会信用代码": rows[6][2], "区县": "惠济区", "行业": ["新材料"], "规模以上": "是", "亩均评价": "A"},
               {"名称": rows[12][1], "统一社会信用代码": rows[12][2], "区县": "登封市", "行业": ["新材料"], "规模以上": "是", "称号": ["省专精特新"], "亩均评价": "A+"}],
            "说明": "记录是 --partial 时能写的三家（第3行、第8行、第14行）；没有 --partial 时什么也不写。第3、4行代码相同，也可以两行都不写。",
            "略去": [], "问题": [{"格": f"Sheet1!{c}", "说": w} for c, w in faults],
            "提示": [{"格": "Sheet1!C8", "说": "和“示例铝箔有限公司”是不是同一家"}]})


def make_styled():
    """A form with a look of its own, two faults in it, and notes that stood there before."""
    book = Book()
    front = book.sheet("封面")
    front["B2"], front["B2"].font = "2026年企业名单", Font(name="黑体", size=22, color="FF0070C0")
    s = book.sheet("O'企业 名单")
    s.merge_cells("A1:H1")
    s["A1"], s["A1"].font, s["A1"].alignment = "2026年新材料企业名单", TITLE, CENTRE
    heads = ["单位名称", "信用代码", "所属区县", "所属行业", "是否规上", "亩均评价", "注册资本（万元）", "备注"]
    for column, head in zip("ABCDEFGH", heads):
        s[f"{column}2"] = head
    frame(s, "A2:H2", HEAD)
    rows = [
        ("示例碳纤维有限公司", code("91410181MA1000030"), "巩义", "新材料", "是", "A", 1200.5),
        ("示例石墨烯有限公司", code("91410181MA1000031"), "巩义市", "新材料", None, "B", 800),
        ("示例气体分离膜有限公司", code("91410181MA1000032"), "新密市", "新材料", "否", "B", 350),
    ]
    for index, values in enumerate(rows, 3):
        for column, value in zip("ABCDEFG", values):
            if value is not None:
                s[f"{column}{index}"] = value
        s[f"G{index}"].number_format = "#,##0.00"
        s.row_dimensions[index].height = 24
    book.formula(s, "G6", "=SUM(G3:G5)", 2350.5)
    frame(s, "A3:D6", SONG, LEFT)
    s["C3"].font = Font(name="楷体", size=14, bold=True, color="FFC00000")
    s["C3"].comment = Comment("按营业执照填。", "区县经办人")
    s["A4"].comment = Comment("去年新设立。", "区县经办人")
    check = DataValidation(type="list", formula1='"是,否"', allow_blank=True)
    check.add("E3:E5")
    s.add_data_validation(check)
    s.conditional_formatting.add("G3:G5", CellIsRule(operator="greaterThan", formula=["1000"], font=Font(bold=True)))
    widths(s, 34, 24, 12, 12, 10, 10, 18, 30)
    s.column_dimensions["H"].hidden = True
    s.print_title_rows, s.page_setup.orientation, s.page_setup.paperSize = "1:2", "landscape", 9
    chart = BarChart()
    chart.add_data(Reference(s, min_col=7, min_row=2, max_row=5), titles_from_data=True)
    s.add_chart(chart, "A9")
    s.protection.sheet = True
    hidden = book.sheet("选项")
    hidden["A1"], hidden.sheet_state = "是", "hidden"
    records = [{"名称": name, "统一社会信用代码": code_, "区县": district, "行业": [trade], "规模以上": above, "亩均评价": rank}
               for name, code_, district, trade, above, rank, _ in rows[2:]]
    place = "O'企业 名单!"
    expect(keep("样式.xlsx", book.bytes()), "有样子的表：字体、合并、隐藏列、公式、下拉、条件格式、图表、保护、原有的批注；两处错误，一处在有批注的格，一处在没有的格。",
           {"命令": "hongtou import 样式.xlsx --as 企业", "种类": "企业", "表": "O'企业 名单", "记录": records,
            "问题": [{"格": f"{place}C3", "说": "区县“巩义”没有，最接近的是“巩义市”"}, {"格": f"{place}E4", "说": "没有填写是否规上"}]})


# 3: 杂乱 ------------------------------------------------------------------------------------------------------------------


def make_messy():
    book = Book()
    s = book.sheet("申报表")
    s["A1"] = "2025年度新材料产业奖补资金申报表"
    s.merge_cells("A1:J1")
    heads = ["企业名称", "统一社会信用代码", "产品名称", "目录条目", "2023年销售额（万元）", "2024年销售额（万元）", "2025年销售额（万元）", "2024年主营业务收入（万元）", "2025年主营业务收入（万元）", "备注"]
    for column, head in zip("ABCDEFGHIJ", heads):
        s[f"{column}2"] = head
    frame(s, "A2:J2", HEAD)
    e = lambda name: ENTERPRISES[name][0]
    al, light, foil, alumina = "示例铝业有限公司", "示例轻合金科技有限公司", "示例铝箔有限公司", "示例氧化铝新材料有限公司"
    hard, comp, nano, magnet = "示例超硬材料股份有限公司", "示例复合材料有限公司", "示例纳米材料有限公司", "示例磁性材料有限公司"
    gel, alloy, chip, poly = "示例气凝胶科技有限公司", "示例新型合金有限公司", "示例电子材料有限公司", "示例高分子材料有限公司"
    basalt, smart = "示例玄武岩纤维有限公司", "示例智能装备有限公司"
    wide = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.", "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ．")
    faults, told, left_out = [], [], []
    row = [2]

    def put(name, code_, product, entry=None, sales=None, before=None, revenue=None, note=None, number=None):
        row[0] += 1
        for column, value in zip("ABCDFGI", (name, code_, product, entry, before, sales, revenue)):
            s[f"{column}{row[0]}"] = value
        s[f"J{row[0]}"] = note
        for column in "FGHI":
            s[f"{column}{row[0]}"].number_format = number or "General"
        return row[0]

    def fault(column, words, at=None):
        faults.append({"格": f"申报表!{column}{at or row[0]}", "说": words})

    def tell(column, words):
        told.append({"格": f"申报表!{column}{row[0]}", "说": words})

    # Read, and told: four enterprises without a fault.
    put(al, "\xa0" + e(al).translate(wide) + "\n", "高强高韧航空铝合金板", "LJG-003 高强高韧航空铝合金板", "3.2亿", 38400)
    tell("B", "全角字母、空格、换行已去掉")
    tell("G", "“3.2亿”自带单位，读作3.2亿元")
    put(al, e(al), "铝镁钪合金焊丝", None, "26,344.00万")
    tell("G", "“26,344.00万”自带单位，读作26344万元")
    put(light, e(light) + " ", "轨道交通用大断面铝合金型材", "LJG-002", "1,234.5", 112200)
    tell("G", "“1,234.5”是文字，去掉千分位逗号")
    put(light, e(light), "  新能源汽车电池托盘用铝合金型材　", "ljg-004", "１２３４５．６", 32900)
    tell("C", "前后的空格已去掉")
    tell("D", "“ljg-004”读作LJG-004")
    tell("G", "全角数字读作12345.6")
    put(foil, e(foil), "软包电池铝塑膜用铝箔", "LJG-007", "无", 42000)
    tell("G", "“无”当作没有填写")
    put(foil, e(foil), "药品泡罩包装用铝箔", "LJG-008", "—", 5000)
    tell("G", "“—”当作没有填写")
    put(foil, e(foil), "锂离子电池正极集流体用高强铝箔", "LJG-005", "386000000元", 35000)
    tell("G", "“386000000元”自带单位，不是万元")
    r = put(alumina, e(alumina), "高纯氧化铝粉", "YHL-001；SPC-004", None, 14518.68)
    book.formula(s, f"G{r}", "=12000+3990", 15990)
    tell("G", "公式，取它的值15990")
    put(alumina, e(alumina), "电子封装用球形氧化铝填料", "YHL-005", "10750", "10000 ")
    tell("F", "文字形式的数字")
    tell("G", "文字形式的数字")
    # Faults: one a row.
    put("示例数字代码有限公司", 911100001234567890, "数字代码示例产品", None, 100)
    s[f"B{row[0]}"].number_format = "0"
    fault("B", "代码是数字，Excel 已丢了后几位，请设成文本重填")
    bad = e(hard)[:17] + ("B" if e(hard)[17] != "B" else "C")
    put(hard, bad, "大尺寸单晶金刚石散热片", "SPC-006", 1325.6, 780)
    fault("B", "代码校验位不符")
    r = put(hard, e(hard), "聚晶金刚石复合片", None, None)
    book.formula(s, f"G{r}", "=SUM(L1:L3)")
    fault("G", "公式没有结果，先在 Excel 里打开保存")
    r = put(comp, e(comp), "高性能碳纤维", "SPC-007", None, 3100)
    book.formula(s, f"G{r}", "=#REF!*2", "#REF!")
    fault("G", "#REF!")
    r = put(comp, e(comp), "陶瓷基复合材料", "SPC-002", None)
    book.formula(s, f"G{r}", "=4205/0", "#DIV/0!")
    fault("G", "#DIV/0!")
    put(nano, e(nano), "高品质石墨烯粉体", "SPC-009", 0.21)
    s[f"G{row[0]}"].number_format = "0.00%"
    fault("G", "百分数的格子不是金额")
    put(nano, e(nano), "石墨烯导热膜", None, datetime.date(2025, 3, 1))
    s[f"G{row[0]}"].number_format = "yyyy/m/d"
    fault("G", "日期不是金额")
    put(magnet, e(magnet), "铁基纳米晶软磁带材", "SPC-005", -4600)
    fault("G", "负数，金额不能小于零")
    # One amount over two enterprises.
    r = put(gel, e(gel), "二氧化硅气凝胶复合隔热毡", "SPC-010", 1180, 260)
    put(alloy, e(alloy), "增材制造用高强铝合金粉末", "LJG-017", None, 10500)
    s.merge_cells(f"G{r}:G{r + 1}")
    fault("G", f"合并单元格 G{r}:G{r + 1} 跨了两家企业", r)
    # A hidden row.
    put(chip, e(chip), "铝基碳化硅复合材料基板", "LJG-014", 13340, 12600, note="待核")
    s.row_dimensions[row[0]].hidden = True
    left_out.append({"格": f"申报表!{row[0]}:{row[0]}", "因": "隐藏行"})
    put("示例未入库企业有限公司", code("91410122MA2000001"), "未入库企业的产品", None, 300)
    fault("B", "企业库里没有这个代码")
    put(chip, e(chip), "芯片封装用铝硅合金", "LJG-099", 640)
    fault("D", "目录里没有LJG-099")
    put(poly, e(poly), "聚酰亚胺薄膜", None, 33333.333333333336)
    fault("G", "小数太多，不到一分")
    r = put(basalt, e(basalt), "连续玄武岩纤维", None, 2100)
    put(basalt, e(basalt), "连续玄武岩纤维", None, 2100)
    fault("C", f"和第{r}行重复")
    put(smart, e(smart), "智能产线控制柜", None, "约900")
    fault("G", "“约900”不是金额")
    put(poly, e(chip), "聚醚醚酮棒材", None, 480)
    fault("B", f"代码是“{chip}”的，和名称不符")
    put(chip, e(chip), "铝基碳化硅复合材料封装管壳", "LJG-014", "5260万美元")
    fault("G", "“万美元”不是人民币的单位")
    put(alloy, e(alloy), "增材制造用高强铝合金粉末", "LJG-017", 12000, 10501)
    fault("F", "2024年销售额10501万元，2024年度的申报是10500万元")
    put(None, None, None)
    left_out.append({"格": f"申报表!{row[0]}:{row[0]}", "因": "空行"})
    put(smart, e(smart), "智能装备示例产线", None, 1500, revenue=True)
    fault("I", "“TRUE”不是金额")
    frame(s, f"A3:J{row[0]}", SONG, LEFT)
    s.column_dimensions["E"].hidden = True
    for line in range(3, row[0] + 1):
        s[f"E{line}"] = 88 if line % 5 == 3 else None
    left_out.append({"格": "申报表!E列", "因": "隐藏列（2023年销售额）"})
    left_out.append({"格": "申报表!J列", "因": "备注：申报里没有这一项"})
    for column, size in zip("ABCDEFGHIJ", (26, 22, 32, 18, 12, 14, 16, 14, 14, 10)):
        s.column_dimensions[column].width = size
    item = lambda name, entry, sales: {k: v for k, v in {"名称": name, "目录条目": entry, "销售额": sales}.items() if v}
    records = [
        {"企业": e(al), "产品": [item("高强高韧航空铝合金板", "LJG-003", {2024: "38400万元", 2025: "3.2亿元"}), item("铝镁钪合金焊丝", None, {2025: "26344万元"})]},
        {"企业": e(light), "产品": [item("轨道交通用大断面铝合金型材", "LJG-002", {2024: "112200万元", 2025: "1234.5万元"}), item("新能源汽车电池托盘用铝合金型材", "LJG-004", {2024: "32900万元", 2025: "12345.6万元"})]},
        {"企业": e(foil), "产品": [item("软包电池铝塑膜用铝箔", "LJG-007", {2024: "42000万元"}), item("药品泡罩包装用铝箔", "LJG-008", {2024: "5000万元"}), item("锂离子电池正极集流体用高强铝箔", "LJG-005", {2024: "35000万元", 2025: "386000000元"})]},
        {"企业": e(alumina), "产品": [item("高纯氧化铝粉", ["YHL-001", "SPC-004"], {2024: "14518.68万元", 2025: "15990万元"}), item("电子封装用球形氧化铝填料", "YHL-005", {2024: "10000万元", 2025: "10750万元"})]},
    ]
    # openpyxl keeps 16 digits; Excel keeps 17.
    digits = lambda name, body: body.replace(b"33333.33333333334", b"33333.333333333336") if name.startswith("xl/worksheets/") else body
    expect(keep("杂乱.xlsx", book.bytes(digits)), "每行一个毛病。记录是没有错误的四家（--partial 时写的）；有错误的企业整家不写，问题逐格说。",
           {"命令": "hongtou import 杂乱.xlsx --as 申报 --year 2025 --partial", "种类": "申报", "年度": 2025, "表": "申报表", "记录": records, "略去": left_out, "问题": faults, "提示": told})


# 7, 8: 放假 ----------------------------------------------------------------------------------------------------------------

D = datetime.date


def days(year, off, worked):
    listed = []
    for festival, first, last in off:
        day = D(year, *first)
        while day <= D(year, *last):
            listed.append((day, festival, "放假"))
            day += datetime.timedelta(1)
    for festival, day in worked:
        assert D(year, *day).weekday() > 4, day
        listed.append((D(year, *day), festival, "上班"))
    return sorted(listed)


YEAR_2027 = days(2027, [("元旦", (1, 1), (1, 3)), ("春节", (2, 5), (2, 13)), ("清明节", (4, 3), (4, 5)), ("劳动节", (5, 1), (5, 5)), ("端午节", (6, 9), (6, 9)),
                        ("中秋节", (9, 15), (9, 15)), ("国庆节", (10, 1), (10, 7))],
                 [("春节", (1, 31)), ("春节", (2, 14)), ("劳动节", (4, 25)), ("劳动节", (5, 8)), ("国庆节", (9, 26)), ("国庆节", (10, 9))])
YEAR_2028 = days(2028, [("元旦", (1, 1), (1, 3)), ("春节", (1, 25), (1, 31)), ("清明节", (4, 4), (4, 4)), ("劳动节", (4, 29), (5, 3)), ("端午节", (5, 27), (5, 29)),
                        ("国庆节", (10, 1), (10, 2)), ("中秋节", (10, 3), (10, 3)), ("国庆节", (10, 4), (10, 8))],
                 [("春节", (1, 22)), ("劳动节", (5, 6)), ("国庆节", (9, 30)), ("国庆节", (10, 14))])


def calendar_record(year, listed):
    return {"年度": year, "放假": [{"日期": str(d), "节日": f} for d, f, k in listed if k == "放假"],
            "调休上班": [{"日期": str(d), "节日": f} for d, f, k in listed if k == "上班"]}


def make_calendars():
    book = Book()
    book.book.epoch = CALENDAR_MAC_1904
    s = book.sheet("放假安排")
    for column, head in zip("ABC", ("日期", "节日", "放假/上班")):
        s[f"{column}1"] = head
    written = {2: "{0.year}年{0.month}月{0.day}日", 4: "{0.year}-{0.month}-{0.day}", 6: "{0.year}.{0.month}.{0.day}", 9: "{0.year}/{0.month:02}/{0.day:02}", 11: " {0.year}年{0.month:02}月{0.day:02}日　"}
    told = [{"格": "放假安排", "说": "这个工作簿用1904日期系统"}]
    for row, (day, festival, kind) in enumerate(YEAR_2028, 2):
        if row in written:
            s[f"A{row}"] = written[row].format(day)
            told.append({"格": f"放假安排!A{row}", "说": "文字写的日期"})
        elif row == 14:
            s[f"A{row}"] = (day - D(1904, 1, 1)).days
            s[f"A{row}"].number_format = "General"
            told.append({"格": f"放假安排!A{row}", "说": f"数字{(day - D(1904, 1, 1)).days}按1904日期系统读作{day}"})
        else:
            s[f"A{row}"] = day
            s[f"A{row}"].number_format = "yyyy\\-mm\\-dd" if row % 2 else 'm"月"d"日"'
        s[f"B{row}"], s[f"C{row}"] = festival, kind
    widths(s, 18, 12, 12)
    expect(keep("1904.xlsx", book.bytes()), "1904日期系统（旧的苹果电脑）：序列数差1462天。2028年的安排是编的。",
           {"命令": "hongtou import 1904.xlsx --as 放假 --year 2028", "种类": "放假", "年度": 2028, "表": "放假安排", "记录": [calendar_record(2028, YEAR_2028)], "略去": [], "问题": [], "提示": told})

    book = Book()
    s = book.sheet("逐日")
    s["A1"] = "2027年部分节假日安排（示例）"
    s.merge_cells("A1:E1")
    for column, head in zip("ABCDE", ("序号", "日期", "星期", "节日", "安排")):
        s[f"{column}2"] = head
    listed = sorted(YEAR_2027, key=lambda one: (one[2] != "放假", one[0]))
    for row, (day, festival, kind) in enumerate(listed, 3):
        s[f"A{row}"], s[f"B{row}"], s[f"D{row}"] = row - 2, day, festival
        s[f"B{row}"].number_format = "yyyy/m/d"
        book.formula(s, f"C{row}", f'=TEXT(B{row},"aaaa")', "星期" + "一二三四五六日"[day.weekday()])
        s[f"E{row}"] = "放假" if kind == "放假" else "补班（调休上班）"
    frame(s, f"A2:E{row}")
    widths(s, 6, 14, 10, 10, 18)
    t = book.sheet("通知原文")
    for column, head in zip("ABCD", ("节日", "放假时间", "调休上班日期", "放假天数")):
        t[f"{column}1"] = head
    for row, line in enumerate((("元旦", "1月1日至3日", "", 3), ("春节", "2月5日至13日", "1月31日（周日）、2月14日（周日）", 9), ("清明节", "4月3日至5日", "", 3),
                                ("劳动节", "5月1日至5日", "4月25日（周日）、5月8日（周六）", 5), ("端午节", "6月9日", "", 1), ("中秋节", "9月15日", "", 1),
                                ("国庆节", "10月1日至7日", "9月26日（周日）、10月9日（周六）", 7)), 2):
        for column, value in zip("ABCD", line):
            t[f"{column}{row}"] = value or None
    widths(t, 10, 18, 36, 10)
    expect(keep("放假2027.xlsx", book.bytes()), "全年的安排，一天一行；安排是编的，国务院办公厅还没有发。",
           {"命令": "hongtou import 放假2027.xlsx --as 放假 --year 2027", "种类": "放假", "年度": 2027, "表": "逐日", "记录": [calendar_record(2027, YEAR_2027)],
            "略去": [{"格": "逐日!A列", "因": "序号"}, {"格": "逐日!C列", "因": "星期"}, {"格": "通知原文", "因": "不是一天一行的表"}], "问题": [], "提示": []})


# 9, 10, 11: 目录 -----------------------------------------------------------------------------------------------------------

RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᐟ", "0123456789-+/")


def lost(text):
    """Superscripts as a web page or a plain paste loses them."""
    return re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᐟ]+", lambda m: m[0].translate(RAISED), text)


SAFE = re.compile("(?:(?<![0-9])10⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?:[cmμ]?m)(?:[²³]|¹ᐟ²))$")


def raised(text):
    """The superscripts of a text: (as lost, as it should be), those that can be put back for sure and the others."""
    sure, unsure = [], []
    for match in re.finditer("[A-Za-z0-9]*[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᐟ]+", text):
        pair = (lost(match[0]), match[0])
        into = sure if SAFE.search(match[0]) else unsure
        if pair not in into:
            into.append(pair)
    return sure, unsure


def repaired(text):
    """What `--repair` can make of the text as lost."""
    return re.sub("[A-Za-z0-9]*[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᐟ]+", lambda m: m[0] if SAFE.search(m[0]) else lost(m[0]), text)


def make_catalogue():
    old = yaml.safe_load((common.DATA / "catalogues/gaoduan-lv.yaml").read_text())["条目"]
    new, changes = [], []
    for one in map(dict, old):
        number = one["编号"]
        before = dict(one)
        if number == "LJG-018":
            changes.append({"改动": "删去", "编号": "LJG-018", "产品名称": one["产品名称"]})
            continue
        if number == "LJG-019":
            one["编号"] = "LJG-018"
            changes.append({"改动": "改号", "旧编号": "LJG-019", "编号": "LJG-018", "产品名称": one["产品名称"]})
        if number == "YHL-010":
            one["编号"] = "YHL-011"
            changes.append({"改动": "改号", "旧编号": "YHL-010", "编号": "YHL-011", "产品名称": one["产品名称"]})
        edits = {
            "LJG-001": ("主要技术指标", "宽度≤2300 mm", "宽度≤2650 mm"),
            "LJG-003": ("主要技术指标", "断裂韧性（L-T）≥30 MPa·m¹ᐟ²", "断裂韧性（L-T）≥32 MPa·m¹ᐟ²"),
            "LJG-004": ("主要技术指标", "抗拉强度≥310 MPa", "抗拉强度≥330 MPa"),
            "YHL-001": ("主要技术指标", "铀、钍各≤5×10⁻⁹", "铀、钍各≤3×10⁻⁹"),
            "YHL-004": ("产品名称", "锂电池隔膜涂覆用勃姆石", "锂电池隔膜涂覆用超细勃姆石"),
            "YHL-005": ("应用领域", "导热硅胶垫、环氧塑封料、导热灌封胶", "导热硅胶垫、环氧塑封料、导热灌封胶、导热凝胶"),
        }
        if number in edits:
            column, was, now = edits[number]
            assert was in one[column], number
            one[column] = one[column].replace(was, now)
            changes.append({"改动": "修改", "编号": one["编号"], "项": column, "旧": was, "新": now})
        one["备注"] = {"LJG-003": "指标提高", "YHL-004": "原名锂电池隔膜涂覆用勃姆石"}.get(number)
        new.append(one)
        if number == "LJG-019":
            new.append({"编号": "LJG-019", "类别": "铝加工产品", "产品名称": "一体化压铸用免热处理铝合金",
                        "主要技术指标": "铸态抗拉强度≥250 MPa，屈服强度≥120 MPa，断后伸长率≥12%；流动长度≥1200 mm，壁厚2.5～3.5 mm；密度≤2.70 g/cm³，线膨胀系数≤22×10⁻⁶/℃；与#45 钢模具配合面磨损≤0.1 mm/10万模次；试样按GB/T 1040-2018加工，批号10-6A留样；壁厚10-60 mm处按1/2硬态评定。",
                        "应用领域": "新能源汽车后地板、前舱", "备注": "新增"})
            changes.append({"改动": "增加", "编号": "LJG-019", "产品名称": "一体化压铸用免热处理铝合金"})
        if number == "YHL-009":
            new.append({"编号": "YHL-010", "类别": "氧化铝产品", "产品名称": "固态电池电解质用高纯纳米氧化铝",
                        "主要技术指标": "Al₂O₃≥99.995%，一次粒径10～30 nm，比表面积80～120 m²/g；铁≤2×10⁻⁶，水分≤0.1%；体积电阻率≥10¹⁴ Ω·cm，断裂韧性≥3.5 MPa·m¹ᐟ²。",
                        "应用领域": "固态电池", "备注": "新增"})
            changes.append({"改动": "增加", "编号": "YHL-010", "产品名称": "固态电池电解质用高纯纳米氧化铝"})
    book = Book()
    s = book.sheet("目录")
    s["A1"] = "附件"
    s["A2"] = "示例市高端铝加工产品和高端氧化铝产品指导目录（2026年版）"
    s.merge_cells("A2:G2")
    s["A2"].font, s["A2"].alignment = TITLE, CENTRE
    heads = ("序号", "编号", "类　别", "产品名称", "主要技术指标", "应用领域", "备注")
    for column, head in zip("ABCDEFG", heads):
        s[f"{column}3"] = head
    frame(s, "A3:G3", HEAD)
    repairs, open_questions, told, spans = [], [], [], {}
    for row, one in enumerate(new, 4):
        number = one["编号"]
        spans.setdefault(one["类别"], []).append(row)
        text = lost(one["主要技术指标"])
        name = one["产品名称"]
        if number == "LJG-002":
            text = "　　" + text
            told.append({"格": f"目录!E{row}", "说": "前面的全角空格已去掉"})
        if number == "LJG-006":
            name = "动力电池壳体用3系\n铝合金带材"
            told.append({"格": f"目录!D{row}", "说": "格里的换行已去掉"})
        if number == "LJG-008":
            name = "药品泡罩包装用铝箔　"
            told.append({"格": f"目录!D{row}", "说": "后面的全角空格已去掉"})
        s[f"A{row}"], s[f"B{row}"], s[f"D{row}"], s[f"E{row}"], s[f"F{row}"], s[f"G{row}"] = row - 3, number, name, text, one["应用领域"], one["备注"]
        sure, unsure = raised(one["主要技术指标"])
        repairs += [{"格": f"目录!E{row}", "原": wrong, "改": right} for wrong, right in sure]
        open_questions += [{"格": f"目录!E{row}", "字": wrong, "原来是": right} for wrong, right in unsure]
        one["主要技术指标"] = repaired(one["主要技术指标"])
    for kind, rows in spans.items():
        s[f"C{rows[0]}"] = kind
        s.merge_cells(f"C{rows[0]}:C{rows[-1]}")
    frame(s, f"A4:G{row}", SONG, LEFT)
    widths(s, 6, 10, 10, 24, 80, 24, 14)
    untouched = next(r for r, o in enumerate(new, 4) if o["编号"] == "LJG-019")
    records = [{k: v for k, v in {**{c: one[c] for c in ("编号", "类别", "产品名称", "主要技术指标", "应用领域")}, "备注": one["备注"]}.items() if v} for one in new]
    expect(keep("新目录2026.xlsx", book.bytes()), "指导目录的新版：上标在复制时丢了。记录是 --repair 以后的：10-6、cm3、m1/2 拿得准，107（10⁷）、Na+ 拿不准，照格里的写。",
           {"命令": "hongtou import 新目录2026.xlsx --as 目录 --of gaoduan-lv --edition 2026年版 --repair", "种类": "目录", "表": "目录",
            "列": [{"名称": "编号", "类型": "编号"}, {"名称": "类别", "类型": "选项"}, {"名称": "产品名称", "类型": "短文"}, {"名称": "主要技术指标", "类型": "长文"}, {"名称": "应用领域", "类型": "短文"}, {"名称": "备注", "类型": "短文", "必填": "否"}],
            "比较": changes + [{"改动": "增加列", "项": "备注"}], "比较说明": "不修补的几处（10⁷成了107）也和旧版不同，比较时也列出，见“不修补”。表里没有发布机关、文号、有效期：问。",
            "修补": repairs,
            "不修补": open_questions + [{"格": f"目录!E{untouched}", "字": w} for w in ("#45 钢", "GB/T 1040-2018", "10-6A", "10-60 mm", "1/2硬态")],
            "记录": records, "略去": [{"格": "目录!A1:A2", "因": "标题"}, {"格": "目录!A列", "因": "序号"}], "问题": [],
            "提示": [{"格": "目录!C4:C" + str(row), "说": "类别是竖着合并的，一类的各行都算"}] + told})


def make_talents():
    old = yaml.safe_load((common.DATA / "catalogues/jinque-rencai.yaml").read_text())["条目"]
    words = {1: "一星", 2: "二星", 3: "三星", 4: "四星", 5: "五星"}
    book = Book()
    s = book.sheet("人才目录")
    heads = list(old[0])
    for column, head in zip("ABCDEFGH", heads):
        s[f"{column}1"] = head
    records, told, changes = [], [], []
    row = 2
    for index, one in enumerate(map(dict, old)):
        number = one["编号"]
        if number == "RC-020":
            changes.append({"改动": "删去", "编号": number, "岗位名称": one["岗位名称"]})
            continue
        if number in ("RC-004", "RC-014", "RC-022"):
            was = one["紧缺程度"]
            one["紧缺程度"] = was + 1
            changes.append({"改动": "修改", "编号": number, "项": "紧缺程度", "旧": was, "新": was + 1})
        if number == "RC-007":
            changes.append({"改动": "修改", "编号": number, "项": "年薪参考（万元）", "旧": "15～25", "新": "16～28"})
            one["年薪参考（万元）"] = "16～28"
        stars = one["紧缺程度"]
        written = ["★" * stars, words[stars], stars, str(stars), "★" * stars + "☆" * (5 - stars), f"{stars}星"][index % 6]
        for column, key in zip("ABCDEFG", heads):
            s[f"{column}{row}"] = one[key]
        s[f"C{row}"].alignment = LEFT
        s[f"H{row}"] = written
        if isinstance(written, str):
            told.append({"格": f"人才目录!H{row}", "说": f"“{written}”读作{stars}"})
        records.append(one)
        row += 1
    fresh = {"编号": "RC-025", "产业方向": "前沿新材料", "岗位名称": "固态电池材料研发工程师", "专业要求": "材料化学、新能源材料与器件", "学历要求": "博士",
             "能力要求": "◇熟悉氧化物、硫化物电解质的制备；◇主持过中试。", "年薪参考（万元）": "40～70", "紧缺程度": 5}
    for column, key in zip("ABCDEFG", heads):
        s[f"{column}{row}"] = fresh[key]
    s[f"H{row}"] = "⭐⭐⭐⭐⭐"
    told.append({"格": f"人才目录!H{row}", "说": "“⭐⭐⭐⭐⭐”读作5"})
    records.append(fresh)
    changes.append({"改动": "增加", "编号": "RC-025", "岗位名称": fresh["岗位名称"]})
    frame(s, f"A1:H{row}", SONG, LEFT)
    widths(s, 10, 14, 24, 34, 14, 60, 14, 14)
    s[f"H1"].comment = Comment("五星为最紧缺", "赵示例")
    expect(keep("人才目录2026.xlsx", book.bytes()), "人才目录的新版：紧缺程度有六种写法，读成1到5。",
           {"命令": "hongtou import 人才目录2026.xlsx --as 人才目录 --of jinque-rencai --edition 2026年版", "种类": "人才目录", "表": "人才目录",
            "比较": changes, "记录": records, "略去": [{"格": "人才目录!H1", "因": "批注：五星为最紧缺"}], "问题": [], "提示": told})


def make_foreign_catalogue():
    # The rows of ../shared/real (a public draft and a public list), copied here so that the script runs alone.
    rows = [
        ("先进基础材料", "铝基碳化硅复合材料", "室温热导率≥200 W/(m·K)，抗弯折强度≥500 MPa，热膨胀系数（RT～200℃）≤9 ppm/℃。", None, "页面未转载应用领域列"),
        ("先进基础材料", "陶瓷基复合材料", "（1）耐烧蚀C/SiC复合材料：密度为2.5～3.2 g/cm3，室温拉伸强度≥150 MPa，拉伸模量≥120 GPa，断裂韧性≥10 MPa·m1/2，1600℃拉伸强度≥100 MPa，耐温性能≥1800℃，满足2 MW/m2以上热流环境下1000 s零烧蚀或微烧蚀的要求；（2）核电用SiC/SiC复合材料：密度为2.7～2.9 g/cm3，导热系数≥20 W/(m·K)，热膨胀系数（25℃～1300℃）3～5×10-6/℃。", None, None),
        ("先进基础材料", "高导热人工石墨膜", "水平方向导热系数≥1500 W/(m·K)，膜厚12 μm～500 μm。", None, None),
        ("前沿新材料", "二维半导体材料", "具有超薄（原子尺度）、带隙适中、高迁移率、低温后道工艺兼容、可后端集成等优点的半导体材料。", "新一代信息技术等。", None),
        ("前沿新材料", "量子点材料", "一种准零维的纳米材料，由少量的原子所构成，具有高发光效率、高色纯度、高色域、可溶液加工等特点。", "新一代信息技术等。", None),
        ("前沿新材料", "石墨烯", "碳原子以sp2杂化共价键连接形成的二维碳材料，具有优异的光、热、力、电性质，兼具良好的化学稳定性。", None, "摘录未含应用领域"),
    ]
    heads = ("大类", "材料名称", "性能要求", "应用领域", "备注")
    book = Book()
    s = book.sheet("Sheet1")
    s["A1"] = "新材料目录（节选）"
    s.merge_cells("A1:E1")
    for column, head in zip("ABCDE", heads):
        s[f"{column}2"] = head
    for row, line in enumerate(rows, 3):
        for column, value in zip("ABCDE", line):
            s[f"{column}{row}"] = value
    frame(s, f"A2:E{row}", SONG, LEFT)
    widths(s, 16, 24, 80, 20, 20)
    xls = ole_times(office(book.bytes(), "xlsx", "xls"))
    repairs = [{"格": "Sheet1!C4", "原": a, "改": b} for a, b in (("g/cm3", "g/cm³"), ("MPa·m1/2", "MPa·m¹ᐟ²"), ("MW/m2", "MW/m²"), ("10-6/℃", "10⁻⁶/℃"))]
    expect(keep("新材料目录.xls", xls), "摘自公开的目录（征求意见稿转载页），存成 .xls；没有编号一列。",
           {"命令": "hongtou import 新材料目录.xls --as 目录", "种类": "目录", "表": "Sheet1",
            "列": [{"名称": "大类", "类型": "选项"}, {"名称": "材料名称", "类型": "短文"}, {"名称": "性能要求", "类型": "长文"}, {"名称": "应用领域", "类型": "短文", "必填": "否"}, {"名称": "备注", "类型": "短文", "必填": "否"}],
            "记录": [{h: v for h, v in zip(heads, line) if v} for line in rows], "修补": repairs,
            "略去": [{"格": "Sheet1!A1", "因": "标题"}], "问题": [{"格": "Sheet1!2:2", "说": "写明是哪一个目录"}],
            "提示": [{"格": "Sheet1!C8", "说": "“sp2”是杂化轨道，应为sp²，可以修补，也可以不"}]})


# 12: 台账更正 --------------------------------------------------------------------------------------------------------------


def make_corrections():
    ledger = {}
    for year in (2022, 2023):
        for one in yaml.safe_load((common.DATA / f"ledger/{year}.yaml").read_text())["已兑现"]:
            ledger[one["编号"]] = one
    names = {c: n for n, (c, _) in ENTERPRISES.items()}
    rows = [
        ("2023-0004", "追回", 50, D(2025, 3, 10), "示工信〔2025〕6号", "审计查明2023年销售额多计，按比例收回一部分。"),
        ("2023-0004", "说明", 500, D(2025, 3, 10), None, "申报数据待企业更正后再改，按审计结论维持450万元。"),
        ("2023-0031", "补发", 2.5, D(2025, 3, 12), "示工信〔2025〕7号", "环保服务费用漏计一张发票，补付差额。"),
        ("2023-0031", "说明", 6, D(2025, 3, 12), None, "发票经复核认定，申报数据不改，维持8.5万元。"),
        ("2023-0022", "补发", 0.0001, D(2025, 3, 12), "示工信〔2025〕7号", "尾数一元，按复核意见补付。"),
        ("2023-0022", "说明", 6.6666, D(2025, 3, 12), None, "尾数按复核意见执行，维持66667元。"),
        ("2023-0029", "说明", 200, D(2025, 3, 18), None, "企业更正了2023年的数，不影响本项，维持原决定。"),
        ("2023-0012", "追回", 50, D(2025, 4, 2), "示工信〔2025〕9号", "产品不再符合目录的指标，全部收回。"),
        ("2023-0012", "说明", 50, D(2025, 4, 2), None, "申报数据是当年的，不改；维持全部收回的决定。"),
        ("2022-0014", "补发", 12.34, D(2025, 3, 12), "示工信〔2025〕7号", "设施投入漏报一项，补付差额。"),
        ("2022-0014", "说明", 60, D(2025, 3, 12), None, "漏报的一项经复核认定，申报数据不改，维持72.34万元。"),
    ]
    heads = ("序号", "原编号", "企业名称", "信用代码", "更正种类", "事项", "对象", "金额（万元）", "日期", "依据文号", "原因")
    book = Book()
    s = book.sheet("更正")
    s["A1"] = "奖励台账更正登记表"
    s.merge_cells("A1:K1")
    for column, head in zip("ABCDEFGHIJK", heads):
        s[f"{column}2"] = head
    records = {2022: [], 2023: []}
    counts = {2022: 27, 2023: 31}
    for row, (number, kind, amount, day, paper, why) in enumerate(rows, 3):
        old = ledger[number]
        line = (row - 2, number, names[old["企业"]], old["企业"], kind, old["事项"], old.get("对象"), amount, day, paper, why)
        for column, value in zip("ABCDEFGHIJK", line):
            s[f"{column}{row}"] = value
        s[f"H{row}"].number_format = "0.00##"
        s[f"I{row}"].number_format = 'yyyy"年"m"月"d"日"'
        year = int(number[:4])
        counts[year] += 1
        written = "1元" if amount == 0.0001 else wan(amount)
        records[year].append({k: v for k, v in {"编号": f"{year}-{counts[year]:04}", "种类": kind, "企业": old["企业"], "政策": old["政策"], "条款": old["条款"], "事项": old["事项"],
                                               "对象": old.get("对象"), "金额": written, "日期": str(day), "文号": paper, "备注": why}.items() if v})
    frame(s, f"A2:K{row}", SONG, LEFT)
    s[f"A{row + 1}"] = "合计"
    book.formula(s, f"H{row + 1}", f"=SUM(H3:H{row})", round(sum(r[2] for r in rows), 4))
    widths(s, 6, 12, 28, 22, 10, 18, 30, 12, 16, 20, 44)
    expect(keep("台账更正.xlsx", book.bytes()), "追回、补发、说明，都加在台账末尾；政策、条款、事项、对象照原编号那一条，表里写了的要和它一致。编号接着编，不写也可以。",
           {"命令": "hongtou import 台账更正.xlsx --as 台账", "种类": "台账", "表": "更正", "记录": [{"年度": y, "末尾添加": r} for y, r in records.items()],
            "略去": [{"格": "更正!A1", "因": "标题"}, {"格": "更正!A列", "因": "序号"}, {"格": f"更正!A{row + 1}:K{row + 1}", "因": "合计"}], "问题": [], "提示": []})


# 13: 多表 -----------------------------------------------------------------------------------------------------------------


def make_several():
    al, hard, comp, alumina = "示例铝业有限公司", "示例超硬材料股份有限公司", "示例复合材料有限公司", "示例氧化铝新材料有限公司"
    used = (al, hard, comp, alumina)
    e = lambda name: ENTERPRISES[name][0]
    book = Book()
    s = book.sheet("填报说明")
    for row, text in enumerate(("2025年度申报表填报说明", "一、各表用统一社会信用代码对应，代码不要漏填。", "二、金额单位：企业、产品、项目表为万元，保险、环保表为元。", "三、没有的表不用填。"), 1):
        s[f"A{row}"] = text
    widths(s, 70)

    def table(name, heads, rows, title=None):
        s = book.sheet(name)
        top = 1
        if title:
            s["A1"] = title
            top = 2
        for index, head in enumerate(heads, 1):
            s.cell(top, index, head)
        for row, line in enumerate(rows, top + 1):
            for index, value in enumerate(line, 1):
                s.cell(row, index, value)
        frame(s, f"A{top}:{letter(len(heads))}{top + len(rows)}", SONG, LEFT)
        widths(s, *([24] * len(heads)))
        return s

    table("企业", ("信用代码", "企业名称", "区县", "主营业务收入2024年（万元）", "主营业务收入2025年（万元）"),
          [(e(n), n, ENTERPRISES[n][1], *REPORT[n][0]) for n in used])
    products = [(n, *p) for n in used for p in REPORT[n][1]]
    table("产品", ("统一社会信用代码", "产品名称", "对应目录条目", "2024年销售额/万元", "2025年销售额/万元"),
          [(e(n), p, "、".join(c) if isinstance(c, list) else c, a, b) for n, p, c, a, b, _ in products], "产品表")
    projects = [(al, "纳米晶带材产业化项目", 3000, 1500, 600), (hard, "大腔体高温高压合成装备成果转化项目", 2000, 1000, 850), (comp, "航空用陶瓷基复合材料中试转化项目", 800, 600, 450.5)]
    table("项目", ("信用代码", "企业名称", "项目名称", "设备和软件投资（万元）2023年", "设备和软件投资（万元）2024年", "设备和软件投资（万元）2025年"), [(e(n), n, *rest) for n, *rest in projects])
    insured = [(comp, "高性能碳纤维", 350000, "√", "是"), (alumina, "集成电路抛光用纳米氧化铝", 812345.67, "是", "是"), (hard, "大尺寸单晶金刚石散热片", 600000, "否", "否")]
    table("保险", ("信用代码", "投保产品", "2025年保费（元）", "是否国家认定"), [(e(n), p, a, m) for n, p, a, m, _ in insured])
    green = [(al, 900000, 950000, 1100000, 1200000), (alumina, 750000, 805000, None, 400000)]
    s = table("环保", ("信用代码", "环境服务费用（元）", None, "治理设施投入（元）", None), [(None, "2024年", "2025年", "2024年", "2025年")] + [(e(n), *r) for n, *r in green])
    for area in ("A1:A2", "B1:C1", "D1:E1"):
        s.merge_cells(area)
    hidden = table("选项", ("区县", "是否"), [("巩义市", "是"), ("上街区", "否")])
    hidden.sheet_state = "hidden"
    book.sheet("Sheet1")
    records = []
    for n in used:
        record = {"企业": e(n), "主营业务收入": both(REPORT[n][0])}
        record["产品"] = [{"名称": p, "目录条目": c, "销售额": both((a, b))} for m, p, c, a, b, _ in products if m == n]
        mine = [p for p in projects if p[0] == n]
        if mine:
            record["项目"] = [{"名称": p[1], "设备和软件投资": {y: wan(v) for y, v in zip((2023, 2024, 2025), p[2:])}} for p in mine]
        mine = [p for p in insured if p[0] == n]
        if mine:
            record["保险"] = [{"产品": p[1], "保费": {2025: f"{p[2]}元"}, "国家认定": p[4]} for p in mine]
        for g in green:
            if g[0] == n:
                record["环保"] = {"服务费用": {2024: f"{g[1]}元", 2025: f"{g[2]}元"}, "设施投入": {y: f"{v}元" for y, v in ((2024, g[3]), (2025, g[4])) if v}}
        records.append(record)
    expect(keep("多表.xlsx", book.bytes()), "一类一张表，用代码对起来；万元和元都有，表头里的单位为准。没有错误。",
           {"命令": "hongtou import 多表.xlsx --as 申报 --year 2025", "种类": "申报", "年度": 2025, "表": ["企业", "产品", "项目", "保险", "环保"], "记录": records,
            "略去": [{"格": "填报说明", "因": "说明，不是表"}, {"格": "产品!A1", "因": "标题"}, {"格": "选项", "因": "隐藏的表"}, {"格": "Sheet1", "因": "空表"}], "问题": [], "提示": []})


# 14: hostile and strange ----------------------------------------------------------------------------------------------------

def package(sheet, shared=None, workbook=None, styles=None, name="申报表", more=()):
    """The parts of a small workbook with one sheet, written by hand."""
    types = ['<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>',
             '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>']
    links = [f'<Relationship Id="rId1" Type="{RELS}/worksheet" Target="worksheets/sheet1.xml"/>']
    parts = []
    if shared:
        types.append('<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>')
        links.append(f'<Relationship Id="rId2" Type="{RELS}/sharedStrings" Target="sharedStrings.xml"/>')
        parts.append(("xl/sharedStrings.xml", shared))
    if styles:
        types.append('<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>')
        links.append(f'<Relationship Id="rId3" Type="{RELS}/styles" Target="styles.xml"/>')
        parts.append(("xl/styles.xml", styles))
    return [
        ("[Content_Types].xml", XML + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' + "".join(types) + "</Types>"),
        ("_rels/.rels", XML + f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'),
        ("xl/_rels/workbook.xml.rels", XML + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + "".join(links) + "</Relationships>"),
        ("xl/workbook.xml", workbook or XML + f'<workbook xmlns="{MAIN}" xmlns:r="{RELS}"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'),
        *parts, *([("xl/worksheets/sheet1.xml", sheet)] if sheet else []), *more,
    ]


def inline(ref, text):
    text = str(text).replace("&", "&amp;").replace("<", "&lt;")
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'


def rows_xml(lines, first=1):
    return "".join(f'<row r="{r}">' + "".join(f'<c r="{letter(c)}{r}"><v>{v}</v></c>' if isinstance(v, (int, float)) else inline(f"{letter(c)}{r}", v) for c, v in enumerate(line, 1) if v is not None) + "</row>" for r, line in enumerate(lines, first))


SIMPLE_HEAD = ("企业名称", "统一社会信用代码", "产品名称", "2025年销售额（万元）")


def simple_rows():
    return [SIMPLE_HEAD, ("示例铝业有限公司", ENTERPRISES["示例铝业有限公司"][0], "高强高韧航空铝合金板", 41200)]


SIMPLE_RECORD = [{"企业": ENTERPRISES["示例铝业有限公司"][0], "产品": [{"名称": "高强高韧航空铝合金板", "销售额": {2025: "41200万元"}}]}]


def hostile(name, about, words, data, records=(), **more):
    expect(keep(name, data), about, {"种类": "申报", "年度": 2025, "记录": list(records), **more, "问题": [{"说": w} for w in words]})


def make_macro():
    book, left_out = district_report()
    # A container without macros in it: the signature of an OLE file and no more.
    dummy = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + b"hongtou: a dummy vbaProject.bin, no macro"

    def change(name, body):
        if name == "[Content_Types].xml":
            return body.replace(b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml").replace(
                b"</Types>", b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>')
        if name == "xl/_rels/workbook.xml.rels":
            return body.replace(b"</Relationships>", b'<Relationship Id="rIdVba" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>')
        return body

    expect(keep("宏.xlsm", with_part(book.bytes(change), "xl/vbaProject.bin", dummy)), "区县报表.xlsx 加一个（假的）宏：照读，说明宏没有理会。", {
        "种类": "申报", "年度": 2025, "表": "申报汇总", "记录": report_records(), "略去": left_out, "问题": [], "提示": [{"说": "宏没有理会"}]})


def make_hostile():
    plain = district_report()[0].bytes()
    hostile("加密.xlsx", "区县报表.xlsx 加打开密码 123456。读不了，说要先去掉密码。", ["有打开密码"], ole_times(encrypt(plain, "123456")))
    hostile("截断.xlsx", "区县报表.xlsx 的前一半：传输中断。", ["不完整"], plain[: len(plain) // 2])
    head = (XML + f'<worksheet xmlns="{MAIN}"><sheetData>' + rows_xml(simple_rows())).encode()
    hostile("炸弹.xlsx", "一张表解开有三百兆字节的空白。不解开，说太大。", ["太大"], bomb(package(None), "xl/worksheets/sheet1.xml", head, b" " * 64, 300, b"</sheetData></worksheet>"))
    hostile("声称.xlsx", "自称有一百多万行、一万多列，其实两行。照读两行，不按自称的大小要内存。", [],
            archive(package(XML + f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData>{rows_xml(simple_rows())}</sheetData></worksheet>')), SIMPLE_RECORD)
    far = rows_xml(simple_rows()) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    hostile("远格.xlsx", "两行数据，另有一格在最右下角（误按 Ctrl+End 处）。不按整个范围要内存；那一格没有表头，略去或者提出。", [],
            archive(package(XML + f'<worksheet xmlns="{MAIN}"><sheetData>{far}</sheetData></worksheet>')), SIMPLE_RECORD, 略去=[{"格": "申报表!XFD1048576", "因": "没有表头的格"}])
    entities = '<!ENTITY a "示例示例示例示例示例">' + "".join(f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefgh", "bcdefghi"))
    shared = XML + f'<!DOCTYPE sst [{entities}<!ENTITY file SYSTEM "file:///etc/passwd">]><sst xmlns="{MAIN}"><si><t>&i;</t></si><si><t>&file;</t></si></sst>'
    sheet = XML + f'<worksheet xmlns="{MAIN}"><sheetData>{rows_xml([SIMPLE_HEAD])}<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row></sheetData></worksheet>'
    hostile("实体.xlsx", "XML 里有实体：一个展开成十亿字，一个指到 /etc/passwd。都不展开，不读。", ["实体"], archive(package(sheet, shared=shared)))
    hostile("假的.xlsx", "其实是文本（GBK），改了扩展名。说不是 Excel 文件。", ["不是 Excel"],
            "企业名称\t统一社会信用代码\t销售额\r\n示例铝业有限公司\t91410181MA0000015M\t41200\r\n".encode("gbk"))
    hostile("空的.xlsx", "零字节。", ["空的"], b"")
    hostile("其实是xls.xlsx", "旧格式的 .xls 改了扩展名（WPS 里常见）：按内容认，照读，说扩展名不对。", [],
            ole_times(office(plain, "xlsx", "xls")), report_records(), 提示=[{"说": "内容是旧的 .xls"}])


def make_formulas():
    light = ENTERPRISES["示例轻合金科技有限公司"][0]
    names = ["=HYPERLINK(\"http://example.com\",\"示例合金\")", "+示例六系板", "-示例粉末", "@示例涂层", "=cmd|' /C calc'!A0", "\t=1+1示例"]
    book = Book()
    s = book.sheet("申报表")
    for column, head in zip("ABCD", SIMPLE_HEAD):
        s[f"{column}1"] = head
    for row, name in enumerate(names, 2):
        for column, value in zip("ABCD", ("示例轻合金科技有限公司", light, name, 100 * row)):
            s[f"{column}{row}"] = value
        s[f"C{row}"].data_type = "s"
    widths(s, 28, 22, 40, 20)
    expect(keep("公式注入.xlsx", book.bytes()), "名称以 = + - @ 开头，是文字不是公式：照文字读；再写出去（xlsx、csv）也必须是文字。名称前的制表符是看不见的字。",
           {"命令": "hongtou import 公式注入.xlsx --as 申报 --year 2025", "种类": "申报", "年度": 2025, "表": "申报表",
            "记录": [{"企业": light, "产品": [{"名称": n.strip(), "销售额": {2025: f"{100 * r}万元"}} for r, n in enumerate(names, 2)]}], "略去": [], "问题": [],
            "提示": [{"格": "申报表!C7", "说": "前面的制表符已去掉"}]})


def make_wps():
    c = ENTERPRISES["示例铝箔有限公司"][0]
    d = ENTERPRISES["示例氧化铝新材料有限公司"][0]
    # Prefix x:, no sharedStrings, no dimension, cells without r, rich runs, phonetic runs, preserved blanks, booleans, CDATA.
    sheet = f'''<?xml version="1.0" encoding="utf-8"?>
<x:worksheet xmlns:x="{MAIN}" xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData">
  <x:sheetPr/>
  <x:sheetViews><x:sheetView workbookViewId="0"/></x:sheetViews>
  <x:sheetData>
    <x:row r="1" spans="1:5"><x:c r="A1" t="inlineStr"><x:is><x:t>2025年度申报表</x:t></x:is></x:c></x:row>
    <x:row r="2">
      <x:c t="inlineStr"><x:is><x:r><x:rPr><x:b/></x:rPr><x:t>企业</x:t></x:r><x:r><x:t>名称</x:t></x:r></x:is></x:c>
      <x:c t="inlineStr"><x:is><x:t>社会信用代码</x:t></x:is></x:c>
      <x:c t="inlineStr"><x:is><x:t xml:space="preserve"> 产品名称 </x:t></x:is></x:c>
      <x:c t="inlineStr"><x:is><x:t>2024年销售额
（万元）</x:t></x:is></x:c>
      <x:c t="inlineStr"><x:is><x:t>2025年销售额&#10;（万元）</x:t></x:is></x:c>
    </x:row>
    <x:row r="3">
      <x:c r="A3" t="inlineStr"><x:is><x:r><x:t>示例铝箔</x:t></x:r><x:r><x:rPr><x:color rgb="FFFF0000"/></x:rPr><x:t>有限公司</x:t></x:r><x:rPh sb="0" eb="4"><x:t>shi li lü bo</x:t></x:rPh></x:is></x:c>
      <x:c r="B3" t="inlineStr"><x:is><x:t>{c}</x:t></x:is></x:c>
      <x:c r="C3" t="inlineStr"><x:is><x:r><x:t xml:space="preserve">软包电池 </x:t></x:r><x:r><x:t>铝塑膜用铝箔</x:t></x:r></x:is></x:c>
      <x:c r="D3"><x:v>42000</x:v></x:c>
      <x:c r="E3" t="str"><x:f>D3*1.05</x:f><x:v>44100</x:v></x:c>
    </x:row>
    <x:row r="5">
      <x:c r="A5" t="inlineStr"><x:is><x:t><![CDATA[示例氧化铝新材料有限公司]]></x:t></x:is></x:c>
      <x:c r="B5" t="inlineStr"><x:is><x:t>{d[:6]}</x:t><x:rPh sb="0" eb="1"><x:t>xx</x:t></x:rPh></x:is></x:c>
      <x:c r="C5" t="inlineStr"><x:is><x:t>高纯氧化铝粉</x:t></x:is></x:c>
      <x:c r="D5" t="n"><x:v>1.451868E4</x:v></x:c>
      <x:c r="E5"><x:v>15990.000000000002</x:v></x:c>
    </x:row>
    <x:row r="6">
      <x:c r="A6" t="inlineStr"><x:is><x:t>示例氧化铝新材料有限公司_x000D_</x:t></x:is></x:c>
      <x:c r="B6" t="inlineStr"><x:is><x:t>{d}</x:t></x:is></x:c>
      <x:c r="C6" t="inlineStr"><x:is><x:t>电子封装用球形氧化铝填料</x:t></x:is></x:c>
      <x:c r="D6"><x:v>10000</x:v></x:c>
      <x:c r="E6" t="b"><x:v>1</x:v></x:c>
    </x:row>
  </x:sheetData>
  <x:mergeCells count="1"><x:mergeCell ref="A1:E1"/></x:mergeCells>
</x:worksheet>
'''
    workbook = f'<?xml version="1.0" encoding="utf-8"?><x:workbook xmlns:x="{MAIN}"><x:sheets><x:sheet name="申报表" sheetId="3" r:id="rId1" xmlns:r="{RELS}"/></x:sheets></x:workbook>'
    expect(keep("WPS样式.xlsx", archive(package(sheet, workbook=workbook))), "手改的 XML：名字带 x: 前缀，没有共享字符串和范围，格没有坐标，文字分段、带注音、CDATA、_x000D_。",
           {"命令": "hongtou import WPS样式.xlsx --as 申报 --year 2025", "种类": "申报", "年度": 2025, "表": "申报表",
            "记录": [{"企业": c, "产品": [{"名称": "软包电池 铝塑膜用铝箔", "销售额": {2024: "42000万元", 2025: "44100万元"}}]}],
            "说明": "“软包电池 铝塑膜用铝箔”中间的空格在格里就有，名称相同的判断不看空格。注音（shi li lü bo）不是名称的一部分。",
            "略去": [{"格": "申报表!A1", "因": "标题"}, {"格": "申报表!4:4", "因": "空行"}],
            "问题": [{"格": "申报表!B5", "说": "有6位，应为18位"}, {"格": "申报表!E5", "说": "小数太多，不到一分"}, {"格": "申报表!E6", "说": "“TRUE”不是金额"}],
            "提示": [{"格": "申报表!E3", "说": "公式，取它的值44100"}, {"格": "申报表!A6", "说": "换行已去掉"}]})


# 15: 大表 -----------------------------------------------------------------------------------------------------------------


def big(path, rows=100_000):
    book = Workbook(write_only=True)
    s = book.create_sheet("申报汇总")
    s.append(["示例市2025年度新材料产业奖补资金申报情况汇总表"])
    s.append(["填报单位：示例市工业和信息化局（盖章）"] + [None] * 8 + ["单位：万元"])
    s.append(["企业名称", "统一社会信用代码", "区县", "产品名称", "目录条目", "销售额（万元）", None, "主营业务收入（万元）", None, "备注"])
    s.append([None] * 5 + ["2024年", "2025年", "2024年", "2025年", None])
    districts = sorted({d for _, d in ENTERPRISES.values()})
    total = [0] * 4
    with open(f"{path}.企业.yaml", "w", encoding="utf-8") as out:
        for number in range(rows):
            enterprise, product = divmod(number, 3)
            body = f"91410199MB{enterprise:07}"
            district = districts[enterprise % len(districts)]
            if product == 0:
                out.write(f"- {{ 名称: 示例第{enterprise}号企业, 统一社会信用代码: {code(body)}, 区县: {district}, 行业: [新材料], 规模以上: 是 }}\n")
            sales = (1000 + number * 7919 % 90000) / 4
            values = [sales, sales * 1.25, *((20000 + enterprise % 5000, 21000.5 + enterprise % 5000) if product == 0 else (None, None))]
            total = [a + (b or 0) for a, b in zip(total, values)]
            entry = f"LJG-{number % 19 + 1:03}"
            s.append([f"示例第{enterprise}号企业", code(body), district, f"示例产品{'甲乙丙'[product]}{enterprise}", entry, *values, None])
    s.append(["合计"] + [None] * 4 + total + [None])
    book.save(path)
    with open(path, "rb") as file:
        data = seal(file.read())
    with open(path, "wb") as file:
        file.write(data)


MAKERS = {
    "区县报表": make_district_report, "企业名单": make_list, "企业名单-有误": make_bad_list, "样式": make_styled, "杂乱": make_messy, "1904 放假2027": make_calendars, "新目录2026": make_catalogue,
    "人才目录2026": make_talents, "新材料目录": make_foreign_catalogue, "台账更正": make_corrections, "多表": make_several, "宏": make_macro,
    "加密 截断 炸弹 声称 远格 实体 假的 空的 其实是xls": make_hostile, "公式注入": make_formulas, "WPS样式": make_wps,
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="makes excel/")
    parser.add_argument("--big", metavar="FILE")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    if arguments.big:
        big(arguments.big)
        sys.exit()
    for name, make in MAKERS.items():
        if arguments.only in name:
            make()
